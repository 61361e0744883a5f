"""Bytes become text here, and the choice of encoding is explained."""

from __future__ import annotations

import codecs
import hashlib
import re

from newsnorm.errors import InputError
from newsnorm.read.limits import check_length
from newsnorm.records import Encoding
from newsnorm.text.lazy_regex import lazy_regex

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

BAD_BYTES = 1_000
"""One byte in so many may be wrong in a text that still counts as UTF-8: charset-normalizer reads 10 MB of UTF-8 with one
bad byte at its end as cp932, and a page that is cut inside its last character as a Cyrillic code page."""

GUESS_FROM = 64 * 1024
"""Bytes that the guess looks at. Chosen, not measured."""

FEWEST_BYTES = 32
"""Fewer say little about their encoding (two accents read as Chinese): they are taken for cp1252, the commonest. Of 8 bytes
of cp1252 none is guessed right, of 32 38 %, of 128 66 %; of cp1251 2, 96 and 94 % (``benchmarks/thresholds.py``)."""

NEVER_GUESSED = ("utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7")
"""Encodings that fit nearly any bytes: they count with their byte order mark, or when declared."""

UNREADABLE = 0.3
"""More than this share of unreadable characters, and it is no text (an image, an archive). Chosen, not measured."""

_ESCAPED = lazy_regex("[\udc80-\udcff]+")
_UNREADABLE = lazy_regex("[\x00-\x08\x0e-\x1f\ufffd]")


def digest(data: bytes) -> str:
    """The sha256 of `data`, in hex."""
    return hashlib.sha256(data).hexdigest()


def decode(data: bytes, declared: str | None = None) -> tuple[str, Encoding, tuple[str, ...]]:
    """
    Read `data` as text.

    The order: a byte order mark; what was declared; strict UTF-8; UTF-8 with few bad bytes; a guess by charset-normalizer.
    A declared single-byte encoding accepts any bytes, so it is not believed about bytes that are valid UTF-8 beyond ASCII.

    Args:
        data: the bytes.
        declared: the encoding that a header or the caller named, if any.

    Returns:
        The text, how it was read, and notes on what was doubtful.

    Raises:
        InputError: the bytes are no text.

    >>> decode("Zürich".encode("latin-1") + b" \\xe2\\x80\\x93 ok")[0]
    'Zürich – ok'
    >>> decode("Zürich".encode(), "iso-8859-1")[1].reason
    'valid-utf-8'

    """
    check_length(len(data))
    for bom, name in BOMS:
        if data.startswith(bom):
            return _forced(data[len(bom) :], name, "bom")
    notes: list[str] = []
    strict = _strict(data, "utf-8")
    if declared is not None:
        read, note = _declared(data, declared, strict)
        if read is not None:
            return read
        notes.append(note)
    if strict is not None:
        return strict, Encoding(name="utf-8", reason="valid-utf-8"), tuple(notes)
    nearly = _nearly_utf8(data)
    if nearly is None:
        text, encoding, more = _guessed(data)
    else:
        text, encoding, more = nearly
    return text, encoding, (*notes, *more)


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, UnicodeError, LookupError):
        return None


def _forced(data: bytes, name: str, reason: str) -> tuple[str, Encoding, tuple[str, ...]]:
    """Read it as `name`, whatever it costs, and count the cost."""
    text = _strict(data, name)
    if text is not None:
        return text, Encoding(name=name, reason=reason), ()
    text = data.decode(name, "replace")
    lost = text.count("\ufffd")
    if text and len(_UNREADABLE.findall(text)) > UNREADABLE * len(text):
        raise InputError(f"the {len(data):,} bytes are no text in any encoding we know; pass encoding= if they are")
    note = f"encoding: {lost} unreadable character(s) became U+FFFD, read as {name}"
    return text, Encoding(name=name, reason=reason, repaired=lost), (note,)


def _declared(data: bytes, declared: str, strict: str | None) -> tuple[tuple[str, Encoding, tuple[str, ...]] | None, str]:
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return None, "encoding: the declared one is unknown here; it was not used"
    name = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)  # as browsers do (WHATWG Encoding Standard)
    if strict is not None and (name == "utf-8" or not strict.isascii()) and not name.startswith(("utf-16", "utf-32")):
        doubt = (
            () if name == "utf-8" else (f"encoding: declared {declared}, but the bytes are valid UTF-8 and were read as such",)
        )
        return (strict, Encoding(name="utf-8", reason="declared" if not doubt else "valid-utf-8"), doubt), ""
    try:
        text = data.decode(name)
    except (UnicodeError, LookupError, TypeError, AssertionError):  # not every codec of Python's reads text
        return None, f"encoding: declared {declared}, but the bytes are not valid in it"
    if not isinstance(text, str):
        return None, f"encoding: declared {declared}, which is no text encoding"
    return (text, Encoding(name=name, reason="declared"), ()), ""


def _nearly_utf8(data: bytes) -> tuple[str, Encoding, tuple[str, ...]] | None:
    """UTF-8 in which single bytes are wrong: those are read as cp1252 (what editors paste), cut sequences become U+FFFD."""
    text = data.decode("utf-8", "surrogateescape")
    bad = sum(len(run.group()) for run in _ESCAPED.finditer(text))
    good = sum(1 for _ in re.finditer("[^\x00-\x7f\udc80-\udcff]", text))
    if bad * BAD_BYTES > len(data) and good < bad:
        return None
    end = len(text)

    def repair(run: re.Match[str]) -> str:
        if len(run.group()) > 1 or (run.end() == end and run.group() >= "\udcc2"):
            return "\ufffd"
        return bytes([ord(run.group()) - 0xDC00]).decode("cp1252", "replace")

    return (
        _ESCAPED.sub(repair, text),
        Encoding(name="utf-8", reason="nearly-utf-8", repaired=bad),
        (f"encoding: {bad} byte(s) that are no UTF-8 were repaired",),
    )


def _guessed(data: bytes) -> tuple[str, Encoding, tuple[str, ...]]:
    from charset_normalizer import from_bytes

    if len(data) < FEWEST_BYTES:
        name = "cp1252"
    else:
        best = from_bytes(data[:GUESS_FROM], cp_exclusion=list(NEVER_GUESSED)).best()
        name = best.encoding if best is not None else "utf-8"
    text, encoding, notes = _forced(data, name, "guessed")
    return text, encoding, (f"encoding: guessed as {name}", *notes)
