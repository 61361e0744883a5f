"""Turn bytes into text, and explain the choice of encoding."""

from __future__ import annotations

import codecs
import hashlib
import re

import attrs

from newsnorm.errors import InputError
from newsnorm.notes import note
from newsnorm.read.charmaps import charmaps, decode_as
from newsnorm.read.forms import codec_by_form, has_escapes, wide_without_zeros, without_padding
from newsnorm.read.guess import Guess, guess
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

CHANCE = 4
"""How many invalid bytes a line in another encoding has at least for each character that is valid UTF-8 by chance."""

UNREADABLE = 0.3
"""Bytes with a larger share of unreadable characters are not text, whatever was declared. Chosen, not measured."""

BINARY = 0.05
"""Undeclared bytes with a larger share of control characters are not text: compressed bytes have 11 %, text has none."""

_NO_TEXT = "the {:,} bytes are not text in any known encoding; if they are text, pass encoding="

_ESCAPED = lazy_regex("[\udc80-\udcff]+")
_BEYOND_ASCII = lazy_regex("[^\x00-\x7f\udc80-\udcff]")
_ADJACENT = lazy_regex("[\x80-\xff]{2}")
_TRUNCATED = lazy_regex("[\udcc2-\udcf4][\udc80-\udcbf]*")
_UNREADABLE = lazy_regex("[\x00-\x08\x0e-\x1f\ufffd]")


@attrs.frozen
class Decoded:
    """A text decoded from bytes."""

    text: str
    encoding: Encoding
    notes: tuple[str, ...] = ()
    """Notes on doubts."""


def digest(data: bytes) -> str:
    """Return the sha256 of `data`, in hex."""
    return hashlib.sha256(data).hexdigest()


def decode(data: bytes, declared: str | None = None, stated: str | None = None) -> Decoded:
    """
    Decode bytes.

    Tried in this order: a byte order mark; the declared encoding; the stated encoding; the form of the bytes (UTF-16 and UTF-32
    have zero bytes, ISO-2022-JP has escapes); strict UTF-8; UTF-8 with few invalid bytes; a guess. A single-byte encoding accepts
    any bytes, so bytes beyond ASCII that are valid UTF-8 overrule its declaration.

    Args:
        data: the bytes.
        declared: the encoding declared by a header or the caller, if any.
        stated: the encoding that the text states for itself, if any.

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
    data = without_padding(data)
    form, strict = codec_by_form(data), _strict(data, "utf-8")
    notes: tuple[str, ...] = ()
    for label, reason in ((declared, "declared"), (stated, "stated")):
        if label is not None:
            read = _declared(data, label, strict, form, reason)
            if isinstance(read, Decoded):
                return attrs.evolve(read, notes=(*notes, *read.notes))
            notes = (*notes, read)
    if form is None and (strict is None or _is_binary(strict)):
        form = wide_without_zeros(data)
    if form is not None:
        read = _read_as(data, Guess(form))
    elif strict is not None:
        read = _valid_utf8(data, strict)
    else:
        read = _nearly_utf8(data) or _read_as(data, guess(data))
    return attrs.evolve(read, notes=(*notes, *read.notes))


def _valid_utf8(data: bytes, text: str) -> Decoded:
    """Return a text that is valid UTF-8, with a note if it has escape sequences that can't be read."""
    notes = (note("encoding-escapes"),) if has_escapes(data) else ()
    return Decoded(text, Encoding(name="utf-8", reason="valid-utf-8"), notes)


def _strict(data: bytes, name: str) -> str | None:
    """Decode bytes as `name`; None if they are not valid in it."""
    try:
        return decode_as(data, name)
    except (UnicodeError, LookupError):
        return None


def _forced(data: bytes, name: str, reason: str) -> Decoded:
    """Decode bytes as `name`, and count the characters that become unreadable."""
    text = _strict(data, name)
    if text is not None:
        return Decoded(text, Encoding(name=name, reason=reason))
    text = decode_as(data, name, "replace")
    lost = text.count("\ufffd")
    if text and len(_UNREADABLE.findall(text)) > UNREADABLE * len(text):
        raise InputError(_NO_TEXT.format(len(data)))
    doubt = note("encoding-lossy", count=lost, codec=name)
    return Decoded(text, Encoding(name=name, reason=reason, repaired=lost), (doubt,))


