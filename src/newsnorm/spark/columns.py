"""Choose columns of a data frame, and read their values without relying on their types or bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs
import pyarrow as pa
from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as sql
from pyspark.sql.types import BinaryType, StringType

from newsnorm.errors import InputError
from newsnorm.notes import note


def choose_fields(df: DataFrame, named: Mapping[str, str | None]) -> dict[str, Column]:
    """
    Return the column of each field of a record; an unnamed field uses the column of its own name, if there is one.

    Args:
        df: the data frame.
        named: field → its column, or a path such as ``meta.link``; the text has to be named.

    Raises:
        InputError: there is no such column, or the texts are neither strings nor bytes.

    """
    given = {field: path for field, path in named.items() if path is not None}
    check_columns(df, given.values())
    own = {field: field for field in named if field in df.columns}
    chosen = {field: column_of(df, path) for field, path in (own | given).items()}
    if not isinstance(df.select(chosen["text"]).schema[0].dataType, (StringType, BinaryType)):
        raise InputError(f"the column {given['text']!r} holds no texts; it must be of strings or binary")
    return chosen


def column_of(df: DataFrame, path: str) -> Column:
    """Return a column by its name or by a path."""
    return df[f"`{path}`"] if path in df.columns else sql.col(path)


def check_columns(df: DataFrame, paths: Iterable[str]) -> None:
    """
    Check that a data frame has columns.

    Raises:
        InputError: a column does not exist.

    """
    for path in paths:
        if path not in df.columns and not _is_found(df, path):
            raise InputError(f"there is no column {path!r}; the data frame has {', '.join(df.columns)}")


def _is_found(df: DataFrame, path: str) -> bool:
    """Return whether a path leads to something inside a column."""
    try:
        return len(df.select(sql.col(path)).columns) == 1 and "*" not in path
    except AnalysisException:
        return False


def rows_of(batch: pa.RecordBatch, names: Sequence[str]) -> Iterator[tuple[dict[str, object], tuple[str, ...]]]:
    """
    Yield what is in some columns of each row, with notes on texts that are not UTF-8.

    A moment is given in UTC, whatever the time zone of the session is. Spark does not check the bytes of its strings: halves of
    surrogate pairs, and whatever else is not UTF-8, become U+FFFD.

    >>> batch = pa.record_batch({"url": pa.array([b"a", b"\\xff", None]).view(pa.string())})
    >>> for row, notes in rows_of(batch, ["url"]):
    ...     print(row, notes)
    {'url': 'a'} ()
    {'url': '\ufffd'} ('column-invalid: the column of url has bytes that are not UTF-8; they became U+FFFD',)
    {'url': None} ()

    """
    columns = {name: _values(batch.column(name)) for name in names}
    for number in range(batch.num_rows):
        row = {name: column.values[number] for name, column in columns.items()}
        yield row, tuple(note("column-invalid", field=name) for name, column in columns.items() if number in column.invalid)


@attrs.frozen
class _Values:
    """What is in a column, as Python has it."""

    values: Sequence[object]
    invalid: frozenset[int] = frozenset()
    """The rows whose texts are not UTF-8."""


def _values(column: pa.Array) -> _Values:
    if pa.types.is_timestamp(column.type) and column.type.tz is not None:
        column = column.cast(pa.timestamp(column.type.unit, "UTC"))
    try:
        return _Values(column.to_pylist())
    except UnicodeDecodeError:
        pass
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):  # no field is a list or an object of texts
        return _Values([{} if is_valid else None for is_valid in column.is_valid().to_pylist()])
    pieces = column.cast(pa.large_binary() if pa.types.is_large_string(column.type) else pa.binary()).to_pylist()
    invalid = frozenset(number for number, data in enumerate(pieces) if data is not None and not _is_utf8(data))
    return _Values([None if data is None else data.decode("utf-8", "replace") for data in pieces], invalid)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
