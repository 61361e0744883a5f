"""Read JSON lines: one object per line, with the raw text in one field and metadata in others."""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.corpus.sources.compression.parts import CHUNK
from newsnorm.corpus.sources.fields import BadRecordError, record_of
from newsnorm.corpus.sources.formats.json_objects import BOM, parse_object
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.record import SourceFile, SourceRecord, failure
from newsnorm.corpus.sources.stream import ByteCounter, SourceStream
from newsnorm.records.accounts import Failure


def read(stream: SourceStream, file: SourceFile, options: ReadOptions, counter: ByteCounter) -> Iterator[SourceRecord | Failure]:
    """Read one record per line; blank lines are skipped, and lines that are not records are reported."""
    number, limit = 0, options.limits.record
    while True:
        line = stream.readline(limit + 1)
        number += bool(line)
        is_whole = line.endswith(b"\n")
        if len(line) > limit:
            _skip_rest(stream, is_whole=is_whole)
            yield failure(file.name, number, "too-long", f"over {limit:,} bytes", line)
        elif is_whole or (line and stream.fault is None):
            yield from _read_line(line, file, number, options, is_whole=is_whole)
        elif (fault := stream.take_fault()) is not None:
            yield failure(file.name, number + (not line), fault.code, fault.message, line)
        else:
            return


def _read_line(
    line: bytes, file: SourceFile, number: int, options: ReadOptions, *, is_whole: bool
) -> Iterator[SourceRecord | Failure]:
    """Read one line; a bad line without a line break at its end was cut."""
    data = line.removeprefix(BOM) if number == 1 else line
    if not data.strip():
        return
    try:
        yield record_of(parse_object(data), file, number, options)
    except BadRecordError as error:
        is_cut = not is_whole and error.code == "bad-json"
        message = f"the file ends within a record, or: {error}" if is_cut else str(error)
        yield failure(file.name, number, "cut" if is_cut else error.code, message, data)


def _skip_rest(stream: SourceStream, *, is_whole: bool) -> None:
    """Skip the rest of a line."""
    while not is_whole and (piece := stream.readline(CHUNK)):
        is_whole = piece.endswith(b"\n")
