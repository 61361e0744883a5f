"""Each feature of a byline: a page where it holds for the line that names somebody, and one where it does not."""

from __future__ import annotations

import attrs
import pytest
from pages import MORE, PROSE, REPORT, found_on

from newsnorm.page.byline_cues import FLAGS, KIND_FLAGS, BylineCues, Signature, byline_candidates
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.records import Reason

RULE = CodeRule("ours.gone", "A line that a test removes.")
HEADLINE = "Quay closed after pillars crack"
AWAY = tuple(f"Teaser of some other report {letter}" for letter in "abcdefgh")
"""Lines enough to be away from the headline."""
CROWD = ("By Ana Silva", "By Tom Brown", "By Jane Miller")


@attrs.frozen
class Row:
    """One feature: a page where it holds for the line `at`, and a page where it does not; lines are counted from 0."""

    feature: str
    holds: tuple[str, ...]
    fails: tuple[str, ...]
    at: int = 1
    other: int | None = None
    """Which line of the page where it does not hold; the same if not given."""
    gone: tuple[int, Reason] | None = None
    """A line that was removed on the page where it holds, and why; on the other page it was removed as an advert."""


ROWS = (
    Row("alone", (HEADLINE, "", "Ana Silva", "", PROSE), (HEADLINE, "Ana Silva", "", PROSE)),
    Row("alone", (HEADLINE, "", "Ana Silva", "", PROSE), (HEADLINE, "", "By Ana Silva", "", PROSE)),
    Row("two-and-clean", (HEADLINE, "Ana Silva", PROSE), (HEADLINE, "Ana Maria Silva", PROSE)),
    Row("in-prose", (HEADLINE, "Ana Silva", f"Ana Silva, a diver, was there. {PROSE}"), (HEADLINE, "Ana Silva", PROSE)),
    Row("written-small", (HEADLINE, "Ana Rose", f"A rose was there. {PROSE}"), (HEADLINE, "Ana Rose", PROSE)),
    Row("photo", (HEADLINE, "Ana Silva/photo", PROSE), (HEADLINE, "Ana Silva", PROSE)),
    Row("given", (HEADLINE, "Ana Silva", PROSE), (HEADLINE, "Qxana Silva", PROSE)),
    Row("unknown", (HEADLINE, "By Qxana Silva", PROSE), (HEADLINE, "By Ana Silva", PROSE)),
    Row(
        "nearest-marked",
        (HEADLINE, "By Ana Silva", "By Tom Brown", PROSE),
        (HEADLINE, "By Tom Brown", "By Ana Silva", PROSE),
        1,
        2,
    ),
    Row("first-marked", (HEADLINE, "By Ana Silva", PROSE), (HEADLINE, "Ana Silva", PROSE)),
    Row("removed", (HEADLINE, "By Ana Silva", PROSE), (HEADLINE, "By Ana Silva", PROSE), gone=(1, "author-box")),
    Row("nearest-bare", (HEADLINE, "Ana Silva", PROSE, "Tom Brown"), (HEADLINE, "Tom Brown", PROSE, "Ana Silva"), 1, 3),
    Row("handle", (HEADLINE, "By anasilva", PROSE), (HEADLINE, "By Ana Silva", PROSE)),
    Row("others-marked", (HEADLINE, "Ana Silva", "By Tom Brown", PROSE), (HEADLINE, "Ana Silva", "Tom Brown", PROSE)),
    Row("again-candidate", (HEADLINE, "By Ana Silva", PROSE, "Ana Silva"), (HEADLINE, "By Ana Silva", PROSE, "Tom Brown")),
    Row("several", (HEADLINE, "By Ana Silva and Tom Brown", PROSE), (HEADLINE, "By Ana Silva", PROSE)),
    Row("beside-comments", (HEADLINE, "Ana Silva", PROSE), (HEADLINE, "Ana Silva", PROSE), gone=(0, "comments")),
    Row("crowd", (HEADLINE, *REPORT, *AWAY, *CROWD), (HEADLINE, *REPORT, *AWAY, *CROWD[:2]), 12),
    Row("bio", (HEADLINE, "Ana Silva", PROSE, "Ana Silva is a diver."), (HEADLINE, "Ana Silva", PROSE, "Ana Silva dived.")),
    Row("bullet", (HEADLINE, "• Ana Silva", PROSE), (HEADLINE, "Ana Silva", PROSE)),
    Row("agency", (HEADLINE, "By Reuters", PROSE), (HEADLINE, "By Ana Silva", PROSE)),
    Row("role", (HEADLINE, "Ana Silva Correspondent", PROSE), (HEADLINE, "Ana Silva", PROSE)),
)
EVERY_FLAG = {**FLAGS, **KIND_FLAGS}


