"""The calendar: names by language, and the letters that tokens become."""

from __future__ import annotations

import datetime

import pytest

from newsnorm.grammar import Grammar
from newsnorm.grammar.dates.relative import relative_day
from newsnorm.grammar.dates.value import ordered, reading_of

CALENDAR = Grammar.default().calendar


@pytest.mark.parametrize(
    ("name", "languages", "number"), [("juni", ("de",), 6), ("june", (), 6), ("mai", ("de-AT",), 5), ("harbour", (), None)]
)
def test_months(name: str, languages: tuple[str, ...], number: int | None) -> None:
    assert CALENDAR.month(name, languages) == number


def test_weekdays_count_from_monday() -> None:
    assert [CALENDAR.weekday(name) for name in ("monday", "sunday", "june")] == [0, 6, None]


def test_months_of_any_language() -> None:
    assert CALENDAR.names_month("juni")
    assert not CALENDAR.names_month("monday")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [("Thursday, June 20, 2024", "W, M d, y"), ("31.12.2024", "d.d.y"), ("2024年5月3日", "yYoNoD")],
)
def test_tokens_become_letters(text: str, kinds: str) -> None:
    lexicon = CALENDAR.lexicon
    tokens = lexicon.tokens(text)
    assert "".join(tokens) == text
    assert lexicon.kinds_of(tokens) == kinds


@pytest.mark.parametrize(
    ("text", "day"),
    [("2 hours ago", "2024-05-03"), ("gestern, 14:05", "2024-05-02"), ("vor 3 Tagen", "2024-04-30"), ("two quays", None)],
)
def test_days_counted_from_today(text: str, day: str | None) -> None:
    found = relative_day(text, CALENDAR.relative, "2024-05-03T10:00")
    assert (found.day.isoformat() if found else None) == day


def test_hours_need_the_time_of_reading() -> None:
    assert relative_day("2 hours ago", CALENDAR.relative, "2024-05-03") is None
    assert relative_day("2 hours ago", CALENDAR.relative, "today") is None


@pytest.mark.parametrize(
    ("year", "month", "day", "value"),
    [(2024, 2, 29, "2024-02-29"), (2023, 2, 29, None), (2024, 13, None, None), (2024, 5, None, "2024-05"), (1600, 1, 1, None)],
)
def test_no_date_that_the_calendar_lacks(year: int, month: int, day: int | None, value: str | None) -> None:
    reading = reading_of(year, month, day, None)
    assert (reading.value if reading else None) == value


def test_a_weekday_settles_the_order() -> None:
    reading, other = ordered(3, 5, 2024, "/", datetime.date(2024, 5, 3).weekday(), None)
    assert (reading and reading.value, other) == ("2024-05-03", None)


def test_without_evidence_the_sign_decides_and_a_doubt_says_so() -> None:
    reading, other = ordered(3, 5, 2024, "/", None, None)
    assert reading is not None
    assert (reading.value, other) == ("2024-03-05", "2024-05-03")
    assert reading.doubt
