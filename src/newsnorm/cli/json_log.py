"""Write the events of a run as JSON lines."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from newsnorm.corpus.output.guards import refuse_links

NAME = "log/run.jsonl"
"""Path of the file below the output folder."""

_KNOWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
"""The attributes that every log record has."""


class _Lines(logging.Formatter):
    """Formats an event as one line, with its time and its extra fields."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {name: value for name, value in vars(record).items() if name not in _KNOWN}
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return json.dumps({"time": time, "event": record.getMessage(), **fields}, default=str)


class _LateFile(logging.FileHandler):
    """Appends to a file that is created with the first event, so that a refused run leaves nothing behind."""

    def __init__(self, out: Path) -> None:
        super().__init__(out / NAME, encoding="utf-8", errors="backslashreplace", delay=True)
        self._folder = out / "log"

    def emit(self, record: logging.LogRecord) -> None:
        """Write an event."""
        if self.stream is None:
            refuse_links([self._folder])
            self._folder.mkdir(parents=True, exist_ok=True)
        super().emit(record)


@contextmanager
def json_log(out: Path) -> Iterator[None]:
    """Append the events of the logger `newsnorm.run` to a file below the output folder while the block runs."""
    handler = _LateFile(out)
    handler.setFormatter(_Lines())
    logger = logging.getLogger("newsnorm.run")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)
        handler.close()
