"""
Read dates of the solar calendar of Iran and Afghanistan, and turn them into Gregorian ones: ``۱۵ مهر ۱۴۰۲``.

A year has six months of 31 days, five of 30 and one of 29, or of 30 in a leap year. Leap years follow a cycle of 33 years that
agrees with the astronomical calendar from 1244 to 1472 (1865 to 2093).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from functools import cached_property

import attrs

from newsnorm.grammar.dates.value import DateReading
from newsnorm.notes import note
from newsnorm.resources import Toml, strings
from newsnorm.text.casing import fold_word

FIRST_YEAR, LAST_YEAR = 1300, 1424
"""Years that are read: 1921 to 2045."""

CYCLE, LEAP = 33, frozenset((1, 5, 9, 13, 17, 22, 26, 30))
"""Years of the leap cycle, and the leap years in it."""

KNOWN_YEAR, KNOWN_DAY = 1400, datetime.date(2021, 3, 21)
"""A year, and its first day."""


@attrs.frozen
class SolarDate:
    """A date of the solar calendar in a text."""

    start: int
    """Where it starts, in code points of the text."""
    end: int
    """Where it ends, its time of day included."""
    reading: DateReading


@attrs.frozen(eq=False)
class SolarCalendar:
    """The words of the solar calendar."""

    languages: frozenset[str]
    """Languages that write days of this calendar in numbers: ``1402/07/15``."""
    months: Mapping[str, int]
    """Name of a month → 1 to 12."""
    fillers: tuple[str, ...]
    """Words before a time of day."""

    @classmethod
    def of(cls, content: Toml) -> SolarCalendar:
        """Build the calendar from the table ``solar`` of ``calendar-extra.toml``."""
        rows = content.get("months", [])
        names = rows if isinstance(rows, list) else []
        return cls(
            languages=frozenset(strings(content.get("languages", []), "calendar-extra, solar languages")),
            months={
                fold_word(form): number
                for number, forms in enumerate(names, 1)
                for form in strings(forms, "calendar-extra, solar months")
            },
            fillers=strings(content.get("fillers", []), "calendar-extra, solar fillers"),
        )

    @cached_property
    def _named(self) -> re.Pattern[str]:
        names = "|".join(map(re.escape, sorted(self.months, key=lambda name: (-len(name), name))))
        return re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})\s(?P<month>{names})(?:\s|\s?،\s?)(?P<year>\d{{4}})(?!\d){self._time}")

    @cached_property
    def _numeric(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?<![\d/.-])(?P<year>\d{{4}})(?P<sign>[/.-])(?P<month>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}})(?![\d/]){self._time}"
        )

    @property
    def _time(self) -> str:
        words = "|".join(map(re.escape, self.fillers))
        return rf"(?:(?:\s|[-–—|،,:]|{words})*(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?!\d))?"

    def dates_in(self, text: str, language: str) -> Iterator[SolarDate]:
        """
        Yield the dates of the solar calendar in a text, from left to right.

        Args:
            text: the text.
            language: the code of its language; days in numbers are read in languages of this calendar alone.

        >>> from newsnorm.grammar import Grammar
        >>> [date.reading.value for date in Grammar.default().calendar.solar.dates_in("۱۵ مهر ۱۴۰۲ - ۰۹:۴۰", "fa")]
        ['2023-10-07T09:40']

        """
        for pattern in (self._named, self._numeric) if language in self.languages else (self._named,):
            for match in pattern.finditer(text):
                month = match["month"]
                day = gregorian(int(match["year"]), int(month) if month.isdecimal() else self.months[month], int(match["day"]))
                if day is not None:
                    yield SolarDate(match.start(), match.end(), _reading(day, match))


def _reading(day: datetime.date, match: re.Match[str]) -> DateReading:
    doubt = note("date-solar", text=f"{match['day']} {match['month']} {match['year']}")
    if match["hour"] is None or int(match["hour"]) > 23 or int(match["minute"]) > 59:
        return DateReading(value=day.isoformat(), precision="day", doubt=doubt)
    time = f"{int(match['hour']):02}:{int(match['minute']):02}"
    return DateReading(value=f"{day.isoformat()}T{time}", precision="minute", doubt=doubt)


def is_leap(year: int) -> bool:
    """
    Return whether a year of the solar calendar has 366 days.

    >>> is_leap(1403), is_leap(1402)
    (True, False)
    """
    return year % CYCLE in LEAP


def gregorian(year: int, month: int, day: int) -> datetime.date | None:
    """
    Return the Gregorian date of a day of the solar calendar; None if there is no such day, or its year is not read.

    >>> gregorian(1402, 7, 15), gregorian(1402, 12, 30)
    (datetime.date(2023, 10, 7), None)
    """
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= _days(year, month)):
        return None
    years = range(KNOWN_YEAR, year) if year >= KNOWN_YEAR else range(year, KNOWN_YEAR)
    days = sum(365 + is_leap(between) for between in years)
    first = KNOWN_DAY + datetime.timedelta(days=days if year >= KNOWN_YEAR else -days)
    return first + datetime.timedelta(days=sum(_days(year, before) for before in range(1, month)) + day - 1)


def _days(year: int, month: int) -> int:
    """Return the number of days of a month."""
    if month <= 6:
        return 31
    return 30 if month < 12 or is_leap(year) else 29
