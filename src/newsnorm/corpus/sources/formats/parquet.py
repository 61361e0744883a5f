"""Read Parquet files in batches, and only the columns that are needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO

from newsnorm.corpus.sources.compression.parts import Fault
from newsnorm.corpus.sources.fields import FIELDS, BadRecordError, record_of
from newsnorm.corpus.sources.options import Limits, ReadOptions
from newsnorm.corpus.sources.record import SourceFile, SourceRecord, failure
from newsnorm.corpus.sources.seekable import seekable
from newsnorm.corpus.sources.stream import ByteCounter, SourceStream
from newsnorm.export.arrow import require_arrow
from newsnorm.records.accounts import Failure

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

MAGIC = (b"PAR1", b"PARE")

ROWS = 64
"""Rows held in memory at once."""

MAX_FOOTER = 64 * 1024 * 1024
"""Bytes of the longest text in a file's footer, and most columns and row groups."""


def read(stream: SourceStream, file: SourceFile, options: ReadOptions, counter: ByteCounter) -> Iterator[SourceRecord | Failure]:
    """
    Read one record per row; the place of a row is its number from 1. A damaged file is one failure.

    Raises:
        MissingExtraError: the extra ``arrow`` is not installed.

    """
    require_arrow()
    with seekable(stream) as data:
        if isinstance(data, Fault):
            yield failure(file.name, None, data.code, data.message)
            return
        number = 0
        try:
            for number, row in enumerate(_rows(data, options, counter if stream.file is not None else None), start=1):
                yield _record(row, file, number, options)
        except BadRecordError as error:
            yield failure(file.name, None, error.code, str(error))
        except (OSError, ValueError, TypeError, LookupError, NotImplementedError, MemoryError) as error:  # as pyarrow raises
            message = str(error).partition("\n")[0] or type(error).__name__
            yield failure(file.name, number + 1 if number else None, "damaged", message)


def _record(row: Mapping[str, object], file: SourceFile, number: int, options: ReadOptions) -> SourceRecord | Failure:
    try:
        return record_of(row, file, number, options)
    except BadRecordError as error:
        return failure(file.name, number, error.code, str(error))


def _rows(data: BinaryIO, options: ReadOptions, counter: ByteCounter | None) -> Iterator[Mapping[str, object]]:
    """
    Yield the needed columns of each row.

    Raises:
        BadRecordError: the file unpacks to too much, or has no column of texts.
        Exception: of pyarrow, which are `OSError`, `ValueError`, `TypeError`, `LookupError` and `NotImplementedError`.

    """
    import pyarrow.parquet as pq

    size = data.seek(0, 2)
    table = pq.ParquetFile(
        data,
        pre_buffer=False,
        page_checksum_verification=True,
        thrift_string_size_limit=MAX_FOOTER,
        thrift_container_size_limit=MAX_FOOTER,
    )
    _check_size(table, size, options.limits)
    names = _needed(table.schema_arrow.names, options.fields)
    for group in range(table.metadata.num_row_groups):
        for batch in table.iter_batches(batch_size=ROWS, row_groups=[group], columns=names, use_threads=False):
            columns = {name: _values(batch.column(name)) for name in names}
            for row in range(batch.num_rows):
                yield {name: values[row] for name, values in columns.items()}
        if counter is not None:
            counter.read = counter.start + size * (group + 1) // table.metadata.num_row_groups


def _check_size(table: pq.ParquetFile, size: int, limits: Limits) -> None:
    unpacked = sum(table.metadata.row_group(group).total_byte_size for group in range(table.metadata.num_row_groups))
    if unpacked > limits.harmless and unpacked > limits.ratio * size:
        raise BadRecordError("too-large", f"it unpacks to more than {limits.ratio:,} times its size")


def _needed(names: Sequence[str], fields: Mapping[str, str]) -> list[str]:
    """Return the columns with our fields, in the order of the file."""
    wanted = [fields.get(field, field) for field in FIELDS]
    text = fields.get("text", "text")
    if text not in names and text.partition(".")[0] not in names:
        shown = ", ".join(names[:8])
        raise BadRecordError("no-text", f"no column {text!r}; name it with --field text=NAME; the columns are: {shown}")
    return [name for name in names if name in (*wanted, *(path.partition(".")[0] for path in wanted), "schema")]


def _values(column: pa.Array) -> list[object]:
    """Return the values of a column; texts that are not UTF-8 are returned as bytes."""
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        import pyarrow as pa

        as_bytes = column.cast(pa.large_binary() if pa.types.is_large_string(column.type) else pa.binary())
        return [_decoded(value) for value in as_bytes.to_pylist()]


def _decoded(value: bytes | None) -> str | bytes | None:
    try:
        return None if value is None else value.decode("utf-8")
    except UnicodeDecodeError:
        return value
