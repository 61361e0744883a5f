"""``newsnorm cases check`` and ``newsnorm cases accept``."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import RAW, invoke


def make_case(path: Path) -> Path:
    path.mkdir(parents=True)
    (path / "raw.txt").write_text(RAW, encoding="utf-8")
    (path / "about.toml").write_text('why = "A fire."\n', encoding="utf-8")
    return path


def test_cases_are_checked_and_accepted(tmp_path: Path) -> None:
    case = make_case(tmp_path / "cases" / "bridge")
    (case / "expected.json").write_text('{"title": "Wrong"}', encoding="utf-8")
    failing = invoke("cases", "check", tmp_path / "cases")
    assert (failing.exit_code, "title: expected 'Wrong'" in failing.output) == (1, True)
    assert '-{"title": "Wrong"}' in invoke("cases", "accept", tmp_path / "cases", "--dry-run").output
    assert invoke("cases", "accept", tmp_path / "cases").output == f"rewritten: {case / 'expected.json'} (title)\n"
    assert json.loads((case / "expected.json").read_text(encoding="utf-8")) == {"title": "Fire closes Malmö bridge"}
    assert invoke("cases", "check", tmp_path / "cases").exit_code == 0


def test_a_new_case_gets_its_expectations(tmp_path: Path) -> None:
    case = make_case(tmp_path / "cases" / "bridge")
    assert invoke("cases", "accept", tmp_path / "cases", "--dry-run").output.startswith("--- /dev/null\n+++ ")
    assert not (case / "expected.json").exists()
    told = invoke("cases", "accept", tmp_path / "cases").output
    assert told == f"written: {case / 'expected.json'} (title, authors, published, language, paragraphs, removals)\n"
    assert json.loads((case / "expected.json").read_text(encoding="utf-8"))["title"] == "Fire closes Malmö bridge"
    assert invoke("cases", "accept", tmp_path / "cases").output == "nothing to write: all cases pass\n"


def test_what_only_a_person_can_change_is_told(tmp_path: Path) -> None:
    case = make_case(tmp_path / "cases" / "bridge")
    (case / "expected.json").write_text('{"contains": ["ferry"]}', encoding="utf-8")
    result = invoke("cases", "accept", tmp_path / "cases")
    assert result.exit_code == 1
    assert "still fails; edit it by hand: bridge (A fire.)\n  contains: 'ferry'" in result.output


def test_one_case_can_be_named(tmp_path: Path) -> None:
    one, other = (make_case(tmp_path / "cases" / name) for name in ("bridge", "quay"))
    assert invoke("cases", "accept", one).output.startswith(f"written: {one}")
    assert invoke("cases", "check", one).exit_code == 0
    assert not (other / "expected.json").exists()
