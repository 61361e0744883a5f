"""Check the output of ``newsnorm run tests/fixtures/corpus --out DIR``: python benchmarks/check_run.py DIR."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import newsnorm


def main(directory: Path) -> None:
    """Read every file that the run wrote, and check that the counts add up."""
    summary = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))["counts"]
    shards = sorted((directory / "articles").glob("*.jsonl"))
    rows = [json.loads(line) for shard in shards for line in shard.read_text(encoding="utf-8").splitlines()]
    errors = [json.loads(line) for line in (directory / "errors.jsonl").read_text(encoding="utf-8").splitlines()]
    assert summary["read"] == len(rows) + len(errors) == summary["written"] + summary["failed"], "the account does not add up"
    articles = [newsnorm.from_dict(row) for row in rows]
    assert sum(bool(article.paragraphs) for article in articles) == summary["written"] - summary["empty"]
    assert summary["duplicates"] == len((directory / "relations.jsonl").read_text(encoding="utf-8").splitlines()) > 0
    print(f"{len(articles)} articles, {len(errors)} errors, {summary['duplicates']} exact duplicates: the account adds up")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
