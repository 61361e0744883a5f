"""Turn raw text into a page; no other package changes characters."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike

import attrs

from newsnorm.errors import InputError
from newsnorm.notes import note
from newsnorm.read import fix
from newsnorm.read.decode import Decoded, decode, digest
from newsnorm.read.html import read_html
from newsnorm.read.html.charset import codec_of_label, stated_charset
from newsnorm.read.limits import check_length
from newsnorm.read.media_type import HTML, TEXT, XHTML, bare_type, choose_media_type, is_page
from newsnorm.read.metadata import clean_metadata, is_missing, is_time
from newsnorm.read.plain import read_plain
from newsnorm.records import NO_METADATA, Metadata, Page, RawArticle

READERS = {TEXT: read_plain, HTML: read_html, XHTML: read_html}
"""The reader of each media type."""


def raw_article(raw: str | bytes, metadata: Metadata = NO_METADATA) -> RawArticle:
    """
    Decode the input, decide its media type, and clean the metadata given by the caller.

    Raises:
        InputError: `raw` is neither text nor bytes, is too long, or is not text in any known encoding; or a value of the
            metadata is not text.

    >>> raw_article(b"Caf\\xe9 \\xe2\\x80\\x93 ouvert").text
    'Café – ouvert'

    """
    metadata = clean_metadata(metadata)
    if isinstance(raw, (bytes, bytearray, memoryview)):
        raw = data = bytes(raw)
        decoded = _decoded(data, metadata)
        text, used, notes = decoded.text, decoded.encoding, decoded.notes
        sha256 = digest(data)
        media_type = choose_media_type(raw, metadata.media_type)
    elif isinstance(raw, str):
        media_type = choose_media_type(raw, metadata.media_type)
        check_length(len(raw), is_page=is_page(media_type))
        text, used, notes = raw, None, ()
        sha256 = digest(raw.encode("utf-8", "surrogatepass"))
    else:
        raise InputError(f"raw is a {type(raw).__name__}: {_remedy(raw)}")
    if metadata.fetched is not None and not is_time(metadata.fetched):
        notes = (*notes, note("fetched-unreadable"))
        metadata = attrs.evolve(metadata, fetched=None)
    return RawArticle(
        text=text,
        sha256=sha256,
        id=_repaired(metadata.id),
        media_type=media_type,
        url=_repaired(metadata.url),
        fetched=_repaired(metadata.fetched),
        title=_repaired(metadata.title),
        site=_repaired(metadata.site),
        language=metadata.language,
        encoding=used,
        notes=notes,
    )


def _decoded(data: bytes, metadata: Metadata) -> Decoded:
    """Decode bytes; for a page, also consider the encoding that it states."""
    declared = metadata.encoding
    if not is_page(choose_media_type(data, metadata.media_type)):
        return decode(data, declared)
    check_length(len(data), is_page=True)
    label = stated_charset(data)
    stated = codec_of_label(label) if label is not None else None
    codec = (codec_of_label(declared) or declared) if declared is not None else None
    decoded = decode(data, codec, stated if stated != codec else None)
    if label is not None and stated is None:
        doubt = note("encoding-unknown")
    elif stated is not None and stated != codec and decoded.encoding.reason == "declared":
        doubt = note("encoding-contradicted", declared=declared, stated=label)
    else:
        return decoded
    return attrs.evolve(decoded, notes=(*decoded.notes, doubt))


def _remedy(raw: object) -> str:
    """Return what to pass instead of something that is neither text nor bytes."""
    if raw is None or is_missing(raw):
        return "a missing text; leave such rows out"
    if isinstance(raw, PathLike):
        return "pass the content of the file, path.read_bytes()"
    if hasattr(raw, "__len__"):
        return "pass the text of one article at a time"
    return "pass str, or bytes with encoding= where it is known"


def _repaired(text: str | None) -> str | None:
    """Repair a value given by the caller like a line of the text; None if nothing of it is left."""
    if text is None:
        return None
    return (fix.fix(text, 0).text if fix.suspicious(text) else fix.seen(fix.plain_spaces(text).strip(fix.BLANK))) or None


def read(raw: RawArticle) -> Page:
    """
    Cut `raw` into lines of readable text.

    Raises:
        InputError: its media type has no reader.
        MissingExtraError: its reader needs an extra that is not installed.

    """
    return reader_of(raw.media_type)(raw)


def reader_of(media_type: str) -> Callable[[RawArticle], Page]:
    """
    Return the reader of a media type.

    Raises:
        InputError: it has no reader.

    """
    reader = READERS.get(bare_type(media_type))
    if reader is None:
        raise InputError(f"no reader for media type {media_type!r}; known: {', '.join(sorted(READERS))}")
    return reader
