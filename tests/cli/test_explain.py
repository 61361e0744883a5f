"""``newsnorm explain``."""

from __future__ import annotations

import json

import pytest
from command_line import RAW, invoke
from folders import FIXTURES


def test_explain_shows_each_line_with_its_rule() -> None:
    output = invoke("explain", "-", input=RAW).output
    assert "title.first-line" in output
    assert "MalmÃ¶ → Malmö" in output
    assert "common.removal.source-link" in output
    assert "\x1b" not in output
    assert "\x1b" in invoke("explain", "-", "--color", input=RAW).output


def test_explain_as_json_tiles_the_text() -> None:
    rows = [json.loads(line) for line in invoke("explain", "-", "--json", input=RAW).output.splitlines()]
    assert [row["line"] for row in rows] == [1, 2, 3, 4, 4, 5]
    assert [row["fate"] for row in rows] == ["title", "byline", "blank", "dateline", "body", "removal"]


def test_explain_is_safe_for_a_terminal() -> None:
    output = invoke("explain", "-", input="a\x1b[31mb\x07\u202ec\x9b31m\r\nIt rained.").output
    assert not any((ord(letter) < 32 and letter not in "\n") or letter in "\x9b\u202e" for letter in output)


def test_explain_folds_menus_of_a_page_unless_all_lines_are_asked_for() -> None:
    pytest.importorskip("turbohtml")
    page = FIXTURES / "pages" / "mega-menu-en" / "input.html"
    folded = [line.split("  ") for line in invoke("explain", page).output.splitlines()]
    assert any("–" in line[0] and " lines: " in " ".join(line) for line in folded)
    whole = [line.split("  ") for line in invoke("explain", page, "--all").output.splitlines()]
    assert not any("–" in line[0] for line in whole)
    rows = [json.loads(line) for line in invoke("explain", page, "--json").output.splitlines()]
    assert [row["line"] for row in rows] == list(range(1, len(rows) + 1))
    assert len(folded) < len(rows) < len(whole)
