"""Read dates relative to a known moment: ``2 hours ago``, ``1 day, 2 hours ago``, ``gestern, 14:05``."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from functools import cache

import attrs

from newsnorm.grammar.dates.calendar import RelativeWords
from newsnorm.text.casing import fold_word
from newsnorm.text.scripts import UNSPACED_FROM

RELATIVE_LIMIT = 90
"""Code points of the longest line that is read; longer lines are prose, whose days belong to events."""

DAY = 24 * 60
"""Minutes."""


@attrs.frozen
class RelativeDay:
    """A day that a text counts from today."""

    start: int
    """Where its words start, in code points of the text."""
    end: int
    """Where its words end."""
    day: datetime.date
    named: bool
    """Whether it is the name of a day (``yesterday``) and not a count of hours or days."""
    may_have_time: bool
    """Whether a time of day may follow: it is a name or a count of days."""


@attrs.frozen
class _Patterns:
    """Regular expressions for days that are counted from today."""

    counted: re.Pattern[str]
    """``1 day, 2 hours ago``."""
    part: re.Pattern[str]
    """A number and a unit in it."""
    named: re.Pattern[str]
    """``yesterday``."""


@cache
def _patterns(words: RelativeWords) -> _Patterns:
    """
    Build the regular expressions.

    A count is a number and a unit, a word for one and a unit, or a word that says both (``ساعتين``); up to three of them make a
    span of time. A word before or after it says that it is counted backwards.
    """
    spaced, joined = ({unit for unit in words.units if (unit >= UNSPACED_FROM) is unspaced} for unspaced in (False, True))
    ago = {word for word in words.after if word < UNSPACED_FROM}
    elided = [word for word in words.ones if not word[-1].isalpha()]
    one = rf"(?<!\w)(?:(?:{_alternatives({*words.ones} - {*elided})})\s|(?:{_alternatives(elided)}))"
    count = rf"(?:\d{{1,2}}\s?|{one})"
    edge, close = r"(?<![^\W_])(?<![\d.,:])", r"(?![^\W_])"
    amount = rf"(?<!\w)(?:{_alternatives(words.amounts)}){close}"
    turned = rf"(?<!\w)(?:{_alternatives(spaced)})\s\d{{1,2}}(?!\d)"
    with_space = rf"(?:{count}(?:{_alternatives(spaced)}){close}\.?|{amount}|{turned})"
    without = rf"{count}(?:{_alternatives(joined)})"
    join = rf"(?:,?\s(?:(?:{_alternatives(words.joins)})\s?)?|,\s?)"
    counted = (
        rf"{edge}(?P<before>(?:{_alternatives(words.before)})\s)?"
        rf"(?:{with_space}(?:{join}{with_space}){{0,2}}(?P<after>\s(?:{_alternatives(ago)}){close})?"
        rf"|(?P<joined>{without}(?:\s?{without}){{0,2}})\s?(?:{_alternatives({*words.after} - ago)}))"
    )
    unit = rf"(?P<spaced>{_alternatives(spaced)}){close}|(?P<joined>{_alternatives(joined)})"
    part = (
        rf"(?<!\w)(?P<turned>{_alternatives(spaced)})\s(?P<behind>\d{{1,2}})(?!\d)"
        rf"|(?:(?P<number>\d{{1,2}})\s?|{one})(?:{unit})|(?P<amount>{amount})"
    )
    named = rf"(?<![^\W_])(?P<day>{_alternatives(words.days)}){close}"
    return _Patterns(re.compile(counted), re.compile(part), re.compile(named))


def _alternatives(of: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(of, key=lambda word: (-len(word), word))))


@attrs.frozen
class _Part:
    """A number of units of time."""

    number: int
    unit: int
    """Minutes."""


def _parts_of(text: str, patterns: _Patterns, words: RelativeWords) -> list[_Part]:
    """Return the parts of a count: 1 day and 2 hours of ``1 day, 2 hours``."""
    return [_part_of(match, words) for match in patterns.part.finditer(text)]


def _part_of(match: re.Match[str], words: RelativeWords) -> _Part:
    if match["amount"]:
        return _Part(1, words.amounts[fold_word(match["amount"])])
    unit = words.units[fold_word(match["turned"] or match["spaced"] or match["joined"])]
    return _Part(int(match["behind"] or match["number"] or 1), unit)


def relative_day(text: str, words: RelativeWords, reference: str) -> RelativeDay | None:
    """
    Return the first relative day in a short line, counted from `reference`; None if there is none.

    Args:
        text: the line.
        words: the words for relative days.
        reference: when the line was fetched, ISO 8601. Hours and minutes can be counted only if it has a time of day.

    """
    if len(text) > RELATIVE_LIMIT:
        return None
    try:
        now = datetime.datetime.fromisoformat(reference)
    except ValueError:
        return None
    patterns = _patterns(words)
    low = text.lower()
    if len(low) != len(text) or not words.may_stand_in(low):
        return None  # most lines end here
    for match in patterns.counted.finditer(low):
        if not (match["before"] or match["after"] or match["joined"]):
            continue
        parts = _parts_of(match.group(), patterns, words)
        if any(part.unit < DAY for part in parts) and len(reference) <= 10:
            return None
        day = _day_before(now, datetime.timedelta(minutes=sum(part.number * part.unit for part in parts)))
        in_days = all(part.unit % DAY == 0 for part in parts)
        return None if day is None else RelativeDay(match.start(), match.end(), day, named=False, may_have_time=in_days)
    for match in patterns.named.finditer(low):
        day = _day_before(now, datetime.timedelta(days=words.days[fold_word(match["day"])]))
        return None if day is None else RelativeDay(match.start(), match.end(), day, named=True, may_have_time=True)
    return None


def _day_before(now: datetime.datetime, ago: datetime.timedelta) -> datetime.date | None:
    """Return the day at a distance before `now`; None outside of the years 1 to 9999."""
    try:
        return (now - ago).date()
    except OverflowError:
        return None
