"""
Turn the tokens of a line into kinds, one letter each, so that a form of dates is a short regular expression over letters.

``Thursday, June 20th, 2024 at 14:05`` becomes ``W, M dl, y l d:d``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import attrs

from newsnorm.text.casing import fold_word
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import UPPER, VOWEL_SIGNS_IN_WORDS

ONE, TWO, YEAR, FOUR, NUMBER = "o", "d", "y", "f", "n"
"""Numbers of one digit, of two, of four that can be a year, other numbers of four digits, all other numbers."""
MONTH, WEEKDAY, MONTH_OR_WEEKDAY = "M", "W", "V"
FILLER, WEEKDAY_OR_FILLER = "l", "w"
HALF, ZONE, HOUR = "p", "z", "h"
"""Halves of the day (``pm``), time zones, words beside an hour (``Uhr``)."""
MARK_YEAR, MARK_MONTH, MARK_DAY, MARK_MINUTE, MARK_SECOND = "Y", "N", "D", "I", "S"
WORD, SIGN = "x", "~"

FIRST_YEAR, LAST_YEAR = 1700, 2045
"""Years that a date can have. From 2046 on, a number may be a year of the Nepali or Indian era."""

BUDDHIST = 543
"""Number of years by which the calendar of Thailand, Laos and Cambodia is ahead."""

FIRST_BUDDHIST, LAST_BUDDHIST = 1900 + BUDDHIST, LAST_YEAR + BUDDHIST

_LETTER = rf"[^\W\d_{UPPER}]"
_LOWER = rf"(?:{_LETTER}|[{VOWEL_SIGNS_IN_WORDS}])"
_WORDS = rf"[{UPPER}][{UPPER}{VOWEL_SIGNS_IN_WORDS}]*(?!{_LETTER})|[{UPPER}]?{_LOWER}+"
_NUMBERS = r"(?:19|20)\d\d(?=\d{1,2}(?!\d))|\d+"
"""A year with a one- or two-digit number glued to it is a token of its own: ``28. Juni 201914. Januar 2020``."""
_HALVES = r"[APap]\.\s?[Mm]\b\.?"
_REST = r"\s+|."


@attrs.frozen(kw_only=True)
class Lexicon:
    """Cuts text into tokens and gives each a kind."""

    kinds: Mapping[str, str]
    """Token → kind. Words are listed folded, in title case and in capitals."""
    plain: re.Pattern[str]
    """Matches the tokens of ASCII text, one after another without gaps."""
    full: re.Pattern[str]
    """Matches the tokens of any text, one after another without gaps."""

    def tokens(self, text: str) -> list[str]:
        """Return the tokens of a text; joined, they are the text."""
        return (self.plain if text.isascii() else self.full).findall(text)

    def kinds_of(self, tokens: Iterable[str]) -> str:
        """Return the kinds of tokens as a string, one letter per token."""
        kinds = self.kinds
        return "".join([kinds.get(token) or self._kind(token) for token in tokens])

    def _kind(self, token: str) -> str:
        first = token[0]
        if first.isdecimal():
            return _number(token)
        if first.isspace():
            return " " if len(token) <= 3 else SIGN
        if token.isascii():
            return self.kinds.get(token.lower()) or (WORD if first.isalpha() else SIGN)
        if token[-1].isdecimal() or token[-1] == "元":
            return YEAR
        folded = fold_word(token)
        return self.kinds.get(folded) or (WORD if first.isalpha() else SIGN)


def _number(token: str) -> str:
    if len(token) == 4:
        value = int(token)
        return YEAR if FIRST_YEAR <= value <= LAST_YEAR or FIRST_BUDDHIST <= value <= LAST_BUDDHIST else FOUR
    return {1: ONE, 2: TWO}.get(len(token), NUMBER)


def lexicon(words: Mapping[str, Iterable[str]], eras: Iterable[str] = ()) -> Lexicon:
    """
    Build the lexicon of words of dates.

    Args:
        words: kind → its words. If a word has several kinds, the first one counts; but names of both a month and a weekday, and
            weekdays that are also fillers, have kinds of their own.
        eras: names of eras; together with the number after it, such a name is one token, of the kind of years.

    """
    every = _kinds_by_word(words)
    kinds = {form: _main_kind(found) for form, found in every.items()}
    marks = sorted(form for form, kind in kinds.items() if kind in (*"YNDISh",) and len(form) == 1 and form > "\u3000")
    mark = rf"(?:(?<=\d)|(?<=\d\s))[{''.join(marks)}]"
    era = rf"(?:{'|'.join(map(re.escape, sorted(eras)))})\s?(?:\d{{1,3}}|元)(?=\s?年)"
    one = re.compile(rf"{_NUMBERS}|{_WORDS}|{_REST}")
    split = [form for form in kinds if form[0].isalpha() and not _reads_in_parts(one.findall(form), kinds[form], kinds)]
    for form, kind in [*kinds.items()]:
        kinds.setdefault(form.title(), kind)
        kinds.setdefault(form.upper(), kind)
    for form, found in every.items():
        if ZONE in found and MONTH not in found:
            kinds[form.upper()] = ZONE  # PT is a zone, not Polish Friday
    kinds |= {str(number): _number(str(number)) for number in (*range(100), *range(1000, 3000))}
    kinds |= {f"0{number}": TWO for number in range(10)}
    kinds |= {" ": " ", **dict.fromkeys(("a.m", "a.m.", "p.m", "p.m.", "A.M.", "P.M."), HALF)}
    for sign, same in _SIGNS.items():
        kinds.update(dict.fromkeys(same, sign))
    kinds["T"] = "T"
    return Lexicon(
        kinds=kinds,
        plain=lazy_regex(
            rf"{_NUMBERS}|{_HALVES}|{_several(filter(str.isascii, split), '[a-z]')}|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|{_REST}",
            re.DOTALL,
        ),
        full=lazy_regex(rf"{era}|{_NUMBERS}|{mark}|{_HALVES}|{_several(split, _LOWER)}|{_WORDS}|{_REST}", re.DOTALL),
    )


def _kinds_by_word(words: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return each word, folded, with all its kinds, in the order of `words`."""
    every: dict[str, list[str]] = {}
    for kind, forms in words.items():
        for form in forms:
            found = every.setdefault(fold_word(form), [])
            if kind not in found:
                found.append(kind)
    return every


