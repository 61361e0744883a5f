"""
Recognise encodings by the form of the bytes.

UTF-16 and UTF-32 write each character in wide units; ISO-2022 and HZ write Chinese, Japanese and Korean in ASCII between
escape sequences. Detectors made for the web know neither.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping

from newsnorm.text.lazy_regex import lazy_regex

SAMPLE = 64 * 1024
"""Number of bytes at the beginning of a text that are examined. Chosen, not measured."""

SHORT_SAMPLE = 4 * 1024
"""Number of such bytes if they have to be decoded."""

FEW_ZEROS = 0.1
"""The largest share of zeros among the lowest bytes of UTF-32."""

READABLE = 0.98
"""The smallest share of printable characters in bytes that are read in wide units: pairs of bytes that are no such text often
fall among surrogates, private characters and unassigned ones."""

ANCHORS = 0.02
"""The smallest share of characters other than ideographs and hangul, any two bytes of which look alike: in a Chinese text its
punctuation, spaces and digits."""

FEWEST_BYTES = 12
"""The fewest bytes without zeros that are taken for UTF-16."""

FEW_SPACES = 0.02
"""The largest share of bytes that are a space in ASCII in UTF-16 without zero bytes."""

ANCHORS_IN_UTF_8 = 0.9
"""This share in bytes that are valid UTF-8, too: letters of an alphabet, but not text with a few zero bytes."""

ESCAPE_ERRORS = 0.02
"""The largest share of unreadable characters in a text with escape sequences, which may be cut or damaged."""

_ESCAPE_FORMS = (
    (b"\x1b$)C", "iso2022_kr"),
    (b"\x1b$", "iso2022_jp"),
    (b"\x1b$", "iso2022_jp_ext"),
    (b"~{", "hz"),
)
"""What begins a stretch in each encoding with escape sequences, and its codec."""

_EAST_ASIAN = lazy_regex("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_ALIKE = lazy_regex("[\u3400-\u9fff\uac00-\ud7a3]")
"""Characters that nearly any two bytes are."""
_WITHOUT_ZEROS = lazy_regex("[\u0e01-\u0edf\u1000-\u109f\u1780-\u17ff\u3001-\u3011\u3041-\u30ff\uff01-\uff1f]")
"""Letters and punctuation of scripts that are written without spaces, whose units may have no zero byte at all."""


def without_padding(data: bytes) -> bytes:
    """
    Drop zero bytes from the end that fill a field of fixed length.

    >>> without_padding(b"Quay closed" + bytes(40))
    b'Quay closed'
    """
    padding = len(data) - len(data.rstrip(b"\0"))
    return data[: len(data) - padding // 4 * 4]  # whole units of any size


def codec_by_form(data: bytes) -> str | None:
    """
    Return the codec that escape sequences or zero bytes show; None if they show none.

    >>> codec_by_form("Quay closed".encode("utf-16-be")), codec_by_form(b"Quay closed")
    ('utf-16-be', None)
    >>> codec_by_form("灯台の見える丘".encode("iso2022_jp"))
    'iso2022_jp'
    """
    return _by_zeros(data) if b"\0" in data[:SAMPLE] else _by_escapes(data)


def wide_without_zeros(data: bytes) -> str | None:
    """
    Return the form of UTF-16 of a text in a script without spaces, none of whose units has a zero byte; None for other bytes.

    >>> wide_without_zeros("灯台の見える丘に、".encode("utf-16-be"))
    'utf-16-be'
    """
    sample = data[:SHORT_SAMPLE]
    if len(sample) < FEWEST_BYTES or sample.count(b" ") > FEW_SPACES * len(sample):
        return None
    shares = {name: len(_WITHOUT_ZEROS.findall(text)) / len(text) for name, text in _readings(sample)}
    return _best(shares, ANCHORS_IN_UTF_8 if _is_utf8(sample) else ANCHORS)


def has_escapes(data: bytes) -> bool:
    """Return whether bytes have an escape sequence with which Japanese or Korean letters begin."""
    return b"\x1b$" in data


def _by_escapes(data: bytes) -> str | None:
    """Return the codec of a text with escape sequences, if nearly all of it can be read with it."""
    lost: dict[str, float] = {}
    for opening, codec in _ESCAPE_FORMS:
        if opening in data:
            text = data.decode(codec, "replace")
            if _EAST_ASIAN.search(text) is not None:
                lost[codec] = text.count("\ufffd") / len(text)
    best = min(lost, key=lambda codec: lost[codec], default=None)
    return best if best is not None and lost[best] <= ESCAPE_ERRORS else None


def _by_zeros(data: bytes) -> str | None:
    """Return the form of UTF-32 or UTF-16 that bytes with zeros have, or None."""
    sample = data[: SAMPLE // 4 * 4]
    units = max(1, len(sample) // 4)
    zeros = [sample[place::4].count(0) / units for place in range(4)]  # share of each byte of four
    if min(zeros[2:]) >= READABLE and zeros[0] < FEW_ZEROS:
        return "utf-32-le"
    if min(zeros[:2]) >= READABLE and zeros[3] < FEW_ZEROS:
        return "utf-32-be"
    shares = {name: 1 - len(_ALIKE.findall(text)) / len(text) for name, text in _readings(sample)}
    return _best(shares, ANCHORS_IN_UTF_8 if _is_utf8(sample) else ANCHORS)


def _readings(sample: bytes) -> Iterator[tuple[str, str]]:
    """Yield the two forms of UTF-16, and the text of bytes read in them, if nearly all of its characters are readable."""
    for name in ("utf-16-le", "utf-16-be"):
        text = sample.decode(name, "replace").rstrip("\ufffd")
        readable = sum(letter.isprintable() or letter.isspace() for letter in text) - text.count("\ufffd")
        if text and readable >= READABLE * len(text):
            yield name, text


def _best(shares: Mapping[str, float], least: float) -> str | None:
    """Return the name with the largest share, if that is larger than `least`."""
    best = max(shares, key=lambda name: shares[name], default=None)
    return best if best is not None and shares[best] > least else None


def _is_utf8(sample: bytes) -> bool:
    """Return whether bytes are valid UTF-8, apart from a character that is cut at the end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True
