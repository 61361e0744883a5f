"""Read the records of one file: unpack it, recognise its format, and call the reader of the format."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, Protocol

import attrs

from newsnorm.corpus.sources import archive, stream
from newsnorm.corpus.sources.compression import BY_ENDING, HEAD, Compression, compression_of
from newsnorm.corpus.sources.compression.parts import Fault
from newsnorm.corpus.sources.formats import documents, json_values, jsonl, parquet, separated, text, warc
from newsnorm.corpus.sources.options import NO_OPTIONS, Format, ReadOptions
from newsnorm.corpus.sources.recognise import ARCHIVE, ENDINGS, format_of, wide_codec
from newsnorm.corpus.sources.recognise import HEAD as FORMAT_HEAD
from newsnorm.corpus.sources.record import STANDARD_INPUT, SourceFile, SourceRecord, failure
from newsnorm.corpus.sources.seekable import seekable
from newsnorm.corpus.sources.stream import ByteCounter, SourceStream
from newsnorm.records.accounts import Failure

IN_LINES = ("jsonl", "json", "csv", "tsv")
"""Formats of text, which may be in UTF-16 or have the line ends of old Macintoshes."""

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

MAX_LAYERS = 3
"""Most layers of compression and archives around one file."""


class Reader(Protocol):
    """Reads one format."""

    def __call__(
        self, stream: SourceStream, file: SourceFile, options: ReadOptions, counter: ByteCounter
    ) -> Iterator[SourceRecord | Failure]:
        """
        Read the records of a file in order.

        Args:
            stream: the content of the file, unpacked; the reader handles its faults, or leaves the last one to the caller.
            file: its path, and its name in reports.
            options: what the user states about the files.
            counter: counts records that are not articles.

        """
        ...


READERS: Mapping[Format, Reader] = {
    "text": text.read,
    "jsonl": jsonl.read,
    "json": json_values.read,
    "csv": separated.read,
    "tsv": separated.read,
    "parquet": parquet.read,
    "warc": warc.read,
    "nexis": documents.read,
    "factiva": documents.read,
    "office": documents.read,
}


def read_file(
    file: SourceFile, options: ReadOptions = NO_OPTIONS, counter: ByteCounter | None = None
) -> Iterator[SourceRecord | Failure]:
    """
    Read the records of one file in order; whatever can't be read becomes a failure.

    Args:
        file: the file.
        options: what the user states about the files.
        counter: counts the bytes of the file on disk that have been read, and the records that are not articles.

    Raises:
        MissingExtraError: the format or the compression of the file needs an extra that is not installed.

    """
    counter = counter or ByteCounter()
    counter.start = counter.read
    try:
        with _opened(file) as handle:
            if handle is None:
                yield failure(file.name, None, "special-file", "not a regular file")
            else:
                yield from _read(stream.count(handle, counter), file, options, counter)
    except OSError as error:
        yield failure(file.name, None, "unreadable", error.strerror or type(error).__name__)


@contextmanager
def _opened(file: SourceFile) -> Iterator[BinaryIO | None]:
    """Open a regular file or standard input; yield None for anything else, so that pipes are not waited for."""
    if file.path == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    number = os.open(file.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(number, "rb", buffering=0) as handle:  # noqa: PTH123  # a number has no path
        yield handle if stat.S_ISREG(os.fstat(number).st_mode) else None


def _read(
    source: SourceStream, file: SourceFile, options: ReadOptions, counter: ByteCounter, layers: int = 0
) -> Iterator[SourceRecord | Failure]:
    """Read the content of a stream, below `layers` layers of compression."""
    head = source.head(HEAD)
    compression = compression_of(head) or (None if layers else _named_compression(file, head))
    is_archive = compression is None and file.ending in (ARCHIVE, "") and source.head(4).startswith(archive.MAGIC)
    if (compression or is_archive) and layers >= MAX_LAYERS:
        yield failure(file.name, None, "unsupported", f"more than {MAX_LAYERS} layers of compression")
    elif compression is not None:
        yield from _read(stream.unpack(source, compression, options.limits), file, options, counter, layers + 1)
    elif is_archive or file.ending == ARCHIVE:
        yield from _read_archive(source, file, options, counter, layers + 1)
    else:
        yield from _read_format(source, file, options, counter)
    if (fault := source.take_fault()) is not None:
        yield failure(file.name, None, fault.code, fault.message)


def _named_compression(file: SourceFile, head: bytes) -> Compression | None:
    """Return the compression in a file's name if the file's beginning is damaged; an unpacked text may have kept such a name."""
    return BY_ENDING.get(PurePosixPath(file.name).suffix.lower()) if _CONTROL.search(head) else None


def _read_format(
    source: SourceStream, file: SourceFile, options: ReadOptions, counter: ByteCounter
) -> Iterator[SourceRecord | Failure]:
    head = source.head(FORMAT_HEAD)
    if (options.format or ENDINGS.get(file.ending, "text")) in IN_LINES:
        if (codec := wide_codec(head)) is not None:
            source = stream.transcode(source, codec)
            head = source.head(FORMAT_HEAD)
        if b"\n" not in head and b"\r" in head:
            source = stream.with_line_feeds(source)
    yield from READERS[options.format or format_of(file.ending, head)](source, file, options, counter)


def _read_archive(
    source: SourceStream, file: SourceFile, options: ReadOptions, counter: ByteCounter, layers: int
) -> Iterator[SourceRecord | Failure]:
    """Read each member of an archive; the place of a record is the member's name and the place in the member."""
    with seekable(source) as data:
        if isinstance(data, Fault):
            yield failure(file.name, None, data.code, data.message)
            return
        for member in archive.members(data, file, options.limits, counter):
            if isinstance(member, Fault):
                yield failure(file.name, None, member.code, member.message)
                continue
            for outcome in _read(member.stream, member.file, options, counter, layers):
                place = member.name if outcome.place is None else f"{member.name}:{outcome.place}"
                yield attrs.evolve(outcome, source=file.name, place=place)
