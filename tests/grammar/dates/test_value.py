"""Only days that the calendar has become dates, and what is uncertain about them is said."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.grammar.dates.tokens import FIRST_YEAR, LAST_YEAR
from newsnorm.grammar.dates.value import DateReading, ordered, reading_of

DAYS = st.dates(datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 12, 31))
NUMBERS = st.integers(0, 40)


@given(DAYS)
def test_every_day_is_read_as_itself(day: datetime.date) -> None:
    assert reading_of(day.year, day.month, day.day, day.weekday()) == DateReading(value=day.isoformat(), precision="day")


@given(st.integers(1600, 2100), NUMBERS, NUMBERS)
def test_no_other_day_is_read(year: int, month: int, day: int) -> None:
    try:
        real = datetime.date(year, month, day)
    except ValueError:
        assert reading_of(year, month, day, None) is None
        return
    reading = reading_of(year, month, day, None)
    assert (reading.value if reading else None) == (real.isoformat() if FIRST_YEAR <= year <= LAST_YEAR else None)


@pytest.mark.parametrize(
    ("year", "month", "value", "precision"),
    [
        (2024, None, "2024", "year"),
        (2024, 6, "2024-06", "month"),
        (2024, 0, None, None),
        (2024, 13, None, None),
        (FIRST_YEAR - 1, None, None, None),
        (LAST_YEAR + 1, 6, None, None),
    ],
)
def test_a_part_of_a_date_is_as_precise_as_it_is(year: int, month: int | None, value: str | None, precision: str | None) -> None:
    reading = reading_of(year, month, None, None)
    assert (reading and reading.value, reading and reading.precision) == (value, precision)


@given(DAYS, st.integers(0, 6))
def test_a_weekday_that_does_not_fit_is_a_doubt(day: datetime.date, weekday: int) -> None:
    reading = reading_of(day.year, day.month, day.day, weekday)
    assert reading is not None
    assert (day.isoformat() in reading.doubt) == bool(reading.doubt) == (weekday != day.weekday())


@given(DAYS, st.sampled_from("/.-"))
def test_a_number_above_twelve_is_the_day(day: datetime.date, sign: str) -> None:
    for day_first in (None, True, False):
        for first, second in ((day.day, day.month), (day.month, day.day)):
            reading, other = ordered(first, second, day.year, sign, None, day_first)
            if day.day > 12 or day.day == day.month:
                assert (reading and reading.value, reading and reading.doubt, other) == (day.isoformat(), "", None)


@given(DAYS.filter(lambda day: day.day <= 12 and day.day != day.month), st.sampled_from("/.-"), st.booleans())
def test_of_two_orders_the_other_one_is_kept_and_a_doubt_says_so(day: datetime.date, sign: str, day_first: bool) -> None:
    numbers = (day.day, day.month) if day_first else (day.month, day.day)
    reading, other = ordered(*numbers, day.year, sign, None, day_first)
    assert reading is not None
    assert (reading.value, other) == (day.isoformat(), f"{day.year}-{day.day:02}-{day.month:02}")
    assert sign.join(map(str, (*numbers, day.year))) in reading.doubt
    assert ("day, month" if day_first else "month, day") in reading.doubt


@given(DAYS.filter(lambda day: day.day <= 12), st.booleans())
def test_a_weekday_that_only_one_order_has_decides(day: datetime.date, day_first: bool) -> None:
    turned = datetime.date(day.year, day.day, day.month)
    reading, other = ordered(day.day, day.month, day.year, "/", day.weekday(), day_first)
    assert reading is not None
    if turned.weekday() != day.weekday() or turned == day:
        assert (reading.value, reading.doubt, other) == (day.isoformat(), "", None)
    else:
        assert {reading.value, other} == {day.isoformat(), turned.isoformat()}
        assert "was read as" in reading.doubt


@pytest.mark.parametrize(("sign", "value"), [("/", "2024-05-06"), (".", "2024-06-05"), ("-", "2024-06-05")])
def test_without_an_order_only_a_slash_puts_the_month_first(sign: str, value: str) -> None:
    reading, _ = ordered(5, 6, 2024, sign, None, None)
    assert reading is not None
    assert reading.value == value


def test_what_is_no_day_in_either_order_is_none() -> None:
    assert ordered(31, 31, 2024, "/", None, None) == (None, None)
    assert ordered(0, 5, 2024, "/", None, True)[0] is None
    assert ordered(5, 6, FIRST_YEAR - 1, "/", 2, None) == (None, None)
