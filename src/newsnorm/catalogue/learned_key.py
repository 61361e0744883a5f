"""Compute the form in which learned lines are compared: lines that differ only in numbers or dates are equal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsnorm.grammar.dates import tokens
from newsnorm.grammar.dates.calendar import Calendar
from newsnorm.text.folding import FOLD_LIMIT, fold_numbers
from newsnorm.text.lazy_regex import lazy_regex

_SLOT = "0"
"""Replaces a number or a date."""

_NUMBER, _NAME, _FILLER, _OTHER = "nMlx"
"""Kinds of words: numbers; names of months and weekdays; words within a date (*de*, *of*, *th*); all others."""

_NAMES = frozenset((tokens.MONTH, tokens.WEEKDAY, tokens.MONTH_OR_WEEKDAY))
_FILLERS = frozenset((tokens.FILLER, tokens.WEEKDAY_OR_FILLER))
_MARKS = frozenset((tokens.MARK_YEAR, tokens.MARK_MONTH, tokens.MARK_DAY, *_FILLERS))
"""Kinds of marks that may be attached to a number: ``2024年``, ``12th``."""

_DATE = re.compile("[Mn](?:l{0,2}[Mn])+")
_NUMBERS = re.compile(r"\b0(?: 0)+\b")
_GAP = lazy_regex(r"[\W_](?=[^\W_]*\Z)")
"""The last word boundary of a text."""


def learned_key(line: str, calendar: Calendar) -> str:
    """
    Return a line of any length in folded form, with each number and each date replaced by 0.

    A date is a number beside the name of a month or weekday, in any language.

    Args:
        line: the line.
        calendar: the names of months and weekdays.

    >>> from newsnorm.grammar import Grammar
    >>> calendar = Grammar.default().calendar
    >>> learned_key("Issue for Tuesday, 5 March 2024", calendar), learned_key("Issue for 12 de mayo de 2025", calendar)
    ('issue for 0', 'issue for 0')
    >>> learned_key("May we help? Call 555-1234", calendar)
    'may we help call 0'

    """
    key = fold_numbers(line) if len(line) <= FOLD_LIMIT else _NUMBERS.sub(_SLOT, " ".join(map(fold_numbers, _pieces(line))))
    if _SLOT not in key:
        return key
    words = key.split(" ")
    kinds = "".join(_kind(word, calendar.lexicon) for word in words)
    if _NAME not in kinds:
        return key
    for date in reversed(list(_DATE.finditer(kinds))):
        if _NUMBER in date.group() and _NAME in date.group():
            words[date.start() : date.end()] = [_SLOT]
    return " ".join(words)


def _pieces(line: str) -> Iterator[str]:
    """Split a line at word boundaries, into pieces that `fold_numbers` reads whole."""
    while len(line) > FOLD_LIMIT:
        gap = _GAP.search(line, 0, FOLD_LIMIT)
        end = gap.end() if gap else FOLD_LIMIT
        yield line[:end]
        line = line[end:]
    yield line


def _kind(word: str, lexicon: tokens.Lexicon) -> str:
    kind = lexicon.kinds.get(word, tokens.WORD)
    if word[0] == _SLOT:
        rest = word.strip(_SLOT)
        parts = (rest,) if rest.isascii() else rest.replace(_SLOT, "")
        return _NUMBER if all(lexicon.kinds.get(part) in _MARKS for part in parts if part) else _OTHER
    return _NAME if kind in _NAMES else _FILLER if kind in _FILLERS else _OTHER
