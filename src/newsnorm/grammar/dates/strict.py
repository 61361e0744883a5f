"""
Read dates strictly: the whole text must be a date.

No part is ever filled in, neither from today nor with the first of January. The calendar rules out impossible dates
(31 February), and an ambiguous order (5/6/2024) is decided by the language and reported as a doubt.
"""

from __future__ import annotations

from newsnorm.grammar.dates.calendar import Calendar
from newsnorm.grammar.dates.search import read_whole
from newsnorm.grammar.dates.value import DateReading as DateReading
from newsnorm.text.lazy_regex import lazy_regex

DATE_LIMIT = 90
"""Code points of the longest text that is read: room for a weekday, a 12-hour time and two zones; not measured."""

_WORD = lazy_regex(r"(?<![^\s,])[a-z]+(?![^\s,])")
_FIRST_WORD = lazy_regex(r"[ |·•–—-]*([A-Za-z]+)(?![^\s,])")
_LAST_WORD = lazy_regex(r"(?<![^\s,])([A-Za-z]+)\.?\Z")
_CLOCK = frozenset(("h", "klo", "uhr", "utc", "gmt"))
"""Words beside a time of day that are not in the calendar."""
_IDLE = frozenset(",.|·•–—-()[]/:;«»'’\"⋅")


def read_date(
    text: str, calendar: Calendar, languages: tuple[str, ...] = (), day_first: bool | None = None
) -> DateReading | None:
    """
    Return the date that makes up `text`, or None.

    Args:
        text: a date and nothing else, apart from a weekday, a time, a zone and fillers (``at``, ``Uhr``).
        calendar: the words of dates.
        languages: codes of the languages whose names come first; all languages are tried.
        day_first: whether ``5/6/2024`` has the day first; None decides by the first language.

    >>> from newsnorm.grammar import Grammar
    >>> calendar = Grammar.default().calendar
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
    return read_whole(text, calendar, languages, day_first)


def may_open_date(text: str, calendar: Calendar) -> bool:
    """Return False only if the first word of `text` occurs in no date of any language."""
    word = _FIRST_WORD.match(text)
    return word is None or _in_dates(word.group(1).lower(), calendar)


def may_close_date(text: str, calendar: Calendar) -> bool:
    """Return False only if the last word or sign of `text` occurs in no date of any language."""
    text = text.rstrip()
    end = text[-1:]
    if end.isascii() and not end.isalnum() and end not in _IDLE:
        return False
    word = _LAST_WORD.search(text)
    return word is None or _in_dates(word.group(1).lower(), calendar)


def _in_dates(word: str, calendar: Calendar) -> bool:
    return word in calendar.words or word in _CLOCK
