"""Process records in workers, and return the results in order."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from typing import TypeVar

from newsnorm.corpus.jobs.outcomes import Refused, value_of
from newsnorm.corpus.sources.discover import Discovered, Progress, read_all
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.record import SourceRecord
from newsnorm.corpus.workers import Done, Lost, Task, WorkerOptions, work_in_order
from newsnorm.records.accounts import Failure

Value = TypeVar("Value")


def work_through(
    found: Discovered,
    work: Callable[[SourceRecord], Value | Failure | Refused],
    options: ReadOptions,
    workers: WorkerOptions,
    progress: Progress | None,
) -> Iterator[Value | Failure]:
    """
    Read the records of files, process them in workers, and yield each result or failure in order.

    Args:
        found: the files.
        work: the function; picklable.
        options: how the files are read.
        workers: number of worker processes, and limits for one record.
        progress: called with the bytes read so far and the total.

    Raises:
        MissingExtraError: no record of some kind can be parsed here.

    """
    return work_on(read_all(found, options, progress), work, workers)


def work_on(
    records: Iterable[SourceRecord | Failure],
    work: Callable[[SourceRecord], Value | Failure | Refused],
    workers: WorkerOptions,
) -> Iterator[Value | Failure]:
    """
    Process records in workers, and yield the results in order; failures among the records are passed on.

    Raises:
        MissingExtraError: no record of some kind can be parsed here.

    """
    items = (item if isinstance(item, Failure) else Task(item, len(item.raw)) for item in records)
    outcomes: Generator[Failure | Done[SourceRecord, Value | Failure | Refused] | Lost[SourceRecord], None, None]
    with closing(work_in_order(work, items, workers)) as outcomes:
        for outcome in outcomes:
            yield outcome if isinstance(outcome, Failure) else value_of(outcome)
