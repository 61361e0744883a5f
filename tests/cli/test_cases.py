"""``newsnorm cases check`` and ``newsnorm cases accept``."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import RAW, invoke


def test_cases_are_checked_and_accepted(tmp_path: Path) -> None:
    case = tmp_path / "cases" / "bridge"
    case.mkdir(parents=True)
    (case / "raw.txt").write_text(RAW, encoding="utf-8")
    (case / "about.toml").write_text('why = "A fire."\n', encoding="utf-8")
    (case / "expected.json").write_text('{"title": "Wrong"}', encoding="utf-8")
    failing = invoke("cases", "check", tmp_path / "cases")
    assert (failing.exit_code, "title: expected 'Wrong'" in failing.output) == (1, True)
    assert "differs" in invoke("cases", "accept", tmp_path / "cases", "--dry-run").output
    assert "rewritten: bridge" in invoke("cases", "accept", tmp_path / "cases").output
    assert json.loads((case / "expected.json").read_text(encoding="utf-8")) == {"title": "Fire closes Malmö bridge"}
    assert invoke("cases", "check", tmp_path / "cases").exit_code == 0
