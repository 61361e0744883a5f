"""Define tasks for workers, their outcomes, and options of workers."""

from __future__ import annotations

import os
import sys
from typing import Any, Generic, Literal, TypeAlias, TypeVar

import attrs

from newsnorm.errors import InputError

Payload = TypeVar("Payload")
Value = TypeVar("Value")

LossCode: TypeAlias = Literal["timeout", "worker-died", "memory", "parser-error"]
StartMethod: TypeAlias = Literal["forkserver", "spawn", "fork"]

START_METHODS: tuple[StartMethod, ...] = ("forkserver", "spawn", "fork")


@attrs.frozen
class Task(Generic[Payload]):
    """Something to work on."""

    payload: Payload
    size: int = 0
    """Its size in bytes, which limits how many tasks are in progress at a time."""


@attrs.frozen
class Done(Generic[Payload, Value]):
    """A task that was done."""

    payload: Payload
    value: Value
    """What the work returned."""


@attrs.frozen
class Lost(Generic[Payload]):
    """A task without a result."""

    payload: Payload
    code: LossCode
    """``timeout``: it took too long; ``worker-died``: its process ended, twice; ``memory``: it ran out of memory;
    ``parser-error``: the work raised an exception, or its result can't be passed between processes."""
    message: str
    """Details, in at most 500 printable characters; equal for equal tasks."""


def _check_positive(_: object, attribute: attrs.Attribute[Any], value: float | None) -> None:
    if value is not None and not value > 0:
        raise InputError(f"{attribute.name} must be above 0, not {value}")


@attrs.frozen(kw_only=True)
class WorkerOptions:
    """
    Number of workers, and limits for each.

    Raises:
        InputError: a number is out of range, or the start method is unknown.

    >>> WorkerOptions(jobs=2, seconds=30).workers
    2

    """

    jobs: int | None = attrs.field(default=None)
    """Number of workers; None for one per available processor; 0 works in this process, without protection."""
    seconds: float = attrs.field(default=60.0, validator=_check_positive)
    """Time limit for one task, in seconds of wall time; a worker that exceeds it is killed. Only time spent waiting for results
    counts."""
    memory: int | None = attrs.field(default=None, validator=_check_positive)
    """The largest address space of a worker, in bytes; None for no limit."""
    start_method: StartMethod | None = attrs.field(default=None)
    """How workers start: ``forkserver`` forks them from a fresh process that has loaded all tables; ``spawn`` starts a fresh
    process for each; ``fork`` forks them from a fork of this process, so that the work need not be pickled. None chooses
    ``spawn`` on macOS, where forks of processes with system libraries may crash, and ``forkserver`` elsewhere."""
    ahead: int = attrs.field(default=256, validator=_check_positive)
    """Most items in progress per worker, from the next one to be yielded to the last one taken."""
    ahead_bytes: int = attrs.field(default=16 * 1024 * 1024, validator=_check_positive)
    """No further task is taken while tasks of this many bytes in all are in progress."""

    @jobs.validator
    def _check_jobs(self, _: object, value: int | None) -> None:
        if value is not None and value < 0:
            raise InputError(f"jobs must be 0 or more, not {value}")

    @start_method.validator
    def _check_start_method(self, _: object, value: str | None) -> None:
        if value is not None and value not in START_METHODS:
            raise InputError(f"start_method must be one of {', '.join(START_METHODS)}, not {value!r}")

    @property
    def workers(self) -> int:
        """Number of workers."""
        return _processors() if self.jobs is None else self.jobs

    @property
    def method(self) -> StartMethod:
        """How workers start."""
        return self.start_method or ("spawn" if sys.platform == "darwin" else "forkserver")


def _processors() -> int:
    """Count the processors that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
