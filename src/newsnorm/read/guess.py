"""
Guess the encoding of bytes that say nothing about it.

No other module imports chardetng, the detector of Firefox. ``docs/decisions/0018-guessing-encodings.md`` has the comparison.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping

import attrs

from newsnorm.text.lazy_regex import lazy_regex

SAMPLE = 64 * 1024
"""Bytes at the beginning of a text that its encoding is guessed from. Chosen, not measured."""

FEWEST_ZEROS = 0.01
"""The share of 16-bit units with a zero byte, from which a text may be UTF-16 without a mark: in Chinese, only digits, blanks and
line breaks have one. No other encoding of text has zero bytes."""

CLEAR = 10
"""How often more zero bytes stand in one half of the units than in the other."""

READABLE = 0.98
"""The share of characters that can be printed, from which what reads as UTF-16 is text."""

_CODECS: Mapping[str, str] = {
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "gbk": "gb18030",
    "iso-8859-8-i": "iso8859-8",
    "shift_jis": "cp932",
    "windows-874": "cp874",
}
"""Encodings that the web's standard understands more widely than Python's codec of that name (WHATWG Encoding Standard)."""

_AMOUNT_SIGN = lazy_regex("[Ł£](?=[0-9])")
_KANJI_IN = b"\x1b$"
"""The escape before Japanese letters in ISO-2022-JP."""
_CENTRAL_EUROPEAN = ("cp1250", "iso8859-2")


@attrs.frozen
class Guess:
    """A guessed encoding."""

    codec: str
    """Python's name of it."""
    sure: bool = True
    """Whether it fits better than another one."""


def codec_by_form(data: bytes) -> str | None:
    """
    Return the codec of text whose bytes show it: UTF-16 and UTF-32 by where zero bytes stand, ISO-2022-JP by its escapes.

    >>> codec_by_form("Quay closed".encode("utf-16-be")), codec_by_form(b"Quay closed")
    ('utf-16-be', None)
    """
    sample = data[: SAMPLE // 4 * 4]
    if _KANJI_IN in sample and data.isascii():
        return "iso2022_jp"
    return _wide(sample) if b"\0" in sample else None


def _wide(sample: bytes) -> str | None:
    """Return which form of UTF-16 or UTF-32 bytes are, if they are such text."""
    units = len(sample) // 4
    if not units:
        return None
    zeros = [sample[place::4].count(0) for place in range(4)]
    if min(zeros[2:]) >= READABLE * units and zeros[0] * CLEAR < units:
        name = "utf-32-le"
    elif min(zeros[:2]) >= READABLE * units and zeros[3] * CLEAR < units:
        name = "utf-32-be"
    else:
        high, low = zeros[0] + zeros[2], zeros[1] + zeros[3]
        if max(high, low) < FEWEST_ZEROS * 2 * units or max(high, low) <= CLEAR * min(high, low):
            return None
        name = "utf-16-be" if high > low else "utf-16-le"
    text = codecs.getincrementaldecoder(name)("replace").decode(sample)
    printed = sum(letter.isprintable() or letter.isspace() for letter in text)
    return name if printed >= READABLE * len(text) else None


def guess(data: bytes) -> Guess:
    """
    Return the likeliest encoding of bytes that are not UTF-8.

    >>> guess("Порт закрыт до пятницы".encode("koi8-r")).codec
    'koi8-u'
    >>> guess("Café für £300".encode("cp1252")).codec
    'cp1252'
    """
    from chardetng_py import EncodingDetector

    detector = EncodingDetector()
    detector.feed(data[:SAMPLE], last=len(data) <= SAMPLE)
    label, sure = detector.guess_assess(tld=None, allow_utf8=False)
    name = label.lower()
    codec = codecs.lookup(_CODECS.get(name, name)).name
    if codec in _CENTRAL_EUROPEAN and _is_western_with_pounds(data[:SAMPLE], codec):
        codec = "cp1252"
    return Guess(codec, sure)


def _is_western_with_pounds(data: bytes, codec: str) -> bool:
    """Return whether bytes differ between a Central European encoding and cp1252 in nothing but ``Ł`` or ``£`` before amounts."""
    central, western = data.decode(codec, "replace"), data.decode("cp1252", "replace")
    return central != western and _AMOUNT_SIGN.sub("", central) == _AMOUNT_SIGN.sub("", western)
