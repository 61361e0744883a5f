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
    """Formats an event with its time and its extra fields, on one line."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {name: value for name, value in vars(record).items() if name not in _KNOWN}
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return json.dumps({"time": time, "event": record.getMessage(), **fields}, default=str)


@contextmanager
def json_log(out: Path) -> Iterator[None]:
    """Append what `newsnorm.run` logs to a file below the output folder, while the block runs."""
    refuse_links([out / "log"])
    path = out / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
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
