"""Where the report comes from."""

from __future__ import annotations

import pytest
from pages import GERMAN, HEADLINE, MORE, PROSE, REPORT, stated

from newsnorm.passes import find_dateline, find_title
from newsnorm.records import Byline, Dateline

SEOUL = "【ソウル＝山田花子】港は二本の古い柱にひびが入ったため月曜日に閉鎖されたと港湾事務所は声明で述べた。"


def datelines(*lines: str, with_title: bool = False) -> list[Dateline]:
    findings = stated(find_dateline, *lines, before=(find_title,) if with_title else ())
    return [finding for finding in findings if isinstance(finding, Dateline)]


@pytest.mark.parametrize(
    ("opening", "prose", "rule", "place", "day", "agency"),
    [
        ("LONDON (Reuters) - ", PROSE, "dateline.agency", "LONDON", None, "Reuters"),
        ("(CNN) — ", PROSE, "dateline.agency", "", None, "CNN"),
        ("LONDON, June 20 — ", PROSE, "dateline.day", "LONDON", "June 20", None),
        ("LONDON — ", PROSE, "dateline.place", "LONDON", None, None),
        ("NEW DELHI: ", PROSE, "dateline.place", "NEW DELHI", None, None),
        ("Berlin (dpa) - ", GERMAN, "dateline.agency", "Berlin", None, "dpa"),
    ],
)
def test_a_dateline_opens_the_first_line_and_leaves_the_rest(
    opening: str, prose: str, rule: str, place: str, day: str | None, agency: str | None
) -> None:
    (found,) = datelines(opening + prose, MORE)
    assert (found.rule, found.text, found.takes_line) == (rule, opening, False)
    assert (found.place, found.date, found.agency) == (place, day, agency)


def test_a_dateline_in_brackets_may_name_the_author() -> None:
    dateline, byline = stated(find_dateline, SEOUL)
    assert isinstance(dateline, Dateline)
    assert isinstance(byline, Byline)
    assert (dateline.rule, dateline.place) == ("dateline.brackets", "ソウル")
    assert (byline.rule, byline.takes_line, byline.people[0].name) == ("byline.dateline", False, "山田花子")


@pytest.mark.parametrize("opening", ["London is a city - ", "Storm: ", "The quay — ", "(Photo) - "])
def test_other_openings_are_none(opening: str) -> None:
    assert datelines(opening + PROSE, MORE) == []


def test_only_the_first_line_of_the_report_has_a_dateline() -> None:
    assert datelines(PROSE, f"LONDON (Reuters) - {MORE}") == []


def test_a_city_alone_between_title_and_report_takes_its_line() -> None:
    (found,) = datelines(HEADLINE, "London", *REPORT, with_title=True)
    assert (found.rule, found.place, found.takes_line) == ("dateline.own-line", "London", True)
    assert datelines(HEADLINE, "Harbour", *REPORT, with_title=True) == []
    assert datelines(HEADLINE, "London", *REPORT) == []


def test_a_dateline_that_is_cut_over_two_lines_takes_the_first() -> None:
    found = datelines("LONDON,", f"June 20 (Reuters) - {PROSE}", MORE)
    assert [(each.text, each.takes_line) for each in found] == [("LONDON,", True), ("June 20 (Reuters) - ", False)]
    assert {(each.place, each.agency) for each in found} == {("LONDON", "Reuters")}
