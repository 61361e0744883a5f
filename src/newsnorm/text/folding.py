"""When do two lines count as the same phrase?"""

from __future__ import annotations

import unicodedata

from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import COMBINING_RUNS, INVISIBLE

FOLD_LIMIT = 2_000
"""Code points. `fold` reads no more: Unicode normalisation is quadratic on floods of combining marks (10,000 marks take
0.09 s, 20,000 take 0.44 s), and no phrase is a tenth as long."""

_MARKS = lazy_regex(f"([{COMBINING_RUNS}]{{30}})[{COMBINING_RUNS}]+")
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


_BULLETS = " *•◦▪■●·+>→»‣-–—"
_DIRECTIONS = lazy_regex(f"[{INVISIBLE}]")
_PLAIN = dict(zip("：（）／｜，；‘’‚“”„–—‐‑−", ":()/|,;'''\"\"\"-----", strict=True))
_FANCY = lazy_regex(f"[{''.join(_PLAIN)}]")


def normalise_for_template(line: str) -> str:
    """
    Return the copy of a line that templates are matched against.

    Words are one space apart, punctuation is plain, and bullets in front and marks of direction are gone.

    >>> normalise_for_template("•  Credit： “Example” ")
    'Credit: "Example"'
    """
    return " ".join((line if line.isascii() else plain_punctuation(line)).split()).lstrip(_BULLETS)


def sign_variants(character: str) -> tuple[str, ...]:
    """
    Return the characters that become `character` in a normalised line in lower case, itself among them.

    >>> sign_variants(":"), sign_variants("")
    ((':', '：'), ('',))
    """
    printed = (character, character.upper(), *(sign for sign, plain in _PLAIN.items() if plain == character))
    return tuple(dict.fromkeys(printed))


def plain_punctuation(text: str) -> str:
    """
    Return `text` with full-width and typographic punctuation made ASCII, without marks of direction.

    >>> plain_punctuation("Foto： „Hafen“ – dpa")
    'Foto: "Hafen" - dpa'
    """
    return _FANCY.sub(lambda sign: _PLAIN[sign.group()], _DIRECTIONS.sub("", text))
