"""``newsnorm dedup``."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import invoke
from reports import report


def feed(path: Path) -> Path:
    rows = ({"key": key, "body": body} for key, body in (("a", report(1)), ("b", report(1).upper()), ("c", report(2))))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_dedup_writes_relations_and_clusters(tmp_path: Path) -> None:
    fields = ("--field", "id=key", "--field", "text=body")
    result = invoke("dedup", feed(tmp_path / "feed.jsonl"), "--out", tmp_path / "out", "--as-is", *fields)
    assert result.exit_code == 0
    assert "read 3 records: 3 compared, 0 errors" in result.output
    assert "relations: exact 1\nclusters: 1, with 2 articles\n" in result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "clusters.jsonl",
        "errors.jsonl",
        "manifest.json",
        "relations.jsonl",
    ]


def test_without_relations_there_are_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.", encoding="utf-8")
    output = invoke("dedup", tmp_path / "a.txt", "--dry-run").output
    assert "relations: none\nclusters: none\n" in output


def test_dedup_ends_with_3_when_records_could_not_be_read(tmp_path: Path) -> None:
    result = invoke("dedup", feed(tmp_path / "feed.jsonl"), "--dry-run", "--json")
    assert result.exit_code == 3
    data = json.loads(result.stdout)
    assert (data["read"], data["compared"], data["failed"], data["errors"]) == (3, 0, 3, {"no-text": 3})


def test_a_dry_run_leaves_the_index_alone(tmp_path: Path) -> None:
    file = feed(tmp_path / "feed.jsonl")
    assert invoke("dedup", file, "--dry-run", "--field", "text=body", "--index", tmp_path / "news.db").exit_code == 0
    assert not (tmp_path / "news.db").exists()
