"""Read text files and pages of HTML: each file is one raw text, whose id is the file name without endings."""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.corpus.sources.fields import complete
from newsnorm.corpus.sources.names import metadata_beside
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.record import SourceFile, SourceRecord, failure
from newsnorm.corpus.sources.stream import ByteCounter, SourceStream
from newsnorm.records.accounts import Failure


def read(stream: SourceStream, file: SourceFile, options: ReadOptions, counter: ByteCounter) -> Iterator[SourceRecord | Failure]:
    """Read the whole file as one record; its metadata is in its name or beside it."""
    limit = options.limits.record
    data = stream.read(limit + 1)
    if len(data) > limit:
        yield failure(file.name, None, "too-long", f"over {limit:,} bytes", data)
    elif (fault := stream.take_fault()) is not None:
        yield failure(file.name, None, fault.code, fault.message, data)
    else:
        known = metadata_beside(file, options)
        yield SourceRecord(
            source=file.name,
            place=None,
            raw=data,
            metadata=complete(known.metadata, file.stem, file, options),
            notes=known.notes,
        )
