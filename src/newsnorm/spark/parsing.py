"""Parse a data frame: each row becomes a row with the article that ``newsnorm run`` makes of it, or with an error."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
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
from newsnorm.corpus.sources.record import SourceRecord, failure
from newsnorm.corpus.workers import Done, Lost, Task, WorkerOptions
from newsnorm.errors import InputError
from newsnorm.export.arrow import ARTICLE, TEXT, WHOLE, Shape, arrow_schema, table_of_lines
from newsnorm.export.flat import shapes
from newsnorm.parser import Parser
from newsnorm.records import Metadata
from newsnorm.records.accounts import Failure
from newsnorm.records.page import ID_LENGTH
from newsnorm.spark.columns import check_columns, choose_fields, column_of
from newsnorm.spark.protection import work_protected
from newsnorm.spark.records import WithoutText, tasks_of

ERROR = "error"
ERROR_SHAPE: Mapping[str, Shape] = {"stage": TEXT, "code": TEXT, "message": TEXT, "sha256": TEXT, "length": WHOLE}
"""The error of a row that could not be read or parsed; null in other rows."""

BATCH_ROWS, BATCH_BYTES = 1_000, 8 * 1024 * 1024
"""The most rows that are handed to Spark at once, and the size of their articles as JSON after which they are."""


def parse(
    df: DataFrame,
    text: str = "text",
    *,
    id: str | None = None,
    url: str | None = None,
    title: str | None = None,
    site: str | None = None,
    fetched: str | None = None,
    media_type: str | None = None,
    encoding: str | None = None,
    language: str | None = None,
    carry: Sequence[str] = (),
    columns: Iterable[str] | None = None,
    ledger: bool = False,
    parser: Parser | None = None,
    learned: Catalogue | None = None,
    jobs: int = 1,
    timeout: float = 60.0,
    max_memory: int | None = None,
) -> DataFrame:
    """
    Parse the texts of a data frame of Spark.

    Columns are named, or given by a path such as ``meta.link``. Where none is named for a field, the column of its own name is
    taken, if there is one.

    Args:
        df: one row per text, in any order and any partitions.
        text: the column of the texts: strings, or binary in any encoding.
        id: the column of your name for each text; a row without one gets the id that `newsnorm.parse` would give it.
        url: the column that says where each text was found; its host selects the rules of its site.
        title: the column of titles that are known.
        site: the column of names of sites; a host is not a name.
        fetched: the column that says when each text was fetched: strings, dates or timestamps.
        media_type: the column of the media type: ``text/html`` or ``text/plain``.
        encoding: the column of the declared encoding, for binary texts.
        language: the column of the language, as a BCP 47 code.
        carry: columns to carry over to the result.
        columns: make a flat table with these columns of `newsnorm.export.flat.COLUMNS`, instead of whole articles.
        ledger: whether to give each article with its ledger.
        parser: parses each text; by default the default parser.
        learned: additional rules, from `learn`.
        jobs: the number of processes that parse for each task of Spark. 0 parses in Spark's own, without protection: a text that
            hangs or crashes Python then fails the task.
        timeout: time limit for one text, in seconds.
        max_memory: memory limit for parsing, in bytes of address space; by default no limit.

    Returns:
        A data frame with the columns of ``docs/schema/article-1.arrow.json``, then ``error``, then the columns in `carry`. A row
        that could not be parsed has only its ``id`` and ``url``, and ``error`` says what is wrong.

    Raises:
        InputError: a column does not exist, or a column to carry has the name of a column of the article.
        MissingExtraError: the extra ``spark`` is not installed.

    >>> import newsnorm.spark
    >>> df = getfixture("spark").createDataFrame([("Quay to close\\n\\nIt closes on Monday.\\nSource link",)], "body string")
    >>> [row.asDict() for row in newsnorm.spark.parse(df, "body", columns=["title", "text"]).collect()]
    [{'title': 'Quay to close', 'text': 'It closes on Monday.', 'error': None}]

    """
    form = article_form("parquet", columns, ledger=ledger)
    named = {"text": text, "id": id, "url": url, "title": title, "site": site, "fetched": fetched}
    chosen = choose_fields(df, named | {"media_type": media_type, "encoding": encoding, "language": language})
    shape = {**(ARTICLE if form.columns is None else shapes(form.columns)), ERROR: dict(ERROR_SHAPE)}
    _check_carried(df, carry, shape)
    carried = [column_of(df, name) for name in carry]
    parser = parser or Parser()
    if learned is not None:
        parser = attrs.evolve(parser, catalogue=parser.catalogue | learned)
    work = PartitionParser(
        normaliser=Normaliser(parser=parser, form=form, is_compared=False),
        workers=WorkerOptions(jobs=jobs, seconds=timeout, memory=max_memory),
        fields=tuple(chosen),
        shape=shape,
        names=tuple(carry),
        text=text,
    )
    schema = StructType([*from_arrow_schema(arrow_schema(shape)).fields, *df.select(*carried).schema.fields])
    own = (column.alias(field) for field, column in chosen.items())
    return df.select(*own, *(column.alias(_carried(number)) for number, column in enumerate(carried))).mapInArrow(work, schema)


def _carried(number: int) -> str:
    """Return the name that a carried column has on its way; no field has it."""
    return f"carried {number}"


def _check_carried(df: DataFrame, carry: Sequence[str], shape: Mapping[str, Shape]) -> None:
    check_columns(df, carry)
    for number, name in enumerate(carry):
        if name in shape or name in carry[:number]:
            raise InputError(f"the result would have two columns {name!r}; rename the one to carry over")
        if name not in df.columns:
            raise InputError(f"{name!r} is not a top-level column; select it under a name first")


@attrs.frozen
class _Batch:
    """The rows of a batch follow."""

    carried: pa.RecordBatch
    """Their columns to carry over."""


Outcome: TypeAlias = "Done[SourceRecord, Normalised | Failure | Refused] | Lost[SourceRecord] | WithoutText"
"""The outcome of a row."""
Outcomes: TypeAlias = "Generator[Outcome | _Batch, None, None]"


@attrs.frozen(kw_only=True)
class PartitionParser:
    """Parses the rows of a partition; picklable, since Spark sends it to its workers."""

    normaliser: Normaliser
    workers: WorkerOptions
    fields: tuple[str, ...]
    """The fields of records that rows have."""
    shape: Mapping[str, Shape]
    """The columns of the result, without those to carry over."""
    names: tuple[str, ...]
    """The columns to carry over."""
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
                    rows.begin(item.carried)
                    continue
                rows.add(self._row(item))
                if rows.are_enough():
                    yield from rows.finished()
        yield from rows.finished()

    def _items(self, batches: Iterable[pa.RecordBatch]) -> Iterator[Task[SourceRecord] | _Batch | WithoutText]:
        for batch in batches:
            yield _Batch(batch.select([_carried(number) for number in range(len(self.names))]))
            yield from tasks_of(batch, self.fields)

    def _row(self, outcome: Outcome) -> bytes:
        """Return the outcome of a record as a row of JSON."""
        if isinstance(outcome, WithoutText):
            problem = failure("", None, "no-text", f"there is no text in the column {self.text!r}")
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
        self._carried = pa.RecordBatch.from_pylist([], schema=pa.schema([]))

    def begin(self, carried: pa.RecordBatch) -> None:
        """Take the columns to carry over of the rows that follow."""
        self._carried = carried

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
        for name, column in zip(self._names, self._carried.slice(0, many).columns, strict=True):
            batch = batch.append_column(name, column)
        self._rows, self._size, self._carried = [], 0, self._carried.slice(many)
        yield batch
