"""Days that a short line counts from the day on which it was fetched."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.grammar import Grammar
from newsnorm.grammar.dates.relative import RELATIVE_LIMIT, relative_day

WORDS = Grammar.default().calendar.relative
NIGHT = "2024-05-03T01:30"


def day(text: str, reference: str = NIGHT) -> str | None:
    found = relative_day(text, WORDS, reference)
    return found.day.isoformat() if found else None


@pytest.mark.parametrize(
    ("text", "words", "value", "named"),
    [
        ("2 hours ago", "2 hours ago", "2024-05-02", False),
        ("an hour ago", "an hour ago", "2024-05-03", False),
        ("Posted 20 hours ago | Ulm", "20 hours ago", "2024-05-02", False),
        ("vor 3 Tagen", "vor 3 Tagen", "2024-04-30", False),
        ("il y a 5 minutes", "il y a 5 minutes", "2024-05-03", False),
        ("hace 2 horas", "hace 2 horas", "2024-05-02", False),
        ("3 ore fa", "3 ore fa", "2024-05-02", False),
        ("3 saat önce", "3 saat önce", "2024-05-02", False),
        ("5小时前", "5小时前", "2024-05-02", False),
        ("2時間前", "2時間前", "2024-05-02", False),
        ("昨天 14:05", "昨天", "2024-05-02", True),
        ("Gestern, 14:05 Uhr", "Gestern", "2024-05-02", True),
        ("TODAY", "TODAY", "2024-05-03", True),
        ("منذ ساعتين", "منذ ساعتين", "2024-05-02", False),
        ("منذ 3 ساعات و20 دقيقة", "منذ 3 ساعات و20 دقيقة", "2024-05-02", False),
        ("לפני יומיים", "לפני יומיים", "2024-05-01", False),
        ("час назад", "час назад", "2024-05-03", False),
        ("há 3 horas e 20 minutos", "há 3 horas e 20 minutos", "2024-05-02", False),
        ("3 گھنٹے پہلے", "3 گھنٹے پہلے", "2024-05-02", False),
        ("३ घण्टा अगाडि", "३ घण्टा अगाडि", "2024-05-02", False),
        ("Saa 2 zilizopita", "Saa 2 zilizopita", "2024-05-02", False),
        ("2일 전", "2일 전", "2024-05-01", False),
    ],
)
def test_a_relative_day_is_read_with_its_place(text: str, words: str, value: str, named: bool) -> None:
    found = relative_day(text, WORDS, NIGHT)
    assert found is not None
    assert (text[found.start : found.end], found.day.isoformat(), found.named) == (words, value, named)


@pytest.mark.parametrize(
    "text",
    ["2 hours", "2 saa", "час", "منذ أيام", "hours ago", "12.2 hours ago", "1:2 hours ago", "123 hours ago", "todays", "ago", ""],
)
def test_look_alikes_are_none(text: str) -> None:
    assert day(text) is None


@pytest.mark.parametrize("reference", ["", "today", "2024-13-01", "03.05.2024"])
def test_without_a_day_to_count_from_there_is_none(reference: str) -> None:
    assert day("2 days ago", reference) is None
    assert day("yesterday", reference) is None


def test_hours_and_minutes_need_a_time_to_count_from_and_days_do_not() -> None:
    assert (day("2 hours ago", "2024-05-03"), day("5 minutes ago", "2024-05-03")) == (None, None)
    assert (day("2 days ago", "2024-05-03"), day("yesterday", "2024-05-03")) == ("2024-05-01", "2024-05-02")


def test_a_count_comes_before_a_name_and_the_first_one_counts() -> None:
    assert day("Today 2 days ago 3 days ago") == "2024-05-01"
    assert day("yesterday, today") == "2024-05-02"


def test_prose_is_not_read() -> None:
    assert day("2 days ago".ljust(RELATIVE_LIMIT)) == "2024-05-01"
    assert day("2 days ago".ljust(RELATIVE_LIMIT + 1)) is None


def test_a_text_whose_length_changes_in_lower_case_is_not_read() -> None:
    assert day("İ 2 days ago") is None


MOMENTS = st.datetimes(datetime.datetime(2000, 1, 1), datetime.datetime(2040, 1, 1))


@given(st.integers(1, 99), st.sampled_from(("minute", "hour", "day")), MOMENTS)
def test_days_are_counted_as_the_clock_does(number: int, unit: str, now: datetime.datetime) -> None:
    ago = datetime.timedelta(**{f"{unit}s": number})
    assert day(f"{number} {unit}{'s' if number > 1 else ''} ago", now.isoformat()) == (now - ago).date().isoformat()


@pytest.mark.parametrize(
    "form", ["{d} days, {h} hours ago", "vor {d} Tagen und {h} Stunden", "hace {d} días y {h} horas", "{d} gün {h} saat önce"]
)
@given(days=st.integers(1, 60), hours=st.integers(1, 23))
def test_the_parts_of_a_count_add_up(form: str, days: int, hours: int) -> None:
    day = relative_day(form.format(d=days, h=hours), WORDS, "2024-05-03T12:00:00")
    now = datetime.datetime(2024, 5, 3, 12)
    assert day is not None
    assert day.day == (now - datetime.timedelta(days=days, hours=hours)).date()
    assert (day.start, day.end) == (0, len(form.format(d=days, h=hours)))
