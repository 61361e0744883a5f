"""Work on tasks in other processes or in this one, and return the results in the order of the tasks."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TypeVar, cast

from newsnorm.corpus.workers.outcome import Loss, attempt
from newsnorm.corpus.workers.tasks import Done, Lost, Payload, Task, Value, WorkerOptions

Other = TypeVar("Other")

DEFAULT_OPTIONS = WorkerOptions()


def work_in_order(
    work: Callable[[Payload], Value], items: Iterable[Task[Payload] | Other], options: WorkerOptions = DEFAULT_OPTIONS
) -> Generator[Done[Payload, Value] | Lost[Payload] | Other, None, None]:
    """
    Call ``work(task.payload)`` for each task among `items`, and yield the results in the order of `items`.

    Args:
        work: the function; it is pickled by the name of its module, as payloads and results are.
        items: tasks, and anything else: an item that is no task comes out unchanged, in its place.
        options: number of workers and their limits.

    Yields:
        `Done` or `Lost` for each task.

    >>> list(work_in_order(int, [Task("7"), "a heading", Task(None)], WorkerOptions(jobs=0)))[:2]
    [Done(payload='7', value=7), 'a heading']

    """
    del options  # TODO: start workers
    yield from work_in_this_process(work, items)


def work_in_this_process(
    work: Callable[[Payload], Value], items: Iterable[Task[Payload] | Other]
) -> Iterator[Done[Payload, Value] | Lost[Payload] | Other]:
    """Work on one task after another; exceptions are caught, but a task that hangs or ends the process is not."""
    for item in items:
        if isinstance(item, Task):
            task = cast("Task[Payload]", item)
            outcome = attempt(work, task.payload)
            if isinstance(outcome, Loss):
                yield Lost(task.payload, outcome.code, outcome.message)
            else:
                yield Done(task.payload, outcome)
        else:
            yield item
