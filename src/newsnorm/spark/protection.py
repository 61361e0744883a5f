"""Work on the rows of a partition in a process beside Spark's, which may hang or be killed without the task."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable
from typing import TypeVar

import attrs

from newsnorm.corpus.workers import Done, Lost, Task, WorkerOptions, work_in_order
from newsnorm.corpus.workers.worker import warm

Payload = TypeVar("Payload")
Value = TypeVar("Value")
Other = TypeVar("Other")


def work_protected(
    work: Callable[[Payload], Value], items: Iterable[Task[Payload] | Other], options: WorkerOptions
) -> Generator[Done[Payload, Value] | Lost[Payload] | Other, None, None]:
    """
    Call ``work(task.payload)`` for each task, as `newsnorm.corpus.workers.work_in_order` does.

    Tables are loaded in this process, which Spark uses for many partitions; each has a worker that is a fork of it, and starts in
    milliseconds. Where forks are not safe, a worker starts afresh.
    """
    if options.start_method is None and sys.platform == "linux":
        warm(work)
        options = attrs.evolve(options, start_method="fork")
    return work_in_order(work, items, options)
