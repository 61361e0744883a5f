"""
A strict reader of dates: a text is a date as a whole, or it is none.

No part is ever filled in: not from today, not with the first of January. A calendar decides what is possible
(31 February is no date), and an order that can't be known (5/6/2024) is read by the language, with a word of doubt.
"""

from __future__ import annotations

import datetime
import re
import unicodedata

import attrs

from newsnorm.catalogue.tables import Calendar, any_of
from newsnorm.records import Precision, Zone

DATE_LIMIT = 90
"""Code points. Chosen with room for a weekday, a 12 h clock and two zones; not measured."""

FIRST_YEAR, LAST_YEAR = 1700, 2100
"""News is older than the web, but the years 1 and 9999 are always mistakes."""

PIVOT = 70
"""Two-digit years below it are of this century, as in POSIX (69 there)."""


@attrs.frozen(kw_only=True)
class DateReading:
    """A date as far as it is written."""

    value: str
    """ISO 8601, as long as the precision."""
    precision: Precision
    zone: Zone = "unknown"
    doubt: str = ""


_TIME = re.compile(
    r"(?<![\d:.])(?P<h>[01]?\d|2[0-3])\s?(?:[:h時时시点點]\s?(?P<m>[0-5]\d)(?:[:分분]\s?(?P<s>[0-5]\d)(?:[.,]\d{1,9})?)?[분分]?"
    r"|\.(?P<m2>[0-5]\d)(?=\s?uhr|\s?h\b)|(?=\s?(?:[ap]\.?m\b|uhr\b)))(?![\d:])"
)
_DOTTED = re.compile(r"(?<=\d{4})[\s,]{1,3}(?:kl\.?\s|klo\s)?(?P<h>[01]?\d|2[0-3])\.(?P<m>[0-5]\d)(?P<m2>)(?P<s>)\Z")
_HALF = re.compile(r"\s{0,2}(?P<half>[^\W\d_]{1,10}\.?[^\W\d_]?\.?)")
_HALF_BEFORE = re.compile(r"(?P<half>[^\W\d_]{1,8})\s?\Z")
_OFFSET = re.compile(r"\s{0,2}(?:\(?(?:utc|gmt)\)?)?\s?(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<m>[0-5]\d)?(?!\d)\)?")
_ZONE = re.compile(r"\s{0,2}\(?(?P<zone>[a-zè]{1,5})(?![^\W\d_])\)?")
_TOKEN = re.compile(
    r"\d+|[年月日号號년월일]|(?:[^\W\d_年月日号號년월일]|[\u0300-\u036f\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0e31-\u0e4e\u09bc-\u09d7\u0b82-\u0dff])+|\S"
)
_MARKS = {"年": "y", "월": "m", "月": "m", "년": "y", "日": "d", "号": "d", "號": "d", "일": "d"}
_WORD = re.compile(r"(?<![^\s,])[a-z]+(?![^\s,])")
_FIRST_WORD = re.compile(r"[ |·•–—-]*([A-Za-z]+)(?![^\s,])")
_LAST_WORD = re.compile(r"(?<![^\s,])([A-Za-z]+)\.?\Z")
_CLOCK = frozenset(("h", "klo", "uhr", "utc", "gmt"))
"""Words that the patterns above read."""
_IDLE = frozenset(",.|·•–—-()[]/:;«»'’\"⋅")


def read_date(
    text: str, calendar: Calendar, languages: tuple[str, ...] = (), day_first: bool | None = None
) -> DateReading | None:
    """
    The date that `text` is, or None.

    Args:
        text: the date and nothing else, but for a weekday, a time, a zone and idle words ("at", "Uhr").
        calendar: how languages write dates.
        languages: whose names come first; all are tried.
        day_first: the order of ``5/6/2024``; None: by the first language.

    >>> from newsnorm.catalogue.tables import Tables
    >>> calendar = Tables.default().calendar
    >>> read_date("Thursday, June 20, 2024", calendar).value
    '2024-06-20'
    >>> read_date("20. Juni 2024, 14.05 Uhr", calendar).value
    '2024-06-20T14:05'
    >>> read_date("31 February 2024", calendar), read_date("June 20", calendar)
    (None, None)

    """
    if len(text) > DATE_LIMIT or not any(map(str.isdigit, text)):
        return None
    if not all(_in_dates(word, calendar) for word in _WORD.findall(text.lower())):
        return None  # most lines of prose end here
    plain = _plain(text)
    clock = None
    matched = _TIME.search(plain) or _DOTTED.search(plain)
    if matched is not None:
        clock, plain = _clock(matched, plain, calendar)
        if clock is None:
            return None
    day = _day(plain, calendar, languages, day_first)
    if day is None or clock is None:
        return day
    if day.precision != "day":
        return None
    precision: Precision = "minute" if clock.second is None else "second"
    doubt = "; ".join(filter(None, (day.doubt, clock.doubt)))
    return attrs.evolve(day, value=f"{day.value}T{clock.iso}", precision=precision, zone=clock.zone, doubt=doubt)


