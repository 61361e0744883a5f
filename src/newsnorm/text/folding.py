"""Fold lines to the form in which they are compared, and normalise lines for templates."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import COMBINING_RUNS, INVISIBLE
from newsnorm.text.words import space_punctuation

FOLD_LIMIT = 2_000
"""The most code points that `fold` reads: Unicode normalisation is quadratic on floods of combining marks (10,000 marks take
0.09 s, 20,000 take 0.44 s), and no phrase is a tenth as long."""

_MARKS = lazy_regex(f"([{COMBINING_RUNS}]{{30}})[{COMBINING_RUNS}]+")
"""Runs of more than 30 combining marks, the limit of Unicode's Stream-Safe Text Format (UAX #15)."""


class _Letters(dict[int, "int | str | None"]):
    """Maps letters, marks and digits to themselves, format characters to nothing, all else to a space (for str.translate)."""

    def __missing__(self, code: int) -> int | str | None:
        category = unicodedata.category(chr(code))
        kept: int | str | None = code if category[0] in "LMN" else None if category == "Cf" else " "
        self[code] = kept
        return kept


_LETTERS = _Letters({ord("ı"): "i"})

_ASCII = bytes(code if chr(code).isalnum() else ord(" ") for code in range(128)).lower() + bytes(128)
"""Maps ASCII letters and digits to lower case, all else to a space (for bytes.translate)."""

_ASCII_LINES = _ASCII[:10] + b"\n" + _ASCII[11:]
"""`_ASCII`, but line breaks stay."""

_OTHER = 0
"""The byte for characters that folding makes two of, or none, or one that Windows-1252 lacks (for bytes.translate)."""

_WINDOWS_1252 = bytes(code for code in range(256) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)).decode("cp1252")

_MARKLESS = lazy_regex(
    "[\0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u1fff\u2010-\u2027\u20a0-\u20cf"
    "\u3001-\u3029\u3030-\u3098\u309b-\u9fff\uac00-\ud7a3]*\\Z"
)
"""Text in scripts without combining marks and format characters, whose words `_WORDS` can find."""

_WORDS = lazy_regex(r"[^\W_]+")

_NUMBERS = lazy_regex(r"\d+(?: \d+)*")


def fold(line: str) -> str:
    """
    Return a line in folded form; lines with the same folded form count as the same phrase.

    Case, width, punctuation, symbols and spacing are ignored, and so are the dots of Turkish i (capitals hide which i it was).
    Letters, accents and digits count: "3 comments" is not "4 comments".

    >>> fold("  No Comments: ")
    'no comments'
    >>> fold("İLGİLİ HABERLER →")
    'ilgili haberler'
    >>> fold("* * *")
    ''
    """
    return " ".join(fold_words(line))


def fold_words(line: str) -> list[str]:
    """
    Return the words of a folded line.

    >>> fold_words("  No Comments: ")
    ['no', 'comments']
    """
    if line.isascii():
        return line[:FOLD_LIMIT].encode("ascii").translate(_ASCII).decode("ascii").split()
    text = line[:FOLD_LIMIT]
    if text[0] < "\u0370" or "\u2010" <= text[0] < "\u2123":  # most likely Latin letters and typographic punctuation
        try:
            folded = text.encode("cp1252").translate(_latin())
        except UnicodeEncodeError:
            pass
        else:
            if _OTHER not in folded:
                return folded.decode("cp1252").split()
    return _fold_any(text)


def fold_lines(lines: Sequence[str]) -> list[list[str]]:
    """
    Return the words of each of some folded lines, which takes less time than line by line.

    >>> fold_lines(["No Comments:", "Ähnliche Artikel"])
    [['no', 'comments'], ['ähnliche', 'artikel']]
    """
    rows = space_punctuation("\n".join([line[:FOLD_LIMIT] for line in lines])).split("\n")
    if len(rows) != len(lines):  # a line break within a line
        return list(map(fold_words, lines))
    plain = "\n".join([row for row in rows if row.isascii()])
    folded = map(str.split, plain.encode("ascii").translate(_ASCII_LINES).decode("ascii").split("\n"))
    return [next(folded) if row.isascii() else fold_words(line) for row, line in zip(rows, lines, strict=True)]


def _fold_any(text: str) -> list[str]:
    """Return the words of a folded text of any script."""
    text = unicodedata.normalize("NFKC", text if _MARKLESS.match(text) else _MARKS.sub(r"\1", text)).casefold()
    if "\u0131" in text or "\u0307" in text:  # the dots of Turkish i
        text = text.replace("i\u0307", "i").replace("\u0131", "i")
    return _WORDS.findall(text) if _MARKLESS.match(text) else text.translate(_LETTERS).split()


@cache
def _latin() -> bytes:
    """Return what folding makes of each character of Windows-1252, in that encoding (for bytes.translate)."""
    table = bytearray(_ASCII[:128] + bytes([_OTHER]) * 128)
    for code in range(128, 256):
        letter = bytes([code]).decode("cp1252", "replace")
        folded = "".join(_fold_any(letter))
        if not folded and unicodedata.category(letter) != "Cf":
            table[code] = ord(" ")
        elif len(folded) == 1 and folded in _WINDOWS_1252:
            table[code] = folded.encode("cp1252")[0]
    return bytes(table)


def longest_word(text: str) -> str:
    """
    Return the longest word of a text, folded: of its words, the one that the fewest lines hold. Empty for a text without words.

    >>> longest_word("No Comments:")
    'comments'
    """
    return max(fold_words(text), key=len, default="")


def fold_numbers(line: str) -> str:
    """
    Return a line in folded form with each number replaced by 0, so that lines of a site that differ only in figures are equal.

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
    Return a line in the form that templates are matched against.

    Words are separated by single spaces, punctuation is ASCII, no space stands before a colon, and leading bullets and direction
    marks are removed.

    >>> normalise_for_template("•  Credit ： “Example” ")
    'Credit: "Example"'
    """
    return spaced_once(line if line.isascii() else plain_punctuation(line)).lstrip(_BULLETS)


def spaced_once(text: str) -> str:
    """
    Return `text` with single spaces between its words and none before a colon, where French and many sites set one.

    >>> spaced_once(" À lire aussi\u00a0:  le pont ")
    'À lire aussi: le pont'
    """
    return " ".join(text.split()).replace(" :", ":")


def sign_variants(character: str) -> tuple[str, ...]:
    """
    Return all characters that become `character` when a line is normalised and lower-cased, including `character` itself.

    >>> sign_variants(":"), sign_variants("")
    ((':', '：'), ('',))
    """
    printed = (character, character.upper(), *(sign for sign, plain in _PLAIN.items() if plain == character))
    return tuple(dict.fromkeys(printed))


def plain_punctuation(text: str) -> str:
    """
    Return `text` with full-width and typographic punctuation turned into ASCII, without direction marks.

    >>> plain_punctuation("Foto： „Hafen“ – dpa")
    'Foto: "Hafen" - dpa'
    """
    return _FANCY.sub(lambda sign: _PLAIN[sign.group()], _DIRECTIONS.sub("", text))
