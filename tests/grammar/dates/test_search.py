"""Complete dates in a line: where they stand, what they mean, and which of them is the day of publication."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.grammar import Grammar
from newsnorm.grammar.dates.search import LOOK, PART_LIMIT, dates_in, read_any_date, read_in_part, read_whole

CALENDAR = Grammar.default().calendar


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Jane Doe, 20 June 2024 at 14:05 | Ulm", [("20 June 2024 at 14:05", "2024-06-20T14:05", "name")]),
        ("Ulm, Donnerstag, 20.06.2024 – Die Brücke", [("Donnerstag, 20.06.2024", "2024-06-20", "numeric")]),
        ("2024-06-20 / 2024-06-21", [("2024-06-20", "2024-06-20", "iso"), ("2024-06-21", "2024-06-21", "iso")]),
        ("記者山田 2024年6月20日 10時", [("2024年6月20日 10時", "2024-06-20T10:00", "cjk")]),
        ("28. Juni 201914. Januar 2020", [("28. Juni 2019", "2019-06-28", "name"), ("14. Januar 2020", "2020-01-14", "name")]),
        ("20/06/'24", []),
        ("Version 1.2.2024.5", []),
        ("192.168.20.24", []),
        ("10.20.06.2024", []),
        ("1-3 May 2024", []),
        ("1 January 1970", []),
        ("June 2024", []),
        ("31.02.2024", []),
    ],
)
def test_dates_stand_where_they_stand(line: str, found: list[tuple[str, str, str]]) -> None:
    mentions = dates_in(line, CALENDAR)
    assert [(line[each.start : each.end], each.reading.value, each.how) for each in mentions] == found


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        ("Published: 20 June 2024", ["published"]),
        ("Last updated on 20 June 2024", ["updated"]),
        ("Published 20 June 2024, updated 21 June 2024", ["published", "updated"]),
        ("Zuletzt aktualisiert: 20.06.2024", ["updated"]),
        ("Atualizado em 20/06/2024", ["updated"]),
        ("更新时间：2024-06-20", ["updated"]),
        ("Ulm, 20 June 2024", [None]),
    ],
)
def test_a_word_beside_a_date_gives_its_role(line: str, roles: list[str | None]) -> None:
    assert [mention.role for mention in dates_in(line, CALENDAR)] == roles


@pytest.mark.parametrize(
    ("line", "value", "doubt"),
    [
        ("Updated 21 June 2024, published 20 June 2024, 10:15", "2024-06-20T10:15", ""),
        ("Updated 21 June 2024 | 20 June 2024", "2024-06-20", ""),
        ("Updated 21 June 2024", "2024-06-21", ""),
        ("20 June 2024 | 20 June 2024, 10:15", "2024-06-20T10:15", ""),
        ("20 June 2024 | 21 June 2024", "2024-06-20", "2 days stand beside each other: 2024-06-20, 2024-06-21"),
        ("June 2024", "2024-06", ""),
        ("2024", "2024", ""),
    ],
)
def test_the_day_of_publication_is_chosen(line: str, value: str, doubt: str) -> None:
    mention = read_any_date(line, CALENDAR)
    assert mention is not None
    assert mention.reading.value == value
    assert doubt in mention.reading.doubt
    assert bool(doubt) == bool(mention.reading.doubt)


def test_a_line_without_a_date_has_none() -> None:
    assert read_any_date("Quay closed after pillars crack", CALENDAR) is None
    assert dates_in("", CALENDAR) == ()


def test_a_relative_day_needs_a_reference_and_a_place_of_its_own() -> None:
    assert dates_in("2 hours ago", CALENDAR) == ()
    (mention,) = dates_in("Ulm | 2 hours ago", CALENDAR, reference="2024-05-03T01:30")
    assert (mention.reading.value, mention.how) == ("2024-05-02", "relative")
    assert "“2 hours ago” was counted from 2024-05-03T01:30" in mention.reading.doubt
    assert dates_in("The quay was closed 2 hours ago", CALENDAR, reference="2024-05-03T01:30") == ()
    (named,) = dates_in("gestern, 14:05", CALENDAR, reference="2024-05-03")
    assert named.reading.value == "2024-05-02T14:05"


def test_a_time_may_follow_a_count_of_days_and_none_of_hours() -> None:
    (mention,) = dates_in("2일 전 오후 3시", CALENDAR, reference="2024-05-03T01:30")
    assert mention.reading.value == "2024-05-01T15:00"
    (mention,) = dates_in("2 hours ago, 14:05", CALENDAR, reference="2024-05-03T01:30")
    assert mention.reading.value == "2024-05-02"


@pytest.mark.parametrize("text", ["Two hours ago the quay opened.", "Tunti sitten silta avattiin.", "Today", "Heute"])
def test_neither_a_sentence_nor_the_name_of_a_section_is_relative(text: str) -> None:
    assert dates_in(text, CALENDAR, reference="2024-05-03T01:30") == ()


@pytest.mark.parametrize(
    ("text", "languages", "value"),
    [
        ("11 มี.ค. 67 14:05 น.", ("th",), "2024-03-11T14:05"),
        ("11/03/67", ("th",), "2024-03-11"),
        ("11/03/24", ("th",), None),
        ("2024年3月11日（月）14時5分", ("ja",), "2024-03-11T14:05"),
    ],
)
def test_years_of_two_digits_are_of_the_era_of_the_language(text: str, languages: tuple[str, ...], value: str | None) -> None:
    assert [mention.reading.value for mention in dates_in(text, CALENDAR, languages)] == ([value] if value else [])


def test_a_date_is_preferred_to_a_relative_day() -> None:
    (mention,) = dates_in("Today, 20 June 2024", CALENDAR, reference="2024-05-03")
    assert (mention.reading.value, mention.how) == ("2024-06-20", "name")


@pytest.mark.parametrize(
    ("text", "value"),
    [("June 2024", "2024-06"), ("2024年6月", "2024-06"), ("2024", "2024"), ("Juni", None), ("in Ulm 2024", None)],
)
def test_a_month_or_a_year_is_a_date_in_part(text: str, value: str | None) -> None:
    reading = read_in_part(text, CALENDAR)
    assert (reading and reading.value) == value


def test_a_date_in_part_is_short() -> None:
    longest = "June 2024 " + "|" * (PART_LIMIT - 10)
    assert read_in_part(longest, CALENDAR) is not None
    assert read_in_part(f"{longest}|", CALENDAR) is None


DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 1, 1))
AROUND = st.sampled_from(("", "Jane Doe ", "Ulm, ", "(", "| ", "quay "))


@given(DAYS, st.sampled_from(("{:%d %B %Y}", "{:%B %d, %Y}", "{:%Y-%m-%d}", "{:%Y年%m月%d日}")), AROUND, AROUND)
def test_a_day_is_found_in_its_place(day: datetime.date, shape: str, before: str, after: str) -> None:
    written = shape.format(day)
    (mention,) = dates_in(f"{before}{written} {after}", CALENDAR)
    assert mention.reading.value == day.isoformat()
    assert (mention.start, mention.end) == (len(before), len(before) + len(written))


@given(st.lists(DAYS, min_size=1, max_size=4))
def test_all_days_of_a_line_are_found_in_order(days: list[datetime.date]) -> None:
    line = " | ".join(f"{day:%d %B %Y}" for day in days)
    assert [mention.reading.value for mention in dates_in(line, CALENDAR)] == [day.isoformat() for day in days]


@given(DAYS, st.sampled_from(("Ulm", "quay 7", "- | -", ".,.")))
def test_a_whole_text_is_a_date_only_without_other_words(day: datetime.date, more: str) -> None:
    reading = read_whole(f"{day:%d %B %Y}", CALENDAR)
    assert reading is not None
    assert reading.value == day.isoformat()
    other = read_whole(f"{more} {day:%d %B %Y}", CALENDAR)
    assert (other is None) == any(map(str.isalnum, more))


def test_only_the_beginning_of_a_line_is_searched() -> None:
    assert dates_in(" " * (LOOK - 20) + "20 June 2024 ", CALENDAR)
    assert dates_in(" " * LOOK + "20 June 2024", CALENDAR) == ()
