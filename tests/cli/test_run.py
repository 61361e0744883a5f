"""``newsnorm run``."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import RAW, invoke
from folders import FIXTURES


def test_run_writes_a_corpus(tmp_path: Path) -> None:
    result = invoke("run", "--jobs", "0", FIXTURES / "corpus", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert result.output.startswith(f"read 45 records: 45 articles, 0 errors → {tmp_path / 'out'}\n")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "articles",
        "clusters.jsonl",
        "errors.jsonl",
        "manifest.json",
        "parts.jsonl",
        "relations.jsonl",
    ]


def test_run_ends_with_3_when_records_could_not_be_read(tmp_path: Path) -> None:
    result = invoke("run", "--jobs", "0", FIXTURES / "corpus-broken", "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert "read 3 records: 1 article, 2 errors" in result.output
    assert "errors: bad-json 1, no-text 1" in result.output
    assert len((tmp_path / "out" / "errors.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_run_can_skip_relations(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RAW, encoding="utf-8")
    result = invoke("run", "--jobs", "0", tmp_path / "a.txt", "--no-relations", "--dry-run", "--field", "text=body")
    assert (result.exit_code, "relations" in result.output) == (0, False)


def test_run_refuses_to_replace_results(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RAW, encoding="utf-8")
    assert invoke("run", "--jobs", "0", tmp_path / "a.txt", "--out", tmp_path / "out").exit_code == 0
    again = invoke("run", "--jobs", "0", tmp_path / "a.txt", "--out", tmp_path / "out")
    assert again.exit_code == 2
    assert "--overwrite" in again.output
    assert invoke("run", "--jobs", "0", tmp_path / "a.txt", "--out", tmp_path / "out", "--overwrite").exit_code == 0


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RAW, encoding="utf-8")
    result = invoke("run", "--jobs", "0", tmp_path / "a.txt", "--dry-run", "--json")
    assert json.loads(result.output)["written"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