def holds(feature: str, found: Found, at: int) -> bool:
    cues = BylineCues(found, found.layout, 0)
    return EVERY_FLAG[feature](Signature(cues, found.layout.lines[at], found.layout.bylines[at]))


def without(found: Found, at: int, reason: Reason) -> None:
    found.add(removed(found.layout.lines[at].line, RULE, reason))


def test_every_feature_has_a_row() -> None:
    assert {row.feature for row in ROWS} == EVERY_FLAG.keys()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.feature)
def test_a_feature_holds_on_one_page_and_not_on_the_other(row: Row) -> None:
    page, other = found_on(*row.holds), found_on(*row.fails)
    if row.gone is not None:
        at, reason = row.gone
        without(page, at, reason)
        if row.feature != "removed":
            without(other, at, "advert")
    assert holds(row.feature, page, row.at)
    assert not holds(row.feature, other, row.at if row.other is None else row.other)


def candidates(*lines: str, title: int | None = 0) -> dict[str, set[str]]:
    found = found_on(*lines)
    texts = found.layout.lines
    return {texts[each.index].text: set(each.features) for each in byline_candidates(found, title)}


def test_a_byline_says_where_it_stands_and_what_is_near() -> None:
    features = candidates(HEADLINE, "By Ana Silva", "3 May 2024", *REPORT, "Tom Brown")
    assert {"marked", "marked-head", "marked-date-below", "marked-clean", "words-2", "marked-title<=1"} <= features[
        "By Ana Silva"
    ]
    assert {"bare", "bare-below", "bare-no-date", "bare-title<=7"} <= features["Tom Brown"]


@pytest.mark.parametrize(
    "line", ["Edited by Ana Silva", "Translated by Ana Silva", "More by Ana Silva", "The quay closes on Monday", "Example News"]
)
def test_lines_that_name_no_writer_are_no_candidates(line: str) -> None:
    assert candidates(HEADLINE, line, PROSE) == {}


def test_names_in_a_list_are_results_or_a_cast() -> None:
    assert candidates(HEADLINE, "• Ana Silva", "• Tom Brown", PROSE) == {}


def test_names_deep_in_the_report_are_subjects() -> None:
    deep = [PROSE, MORE] * 4
    assert candidates(HEADLINE, *deep, "Ana Silva", *deep) == {}


def test_who_signs_comments_is_no_author() -> None:
    thread = ("By Ana Silva", "3 May 2024", "Good.", "By Tom Brown", "4 May 2024", "Bad.")
    assert candidates(HEADLINE, *REPORT, *thread) == {}


def test_only_wanted_features_are_worked_out() -> None:
    found = found_on(HEADLINE, "By Ana Silva", PROSE)
    assert [set(each.features) & FLAGS.keys() for each in byline_candidates(found, 0, {"given"})] == [{"given"}]


@pytest.mark.parametrize(
    ("lines", "at"),
    [
        ((HEADLINE, "Ana Silva", "3 May 2024", PROSE), 1),
        ((HEADLINE, PROSE, "By Ana Silva", PROSE), 2),
        ((HEADLINE, "3 May 2024", PROSE, MORE, "Ana Silva"), 4),
    ],
)
def test_a_name_by_headline_date_or_report_may_be_the_byline(lines: tuple[str, ...], at: int) -> None:
    assert at in {candidate.index for candidate in byline_candidates(found_on(*lines), 0)}


@pytest.mark.parametrize(
    "lines",
    [
        (HEADLINE, PROSE, MORE, "Ana Silva"),  # no frame
        (HEADLINE, "3 May 2024", "Ana Silva / AP", PROSE),
        ("Ana Silva closes quay", "Ana Silva", "3 May 2024", PROSE),
        (HEADLINE, "3 May 2024", "Ana Silva walks along the quay", PROSE),
        (HEADLINE, "By The Mercury", "Ana Silva", "3 May 2024", PROSE),
        (HEADLINE, "3 May 2024", PROSE, MORE, "Who was there:", "Ana Silva"),
        (HEADLINE, "3 May 2024", PROSE, MORE, "Ana Silva", "4 May 2024"),
        (HEADLINE, "3 May 2024", PROSE, MORE, "- Ana Silva (@anasilva) April 11, 2021"),
        (HEADLINE, "Qxana Datum 3 May 2024", PROSE),
    ],
)
def test_a_name_elsewhere_is_no_byline(lines: tuple[str, ...]) -> None:
    assert byline_candidates(found_on(*lines), 0) == []
