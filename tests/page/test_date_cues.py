"""Each feature of a date: a page where it holds for the third of May, and one where it does not."""

from __future__ import annotations

import attrs
import pytest
from pages import MORE, PROSE, REPORT, found_on

import newsnorm
from newsnorm.page.date_cues import FLAGS, MANY, DateCandidate, DateCues, date_candidates
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.records import Reason

DAY = "2024-05-03"
RULE = CodeRule("ours.gone", "A line that a test removes.")
OTHER_DAYS = tuple(f"{day} May 2024" for day in range(10, 10 + MANY))

DAY_URL = "https://example.com/2024/05/03/quay"
OTHER_DAY_URL = "https://example.com/2024/05/04/quay"
MONTH_URL = "https://example.com/2024/05/quay"
OTHER_MONTH_URL = "https://example.com/2024/06/quay"


@attrs.frozen
class Row:
    """One feature: a page where it holds for the first mention of the day, and a page where it does not."""

    feature: str
    holds: tuple[str, ...]
    fails: tuple[str, ...]
    url: str | None = None
    """Of the page where it holds."""
    other_url: str | None = None
    """Of the page where it does not."""
    gone: Reason | None = None
    """Why the first line of the page where it holds was removed; on the other page, it was removed as an advert."""


ROWS = (
    Row("time", ("3 May 2024, 14:05", PROSE), ("3 May 2024", PROSE)),
    Row("bullet", ("• 3 May 2024", PROSE), ("3. Mai 2024", PROSE)),
    Row("first", ("3 May 2024", PROSE, "4 May 2024"), ("4 May 2024", PROSE, "3 May 2024")),
    Row("opens", ("3 May 2024, Malmö", PROSE), ("Malmö, 3 May 2024", PROSE)),
    Row("second", ("2 May 2024 – 3 May 2024", PROSE), ("2 May 2024", "3 May 2024", PROSE)),
    Row("byline-here", ("By Ana Silva, 3 May 2024", PROSE), ("By Ana Silva", "3 May 2024", PROSE)),
    Row("byline-near", ("By Ana Silva", "3 May 2024", PROSE), ("By Ana Silva, 3 May 2024", PROSE)),
    Row("newest", ("3 May 2024", PROSE, "1 April 2024"), ("3 May 2024", PROSE, "1 June 2024")),
    Row("oldest", ("3 May 2024", PROSE, "1 June 2024"), ("3 May 2024", PROSE)),
    Row("many", ("3 May 2024", PROSE, *OTHER_DAYS), ("3 May 2024", PROSE, *OTHER_DAYS[1:])),
    Row("in-address", ("3 May 2024", PROSE), ("3 May 2024", PROSE), DAY_URL, OTHER_DAY_URL),
    Row("not-in-address", ("3 May 2024", PROSE), ("3 May 2024", PROSE), OTHER_DAY_URL, MONTH_URL),
    Row("month-in-address", ("3 May 2024", PROSE), ("3 May 2024", PROSE), MONTH_URL, DAY_URL),
    Row("other-month-in-address", ("3 May 2024", PROSE), ("3 May 2024", PROSE), OTHER_MONTH_URL, MONTH_URL),
    Row("only", ("3 May 2024", PROSE, "3.5.2024"), ("3 May 2024", PROSE, "4.5.2024")),
    Row("one-below-of-many", (PROSE, "3 May 2024", "4 May 2024"), (PROSE, "3 May 2024", "Updated 4 May 2024")),
    Row("beside-related", ("Tram late again", "3 May 2024", PROSE), ("Tram late again", "3 May 2024", PROSE), gone="related"),
    Row("beside-comments", ("No comments", "3 May 2024", PROSE), ("No comments", "3 May 2024", PROSE), gone="comments"),
    Row("rights", ("© Example News, 3 May 2024", PROSE), ("Example News, 3 May 2024", PROSE)),
    Row("prose", ("On 3 May 2024 nobody came. " + PROSE,), ("On 3 May 2024 nobody came.", PROSE)),
    Row("sentence", ("It was on 3 May 2024 that the quay was closed.", PROSE), ("The quay, 3 May 2024.", PROSE)),
)


def without_first_line(found: Found, reason: Reason) -> Found:
    found.add(removed(found.page.lines[0], RULE, reason))
    return found


