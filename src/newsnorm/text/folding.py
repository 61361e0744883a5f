"""When do two lines count as the same phrase?"""

from __future__ import annotations

import unicodedata

from newsnorm.text.lazy_regex import lazy_regex

FOLD_LIMIT = 2_000
"""Code points. `fold` reads no more: Unicode normalisation is quadratic on floods of combining marks (10,000 marks take
0.09 s, 20,000 take 0.44 s), and no phrase is a tenth as long."""

_MARKS = lazy_regex(
    "([\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u064b-\u065f]{30})[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u064b-\u065f]+"
)
"""Runs of combining marks over 30, the limit of Unicode's Stream-Safe Text Format (UAX #15)."""


class _Letters(dict[int, "int | str | None"]):
    """Maps letters, marks and digits to themselves, format characters to nothing, all else to a space (for str.translate)."""

    def __missing__(self, code: int) -> int | str | None:
        category = unicodedata.category(chr(code))
        kept: int | str | None = code if category[0] in "LMN" else None if category == "Cf" else " "
        self[code] = kept
        return kept


_LETTERS = _Letters({ord("ı"): "i"})

_NUMBERS = lazy_regex(r"\d+(?: \d+)*")


def fold(line: str) -> str:
    """
    The form in which two lines count as the same phrase.

    Case, width, punctuation, symbols and spacing are ignored, and so are the dots of Turkish i (capitals hide which it was).
    Letters, accents and digits are not, since "3 comments" is not "4 comments".

    >>> fold("  No Comments: ")
    'no comments'
    >>> fold("İLGİLİ HABERLER →")
    'ilgili haberler'
    >>> fold("* * *")
    ''
    """
    if line.isascii():
        return " ".join(line[:FOLD_LIMIT].lower().translate(_LETTERS).split())
    text = unicodedata.normalize("NFKC", _MARKS.sub(r"\1", line[:FOLD_LIMIT])).casefold().replace("i\u0307", "i")
    return " ".join(text.translate(_LETTERS).split())


def fold_numbers(line: str) -> str:
    """
    The form in which two lines of a site count as the same, whatever they count or date: folded, and each number a 0.

    >>> fold_numbers("1,204 comments, 12 new"), fold_numbers("3 comments, 1 new")
    ('0 comments 0 new', '0 comments 0 new')
    """
    return _NUMBERS.sub("0", fold(line))
