"""
Guess the encoding of undeclared bytes.

No other module imports chardetng, the detector of Firefox. ``docs/decisions/0018-guessing-encodings.md`` has the comparison.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

import attrs

from newsnorm.read.charmaps import decode_as
from newsnorm.text.lazy_regex import lazy_regex

SAMPLE = 64 * 1024
"""Number of bytes at the beginning of a text from which its encoding is guessed. Chosen, not measured."""

PARTS = 8
"""Number of parts of a damaged text that are guessed one by one."""

SHORTEST_PART = 40
"""Bytes of the shortest part."""

DENSE = 0.3
"""The smallest share of bytes beyond ASCII in a text with two bytes a character. Chosen, not measured."""

DAMAGE = 0.01
"""The largest share of unreadable characters in a text that was damaged, such as by a lost byte."""

FEWEST_ODD = 2
"""The fewest odd letters in the guessed encoding that let an encoding of old computers win."""

ODD_SHARE = 0.1
"""The smallest share of odd letters among those beyond ASCII that does."""

CLEARER = 4
"""How many times fewer odd letters that encoding must have. Chosen, not measured."""

ODD_SAMPLE = 4_000
"""Code points of a text whose odd letters are counted."""

_CODECS: Mapping[str, str] = {
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "gbk": "gb18030",
    "iso-8859-8-i": "iso8859-8",
    "shift_jis": "cp932",
    "windows-874": "cp874",
}
"""Encodings that cover more in the WHATWG Encoding Standard than Python's codec of that name."""

_AMOUNT_SIGN = lazy_regex("[Ł£](?=[0-9])")
_WORD = lazy_regex(r"[^\W\d_][^\s\x21-\x26\x28-\x2c\x2e-\x40]*[^\W\d_]")
"""Letters with whatever stands between them, but for signs of ASCII other than apostrophe and hyphen."""
_JOINERS = "’‘'-‐‑–—·•…/«»“”„\xa0\xad\u200c\u200d"
"""Signs that stand between letters in many languages."""
_MULTI_BYTE = frozenset({"big5hkscs", "cp932", "cp949", "euc_jp", "gb18030"})
_OLD_COMPUTERS = (
    "mac_roman", "cp850", "cp852", "mac_latin2", "mac_cyrillic", "cp737", "mac_greek", "cp857", "mac_turkish", "cp775", "cp855",
    "ptcp154", "kz1048", "tcvn", "viscii",
)  # fmt: skip
"""Encodings that no browser reads, of which the detector knows nothing: Macintosh, DOS, Kazakh and Vietnamese."""
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_CENTRAL_EUROPEAN = ("cp1250", "iso8859-2")


@attrs.frozen
class Guess:
    """A guessed encoding."""

    codec: str
    """Python's name of the codec."""
    sure: bool = True
    """Whether it fits better than any other."""


def guess(data: bytes) -> Guess:
    """
    Return the most likely encoding of bytes that are not UTF-8.

    >>> guess("Порт закрыт до пятницы".encode("koi8-r")).codec
    'koi8-u'
    >>> guess("Café für £300".encode("cp1252")).codec
    'cp1252'
    """
    sample = data[:SAMPLE]
    likeliest = _detect(sample, is_whole=len(data) <= SAMPLE)
    if likeliest.codec not in _MULTI_BYTE and (damaged := _damaged_multi_byte(sample)) is not None:
        return damaged
    if likeliest.codec in _CENTRAL_EUROPEAN and _is_western_with_pounds(sample, likeliest.codec):
        return attrs.evolve(likeliest, codec="cp1252")
    return likeliest if likeliest.codec in _MULTI_BYTE else _of_old_computers(sample, likeliest)


def _detect(sample: bytes, *, is_whole: bool = True) -> Guess:
    """Ask the detector."""
    from chardetng_py import EncodingDetector

    detector = EncodingDetector()
    detector.feed(sample, last=is_whole)
    label, sure = detector.guess_assess(tld=None, allow_utf8=False)
    name = label.lower()
    return Guess(codecs.lookup(_CODECS.get(name, name)).name, sure)


def _damaged_multi_byte(sample: bytes) -> Guess | None:
    """
    Return the encoding of two bytes a character in which nearly all of a text is valid.

    The detector rules out an encoding if any byte is invalid in it, and takes such a text, or one that is cut within its last
    character, for Western. So parts of it are shown to the detector one by one.
    """
    if _beyond_ascii(sample) < DENSE * len(sample):
        return None
    step = max(SHORTEST_PART, len(sample) // PARTS)
    parts = [sample, *(sample[start : start + step] for start in range(0, len(sample), step))]
    guessed = Counter(codec for part in parts if (codec := _detect(part, is_whole=False).codec) in _MULTI_BYTE)
    for codec, _ in guessed.most_common(1):
        text = sample.decode(codec, "replace")
        if text.count("\ufffd") <= max(1, DAMAGE * len(text)):
            return Guess(codec)
    return None


def _beyond_ascii(sample: bytes) -> int:
    """Count the bytes beyond ASCII."""
    return len(sample) - len(sample.translate(None, _BEYOND_ASCII))


def _of_old_computers(sample: bytes, likeliest: Guess) -> Guess:
    """Return the encoding of old computers in which a text has hardly any odd letters, if it has many in the likeliest one."""
    odd = _odd_letters(sample, likeliest.codec)
    if odd < max(FEWEST_ODD, ODD_SHARE * _beyond_ascii(sample[:ODD_SAMPLE])):
        return likeliest
    counts = {codec: _odd_letters(sample, codec) for codec in _OLD_COMPUTERS}
    best = min(counts, key=lambda codec: counts[codec])
    return Guess(best, sure=False) if CLEARER * counts[best] <= odd else likeliest


def _odd_letters(sample: bytes, codec: str) -> int:
    """
    Count what no text has: symbols within words, capitals behind small letters, controls; all beyond ASCII.

    >>> data = "Größe für Übersee".encode("cp850")
    >>> _odd_letters(data, "cp1252"), _odd_letters(data, "cp850")
    (2, 0)
    """
    text = decode_as(sample[:ODD_SAMPLE], codec, "replace")
    odd = sum("\x80" <= letter <= "\x9f" or letter == "\ufffd" for letter in text)
    for word in _WORD.findall(text):
        if not word.isascii():
            odd += sum(_is_odd(before, letter) for before, letter in pairwise(word) if letter > "\x7f")
    return odd


def _is_odd(before: str, letter: str) -> bool:
    """Return whether a character beyond ASCII is odd within a word, after another."""
    category = unicodedata.category(letter)
    if letter.isalpha() and category != "Lm":
        return letter.isupper() and before.islower()
    return letter not in _JOINERS and category[0] not in "MC"


def _is_western_with_pounds(data: bytes, codec: str) -> bool:
    """Return whether reading bytes in a Central European encoding or in cp1252 differs only in ``Ł`` or ``£`` before amounts."""
    central, western = data.decode(codec, "replace"), data.decode("cp1252", "replace")
    return central != western and _AMOUNT_SIGN.sub("", central) == _AMOUNT_SIGN.sub("", western)