def holds(feature: str, found: Found) -> bool:
    cues = DateCues(found, found.layout, None)
    order = next(order for order, place in enumerate(cues.places) if place.day == DAY)
    return FLAGS[feature](DateCandidate(cues, cues.places[order], order))


def test_every_feature_has_a_row() -> None:
    assert {row.feature for row in ROWS} == FLAGS.keys()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.feature)
def test_a_feature_holds_on_one_page_and_not_on_the_other(row: Row) -> None:
    page, other = found_on(*row.holds, url=row.url), found_on(*row.fails, url=row.other_url)
    if row.gone is not None:
        without_first_line(page, row.gone)
        without_first_line(other, "advert")
    assert holds(row.feature, page)
    assert not holds(row.feature, other)


def candidates(*lines: str, url: str | None = None, title: int | None = None) -> dict[str, set[str]]:
    found = found_on(*lines, url=url)
    return {each.value.day: set(each.features) for each in date_candidates(DateCues(found, found.layout, title))}


def test_a_date_says_where_it_stands_and_what_it_is_called() -> None:
    features = candidates("Quay closed", "Published 3 May 2024", *REPORT, "9 June 2024", title=0)
    assert {"head", "role-published", "title<=2", "above<=1"} <= features["2024-05-03"]
    assert {"below<=3", "role-none", "title<=5"} <= features["2024-06-09"]


def test_dates_in_sentences_of_the_report_are_no_candidates() -> None:
    amid = "The quay was opened on 1 July 1998 by the mayor."
    assert list(candidates("3 May 2024", PROSE, amid, MORE)) == [DAY]
    assert list(candidates("3 May 2024", amid, PROSE, MORE)) == [DAY]


def test_a_series_of_days_below_the_report_belongs_to_other_reports() -> None:
    assert list(candidates("3 May 2024", PROSE, "Tram late", "4 May 2024", "Cabbage", "5 May 2024", "Storm", "6 May 2024")) == [
        DAY
    ]
    assert list(candidates("3 May 2024", PROSE, "Tram late", "4 May 2024")) == [DAY, "2024-05-04"]


def test_a_month_alone_is_no_day() -> None:
    assert candidates("May 2024", PROSE) == {}


def test_an_open_order_of_day_and_month_is_settled_by_another_date() -> None:
    found = found_on("3/5/2024", PROSE, "Updated 3 May 2024")
    cues = DateCues(found, found.layout, None)
    assert [place.day for place in cues.places] == [DAY, DAY]
    assert "other dates on the page" in cues.places[0].mention.reading.doubt


def test_the_url_settles_the_order_of_all_open_dates() -> None:
    url = "https://example.com/2023/11/08/barge"
    found = found_on("Published 07/11/2023", "Updated 08/11/2023", PROSE, url=url)
    assert [place.day for place in DateCues(found, found.layout, None).places] == ["2023-11-07", "2023-11-08"]
    found = found_on("Published 11/07/2023", "Updated 11/08/2023", PROSE, url=url)
    assert [place.day for place in DateCues(found, found.layout, None).places] == ["2023-11-07", "2023-11-08"]


def test_a_day_far_from_the_day_in_the_url_is_of_something_else_unless_a_word_marks_it() -> None:
    url = "https://example.com/2024/05/03/quay"
    assert list(candidates("3 May 2024", "9 June 2024", PROSE, url=url)) == [DAY]
    assert list(candidates("3 May 2024", "Published 9 June 2024", PROSE, url=url)) == [DAY, "2024-06-09"]


def test_only_wanted_features_are_worked_out() -> None:
    found = found_on("3 May 2024", PROSE)
    cues = DateCues(found, found.layout, None)
    assert [set(each.features) & FLAGS.keys() for each in date_candidates(cues, {"only"})] == [{"only"}]


@pytest.mark.parametrize(
    ("fetched", "value"),
    [
        ("2024-05-07T10:00:00", "2024-05-06"),
        ("2024-06-06", "2024-06-05"),
        ("2024-05-20", "2024-05-06"),
        ("2025-01-01", "2024-05-06"),
        ("today", "2024-05-06"),
        (None, "2024-05-06"),
    ],
)
def test_the_moment_of_fetching_settles_the_order_of_day_and_month(fetched: str | None, value: str) -> None:
    article = newsnorm.parse(
        "\n".join(("Quay closed after pillars crack", "By Ana Silva", "05/06/2024", *REPORT)), fetched=fetched
    )
    assert article.published is not None
    assert article.published.value == value
