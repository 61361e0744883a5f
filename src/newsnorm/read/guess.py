"""
Guess the encoding of undeclared bytes.

No other module imports chardetng, the detector of Firefox. ``docs/decisions/0018-guessing-encodings.md`` has the comparison.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping

import attrs

from newsnorm.text.lazy_regex import lazy_regex

SAMPLE = 64 * 1024
"""Number of bytes at the beginning of a text from which its encoding is guessed. Chosen, not measured."""

FEWEST_ZEROS = 0.01
"""The smallest share of 16-bit units with a zero byte in UTF-16 without a mark: in Chinese, only digits, spaces and line breaks
have one. No other text encoding has zero bytes."""

CLEAR = 10
"""How many times as many zero bytes one half of the units must have as the other."""

READABLE = 0.98
"""The smallest share of printable characters in bytes that are read as UTF-16."""

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
_KANJI_IN = b"\x1b$"
"""The escape sequence before Japanese letters in ISO-2022-JP."""
_CENTRAL_EUROPEAN = ("cp1250", "iso8859-2")


@attrs.frozen
class Guess:
    """A guessed encoding."""

    codec: str
    """Python's name of the codec."""
    sure: bool = True
    """Whether it fits better than any other."""


def codec_by_form(data: bytes) -> str | None:
    """
    Return the codec that the form of bytes shows: UTF-16 and UTF-32 by the place of zero bytes, ISO-2022-JP by its escapes.

    >>> codec_by_form("Quay closed".encode("utf-16-be")), codec_by_form(b"Quay closed")
    ('utf-16-be', None)
    """
    sample = data[: SAMPLE // 4 * 4]
    if _KANJI_IN in sample and data.isascii():
        return "iso2022_jp"
    return _wide(sample) if b"\0" in sample else None


def _wide(sample: bytes) -> str | None:
    """Return the form of UTF-16 or UTF-32 that bytes have, or None."""
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
    Return the most likely encoding of bytes that are not UTF-8.

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
    """Return whether reading bytes in a Central European encoding or in cp1252 differs only in ``Ł`` or ``£`` before amounts."""
    central, western = data.decode(codec, "replace"), data.decode("cp1252", "replace")
    return central != western and _AMOUNT_SIGN.sub("", central) == _AMOUNT_SIGN.sub("", western)
