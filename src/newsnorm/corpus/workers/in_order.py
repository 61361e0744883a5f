"""Work on tasks in other processes or in this one, and return the results in the order of the tasks."""

from __future__ import annotations

import os
import socket
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from typing import Generic, TypeVar, cast

from newsnorm.corpus.workers.outcome import Loss, attempt
from newsnorm.corpus.workers.surroundings import undone
from newsnorm.corpus.workers.tasks import Done, Lost, Payload, Task, Value, WorkerOptions
from newsnorm.corpus.workers.worker_link import Ticket

Other = TypeVar("Other")

DEFAULT_OPTIONS = WorkerOptions()

CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")
"""Whether this system can start workers."""


def work_in_order(
    work: Callable[[Payload], Value], items: Iterable[Task[Payload] | Other], options: WorkerOptions = DEFAULT_OPTIONS
) -> Generator[Done[Payload, Value] | Lost[Payload] | Other, None, None]:
    """
    Call ``work(task.payload)`` for each task among `items`, and yield the results in the order of `items`.

    A task that ends its worker is tried once more, alone in a fresh worker; if it fails again, or takes too long, it is lost. No
    other task is lost with it. `items` are consumed on demand, so that memory stays flat. Closing the iterator kills the workers;
    they also end with this process, however it ends.

    Output of a task goes to standard error. Its changes to the process (see `newsnorm.corpus.workers.surroundings`) are undone,
    so that results don't depend on earlier tasks.

    Windows has no such workers, so everything is done in this process, as with ``jobs=0``. On macOS, a hanging worker survives if
    its nursery is killed.

    Args:
        work: the function. Unless workers are forks of this process, it is pickled: define it in a module. If it has a method
            ``warm``, that is called before the first task, for the workers to share what it loads.
        items: tasks and other items; an item that is not a task is yielded unchanged, in its place.
        options: number of workers and their limits.

    Yields:
        `Done` or `Lost` for each task.

    Raises:
        WorkerStartError: workers can't be started, or can't load the work.

    >>> list(work_in_order(int, [Task("7"), "a heading", Task("8")], WorkerOptions(jobs=2)))
    [Done(payload='7', value=7), 'a heading', Done(payload='8', value=8)]

    """
    if options.workers == 0 or not CAN_FORK:
        yield from _work_here(work, items)
    else:
        yield from _work_in_pool(work, items, options)


def _work_here(
    work: Callable[[Payload], Value], items: Iterable[Task[Payload] | Other]
) -> Iterator[Done[Payload, Value] | Lost[Payload] | Other]:
    """Work on one task after another; an `Exception` is caught, but a task that hangs or ends the process is not."""
    for item in items:
        if isinstance(item, Task):
            task = cast("Task[Payload]", item)
            with undone():
                outcome = attempt(work, task.payload)
            if isinstance(outcome, Loss):
                yield Lost(task.payload, outcome.code, outcome.message)
            else:
                yield Done(task.payload, outcome)
        else:
            yield item


def _work_in_pool(
    work: Callable[[Payload], Value], items: Iterable[Task[Payload] | Other], options: WorkerOptions
) -> Iterator[Done[Payload, Value] | Lost[Payload] | Other]:
    from newsnorm.corpus.workers.pool import Pool  # can't be imported on every system

    source: _Source[Task[Payload] | Other] = _Source(items)
    order: _InOrder[Payload, Value, Other] = _InOrder(options)
    with closing(Pool[Payload, Value](work, options)) as pool:
        while True:
            yield from order.take_finished()
            while source.has_more and pool.is_hungry() and order.has_room() and not order.is_first_finished():
                for item in source.take():
                    order.add(pool.submit(cast("Task[Payload]", item)) if isinstance(item, Task) else item)
            if order.is_empty():
                if not source.has_more:
                    break
            elif not order.is_first_finished():
                pool.wait()
    source.raise_failure()


Item = TypeVar("Item")


class _Source(Generic[Item]):
    """Items that are taken one by one; an exception that ends them is raised after all earlier items have been used."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = iter(items)
        self._failure: Exception | None = None
        self.has_more = True

    def take(self) -> tuple[Item, ...]:
        """Return the next item, or nothing at the end."""
        try:
            return (next(self._items),)
        except StopIteration:
            pass
        except Exception as error:
            self._failure = error
        self.has_more = False
        return ()

    def raise_failure(self) -> None:
        """Raise the exception that ended the items, if one did."""
        if self._failure is not None:
            raise self._failure


class _InOrder(Generic[Payload, Value, Other]):
    """The items in progress, beginning with the one to be yielded next."""

    def __init__(self, options: WorkerOptions) -> None:
        self._most_items = options.ahead * options.workers
        self._most_bytes = options.ahead_bytes
        self._bytes = 0
        self._items: deque[Ticket[Payload, Value] | Other] = deque()

    def add(self, item: Ticket[Payload, Value] | Other) -> None:
        """Add the next item."""
        self._items.append(item)
        self._bytes += item.task.size if isinstance(item, Ticket) else 0

    def has_room(self) -> bool:
        """Whether another item may be taken."""
        return len(self._items) < self._most_items and (self._bytes < self._most_bytes or not self._items)

    def is_empty(self) -> bool:
        """Whether no item is in progress."""
        return not self._items

    def is_first_finished(self) -> bool:
        """Whether the first item can be yielded."""
        return bool(self._items) and not (isinstance(first := self._items[0], Ticket) and first.result is None)

    def take_finished(self) -> Iterator[Done[Payload, Value] | Lost[Payload] | Other]:
        """Remove and return the finished items at the front."""
        while self.is_first_finished():
            item = self._items.popleft()
            if isinstance(item, Ticket):
                self._bytes -= item.task.size
                yield cast("Done[Payload, Value] | Lost[Payload]", item.result)
            else:
                yield item
