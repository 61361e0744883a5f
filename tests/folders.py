"""Where the project's files are, for tests wherever they stand."""

from __future__ import annotations

import json
from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
FIXTURES = TESTS / "fixtures"
DOCS = ROOT / "docs"


def json_rows(path: Path) -> list[dict[str, object]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def article_rows(out: Path) -> list[dict[str, object]]:
    """Read the articles that a run wrote, in order."""
    return [row for shard in sorted((out / "articles").glob("*.jsonl")) for row in json_rows(shard)]


def contents(out: Path) -> dict[str, bytes]:
    """Return the files below a folder, except those below ``log``, and their content."""
    files = (path for path in out.rglob("*") if path.is_file() and path.relative_to(out).parts[0] != "log")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}
