"""Read dates relative to a known moment: ``2 hours ago``, ``gestern, 14:05``."""

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
"""The longest line that is read, in code points; longer lines are prose, whose days belong to events."""


@attrs.frozen
class RelativeDay:
    """A day that a text counts from today."""

    start: int
    """Where its words start, in code points of the text."""
    end: int
    """Where its words end."""
    day: datetime.date
    named: bool
    """Whether it is the name of a day (``yesterday``), which a time may follow, and not a count of hours or days."""


@cache
def _patterns(
    days: frozenset[str], units: frozenset[str], ones: tuple[str, ...], before: tuple[str, ...], after: tuple[str, ...]
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    def alternatives(words: Iterable[str]) -> str:
        return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))

    spaced, joined = ({unit for unit in units if (unit >= UNSPACED_FROM) is unspaced} for unspaced in (False, True))
    ago = {word for word in after if word < UNSPACED_FROM}
    count = rf"(?:(?P<number>\d{{1,2}})\s?|(?:{alternatives(ones)})\s?)"
    edge, close = r"(?<![^\W_])(?<![\d.,:])", r"(?![^\W_])"
    pattern = (
        rf"{edge}(?P<before>(?:{alternatives(before)})\s)?{count}"
        rf"(?:(?P<unit>{alternatives(spaced)}){close}\.?(?P<after>\s(?:{alternatives(ago)}){close})?"
        rf"|(?P<joined>{alternatives(joined)})\s?(?:{alternatives({*after} - ago)}))"
    )
    names = rf"(?<![^\W_])(?P<day>{alternatives(days)}){close}"
    return re.compile(pattern), re.compile(names)


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
    counted, named = _patterns(frozenset(words.days), frozenset(words.units), words.ones, words.before, words.after)
    low = text.lower()
    if len(low) != len(text):
        return None
    for match in counted.finditer(low):
        if not (match["before"] or match["after"] or match["joined"]):
            continue
        minutes = words.units[fold_word(match["unit"] or match["joined"])]
        if minutes < 24 * 60 and len(reference) <= 10:
            return None
        day = _day_before(now, datetime.timedelta(minutes=minutes * int(match["number"] or 1)))
        return None if day is None else RelativeDay(match.start(), match.end(), day, named=False)
    for match in named.finditer(low):
        day = _day_before(now, datetime.timedelta(days=words.days[fold_word(match["day"])]))
        return None if day is None else RelativeDay(match.start(), match.end(), day, named=True)
    return None


def _day_before(now: datetime.datetime, ago: datetime.timedelta) -> datetime.date | None:
    """Return the day at a distance before `now`; None outside the calendar, which has the years 1 to 9999."""
    try:
        return (now - ago).date()
    except OverflowError:
        return None