def _declared(data: bytes, declared: str, strict: str | None, form: str | None, reason: str) -> Decoded | str:
    """
    Decode bytes as declared, or as UTF-8 if that is safer.

    Args:
        data: the bytes.
        declared: the declared encoding.
        strict: the text as strict UTF-8, if the bytes are valid.
        form: the codec recognised by the form of the bytes, if any.
        reason: who declares it, as `Encoding.reason`.

    Returns:
        The text, or a note that says why the declaration can't be used.

    """
    try:
        name = declared.lower() if declared.lower() in charmaps() else codecs.lookup(declared).name
    except (LookupError, ValueError):
        return note("encoding-unknown")
    name = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)  # as browsers do (WHATWG Encoding Standard)
    if form is not None and not name.startswith(("utf-16", "utf-32", "iso2022", "hz")):
        return note("encoding-overruled", declared=declared, codec=form)
    if strict is not None and name == "utf-8":
        return Decoded(strict, Encoding(name="utf-8", reason=reason))
    is_wide = name.startswith(("utf-16", "utf-32"))
    if strict is not None and is_wide and form is None:
        return note("encoding-overruled", declared=declared, codec="valid UTF-8 without zero bytes")
    if strict is not None and not strict.isascii() and not is_wide:
        doubt = note("encoding-overruled", declared=declared, codec="valid UTF-8")
        return Decoded(strict, Encoding(name="utf-8", reason="valid-utf-8"), (doubt,))
    try:
        text = decode_as(data, name)
    except (UnicodeError, LookupError, TypeError, AssertionError):  # not every codec of Python's reads text
        return note("encoding-invalid", declared=declared)
    if not isinstance(text, str):
        return note("encoding-unknown")
    return Decoded(text, Encoding(name=name, reason=reason))


def _nearly_utf8(data: bytes) -> Decoded | None:
    """
    Decode UTF-8 with few invalid bytes, or with lines in another encoding.

    Lines in which most bytes beyond ASCII are invalid are read in the encoding that fits all of them.
    Elsewhere an invalid byte is one of cp1252 that an editor pasted, and a truncated sequence becomes U+FFFD.
    """
    text = data.decode("utf-8", "surrogateescape")
    bad = sum(len(run.group()) for run in _ESCAPED.finditer(text))
    good = sum(1 for _ in _BEYOND_ASCII.finditer(text))
    if bad * BAD_BYTES > len(data) and good < bad:
        return None
    lines = text.split("\n")
    foreign = [index for index, line in enumerate(lines) if _is_foreign(line)]
    codec = _codec_of_lines([_escaped_bytes(lines[index]) for index in foreign])
    if codec is not None:
        for index in foreign:
            lines[index] = decode_as(_escaped_bytes(lines[index]), codec)
    repaired = _ESCAPED.sub(_repaired, "\n".join(lines))
    notes = (note("encoding-repaired", count=bad) if codec is None else note("encoding-mixed", codec=codec, count=len(foreign)),)
    return Decoded(repaired, Encoding(name="utf-8", reason="nearly-utf-8", repaired=bad), notes)


def _is_foreign(line: str) -> bool:
    """Return whether a line is in another encoding, in which some bytes may look like UTF-8 by chance."""
    bad = sum(len(run.group()) for run in _ESCAPED.finditer(line))
    return bad > CHANCE * sum(1 for _ in _BEYOND_ASCII.finditer(line))


def _escaped_bytes(text: str) -> bytes:
    """Return the bytes of a text that was decoded with invalid bytes escaped."""
    return text.encode("utf-8", "surrogateescape")


def _codec_of_lines(lines: list[bytes]) -> str | None:
    """Return the encoding in which all lines are valid, if more than single bytes in them are not UTF-8."""
    data = b"\n".join(lines)
    if _ADJACENT.search(data.decode("latin-1")) is None:
        return None
    codec = guess(data).codec
    return None if _strict(data, codec) is None else codec


def _repaired(run: re.Match[str]) -> str:
    """Read invalid bytes as cp1252; those of a truncated sequence become U+FFFD."""
    is_truncated = _TRUNCATED.fullmatch(run.group()) is not None and (len(run.group()) > 1 or run.end() == len(run.string))
    return "\ufffd" if is_truncated else _escaped_bytes(run.group()).decode("cp1252", "replace")


def _is_binary(text: str) -> bool:
    """Return whether a text has more control characters than text has."""
    return len(_UNREADABLE.findall(text)) > BINARY * len(text)


def _read_as(data: bytes, likeliest: Guess) -> Decoded:
    """Decode bytes in the most likely encoding."""
    read = _forced(data, likeliest.codec, "guessed")
    if _is_binary(read.text):
        raise InputError(_NO_TEXT.format(len(data)))
    doubt = () if likeliest.sure else (note("encoding-doubtful", codec=likeliest.codec),)
    return attrs.evolve(read, notes=(note("encoding-guessed", codec=likeliest.codec), *doubt, *read.notes))
