"""Days of the solar calendar of Iran and Afghanistan."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm import fields
from newsnorm.grammar.dates.solar import FIRST_YEAR, LAST_YEAR, gregorian, is_leap

DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@pytest.mark.parametrize(
    ("year", "first"),
    [
        (1300, "1921-03-21"),
        (1357, "1978-03-21"),
        (1375, "1996-03-20"),
        (1399, "2020-03-20"),
        (1400, "2021-03-21"),
        (1404, "2025-03-21"),
    ],
)
def test_a_year_begins_on_the_day_of_the_equinox(year: int, first: str) -> None:
    assert gregorian(year, 1, 1) == datetime.date.fromisoformat(first)


@given(year=st.integers(FIRST_YEAR, LAST_YEAR - 1))
def test_years_follow_each_other_without_a_gap(year: int) -> None:
    first, next_first = gregorian(year, 1, 1), gregorian(year + 1, 1, 1)
    assert first is not None
    assert next_first is not None
    assert (next_first - first).days == 365 + is_leap(year)
    assert (gregorian(year, 12, 30) is not None) == is_leap(year)


@given(year=st.integers(1390, 1410), day=st.integers(1, 30), hour=st.integers(0, 23))
def test_a_written_day_is_read_in_either_digits(year: int, day: int, hour: int) -> None:
    text = f"{day} مهر {year} - {hour:02}:40"
    expected = f"{gregorian(year, 7, day)}T{hour:02}:40"
    for written in (text, text.translate(DIGITS)):
        found = fields.parse_date(written, "fa")
        assert found is not None
        assert (found.value, found.span.end) == (expected, len(written))


def test_numbers_are_read_in_languages_of_the_calendar_alone_and_no_day_is_made_up() -> None:
    found = fields.parse_date("۱۴۰۲/۰۷/۱۵", "fa")
    assert found is not None
    assert found.value == "2023-10-07"
    assert "solar calendar" in found.doubt
    assert fields.parse_date("1402/07/15", "en") is None
    assert fields.parse_date("۳۱ مهر ۱۴۰۲", "fa") is None
    assert fields.parse_date("۱۵ مهر ۱۴۹۰", "fa") is None
