"""Turn bytes into text, and explain the choice of encoding."""

from __future__ import annotations

import codecs
import hashlib
import re

import attrs

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
"""A text counts as UTF-8 if no more than one byte in so many is wrong. charset-normalizer reads 10 MB of UTF-8 with one bad
byte at the end as cp932, and a page that is cut inside its last character as a Cyrillic code page."""

GUESS_FROM = 64 * 1024
"""Bytes at the beginning of a text that its encoding is guessed from. Chosen, not measured."""

FEWEST_BYTES = 32
"""Bytes that a guess needs. A shorter text (whose two accents would read as Chinese) is taken for cp1252, the commonest. Texts
of 8, 32 and 128 bytes are guessed right in 0, 38 and 66 % of cases for cp1252, and in 2, 96 and 94 % for cp1251
(``benchmarks/thresholds.py``)."""

NEVER_GUESSED = ("utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7")
"""Encodings that fit nearly any bytes: used with a byte order mark or when declared, never guessed."""

UNREADABLE = 0.3
"""Bytes with a larger share of unreadable characters are no text but an image or an archive. Chosen, not measured."""

_ESCAPED = lazy_regex("[\udc80-\udcff]+")
_UNREADABLE = lazy_regex("[\x00-\x08\x0e-\x1f\ufffd]")


@attrs.frozen
class Decoded:
    """A text that was read from bytes."""

    text: str
    encoding: Encoding
    notes: tuple[str, ...] = ()
    """What was doubtful."""


def digest(data: bytes) -> str:
    """The sha256 of `data`, in hex."""
    return hashlib.sha256(data).hexdigest()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """
    Read bytes as text.

    Tried in this order: a byte order mark; the declared encoding; strict UTF-8; UTF-8 with few bad bytes; a guess by
    charset-normalizer. A single-byte encoding accepts any bytes, so bytes beyond ASCII that are valid UTF-8 overrule its
    declaration.

    Args:
        data: the bytes.
        declared: the encoding that a header or the caller named, if any.

    Returns:
        The text, how it was read, and notes on what was doubtful.

    Raises:
        InputError: the bytes are no text.

    >>> decode("Zürich".encode("latin-1") + b" \\xe2\\x80\\x93 ok").text
    'Zürich – ok'
    >>> decode("Zürich".encode(), "iso-8859-1").encoding.reason
    'valid-utf-8'

    """
    check_length(len(data))
    for bom, name in BOMS:
        if data.startswith(bom):
            return _forced(data[len(bom) :], name, "bom")
    strict = _strict(data, "utf-8")
    notes: tuple[str, ...] = ()
    if declared is not None:
        read = _declared(data, declared, strict)
        if isinstance(read, Decoded):
            return read
        notes = (read,)
    if strict is not None:
        return Decoded(strict, Encoding(name="utf-8", reason="valid-utf-8"), notes)
    read = _nearly_utf8(data) or _guessed(data)
    return attrs.evolve(read, notes=(*notes, *read.notes))


def _strict(data: bytes, name: str) -> str | None:
    """Read bytes in the encoding `name`; None if they are not valid in it."""
    try:
        return data.decode(name)
    except (UnicodeDecodeError, UnicodeError, LookupError):
        return None


def _forced(data: bytes, name: str, reason: str) -> Decoded:
    """Read bytes in the encoding `name`, and count the characters that this loses."""
    text = _strict(data, name)
    if text is not None:
        return Decoded(text, Encoding(name=name, reason=reason))
    text = data.decode(name, "replace")
    lost = text.count("\ufffd")
    if text and len(_UNREADABLE.findall(text)) > UNREADABLE * len(text):
        raise InputError(f"the {len(data):,} bytes are no text in any encoding we know; pass encoding= if they are")
    note = f"encoding: {lost} unreadable character(s) became U+FFFD, read as {name}"
    return Decoded(text, Encoding(name=name, reason=reason, repaired=lost), (note,))


def _declared(data: bytes, declared: str, strict: str | None) -> Decoded | str:
    """
    Read bytes as they were declared, or as UTF-8 where that is safer.

    Returns:
        The text, or a note that says why the declaration is of no use. `strict` is the text as strict UTF-8, if it is that.

    """
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return "encoding: the declared one is unknown here; it was not used"
    name = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)  # as browsers do (WHATWG Encoding Standard)
    if strict is not None and name == "utf-8":
        return Decoded(strict, Encoding(name="utf-8", reason="declared"))
    if strict is not None and not strict.isascii() and not name.startswith(("utf-16", "utf-32")):
        note = f"encoding: declared {declared}, but the bytes are valid UTF-8 and were read as such"
        return Decoded(strict, Encoding(name="utf-8", reason="valid-utf-8"), (note,))
    try:
        text = data.decode(name)
    except (UnicodeError, LookupError, TypeError, AssertionError):  # not every codec of Python's reads text
        return f"encoding: declared {declared}, but the bytes are not valid in it"
    if not isinstance(text, str):
        return f"encoding: declared {declared}, which is no text encoding"
    return Decoded(text, Encoding(name=name, reason="declared"))


def _nearly_utf8(data: bytes) -> Decoded | None:
    """Read UTF-8 with few bad bytes: single ones as cp1252 (pasted by an editor), sequences that were cut as U+FFFD."""
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

    note = f"encoding: {bad} byte(s) that are no UTF-8 were repaired"
    return Decoded(_ESCAPED.sub(repair, text), Encoding(name="utf-8", reason="nearly-utf-8", repaired=bad), (note,))


def _guessed(data: bytes) -> Decoded:
    """Read bytes in the encoding that charset-normalizer thinks likeliest."""
    from charset_normalizer import from_bytes

    if len(data) < FEWEST_BYTES:
        name = "cp1252"
    else:
        best = from_bytes(data[:GUESS_FROM], cp_exclusion=list(NEVER_GUESSED)).best()
        name = best.encoding if best is not None else "utf-8"
    read = _forced(data, name, "guessed")
    return attrs.evolve(read, notes=(f"encoding: guessed as {name}", *read.notes))