def may_open_date(text: str, calendar: Calendar) -> bool:
    """Whether a date may begin as `text` does: False, if its first word belongs to no date in any language."""
    word = _FIRST_WORD.match(text)
    return word is None or _in_dates(word.group(1).lower(), calendar)


def may_close_date(text: str, calendar: Calendar) -> bool:
    """Whether a date may end as `text` does: False, if its last word or sign belongs to no date in any language."""
    text = text.rstrip()
    end = text[-1:]
    if end.isascii() and not end.isalnum() and end not in _IDLE:
        return False
    word = _LAST_WORD.search(text)
    return word is None or _in_dates(word.group(1).lower(), calendar)


def _in_dates(word: str, calendar: Calendar) -> bool:
    return word in calendar.words or word in _CLOCK


def _plain(text: str) -> str:
    """Lower case, plain digits, compatibility forms resolved: the copy that is read."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("\u0307", "").replace("−", "-").replace("‐", "-")
    return "".join(
        str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in plain if unicodedata.category(c) != "Cf"
    )


@attrs.frozen
class _Clock:
    iso: str
    second: int | None
    zone: Zone
    doubt: str = ""


def _clock(matched: re.Match[str], plain: str, calendar: Calendar) -> tuple[_Clock | None, str]:
    """The time of day, and what is left of the text without it."""
    hour, minute = int(matched["h"]), int(matched["m"] or matched["m2"] or 0)
    second = int(matched["s"]) if matched["s"] else None
    end = matched.end()
    start = matched.start()
    half = _HALF.match(plain, end)
    word = half["half"].replace(".", "") if half else ""
    if half and (word in calendar.afternoon or word in calendar.morning):
        end = half.end()
    else:
        end = half.end() if half and word in calendar.fillers else end
        before = _HALF_BEFORE.search(plain, 0, start)
        word = before["half"] if before else ""
        start = before.start() if before and (word in calendar.afternoon or word in calendar.morning) else start
    if word in calendar.afternoon or word in calendar.morning:
        if not 1 <= hour <= 12:
            return None, plain
        hour = hour % 12 + (12 if word in calendar.afternoon else 0)
    zone: Zone = "unknown"
    suffix = doubt = ""
    if offset := _OFFSET.match(plain, end):
        hours, minutes = int(offset["h"]), int(offset["m"] or 0)
        if hours > 14:
            return None, plain
        zone, suffix, end = "stated", f"{offset['sign']}{hours:02}:{minutes:02}", offset.end()
    elif (named := _ZONE.match(plain, end)) and named["zone"] in calendar.doubtful_zones:
        doubt, end = f"date: the zone {named['zone'].upper()} can mean more than one", named.end()
    elif named and named["zone"] in calendar.zones:
        east = calendar.zones[named["zone"]]
        zone, end = "stated", named.end()
        suffix = f"{'-' if east < 0 else '+'}{abs(east) // 60:02}:{abs(east) % 60:02}"
    start -= 1 if plain[start - 1 : start] == "t" else 0
    iso = f"{hour:02}:{minute:02}" + (f":{second:02}" if second is not None else "") + suffix
    return _Clock(iso, second, zone, doubt), f"{plain[:start]} | {plain[end:]}"


def _day(plain: str, calendar: Calendar, languages: tuple[str, ...], day_first: bool | None) -> DateReading | None:
    """Read numbers, names of months and marks; one word that belongs to no date, and it is none."""
    numbers: list[tuple[str, str]] = []  # digits, and what follows them at once
    month: int | None = None
    month_at = 0
    weekday: int | None = None
    tokens = [(match.group(), match.end()) for match in _TOKEN.finditer(plain)]
    for index, (token, end) in enumerate(tokens):
        if token.isdigit():
            glued = tokens[index + 1][0] if index + 1 < len(tokens) and end < len(plain) and plain[end] != " " else ""
            numbers.append((token, _MARKS.get(glued, glued)))
        elif token in _MARKS:
            if not (numbers and numbers[-1][1] == _MARKS[token]):
                return None
        elif token in _IDLE:
            continue
        elif (number := any_of(calendar.months, languages, token)) is not None and month is None:
            month, month_at = number, len(numbers)
        elif (number := any_of(calendar.weekdays, languages, token)) is not None and weekday is None:
            weekday = number
        elif token not in calendar.fillers:
            return None
    if month is not None:
        return _with_name(numbers, month, month_at, weekday)
    return _with_numbers(numbers, weekday, day_first_in(day_first, languages, calendar))


def day_first_in(given: bool | None, languages: tuple[str, ...], calendar: Calendar) -> bool | None:
    """The order of day and month that is given, else that of the first language, else None."""
    if given is not None:
        return given
    return None if not languages else languages[0].lower() not in calendar.month_first


def _with_name(numbers: list[tuple[str, str]], month: int, month_at: int, weekday: int | None) -> DateReading | None:
    digits = [number for number, _ in numbers]
    if len(digits) == 1 and len(digits[0]) == 4 and weekday is None:
        return reading_of(int(digits[0]), month, None, None)
    if len(digits) != 2:
        return None
    if len(digits[0]) == 4:
        year, day = digits
    elif len(digits[1]) == 4 or (len(digits[1]) == 2 and month_at == 1):
        day, year = digits
    else:
        return None
    return reading_of(year_of(year), month, int(day), weekday) if len(day) <= 2 else None


def _with_numbers(numbers: list[tuple[str, str]], weekday: int | None, day_first: bool | None) -> DateReading | None:
    digits = [number for number, _ in numbers]
    marks = tuple(mark for _, mark in numbers)
    if marks[:2] == ("y", "m") and len(digits) in (2, 3) and len(digits[0]) == 4:
        day = int(digits[2]) if len(digits) == 3 and marks[2] == "d" else None
        return reading_of(int(digits[0]), int(digits[1]), day, weekday) if len(digits) == 2 or day is not None else None
    if len(digits) == 1 and len(digits[0]) == 4 and weekday is None:
        return reading_of(int(digits[0]), None, None, None)
    if len(digits) != 3 or marks[0] != marks[1] or marks[0] not in ("-", "/", "."):
        return None
    if len(digits[0]) == 4 and all(len(number) <= 2 for number in digits[1:]):
        return reading_of(int(digits[0]), int(digits[1]), int(digits[2]), weekday)
    if len(digits[2]) not in (2, 4) or any(len(number) > 2 for number in digits[:2]):
        return None
    return ordered(digits, marks[0], weekday, day_first)[0]


def ordered(digits: list[str], sign: str, weekday: int | None, day_first: bool | None) -> tuple[DateReading | None, str | None]:
    """
    What two numbers and a year are, in the one order that is possible, and None.

    Where both orders are: what they are in the likelier one, with a doubt, and the day in the other.
    """
    first, second, year = int(digits[0]), int(digits[1]), year_of(digits[2])
    if first > 12 or second > 12 or first == second:
        day, month = (second, first) if second > 12 else (first, second)
        return reading_of(year, month, day, weekday), None
    fitting = _fitting(year, first, second, weekday)
    if fitting is not None:
        return fitting, None
    if day_first is None:
        day_first = sign != "/"
    day, month = (first, second) if day_first else (second, first)
    doubt = f"date: {first}{sign}{second}{sign}{digits[2]} was read as {'day, month' if day_first else 'month, day'}"
    reading, other = reading_of(year, month, day, weekday), reading_of(year, day, month, None)
    return reading and attrs.evolve(reading, doubt=doubt), other.value if other else None


def _fitting(year: int, first: int, second: int, weekday: int | None) -> DateReading | None:
    """The one order of day and month that the weekday allows."""
    if weekday is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    fitting = [(m, d) for m, d in ((second, first), (first, second)) if datetime.date(year, m, d).weekday() == weekday]
    return reading_of(year, *fitting[0], weekday) if len(fitting) == 1 else None


def year_of(digits: str) -> int:
    """A year of four digits, or of two."""
    return int(digits) if len(digits) == 4 else int(digits) + (2000 if int(digits) < PIVOT else 1900)


def reading_of(year: int, month: int | None, day: int | None, weekday: int | None) -> DateReading | None:
    """What a year, a month and a day are, if the calendar has such a day, and the weekday is told to fit."""
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
    doubt = f"date: {date.isoformat()} does not fall on the weekday that is printed" if wrong else ""
    return DateReading(value=date.isoformat(), precision="day", doubt=doubt)
