"""Parse a data frame: a row for each row, with the article that ``newsnorm run`` makes of it, or with its error."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeAlias, cast

import attrs
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from newsnorm.catalogue import Catalogue
from newsnorm.corpus.jobs.outcomes import Refused, value_of
from newsnorm.corpus.jobs.parsing import Normalised, Normaliser
from newsnorm.corpus.sinks.failures import dumps_failure
from newsnorm.corpus.sinks.form import article_form
from newsnorm.corpus.sources.fields import read_metadata, record_of
from newsnorm.corpus.sources.options import NO_OPTIONS
from newsnorm.corpus.sources.record import SourceFile, SourceRecord, failure
from newsnorm.corpus.workers import Done, Lost, Task, WorkerOptions
from newsnorm.errors import InputError
from newsnorm.export.arrow import ARTICLE, TEXT, WHOLE, Shape, arrow_schema, table_of_lines
from newsnorm.export.flat import shapes
from newsnorm.parser import Parser
from newsnorm.records import Metadata
from newsnorm.records.accounts import Failure
from newsnorm.spark.columns import check_columns, choose_fields, rows_of
from newsnorm.spark.protection import ONE_WORKER, work_protected

ERROR = "error"
ERROR_SHAPE: Mapping[str, Shape] = {"stage": TEXT, "code": TEXT, "message": TEXT, "sha256": TEXT, "length": WHOLE}
"""What is told of a row that could not be read or parsed; null in other rows."""

BATCH_ROWS, BATCH_BYTES = 1_000, 8 * 1024 * 1024
"""The most rows that are handed to Spark at once, and the size of their articles as JSON after which they are."""

ID_LENGTH = 16
"""Hex digits of the digest that is the id of a text without one."""

NOWHERE = SourceFile(Path("-"), "")
"""Rows of a data frame come from no file, so an article without an id gets that of `newsnorm.parse`."""


def parse(
    df: DataFrame,
    text: str = "text",
    *,
    fields: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
    parser: Parser | None = None,
    learned: Catalogue | None = None,
    columns: Iterable[str] | None = None,
    ledger: bool = False,
    workers: WorkerOptions = ONE_WORKER,
) -> DataFrame:
    """
    Parse the texts of a data frame.

    Args:
        df: has a row for each text, in any order and any partitions.
        text: the column of the texts: strings, or binary in any encoding.
        fields: our field → its column, or a path such as ``meta.link``; the fields are ``id``, ``url``, ``title``, ``site``,
            ``fetched``, ``media_type``, ``encoding`` and ``language``. A field that is not named is the column of its own name,
            if there is one.
        keep: columns to keep beside the article.
        parser: reads each text; the default parser unless given.
        learned: more rules, from `learn`.
        columns: make a flat table with these columns of `newsnorm.export.flat.COLUMNS`, instead of whole articles.
        ledger: whether to give each article with its ledger.
        workers: what one text may cost: texts are parsed in a process beside Spark's, which is killed if one takes too long, and
            whose memory can be limited. ``WorkerOptions(jobs=0)`` does without; a text that hangs then hangs its task.

    Returns:
        A data frame with the columns of ``docs/schema/article-1.arrow.json``, then ``error``, then those of `keep`. A row that
        could not be parsed has its ``id`` and ``url``, and in ``error`` what is wrong with it.

    Raises:
        InputError: there is no such column or field, or the article has a column of the name of one to be kept.
        MissingExtraError: the extra ``spark`` is not installed.

    >>> import newsnorm.spark
    >>> df = getfixture("spark").createDataFrame([("Quay to close\\n\\nIt closes on Monday.\\nSource link",)], "body string")
    >>> [row.asDict() for row in newsnorm.spark.parse(df, "body", columns=["title", "text"]).collect()]
    [{'title': 'Quay to close', 'text': 'It closes on Monday.', 'error': None}]

    """
    form = article_form("parquet", columns, ledger=ledger)
    chosen = choose_fields(df, text, fields or {})
    shape = {**(ARTICLE if form.columns is None else shapes(form.columns)), ERROR: dict(ERROR_SHAPE)}
    _check_kept(df, keep, shape)
    kept = df.select(*(df[f"`{name}`"] for name in keep))
    parser = parser or Parser()
    if learned is not None:
        parser = attrs.evolve(parser, catalogue=parser.catalogue | learned)
    work = PartitionParser(
        normaliser=Normaliser(parser=parser, form=form),
        workers=workers,
        fields=tuple(chosen),
        shape=shape,
        names=tuple(keep),
        text=text,
    )
    schema = StructType([*from_arrow_schema(arrow_schema(shape)).fields, *kept.schema.fields])
    own = (column.alias(field) for field, column in chosen.items())
    rows = df.select(*own, *(df[f"`{name}`"].alias(_kept(number)) for number, name in enumerate(keep)))
    return rows.mapInArrow(work, schema)


def _kept(number: int) -> str:
    """Return the name that a kept column has on its way; no field has it."""
    return f"kept {number}"


def _check_kept(df: DataFrame, keep: Sequence[str], shape: Mapping[str, Shape]) -> None:
    check_columns(df, keep)
    for number, name in enumerate(keep):
        if name in shape or name in keep[:number]:
            raise InputError(f"the result would have two columns {name!r}; rename the one to keep")
        if name not in df.columns:
            raise InputError(f"{name!r} is no column of its own; select it under a name first")


@attrs.frozen
class _Batch:
    """The rows of a batch follow."""

    kept: pa.RecordBatch
    """Their columns to keep."""


@attrs.frozen
class _WithoutText:
    """A row that has no text."""

    metadata: Metadata


Outcome: TypeAlias = "Done[SourceRecord, Normalised | Failure | Refused] | Lost[SourceRecord] | _WithoutText"
"""What became of a row."""
Outcomes: TypeAlias = "Generator[Outcome | _Batch, None, None]"


@attrs.frozen(kw_only=True)
class PartitionParser:
    """Parses the rows of a partition; picklable, since Spark sends it to its workers."""

    normaliser: Normaliser
    workers: WorkerOptions
    fields: tuple[str, ...]
    """The fields of records that rows have."""
    shape: Mapping[str, Shape]
    """The columns of the result, without those to keep."""
    names: tuple[str, ...]
    """The columns to keep."""
    text: str
    """The column of the texts, for messages."""

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Parse the rows of some batches, in order; batches of the result end elsewhere."""
        rows = _Rows(arrow_schema(self.shape), self.names)
        stream = cast("Outcomes", work_protected(self.normaliser, self._items(batches), self.workers))
        with closing(stream) as outcomes:
            for item in outcomes:
                if isinstance(item, _Batch):
                    yield from rows.finished()
                    rows.begin(item.kept)
                    continue
                rows.add(self._row(item))
                if rows.are_enough():
                    yield from rows.finished()
        yield from rows.finished()

    def _items(self, batches: Iterable[pa.RecordBatch]) -> Iterator[Task[SourceRecord] | _Batch | _WithoutText]:
        for batch in batches:
            yield _Batch(batch.select([_kept(number) for number in range(len(self.names))]))
            for row, notes in rows_of(batch, self.fields):
                if row["text"] is None:
                    yield _WithoutText(read_metadata(row, NO_OPTIONS)[0])
                    continue
                record = record_of(row, NOWHERE, None, NO_OPTIONS)
                yield Task(attrs.evolve(record, notes=(*notes, *record.notes)), len(record.raw))

    def _row(self, outcome: Outcome) -> bytes:
        """Return the row of what became of a record, as JSON."""
        if isinstance(outcome, _WithoutText):
            problem = failure(NOWHERE.name, None, "no-text", f"there is no text in the column {self.text!r}")
            return self._row_of_failure(problem, outcome.metadata)
        result = value_of(outcome)
        return result.row if isinstance(result, Normalised) else self._row_of_failure(result, outcome.payload.metadata)

    def _row_of_failure(self, failure: Failure, known: Metadata) -> bytes:
        told = json.loads(dumps_failure(failure))
        names = {"id": known.id or failure.sha256[:ID_LENGTH] or None, "url": known.url}
        row = {name: value for name, value in names.items() if name in self.shape}
        return json.dumps({**row, ERROR: {key: told[key] for key in ERROR_SHAPE}}, ensure_ascii=False).encode("utf-8", "replace")


class _Rows:
    """The rows of a result, until there are enough of them for a batch."""

    def __init__(self, schema: pa.Schema, names: Sequence[str]) -> None:
        self._schema = schema
        self._names = names
        self._rows: list[bytes] = []
        self._size = 0
        self._kept = pa.RecordBatch.from_pylist([], schema=pa.schema([]))

    def begin(self, kept: pa.RecordBatch) -> None:
        """Take the columns to keep of the rows that follow."""
        self._kept = kept

    def add(self, row: bytes) -> None:
        """Add a row: a JSON object in UTF-8."""
        self._rows.append(row)
        self._size += len(row)

    def are_enough(self) -> bool:
        """Whether a batch should be made of the rows."""
        return len(self._rows) >= BATCH_ROWS or self._size >= BATCH_BYTES

    def finished(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows as a batch, unless there are none, and forget them."""
        if not self._rows:
            return
        many = len(self._rows)
        (batch,) = table_of_lines(b"\n".join(self._rows), self._schema).to_batches()
        for name, column in zip(self._names, self._kept.slice(0, many).columns, strict=True):
            batch = batch.append_column(name, column)
        self._rows, self._size, self._kept = [], 0, self._kept.slice(many)
        yield batch
