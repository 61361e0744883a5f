"""
Read dates of other calendars and convert them: ``۱۵ مهر ۱۴۰۲``, ``1 رمضان 1445 هـ``, ``२०८१ जेठ १५ गते``.

The calendars differ in their words and in the lengths of their months, which are tables made from maintained packages (see
``docs/decisions/0019-other-calendars.md``). A calendar without a table is known, but its dates are not converted.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import cast

import attrs

from newsnorm.errors import CatalogueError
from newsnorm.grammar.dates.value import DateReading
from newsnorm.notes import note
from newsnorm.resources import Toml, strings
from newsnorm.text.casing import fold_word
from newsnorm.text.lazy_regex import lazy_regex

_YEAR = lazy_regex(r"(?<!\d)\d{4}(?!\d)")

_SAME_LETTERS = ("اأإآ", "یيى", "کك", "هةہۃ", "'’‘ʼ`")
"""Signs that newspapers use for one another; the first stands for all."""

_FIRST_OF = {ord(sign): same[0] for same in _SAME_LETTERS for sign in same[1:]}
_ANY_OF = {sign: f"[{same}]" for same in _SAME_LETTERS for sign in same} | {" ": r"[\s\u200c-]?"}
_JOINERS = lazy_regex(r"[\s\u200c-]")

LONGEST_MONTH = 32
"""Days; months of the Nepali calendar have up to 32."""

DATE_GAP = 16
"""Code points between two dates that give one day in two calendars: room for ``هـ الموافق لـ``."""

_SENTENCE_END = lazy_regex(r"[.!?؟।]\s")


@attrs.frozen(eq=False)
class YearTable:
    """The lengths of the months of a calendar, year by year without a gap."""

    first_year: int
    first_day: datetime.date
    """The first day of the first year."""
    years: Sequence[tuple[int, ...]]
    """Days in each month, for each year from the first."""

    @classmethod
    def of(cls, content: Toml) -> YearTable:
        """Build the table from the entry of one calendar in ``year-tables.toml``."""
        rows = cast("dict[str, list[int]]", content["years"])
        numbers = [int(year) for year in rows]
        if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            raise CatalogueError("year-tables: the years do not follow one another")
        return cls(numbers[0], datetime.date.fromisoformat(str(content["first_day"])), [*map(tuple, rows.values())])

    @property
    def last_year(self) -> int:
        """The last year in the table."""
        return self.first_year + len(self.years) - 1

    @cached_property
    def _starts(self) -> Sequence[int]:
        """Days from the first day to the first of each month of each year."""
        return [*accumulate(chain.from_iterable(self.years), initial=0)]

    def gregorian(self, year: int, month: int, day: int) -> datetime.date | None:
        """
        Return the Gregorian date of a day; None if the calendar has no such day or the table no such year.

        >>> from newsnorm.grammar import Grammar
        >>> solar = Grammar.default().calendar.others.named("solar").table
        >>> solar.gregorian(1402, 7, 15), solar.gregorian(1402, 12, 30)
        (datetime.date(2023, 10, 7), None)
        """
        if not (self.first_year <= year <= self.last_year and 1 <= month <= 12):
            return None
        if not 1 <= day <= self.years[year - self.first_year][month - 1]:
            return None
        return self.first_day + datetime.timedelta(days=self._starts[12 * (year - self.first_year) + month - 1] + day - 1)


@attrs.frozen(kw_only=True, eq=False)
class OtherCalendar:
    """The words of a calendar, and the lengths of its months if they are known."""

    name: str
    title: str
    """What the note of a converted date calls it: ``solar calendar``."""
    languages: frozenset[str]
    """Languages that write days of this calendar in numbers: ``1402/07/15``."""
    names: tuple[str, ...]
    """Names of months, as they are written."""
    months: Mapping[str, int]
    """Name of a month, as `_key` makes it → 1 to 12."""
    eras: tuple[str, ...]
    """Words after the year: ``هـ``, ``गते``."""
    first_year: int
    last_year: int
    table: YearTable | None

    @classmethod
    def of(cls, name: str, content: Toml, tables: Toml) -> OtherCalendar:
        """Build a calendar from its entry in ``calendar-extra.toml`` and the tables of years."""
        place = f"calendar-extra, other calendars, {name}"
        table = YearTable.of(cast("Toml", tables[name])) if name in tables else None
        first, last = (table.first_year, table.last_year) if table else cast("list[int]", content["years"])
        months = [strings(forms, place) for forms in cast("list[object]", content.get("months", []))]
        return cls(
            name=name,
            title=str(content.get("title", "")),
            languages=frozenset(strings(content.get("languages", []), place)),
            names=tuple(chain.from_iterable(months)),
            months={_key(form): number for number, forms in enumerate(months, 1) for form in forms},
            eras=strings(content.get("eras", []), place),
            first_year=first,
            last_year=last,
            table=table,
        )


@attrs.frozen
class OtherDate:
    """A date of another calendar in a text."""

    start: int
    """Where it starts, in code points of the text."""
    end: int
    """Where it ends, its era and its time of day included."""
    reading: DateReading | None
    """The Gregorian date; None if the calendar has no table of years, or no such day in its table (moons are seen locally)."""


@attrs.frozen(eq=False)
class OtherCalendars:
    """All calendars beside the Gregorian one."""

    calendars: tuple[OtherCalendar, ...]
    fillers: tuple[str, ...]
    """Words before a time of day."""

    @classmethod
    def of(cls, content: Toml, tables: Toml) -> OtherCalendars:
        """Build the calendars from the table ``other_calendars`` of ``calendar-extra.toml`` and from ``year-tables.toml``."""
        named = {name: cast("Toml", entry) for name, entry in content.items() if isinstance(entry, dict)}
        return cls(
            calendars=tuple(OtherCalendar.of(name, entry, tables) for name, entry in named.items()),
            fillers=strings(content.get("fillers", []), "calendar-extra, other calendars, fillers"),
        )

    def named(self, name: str) -> OtherCalendar:
        """
        Return the calendar called `name`.

        Raises:
            KeyError: there is none.

        """
        for calendar in self.calendars:
            if calendar.name == name:
                return calendar
        raise KeyError(name)

    @cached_property
    def _names(self) -> str:
        return _alternatives({name for calendar in self.calendars for name in calendar.names})

    @cached_property
    def _behind(self) -> str:
        """Regular expression for an era and a time of day after a date."""
        eras = _alternatives({era for calendar in self.calendars for era in calendar.eras})
        words = "|".join(map(re.escape, self.fillers))
        time = rf"(?:(?:\s|[-–—|،,:]|{words})*(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?!\d))?"
        return rf"(?:\s?(?:{eras})(?!\w)\.?)?{time}"

    @cached_property
    def _with_name(self) -> tuple[re.Pattern[str], ...]:
        """Regular expressions for dates with the name of a month: day first, month first, year first."""
        day, year, month = r"(?P<day>\d{1,2})(?!\d)", r"(?P<year>\d{4})(?!\d)", rf"(?P<month>{self._names})(?!\w)"
        gap, of = r"[\s،,/-]{1,3}", r"(?:[\s/-]|\sمن\s)"
        orders = (
            rf"{day}{of}{month}{gap}{year}",
            rf"(?<!\w){month}\s{day}\s?[،,]?\s{year}",
            rf"{year}{gap}{month}{gap}{day}",
        )
        return tuple(re.compile(rf"(?<!\d){order}{self._behind}", re.IGNORECASE) for order in orders)

    @cached_property
    def _in_numbers(self) -> tuple[re.Pattern[str], ...]:
        """Regular expressions for dates in numbers: year first, day first."""
        day, month, year = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4})"
        gap, again, close = r"\s?(?P<sign>[/.-])\s?", r"\s?(?P=sign)\s?", r"(?![\d/])"
        orders = (rf"{year}{gap}{month}{again}{day}", rf"{day}{gap}{month}{again}{year}")
        return tuple(re.compile(rf"(?<![\d/.-]){order}{close}{self._behind}", re.IGNORECASE) for order in orders)

    def may_hold(self, text: str) -> bool:
        """Return whether a text holds a number that is a year of one of the calendars."""
        years = [int(year) for year in _YEAR.findall(text)]
        return any(calendar.first_year <= year <= calendar.last_year for year in years for calendar in self.calendars)

    def dates_in(self, text: str, language: str) -> Sequence[OtherDate]:
        """
        Return the dates of other calendars in a text, from left to right.

        Args:
            text: the text.
            language: the code of its language; days in numbers are read in languages of a calendar alone.

        >>> from newsnorm.grammar import Grammar
        >>> others = Grammar.default().calendar.others
        >>> [date.reading.value for date in others.dates_in("۱۵ مهر ۱۴۰۲ - ۰۹:۴۰", "fa")]
        ['2023-10-07T09:40']
        >>> [date.reading.value for date in others.dates_in("1 رمضان 1445 هـ", "ar")]
        ['2024-03-11']

        """
        if not self.may_hold(text):
            return ()
        found: list[OtherDate] = []
        for date in chain(self._named_dates(text), self._dates_in_numbers(text, language)):
            if all(date.end <= other.start or date.start >= other.end for other in found):
                found.append(date)
        return sorted(found, key=lambda date: date.start)

    def _named_dates(self, text: str) -> Iterator[OtherDate]:
        for pattern in self._with_name:
            for match in pattern.finditer(text):
                name, year = _key(match["month"]), int(match["year"])
                for calendar in self.calendars:
                    month = calendar.months.get(name)
                    if month is not None and calendar.first_year <= year <= calendar.last_year:
                        yield from _date(calendar, match, month)
                        break

    def _dates_in_numbers(self, text: str, language: str) -> Iterator[OtherDate]:
        calendars = [calendar for calendar in self.calendars if language in calendar.languages]
        for pattern in self._in_numbers if calendars else ():
            for match in pattern.finditer(text):
                for calendar in calendars:
                    if calendar.first_year <= int(match["year"]) <= calendar.last_year and 1 <= int(match["month"]) <= 12:
                        yield from _date(calendar, match, int(match["month"]))
                        break


def _date(calendar: OtherCalendar, match: re.Match[str], month: int) -> Iterator[OtherDate]:
    """Yield the date in a match unless no month is so long; without a time of day that no clock shows."""
    if not 1 <= int(match["day"]) <= LONGEST_MONTH:
        return
    day = None if calendar.table is None else calendar.table.gregorian(int(match["year"]), month, int(match["day"]))
    if day is None:
        yield OtherDate(match.start(), match.end(), None)
        return
    doubt = note("date-converted", text=f"{match['day']} {match['month']} {match['year']}", calendar=calendar.title)
    reading = DateReading(value=day.isoformat(), precision="day", doubt=doubt)
    if match["hour"] is not None and int(match["hour"]) < 24 and int(match["minute"]) < 60:
        time = f"{int(match['hour']):02}:{int(match['minute']):02}"
        reading = DateReading(value=f"{day.isoformat()}T{time}", precision="minute", doubt=doubt)
    yield OtherDate(match.start(), match.end(), reading)


def stretch_over(start: int, end: int, text: str, dates: Sequence[OtherDate]) -> tuple[int, int]:
    """
    Return the bounds of a date, stretched over the dates beside it that give its day in other calendars.

    >>> stretch_over(10, 20, "1 رمضان / 11 مارس", [OtherDate(0, 7, None)])
    (0, 20)
    """
    for date in reversed(dates):
        if date.end <= start and _is_small(text[date.end : start]):
            start = date.start
    for date in dates[bisect_right(dates, end - 1, key=lambda date: date.start) :]:
        if _is_small(text[end : date.start]):
            end = date.end
    return start, end


def _is_small(gap: str) -> bool:
    return len(gap) <= DATE_GAP and _SENTENCE_END.search(gap) is None and not any(map(str.isdigit, gap))


def _key(name: str) -> str:
    """Return a name as it is looked up: folded, in one spelling, without spaces and joiners."""
    return _JOINERS.sub("", fold_word(name).translate(_FIRST_OF))


def _alternatives(names: Iterable[str]) -> str:
    """Return a regular expression for names in all their spellings, longest first."""
    plain = {_JOINERS.sub(" ", unicodedata.normalize("NFC", name.lower())) for name in names}
    return "|".join("".join(map(_spellings, name)) for name in sorted(plain, key=lambda name: (-len(name), name)))


def _spellings(sign: str) -> str:
    return _ANY_OF.get(sign, re.escape(sign))
