"""
Write shards, files with some of the articles of a corpus: lines, plain or compressed, and Parquet.

The main process writes rows into them that workers have made (`newsnorm.corpus.sinks.form`).
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol, cast

import attrs

from newsnorm.corpus.output.durable import HashedFile
from newsnorm.corpus.output.part_store import ShardWriter
from newsnorm.corpus.sinks.form import ArticleForm
from newsnorm.corpus.sources.compression.zst import require_zstd, zstd_module
from newsnorm.export import parquet
from newsnorm.export.archive import ZipDocuments
from newsnorm.export.arrow import ARTICLE
from newsnorm.export.flat import shapes

LEVEL = {"gz": 6, "zst": 3}
"""Compression level of shards: the default of each tool."""


class PackedStream(Protocol):
    """A file that compresses what is written to it."""

    def write(self, data: bytes, /) -> int:
        """Write bytes."""
        ...

    def close(self) -> None:
        """Flush the compressor; the file below stays open."""
        ...


class PlainLines:
    """Writes rows as lines, below a header if there is one."""

    def __init__(self, file: HashedFile, header: bytes = b"") -> None:
        self._file = file
        self._file.write(header)

    def write(self, row: bytes) -> None:
        """Write one row and a line break."""
        self._file.write(row + b"\n")

    def finish(self) -> None:
        """Do nothing, since every row has been written."""


class PackedLines:
    """Writes rows as lines, compressed; the file holds no time and no name."""

    def __init__(self, file: HashedFile, header: bytes = b"", *, pack: Callable[[HashedFile], PackedStream]) -> None:
        self._stream = pack(file)
        self._content = hashlib.sha256()
        self._write(header)

    def _write(self, data: bytes) -> None:
        self._content.update(data)
        self._stream.write(data)

    def write(self, row: bytes) -> None:
        """Write one row and a line break."""
        self._write(row + b"\n")

    def finish(self) -> str:
        """Flush the compressor; return the digest of the lines."""
        self._stream.close()
        return self._content.hexdigest()


class ParquetShard:
    """Writes rows, each a JSON object, to a Parquet file."""

    def __init__(self, file: HashedFile, columns: tuple[str, ...] | None) -> None:
        self._rows = parquet.ParquetRows(file, ARTICLE if columns is None else shapes(columns))
        self._content = hashlib.sha256()

    def write(self, row: bytes) -> None:
        """Write one row."""
        self._content.update(row + b"\n")
        self._rows.write(row)

    def finish(self) -> str:
        """Write the rest of the rows and the footer; return the digest of the rows as lines of JSON."""
        self._rows.finish()
        return self._content.hexdigest()


class ZipShard:
    """Writes documents to a zip archive; each row is the name of a file, a line break, and the document."""

    def __init__(self, file: HashedFile) -> None:
        self._documents = ZipDocuments(file)
        self._content = hashlib.sha256()

    def write(self, row: bytes) -> None:
        """Write one document."""
        self._content.update(row + b"\n")
        name, _, document = row.partition(b"\n")
        self._documents.write(name.decode(), document + b"\n")

    def finish(self) -> str:
        """Write the list of documents; return the digest of all rows."""
        self._documents.finish()
        return self._content.hexdigest()


class NoLines:
    """Writes nothing, for a dry run."""

    def __init__(self, file: HashedFile) -> None:
        """Leave the file empty."""

    def write(self, row: bytes) -> None:
        """Do nothing."""

    def finish(self) -> None:
        """Do nothing."""


@attrs.frozen
class ShardFormat:
    """How the shards of a corpus are written."""

    ending: str
    open: Callable[[HashedFile], ShardWriter]


DRY_RUN = ShardFormat("jsonl", NoLines)


def shards_of(form: ArticleForm) -> ShardFormat:
    """Return the format of shards for a form."""
    if form.kind == "parquet":
        return ShardFormat(form.format, partial(ParquetShard, columns=form.columns))
    packing = form.format.partition(".")[2]
    if not packing:
        return ShardFormat(form.format, partial(PlainLines, header=form.header))
    return ShardFormat(form.format, partial(PackedLines, header=form.header, pack=PACK[packing]))


def read_rows(shard: Path) -> Iterator[bytes]:
    """
    Yield the rows of a shard of whole articles, as they were passed to its writer.

    Raises:
        MissingExtraError: the format needs an extra that is not installed.

    """
    ending = next(each for each in READABLE if shard.name.endswith(f".{each}"))
    if ending == "parquet":
        for row in parquet.read(shard):
            yield json.dumps(row, ensure_ascii=False).encode()
        return
    with _OPEN[ending](shard) as file:
        for line in file:
            yield line.removesuffix(b"\n")


def _pack_gzip(file: HashedFile) -> PackedStream:
    return cast("PackedStream", gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL["gz"], fileobj=file, mtime=0))


def _pack_zstd(file: HashedFile) -> PackedStream:
    zstd = zstd_module()
    parameters = zstd.CompressionParameter
    return zstd.ZstdFile(file, "wb", options={parameters.compression_level: LEVEL["zst"], parameters.checksum_flag: 1})


def _open_plain(path: Path) -> BinaryIO:
    return path.open("rb")


def _open_gzip(path: Path) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path))


def _open_zstd(path: Path) -> BinaryIO:
    require_zstd()
    return zstd_module().open(path)


PACK: Mapping[str, Callable[[HashedFile], PackedStream]] = {"gz": _pack_gzip, "zst": _pack_zstd}
"""Ending of a compression → function that compresses a file."""
_OPEN: Mapping[str, Callable[[Path], BinaryIO]] = {"jsonl": _open_plain, "jsonl.gz": _open_gzip, "jsonl.zst": _open_zstd}
"""Format of shards of whole articles, except Parquet → function that opens them."""

READABLE = (*_OPEN, "parquet")
"""Endings of the files that `read_rows` reads."""
