"""
Read files into records: one module per format, each with a function of the form of `Reader`.

A record that can't be read becomes a `Failure` that names its place; the other records of the file are still read.

To add a format, write a module with a `Reader` and register it in `READERS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Protocol

from newsnorm.corpus.sources import jsonl, text
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.record import SourceFile, SourceRecord
from newsnorm.read import media_type
from newsnorm.records.accounts import Failure


class Reader(Protocol):
    """Reads one format."""

    def __call__(self, stream: BinaryIO, file: SourceFile, options: ReadOptions) -> Iterator[SourceRecord | Failure]:
        """
        Read the records of a file in order.

        Args:
            stream: the file, opened for reading in binary mode.
            file: its path, and its name in reports.
            options: what the user says of the files.

        """
        ...


READERS: Mapping[str, Reader] = {
    ".txt": text.read,
    **dict.fromkeys(media_type.ENDINGS, text.read),
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
}
"""Ending of a file name, in lower case → the reader of its format."""


CONTAINERS = frozenset({".jsonl", ".ndjson"})
"""Endings of formats that hold many records."""


def reader_of(file: SourceFile) -> Reader:
    """Choose the reader by the ending of the file name; a file with any other ending is read as one text."""
    return READERS.get(file.path.suffix.lower(), text.read)
