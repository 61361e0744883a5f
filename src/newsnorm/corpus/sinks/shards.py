"""
Write shards: files with some of the articles of a corpus, in one of the formats of `FORMATS`.

A worker turns an article into the bytes of its row (`encode`), and the process that writes collects them in a shard.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import attrs

from newsnorm.corpus.output.durable import HashedFile
from newsnorm.corpus.output.part_store import ShardWriter


class PlainLines:
    """Writes rows as lines."""

    def __init__(self, file: HashedFile) -> None:
        self._file = file

    def write(self, row: bytes) -> None:
        """Write one row and a line break."""
        self._file.write(row + b"\n")

    def finish(self) -> None:
        """Do nothing: every row has been written."""


class GzipLines:
    """Writes rows as lines, compressed with gzip; the file holds no time."""

    def __init__(self, file: HashedFile) -> None:
        self._stream = gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0)
        self._content = hashlib.sha256()

    def write(self, row: bytes) -> None:
        """Write one row and a line break."""
        self._content.update(row + b"\n")
        self._stream.write(row + b"\n")

    def finish(self) -> str:
        """Write what the compressor holds."""
        self._stream.close()
        return self._content.hexdigest()


class NoLines:
    """Writes nothing: a dry run."""

    def __init__(self, file: HashedFile) -> None:
        """Leave the file empty."""

    def write(self, row: bytes) -> None:
        """Do nothing."""

    def finish(self) -> None:
        """Do nothing."""


def _read_plain(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for line in file:
            yield line.removesuffix(b"\n")


def _read_gzip(path: Path) -> Iterator[bytes]:
    with gzip.open(path) as file:
        for line in file:
            yield line.removesuffix(b"\n")


@attrs.frozen
class ShardFormat:
    """How the articles of a corpus are written."""

    ending: str
    open: Callable[[HashedFile], ShardWriter]
    read: Callable[[Path], Iterator[bytes]] | None = None
    """Yields the rows of a shard, as they were given to its writer; None if they can't be told from the file."""


FORMATS: Mapping[str, ShardFormat] = {
    "jsonl": ShardFormat("jsonl", PlainLines, _read_plain),
    "jsonl.gz": ShardFormat("jsonl.gz", GzipLines, _read_gzip),
}
"""Name of a format → how it is written."""
DRY_RUN = ShardFormat("jsonl", NoLines)
