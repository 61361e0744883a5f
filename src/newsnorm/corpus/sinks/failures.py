"""Read and write ``errors.jsonl``: one line per record that could not be turned into an article."""

from __future__ import annotations

import json
from pathlib import Path

from newsnorm.records.accounts import Failure

NAME = "errors.jsonl"

MAX_MESSAGE = 500
"""Code points of the longest message that is written."""


def dumps_failure(failure: Failure) -> str:
    """
    Write a failure as one line of JSON that is safe to print: unprintable characters become ``?``.

    >>> bad = Failure(source="feed.jsonl", place=2, stage="read", code="bad-json", message="bad\\x1b[31m", sha256="", length=0)
    >>> print(dumps_failure(bad))
    {"source": "feed.jsonl", "place": 2, "stage": "read", "code": "bad-json", "message": "bad?[31m", "sha256": "", "length": 0}
    """
    message = "".join(letter if letter.isprintable() else "?" for letter in failure.message)[:MAX_MESSAGE]
    row = {
        "source": _encodable(failure.source),
        "place": _encodable(failure.place) if isinstance(failure.place, str) else failure.place,
        "stage": failure.stage,
        "code": failure.code,
        "message": message,
        "sha256": failure.sha256,
        "length": failure.length,
    }
    return json.dumps(row, ensure_ascii=False)


def loads_failure(line: str) -> Failure:
    """
    Read a line that `dumps_failure` wrote.

    >>> bad = Failure(source="feed.jsonl", place=2, stage="read", code="bad-json", message="bad", sha256="", length=0)
    >>> loads_failure(dumps_failure(bad)) == bad
    True
    """
    return Failure(**json.loads(line))


def first_failure(path: Path) -> Failure | None:
    """Read the first failure of a file; None if it has none."""
    with path.open(encoding="utf-8") as lines:
        line = next(lines, None)
    return loads_failure(line) if line is not None else None


def _encodable(name: str) -> str:
    """Replace the characters of a name that UTF-8 can't encode."""
    return name.encode("utf-8", "replace").decode()
