"""The page's own code, paragraphs that stand twice, and what lies stranded between lines that are known."""

from __future__ import annotations

import pytest
from pages import HEADLINE, LAST, MORE, PROSE, REPORT, claims, stated

from newsnorm.page.state import Pass
from newsnorm.passes import find_bylines, find_code, find_curated, find_dates, find_orphans, find_repeats, find_title

CODE = (
    '</noscript><script type="text/javascript">',
    "window.settings = window.settings || {};",
    "settings.push(function() {",
    "if (settings.ready) {",
    "break;",
    "}",
    "});",
    "document.body.appendChild(frame);",
)
RIGHTS = "© 2024 Example News. All rights reserved."


@pytest.mark.parametrize("times", [1, 20])
def test_the_code_of_a_page_goes_however_long_it_is(times: int) -> None:
    code = CODE * times
    assert claims(stated(find_code, *REPORT, *code, LAST)) == [("structure.code", line) for line in code]


def test_what_stands_below_a_script_stays() -> None:
    let = "They let the boats in one by one; at noon the last of them lay in the inner harbour, the harbour master said."
    gone = stated(find_code, PROSE, *CODE, "Results (final)", let, MORE)
    assert [finding.text for finding in gone] == list(CODE)


@pytest.mark.parametrize(
    "lines",
    [
        ("She shut the window. Then she signed the document. Nobody had closed a window. Or read a document. So she said.",) * 2,
        ("The whole game is three lines:", "while (true) {", "  roll(dice);", "}"),
        ("window.settings = 1;",),
        ("Results (final);", "}"),
    ],
)
def test_what_only_looks_like_the_code_of_a_page_stays(lines: tuple[str, ...]) -> None:
    assert stated(find_code, PROSE, *lines, MORE) == []


def test_a_paragraph_that_stands_twice_in_a_row_goes_once() -> None:
    findings = stated(find_repeats, PROSE, PROSE, MORE)
    assert claims(findings) == [("structure.said-again", PROSE)]
    assert findings[0].line == 1


@pytest.mark.parametrize("lines", [("It rained.", "It rained."), (PROSE, MORE, PROSE), (HEADLINE, HEADLINE)])
def test_short_lines_and_lines_apart_may_stand_twice(lines: tuple[str, ...]) -> None:
    assert stated(find_repeats, *lines) == []


HEAD: tuple[Pass, ...] = (find_title, find_dates, find_bylines)


def test_short_lines_above_the_title_and_counters_below_it_go() -> None:
    lines = ("Home", HEADLINE, "3 May 2024", "1,204", "By Ana Silva", *REPORT)
    assert claims(stated(find_orphans, *lines, before=HEAD)) == [
        ("structure.above-title", "Home"),
        ("structure.counter", "1,204"),
    ]


@pytest.mark.parametrize("line", ["It rained.", "n" * 61])
def test_a_sentence_or_a_long_line_above_the_title_stays(line: str) -> None:
    assert stated(find_orphans, line, HEADLINE, "3 May 2024", "By Ana Silva", *REPORT, before=HEAD) == []


def test_without_a_title_nothing_stands_above_it() -> None:
    assert stated(find_orphans, "Home", *REPORT) == []


def test_a_short_line_between_two_removals_below_the_report_is_stranded() -> None:
    lines = (*REPORT, "Share on Facebook", "Zimt", RIGHTS)
    assert claims(stated(find_orphans, *lines, before=(find_curated,))) == [("structure.stranded", "Zimt")]


@pytest.mark.parametrize(
    "lines",
    [
        (*REPORT, "Share on Facebook", "Zimt"),
        (*REPORT, "Zimt", RIGHTS),
        (*REPORT, "Share on Facebook", "It ended.", RIGHTS),
        (*REPORT, "Share on Facebook", "z" * 41, RIGHTS),
        (PROSE, "Share on Facebook", "Zimt", "Share on Twitter", MORE),
    ],
)
def test_what_does_not_lie_between_two_removals_stays(lines: tuple[str, ...]) -> None:
    assert stated(find_orphans, *lines, before=(find_curated,)) == []
