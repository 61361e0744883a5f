"""Make dates from days, months and years, if the calendar has such a day."""

from __future__ import annotations

import datetime

import attrs

from newsnorm.grammar.dates.tokens import FIRST_YEAR, LAST_YEAR
from newsnorm.notes import note
from newsnorm.records import Precision, Zone


@attrs.frozen(kw_only=True)
class DateReading:
    """A date, as precise as it is written."""

    value: str
    """ISO 8601, with as many parts as `precision` says."""
    precision: Precision
    zone: Zone = "unknown"
    doubt: str = ""
    """What is uncertain, as notes (`newsnorm.notes`); empty if nothing is."""
    day_first: bool | None = None
    """The order in which two numbers were read that allow both; None for any other date."""


def ordered(
    first: int, second: int, year: int, sign: str, weekday: int | None, day_first: bool | None
) -> tuple[DateReading | None, str | None]:
    """
    Return the date that two numbers and a year mean, and its value in the other order.

    If both orders are possible, the date has a doubt; if only one is, there is no other value.

    Args:
        first: the first number, day or month.
        second: the second number.
        year: the year.
        sign: the character between the numbers; without `day_first`, only ``/`` puts the month first.
        weekday: the weekday beside the date, 0 (Monday) to 6; it may decide the order.
        day_first: whether the first number is the day, if known.

    """
    if first > 12 or second > 12 or first == second:
        day, month = (second, first) if second > 12 else (first, second)
        return reading_of(year, month, day, weekday), None
    fitting = _fitting(year, first, second, weekday)
    if fitting is not None:
        return fitting, None
    if day_first is None:
        day_first = sign != "/"
    day, month = (first, second) if day_first else (second, first)
    order = "day, month" if day_first else "month, day"
    doubt = note("date-order-guessed", text=f"{first}{sign}{second}{sign}{year}", order=order)
    reading, other = reading_of(year, month, day, weekday), reading_of(year, day, month, None)
    return reading and attrs.evolve(reading, doubt=doubt, day_first=day_first), other.value if other else None


def _fitting(year: int, first: int, second: int, weekday: int | None) -> DateReading | None:
    """Return the date in the order that the weekday requires; None if it doesn't decide."""
    if weekday is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    fitting = [(m, d) for m, d in ((second, first), (first, second)) if datetime.date(year, m, d).weekday() == weekday]
    return reading_of(year, *fitting[0], weekday) if len(fitting) == 1 else None


def reading_of(year: int, month: int | None, day: int | None, weekday: int | None) -> DateReading | None:
    """Return the date of a year, a month and a day, if it exists; a weekday that doesn't fit is a doubt."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is None:
        return DateReading(value=f"{year:04}", precision="year")
    if day is None:
        return DateReading(value=f"{year:04}-{month:02}", precision="month") if 1 <= month <= 12 else None
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        return None
    wrong = weekday is not None and date.weekday() != weekday
    doubt = note("date-weekday", day=date.isoformat()) if wrong else ""
    return DateReading(value=date.isoformat(), precision="day", doubt=doubt)
