"""What the paper says about its own mistakes is marked and stays."""

from __future__ import annotations

import pytest
from pages import GERMAN, HEADLINE, PROSE, REPORT, claims, found_on, stated

from newsnorm.page.state import CodeRule, removed
from newsnorm.passes import find_corrections

CORRECTION = "Correction: An earlier version of this report gave the wrong day."


@pytest.mark.parametrize(
    ("prose", "line", "rule"),
    [
        (PROSE, CORRECTION, "en.correction.note"),
        (PROSE, "Editor's note: This report has been updated.", "en.correction.note"),
        (GERMAN, "Korrektur: In einer früheren Fassung stand ein falscher Tag.", "de.correction.note"),
    ],
)
def test_a_correction_is_marked_and_takes_no_line(prose: str, line: str, rule: str) -> None:
    (found,) = stated(find_corrections, prose, prose, line)
    assert (found.rule, found.text, found.line, found.takes_line) == (rule, line, 2, False)
    assert claims([found]) == []


@pytest.mark.parametrize("line", ["The correction was made on Monday.", "She noted the editor's correction."])
def test_a_sentence_on_corrections_is_none(line: str) -> None:
    assert stated(find_corrections, HEADLINE, *REPORT, line) == []


def test_a_line_that_is_gone_is_not_marked() -> None:
    found = found_on(*REPORT, CORRECTION)
    found.add(removed(found.page.lines[3], CodeRule("ours.gone", "A line that a test removes."), "advert"))
    assert list(find_corrections(found.page, found, found.rules)) == []