def _main_kind(kinds: list[str]) -> str:
    """Return the kind of a word that has several: the first, or a special kind for words with two meanings."""
    if MONTH in kinds and WEEKDAY in kinds:
        return MONTH_OR_WEEKDAY
    if WEEKDAY in kinds and FILLER in kinds and kinds[0] in (WEEKDAY, FILLER):
        return WEEKDAY_OR_FILLER
    return kinds[0]


def _reads_in_parts(parts: list[str], kind: str, kinds: Mapping[str, str]) -> bool:
    """Return whether a name of several tokens needs no token of its own: ``de gener`` is a filler and a month."""
    *before, last = parts
    return kinds.get(last) == kind and all(kinds.get(part) == FILLER or not part.isalpha() for part in before)


def _several(forms: Iterable[str], letter: str) -> str:
    """Return a regular expression for names of more than one token."""
    cased = {form for name in forms for form in (name, name.title(), name.capitalize(), name.upper())}
    firsts = "".join(sorted({form[0] for form in cased}))
    longest = sorted(cased, key=lambda form: (-len(form), form))
    return rf"(?=[{re.escape(firsts)}])(?:{'|'.join(map(re.escape, longest))})(?!{letter})"


_SIGNS = {
    ".": ".．｡。",
    ",": ",，、،",
    "/": "/／⁄",
    "-": "-‐‑‒–—―−－",
    ":": ":：∶",
    "'": "'’‘ʼ`´",
    "(": "([（【〔",
    ")": ")]）】〕",
    "|": "|·•⋅∙・・｜‧●▪",
    "+": "+＋",
    "@": "@",
}
