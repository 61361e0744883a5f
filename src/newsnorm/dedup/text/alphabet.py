"""
Classify every character of the first plane of Unicode, and give each letter a hash that ignores case and accents.

Part of the hashing scheme: the classes come from Unicode 3.2, which Python keeps unchanged (`unicodedata.ucd_3_2_0`), because
an index written today must be readable with any later version. Letters that are newer than Unicode 3.2 keep their case and
accents.
"""

from __future__ import annotations

from functools import cache
from typing import TypeAlias
from unicodedata import ucd_3_2_0 as unicode

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.array_ops import Flags, Hashes
from newsnorm.dedup.hashing import GOLDEN_RATIO, mix64

CharacterKinds: TypeAlias = NDArray[np.uint8]

SEPARATOR, LETTER, IGNORED, DIGIT, UNSPACED, OTHER_LETTER = range(6)
"""Kinds of characters. `LETTER`: Latin, Greek and Cyrillic letters. `UNSPACED`: letters of scripts without spaces between words.
`OTHER_LETTER`: letters of all other scripts. `IGNORED`: accents, apostrophes and others that are dropped before tokenizing."""

PLANE = 1 << 16
"""Number of code points in the first plane of Unicode."""
FIRST_OTHER_SCRIPT = 0x530
"""Latin, Greek and Cyrillic letters are below this code point."""
_PRIVATE_USE, _PRIVATE_USE_SIZE = 0xE000, 0x1800
_ANY_SYMBOL = 0x2BFF
_NUL = 0
_UNSPACED_RANGES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x31F0, 0x31FF),
    (0x3400, 0x9FFF),  # ideographs
    (0xE000, 0xF8FF),  # private use, which stands for the letters of all higher planes
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
)
_MARK_RANGES = (
    (0x0300, 0x036F),
    (0x0483, 0x0487),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x0640, 0x0640),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
)
"""Accents, vowel points and stretching, which some outlets print and others leave out. Indic vowel signs count as letters."""
_SYMBOL_RANGES = ((0x2000, 0x2BFF), (0x2E00, 0x2E7F), (0x3000, 0x303F), (0xD800, 0xDFFF), (0xFE00, 0xFE6F), (0xFFF0, 0xFFFF))
_PLAIN_FORMS = dict(zip("łøđħŧı", "lodhti", strict=True))
"""Letters with a stroke or without a dot, which Unicode does not decompose, but which are often printed as plain letters."""
_IGNORED_CHARACTERS = "'’‘`´ʼ\u00ad\u200b\u200c\u200d\u2060\ufeff"


@attrs.frozen(eq=False, kw_only=True)
class Alphabet:
    """Tables over all code points of the first plane, each of shape (65536,)."""

    value: Hashes
    """Hash of the lower-case letter without accents; 0 for separators and ignored characters."""
    kind: CharacterKinds
    is_lowercase: Flags


@cache
def alphabet() -> Alphabet:
    """Build the tables, once per process; this takes a few tens of milliseconds."""
    base = np.arange(PLANE, dtype=np.uint64)
    kind = np.full(PLANE, LETTER, np.uint8)
    is_lowercase = np.zeros(PLANE, np.bool_)
    for code in (*range(0x3400), *range(0xFA00, PLANE)):  # the letters in between have neither case nor accents
        letter = chr(code)
        category = unicode.category(letter)
        if category == "Nd":
            kind[code], base[code] = DIGIT, ord("0") + unicode.digit(letter)
        elif category[0] in "LMN":
            base[code] = ord(_without_case_and_accents(letter))
            is_lowercase[code] = letter.lower() == letter
        elif category != "Cn":
            kind[code] = SEPARATOR
    kind[FIRST_OTHER_SCRIPT:][kind[FIRST_OTHER_SCRIPT:] == LETTER] = OTHER_LETTER
    _set_ranges(kind)
    value = mix64((base + np.uint64(1)) * GOLDEN_RATIO) | np.uint64(1)
    value[(kind == SEPARATOR) | (kind == IGNORED)] = 0
    return Alphabet(value=value, kind=kind, is_lowercase=is_lowercase)


def into_first_plane(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Replace letters of higher planes by private-use code points, and emoji and tags by a symbol."""
    symbol = ((codes >= 0x1F000) & (codes < 0x20000)) | (codes >= 0xE0000)
    letters = _PRIVATE_USE + codes % _PRIVATE_USE_SIZE
    return np.where(codes >= PLANE, np.where(symbol, _ANY_SYMBOL, letters), codes).astype(np.uint32)


def _set_ranges(kind: CharacterKinds) -> None:
    """Set, in place, the kind of whole ranges; digits and separators within unspaced scripts and marks are left alone."""
    for start, stop in _SYMBOL_RANGES:
        kind[start : stop + 1] = SEPARATOR
    for ranges, of in ((_UNSPACED_RANGES, UNSPACED), (_MARK_RANGES, IGNORED)):
        for start, stop in ranges:
            part = kind[start : stop + 1]
            part[(part != SEPARATOR) & (part != DIGIT)] = of
    kind[[ord(letter) for letter in _IGNORED_CHARACTERS]] = IGNORED
    kind[_NUL] = SEPARATOR


def _without_case_and_accents(letter: str) -> str:
    """Reduce a letter to its lower-case base; one that decomposes into several letters stays itself."""
    letter = _PLAIN_FORMS.get(letter.lower(), letter.lower())
    if len(letter) == 1 and not unicode.decomposition(letter):
        return letter
    decomposed = unicode.normalize("NFKD", letter)
    bases = [character for character in decomposed if unicode.category(character) != "Mn"]
    return bases[0].lower() if len(bases) == 1 and len(bases[0].lower()) == 1 else letter[0]
