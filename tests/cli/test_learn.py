"""``newsnorm learn``."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from command_line import invoke
from folders import FIXTURES

LEARN = FIXTURES / "learn"


def test_learn_writes_a_file_that_run_parse_and_explain_take(tmp_path: Path) -> None:
    file = tmp_path / "sites.toml"
    result = invoke("learn", LEARN, "--out", file)
    assert (result.exit_code, file.read_bytes()) == (0, (LEARN / "sites.toml").read_bytes())
    assert "learned 9 lines of 3 hosts" in result.output
    row = json.loads((LEARN / "others.jsonl").read_text(encoding="utf-8").splitlines()[0])
    given = ("--url", row["url"], "--catalogue", file)
    assert "Seite 4" not in invoke("parse", "-", "--text", *given, input=row["text"]).output
    assert "learned from 3 of 3 documents of talblick" in invoke("explain", "-", *given, input=row["text"]).output
    summary = json.loads(invoke("run", LEARN, "--dry-run", "--json", "--catalogue", file).output)
    assert summary["reasons"]["repetition"] > 14 * 4


def test_learn_does_not_replace_what_somebody_pruned(tmp_path: Path) -> None:
    file = tmp_path / "sites.toml"
    file.write_text("# pruned\n", encoding="utf-8")
    refused = invoke("learn", LEARN, "--out", file)
    assert (refused.exit_code, file.read_text(encoding="utf-8")) == (2, "# pruned\n")
    assert "--overwrite" in refused.output
    dry = invoke("learn", LEARN, "--out", file, "--dry-run", "--json")
    assert (json.loads(dry.output)["rules"], file.read_text(encoding="utf-8")) == (9, "# pruned\n")
    assert invoke("learn", LEARN, "--out", file, "--overwrite").exit_code == 0
    assert "[[removal]]" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nowhere/sites.toml", "nowhere: no such folder; create it"),
        ("feed.jsonl/sites.toml", "feed.jsonl: no such folder"),
        ("sites", "is a directory"),
        (f"{'s' * 246}.toml", "can't be written: File name too long; choose another place"),
    ],
)
def test_a_file_that_can_not_be_written_is_told_before_anything_is_read(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "feed.jsonl").write_text("no json\n", encoding="utf-8")
    (tmp_path / "sites").mkdir()
    refused = invoke("learn", tmp_path / "feed.jsonl", "--out", tmp_path / name)
    assert refused.exit_code == 2
    assert says in refused.output
    assert "bad-json" not in refused.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["feed.jsonl", "sites"]


def test_a_device_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_text("no json\n", encoding="utf-8")
    refused = invoke("learn", tmp_path / "feed.jsonl", "--out", os.devnull, "--overwrite")
    assert (refused.exit_code, Path(os.devnull).is_file()) == (2, False)


def test_learn_finishes_with_3_and_says_what_it_could_not_read(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_text('{"text": "It rained."}\nno json\n', encoding="utf-8")
    (tmp_path / "photo.png").write_bytes(b"")
    result = invoke("learn", tmp_path, "--dry-run")
    assert result.exit_code == 3
    ignored = ("note: no-url: ignored, since lines are counted by host: 1 document without a URL", "--field url=NAME")
    for says in ("feed.jsonl:2: bad-json", *ignored, "skipped 1 file", "errors: bad-json 1"):
        assert says in result.output
