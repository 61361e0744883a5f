"""Read text files and pages of HTML: each file is one raw text, whose id is the name of the file without the ending."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.record import SourceFile, SourceRecord, failure
from newsnorm.records import Metadata
from newsnorm.records.accounts import Failure


def read(stream: BinaryIO, file: SourceFile, options: ReadOptions) -> Iterator[SourceRecord | Failure]:
    """Read the whole file as one record; fields are not looked for, since text files have none."""
    limit = options.limits.record
    data = stream.read(limit + 1)
    if len(data) > limit:
        yield failure(file.name, None, "too-long", f"over {limit:,} bytes", data)
        return
    name = file.name.removesuffix(file.path.suffix)
    yield SourceRecord(source=file.name, place=None, raw=data, metadata=Metadata(id=name, media_type=file.media_type))
