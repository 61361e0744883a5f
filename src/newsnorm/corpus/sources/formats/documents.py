"""Read files from databases and word processors: listings of Nexis and Factiva, DOCX and RTF."""

from __future__ import annotations

import io
from collections.abc import Iterator

import attrs

from newsnorm.corpus.sources.fields import BadRecordError, complete
from newsnorm.corpus.sources.formats.listing.lines import lines_of
from newsnorm.corpus.sources.formats.listing.read import LISTINGS, listing_of, read_listing
from newsnorm.corpus.sources.formats.office import docx, rtf
from newsnorm.corpus.sources.names import metadata_beside
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.record import SourceFile, SourceRecord, failure
from newsnorm.corpus.sources.stream import ByteCounter, SourceStream
from newsnorm.errors import InputError
from newsnorm.read.decode import decode
from newsnorm.records.accounts import Failure


@attrs.frozen
class _Text:
    """The text of a file."""

    text: str
    notes: tuple[str, ...] = ()


def read(stream: SourceStream, file: SourceFile, options: ReadOptions, counter: ByteCounter) -> Iterator[SourceRecord | Failure]:
    """
    Read a listing, one record per document; any other file is a single record.

    Raises:
        MissingExtraError: it is RTF, and the extra ``office`` is not installed.

    """
    limit = options.limits.record
    data = stream.read(limit + 1)
    if len(data) > limit:
        yield failure(file.name, None, "too-long", f"over {limit:,} bytes", data)
        return
    if (fault := stream.take_fault()) is not None:
        yield failure(file.name, None, fault.code, fault.message, data)
        return
    try:
        found = _text_of(data, options)
    except BadRecordError as error:
        yield failure(file.name, None, error.code, str(error), data)
        return
    lines = lines_of(found.text)
    name = options.format if options.format in LISTINGS else listing_of(lines)
    if name is not None:
        yield from read_listing(found.text, lines, name, file, options, found.notes)
    else:
        yield _whole(found, file, options)


def _text_of(data: bytes, options: ReadOptions) -> _Text:
    """
    Return the text of a file, which may be plain text or a word processor's document.

    Raises:
        BadRecordError: it can't be read.

    """
    if data.startswith(docx.MAGIC):
        return _Text(docx.text_of(io.BytesIO(data), options.limits))
    if data.startswith(rtf.MAGIC):
        return _Text(rtf.text_of(data))
    try:
        decoded = decode(data)
    except InputError as error:
        raise BadRecordError("not-text", str(error)) from error
    return _Text(decoded.text.replace("\r\n", "\n"), decoded.notes)


def _whole(found: _Text, file: SourceFile, options: ReadOptions) -> SourceRecord:
    """Return a file as one record, with the metadata beside it."""
    known = metadata_beside(file, options)
    return SourceRecord(
        source=file.name,
        place=None,
        raw=found.text,
        metadata=complete(known.metadata, file.stem, file, options),
        notes=(*known.notes, *found.notes),
    )
