"""Read text files and pages of HTML: each file is one raw text, whose id is the name of the file without the ending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from newsnorm.corpus.sources.record import MAX_RECORD, SourceFile, SourceRecord, failure
from newsnorm.records import Metadata
from newsnorm.records.accounts import Failure


def read(stream: BinaryIO, file: SourceFile, mapping: Mapping[str, str]) -> Iterator[SourceRecord | Failure]:
    """Read the whole file as one record; `mapping` is ignored, since text files have no fields."""
    data = stream.read(MAX_RECORD + 1)
    if len(data) > MAX_RECORD:
        yield failure(file.name, None, "too-long", f"over {MAX_RECORD:,} bytes", data)
        return
    name = file.name.removesuffix(file.path.suffix)
    yield SourceRecord(source=file.name, line=None, raw=data, metadata=Metadata(id=name, media_type=file.media_type))
