"""Turn bytes into text, and explain the choice of encoding."""

from __future__ import annotations

import codecs
import hashlib
import re

import attrs

from newsnorm.errors import InputError
from newsnorm.notes import note
from newsnorm.read.guess import Guess, codec_by_form, guess
from newsnorm.read.limits import check_length
from newsnorm.read.signatures import recognise
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
"""A text counts as UTF-8 if at most one byte in this many is invalid. Detectors rule out an encoding if any byte is invalid in
it, and take a page that is cut within its last character for one in a Cyrillic code page."""

UNREADABLE = 0.3
"""Bytes with a larger share of unreadable characters are not text, whatever was declared. Chosen, not measured."""

BINARY = 0.05
"""Undeclared bytes with a larger share of control characters are not text: compressed bytes have 11 %, text has none."""

_NO_TEXT = "the {:,} bytes are not text in any known encoding; if they are text, pass encoding="

_ESCAPED = lazy_regex("[\udc80-\udcff]+")
_UNREADABLE = lazy_regex("[\x00-\x08\x0e-\x1f\ufffd]")


@attrs.frozen
class Decoded:
    """A text decoded from bytes."""

    text: str
    encoding: Encoding
    notes: tuple[str, ...] = ()
    """Doubts, for people."""


def digest(data: bytes) -> str:
    """Return the sha256 of `data`, in hex."""
    return hashlib.sha256(data).hexdigest()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """
    Decode bytes.

    Tried in this order: a byte order mark; the declared encoding; the form of the bytes (UTF-16 and UTF-32 have zero bytes,
    ISO-2022-JP has escapes); strict UTF-8; UTF-8 with few invalid bytes; a guess. A single-byte encoding accepts any bytes, so
    bytes beyond ASCII that are valid UTF-8 overrule its declaration.

    Args:
        data: the bytes.
        declared: the encoding declared by a header or the caller, if any.

    Returns:
        The text, how it was decoded, and doubts.

    Raises:
        InputError: the bytes are not text; the message says what they are, if they begin like a known kind of file.

    >>> decode("Zürich".encode("latin-1") + b" \\xe2\\x80\\x93 ok").text
    'Zürich – ok'
    >>> decode("Zürich".encode(), "iso-8859-1").encoding.reason
    'valid-utf-8'

    """
    check_length(len(data))
    for bom, name in BOMS:
        if data.startswith(bom):
            return _forced(data[len(bom) :], name, "bom")
    if (known := recognise(data)) is not None:
        raise InputError(f"the {len(data):,} bytes are {known.name}, not text; {known.remedy}")
    form = codec_by_form(data)
    strict = _strict(data, "utf-8")
    notes: tuple[str, ...] = ()
    if declared is not None:
        read = _declared(data, declared, strict, form)
        if isinstance(read, Decoded):
            return read
        notes = (read,)
    if form is not None:
        read = _read_as(data, Guess(form))
    elif strict is not None:
        return Decoded(strict, Encoding(name="utf-8", reason="valid-utf-8"), notes)
    else:
        read = _nearly_utf8(data) or _read_as(data, guess(data))
    return attrs.evolve(read, notes=(*notes, *read.notes))


def _strict(data: bytes, name: str) -> str | None:
    """Decode bytes as `name`; None if they are not valid in it."""
    try:
        return data.decode(name)
    except (UnicodeDecodeError, UnicodeError, LookupError):
        return None


def _forced(data: bytes, name: str, reason: str) -> Decoded:
    """Decode bytes as `name`, and count the characters that become unreadable."""
    text = _strict(data, name)
    if text is not None:
        return Decoded(text, Encoding(name=name, reason=reason))
    text = data.decode(name, "replace")
    lost = text.count("\ufffd")
    if text and len(_UNREADABLE.findall(text)) > UNREADABLE * len(text):
        raise InputError(_NO_TEXT.format(len(data)))
    doubt = note("encoding-lossy", count=lost, codec=name)
    return Decoded(text, Encoding(name=name, reason=reason, repaired=lost), (doubt,))


def _declared(data: bytes, declared: str, strict: str | None, form: str | None) -> Decoded | str:
    """
    Decode bytes as declared, or as UTF-8 if that is safer.

    Args:
        data: the bytes.
        declared: the declared encoding.
        strict: the text as strict UTF-8, if the bytes are valid.
        form: the codec recognised by the form of the bytes, if any.

    Returns:
        The text, or a note that says why the declaration can't be used.

    """
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return note("encoding-unknown")
    name = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)  # as browsers do (WHATWG Encoding Standard)
    if form is not None and not name.startswith(("utf-16", "utf-32", "iso2022")):
        return note("encoding-overruled", declared=declared, codec=form)
    if strict is not None and name == "utf-8":
        return Decoded(strict, Encoding(name="utf-8", reason="declared"))
    is_wide = name.startswith(("utf-16", "utf-32"))
    if strict is not None and is_wide and form is None:
        return note("encoding-overruled", declared=declared, codec="valid UTF-8 without zero bytes")
    if strict is not None and not strict.isascii() and not is_wide:
        doubt = note("encoding-overruled", declared=declared, codec="valid UTF-8")
        return Decoded(strict, Encoding(name="utf-8", reason="valid-utf-8"), (doubt,))
    try:
        text = data.decode(name)
    except (UnicodeError, LookupError, TypeError, AssertionError):  # not every codec of Python's reads text
        return note("encoding-invalid", declared=declared)
    if not isinstance(text, str):
        return note("encoding-unknown")
    return Decoded(text, Encoding(name=name, reason="declared"))


def _nearly_utf8(data: bytes) -> Decoded | None:
    """Decode UTF-8 with few invalid bytes: single ones as cp1252 (pasted by an editor), truncated sequences as U+FFFD."""
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

    doubt = note("encoding-repaired", count=bad)
    return Decoded(_ESCAPED.sub(repair, text), Encoding(name="utf-8", reason="nearly-utf-8", repaired=bad), (doubt,))


def _read_as(data: bytes, likeliest: Guess) -> Decoded:
    """Decode bytes in the most likely encoding."""
    read = _forced(data, likeliest.codec, "guessed")
    if len(_UNREADABLE.findall(read.text)) > BINARY * len(read.text):
        raise InputError(_NO_TEXT.format(len(data)))
    doubt = () if likeliest.sure else (note("encoding-doubtful", codec=likeliest.codec),)
    return attrs.evolve(read, notes=(note("encoding-guessed", codec=likeliest.codec), *doubt, *read.notes))
