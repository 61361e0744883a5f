"""Turn the rows of a data frame into records to parse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import pyarrow as pa

from newsnorm.corpus.sources.fields import read_metadata, record_of
from newsnorm.corpus.sources.options import NO_OPTIONS
from newsnorm.corpus.sources.record import NOWHERE, SourceRecord
from newsnorm.corpus.workers import Task
from newsnorm.records import Metadata
from newsnorm.spark.columns import rows_of


@attrs.frozen
class WithoutText:
    """A row that has no text."""

    metadata: Metadata


def tasks_of(batch: pa.RecordBatch, fields: Sequence[str]) -> Iterator[Task[SourceRecord] | WithoutText]:
    """
    Yield a task for each row of a batch, with what is doubtful about it in the notes of its record.

    Args:
        batch: has columns named by fields of records.
        fields: the fields that it has, ``text`` among them.

    """
    for row, notes in rows_of(batch, fields):
        if row["text"] is None:
            yield WithoutText(read_metadata(row, NO_OPTIONS)[0])
        else:
            record = record_of(row, NOWHERE, None, NO_OPTIONS)
            yield Task(attrs.evolve(record, notes=(*notes, *record.notes)), len(record.raw))
