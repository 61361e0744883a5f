"""When a report was published and updated, and which dates belong to something else."""

from __future__ import annotations

import pytest
from pages import CHINESE, GERMAN, HEADLINE, MORE, PROSE, REPORT, SPANISH, claims, stated

from newsnorm.passes import find_curated, find_dates, find_title
from newsnorm.records import Finding, PublicationDate

BEFORE = (find_curated, find_title)


def dates_on(*lines: str) -> list[PublicationDate]:
    return [finding for finding in stated(find_dates, *lines, before=BEFORE) if isinstance(finding, PublicationDate)]


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ((HEADLINE, "3 May 2024, 14:05", *REPORT), "2024-05-03T14:05"),
        (("Brücke bleibt gesperrt", "3. Mai 2024", GERMAN), "2024-05-03"),
        (("El muelle cierra en mayo", "3 de mayo de 2024", SPANISH), "2024-05-03"),
        (("码头因支柱开裂而关闭", "2024年5月3日", CHINESE), "2024-05-03"),
    ],
)
def test_a_date_below_the_headline_is_the_day_of_the_report(lines: tuple[str, ...], value: str) -> None:
    (found,) = dates_on(*lines)
    assert (found.value, found.role) == (value, "published")
    assert claims([found]) == [("date.weighed", lines[1])]


def test_publication_and_update_are_told_apart() -> None:
    found = dates_on(HEADLINE, "Published 3 May 2024", "Updated 4 May 2024, 9:10", *REPORT)
    assert [(date.role, date.value) for date in found] == [("published", "2024-05-03"), ("updated", "2024-05-04T09:10")]


def test_an_update_alone_stays_one() -> None:
    found = dates_on(HEADLINE, "Updated 4 May 2024, 9:10", *REPORT)
    assert [(date.role, date.value) for date in found] == [("updated", "2024-05-04T09:10")]


def test_mentions_of_one_day_add_up() -> None:
    found = dates_on(HEADLINE, "3 May 2024", "4 May 2024", *REPORT, "Published: 3 May 2024")
    assert found[0].value == "2024-05-03"


@pytest.mark.parametrize("line", ["The quay was opened on 1 July 1998 by the mayor.", "May 2024", "Room 3/5, 2024 beds", "24:61"])
def test_what_is_no_day_of_the_report_is_none(line: str) -> None:
    assert dates_on(HEADLINE, PROSE, line, MORE) == []


@pytest.mark.parametrize(
    "lines",
    [
        (PROSE, "Harbour hall", "Friday 3 May 2024, 8pm", "Admission free", MORE),
        (PROSE, MORE, "3 May 2024", PROSE),
        (PROSE, "3 May 2024", "Ulm v Graz", "10 May 2024", "Graz v Bern", "17 May 2024", "Bern v Ulm", MORE),
        (PROSE, "1 May 2024", "2 May 2024", "3 May 2024", MORE),
        (PROSE, "Premiere: 3 May 2024", MORE),
        (PROSE, "* 3 April 1934", "† 3 May 2024", MORE),
        (PROSE, MORE, "Concert", "3 May 2024", "Lecture", "4 May 2024"),
        (PROSE, MORE, "Ana Silva", "@anasilva", "4:12 PM · May 3, 2024"),
    ],
    ids=["card", "amid", "games", "quiz", "label", "life", "calendar", "post"],
)
def test_a_lone_day_behind_the_head_is_of_something_else(lines: tuple[str, ...]) -> None:
    assert dates_on(HEADLINE, *lines) == []


@pytest.mark.parametrize(
    "lines",
    [
        (PROSE, "3 May 2024", MORE),
        (PROSE, MORE, "By Ana Silva", "3 May 2024", PROSE),
        (PROSE, MORE, "3 May 2024"),
        (PROSE, MORE, "Published: 3 May 2024", PROSE),
        ("3 May 2024", PROSE, "10 May 2024", "17 May 2024", "24 May 2024", MORE),
    ],
    ids=["behind-standfirst", "beside-byline", "at-end", "marked", "above-list"],
)
def test_a_day_in_the_head_beside_a_name_or_at_the_end_is_of_the_report(lines: tuple[str, ...]) -> None:
    assert [date.value for date in dates_on(HEADLINE, *lines)] == ["2024-05-03"]


def test_the_day_in_another_calendar_beside_the_date_goes_with_it() -> None:
    findings = stated(find_dates, HEADLINE, "3 مايو 2024", "24 شوال 1445", *REPORT, before=BEFORE)
    assert claims(findings) == [("date.weighed", "3 مايو 2024"), ("date.other", "24 شوال 1445")]


def test_marked_dates_of_other_texts_go() -> None:
    teasers = ("Tram late again", "Published: 1 May 2024", "Cabbage", "Published: 2 May 2024")
    findings: list[Finding] = stated(find_dates, HEADLINE, "3 May 2024", *REPORT, *teasers, before=BEFORE)
    assert claims(findings) == [
        ("date.weighed", "3 May 2024"),
        ("date.other", "Published: 1 May 2024"),
        ("date.other", "Published: 2 May 2024"),
    ]
