"""``newsnorm export``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import RAW, invoke


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "bridge.txt").write_text(RAW, encoding="utf-8")
    assert invoke("run", tmp_path / "texts", "--out", tmp_path / "corpus").exit_code == 0
    return tmp_path / "corpus"


def test_a_folder_is_written_and_what_is_lost_is_told(corpus: Path, tmp_path: Path) -> None:
    done = invoke("export", corpus, "--to", "ninjs", "--out", tmp_path / "ninjs")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == f"read 1 record: 1 article, 0 errors → {tmp_path / 'ninjs'}"
    assert "articles with fields that ninjs does not hold: " in done.stdout
    assert "removals 1" in done.stdout
    row = json.loads((tmp_path / "ninjs" / "articles" / "00000.jsonl").read_text(encoding="utf-8"))
    assert row["headlines"][0]["value"] == "Fire closes Malmö bridge"
    again = invoke("export", corpus, "--to", "ninjs", "--out", tmp_path / "ninjs")
    assert again.exit_code == 2
    assert "--overwrite" in again.stderr
    assert invoke("export", corpus, "--to", "csv", "--out", tmp_path / "ninjs", "--overwrite").exit_code == 0


def test_lines_go_to_standard_output(corpus: Path) -> None:
    done = invoke("export", corpus, "--to", "schema-org")
    assert (done.exit_code, json.loads(done.stdout)["@type"]) == (0, "NewsArticle")
    assert "1 article" in done.stderr
    table = invoke("export", corpus, "--to", "csv", "--columns", "id,title")
    assert table.stdout == "id,title\ntexts/bridge,Fire closes Malmö bridge\n"
    documents = invoke("export", corpus, "--to", "markdown")
    assert documents.exit_code == 2
    assert "pass --out FOLDER" in documents.stderr
    packed = invoke("export", corpus, "--to", "ninjs.gz")
    assert packed.exit_code == 2
    assert "pass --out FOLDER, or pipe ninjs" in packed.stderr


def test_a_dry_run_and_json(corpus: Path) -> None:
    done = invoke("export", corpus, "--to", "markdown", "--dry-run", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["lost"]["removals"] == 1


def test_wrong_usage(corpus: Path, tmp_path: Path) -> None:
    unknown = invoke("export", corpus, "--to", "word")
    assert unknown.exit_code == 2
    assert "'ninjs'" in unknown.stderr
    assert invoke("export", tmp_path, "--to", "ninjs", "--out", tmp_path / "x").exit_code == 2
    (tmp_path / "raw.jsonl").write_text('{"text": "Rain."}\n')
    failed = invoke("export", tmp_path / "raw.jsonl", "--to", "ninjs", "--out", tmp_path / "x")
    assert (failed.exit_code, "errors: bad-field 1" in failed.stdout) == (3, True)
