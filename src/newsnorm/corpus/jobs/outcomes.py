"""Carry what became of records from workers to the process that waits: exceptions don't travel well, so they are data."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import TypeVar

import attrs

from newsnorm.corpus.sources.discover import Discovered, Progress, read_all
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.record import SourceRecord, attempt, parse_failure
from newsnorm.corpus.workers import Done, Lost, Task, WorkerOptions, work_in_order
from newsnorm.errors import MissingExtraError
from newsnorm.records.accounts import Failure

Value = TypeVar("Value")


@attrs.frozen
class Refused:
    """Why no record of this kind can be parsed here: an extra is not installed."""

    message: str


def attempt_here(record: SourceRecord, call: Callable[[SourceRecord], Value]) -> Value | Failure | Refused:
    """Return ``call(record)``, or what is wrong with the record, or why nothing can be done here."""
    try:
        return attempt(record, call)
    except MissingExtraError as error:
        return Refused(str(error))


def value_of(outcome: Done[SourceRecord, Value | Failure | Refused] | Lost[SourceRecord]) -> Value | Failure:
    """
    Return the value, or the failure of a record that is bad or was lost.

    Raises:
        MissingExtraError: no record of this kind can be parsed here.

    """
    if isinstance(outcome, Lost):
        return parse_failure(outcome.payload, outcome.code, outcome.message)
    if isinstance(outcome.value, Refused):
        raise MissingExtraError(outcome.value.message)
    return outcome.value


def work_through(
    found: Discovered,
    work: Callable[[SourceRecord], Value | Failure | Refused],
    options: ReadOptions,
    workers: WorkerOptions,
    progress: Progress | None,
) -> Iterator[Value | Failure]:
    """
    Read the records of files, let workers work on them, and yield what comes of each in order, or why it failed.

    Args:
        found: the files.
        work: the function; picklable.
        options: how the files are read.
        workers: how many processes work, and what one record may cost.
        progress: called with the bytes read so far and the total.

    Raises:
        MissingExtraError: no record of some kind can be parsed here.

    """
    items = (item if isinstance(item, Failure) else Task(item, len(item.raw)) for item in read_all(found, options, progress))
    outcomes: Generator[Failure | Done[SourceRecord, Value | Failure | Refused] | Lost[SourceRecord], None, None]
    with closing(work_in_order(work, items, workers)) as outcomes:
        for outcome in outcomes:
            yield outcome if isinstance(outcome, Failure) else value_of(outcome)
