"""Check that workers start, that a memory limit holds, and that there is room for temporary files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator

import attrs

from newsnorm.corpus.workers import Done, Lost, Task, WorkerOptions, work_in_order
from newsnorm.corpus.workers.tasks import START_METHODS
from newsnorm.errors import WorkerStartError
from newsnorm.records.health import Diagnosis

TOPIC = "processes"
SECONDS = 30.0
MEGABYTE = 2**20
LIMIT, NEEDED = 1_024, 2_048
"""Megabytes: the memory limit that is tried, and the larger amount that a task asks for."""
ROOM = 1_024
"""Megabytes that should be free for temporary files."""


def examine_processes() -> Iterator[Diagnosis]:
    """Start a worker by each method, let one exceed its memory, and look at the temporary folder."""
    usual = WorkerOptions()
    yield Diagnosis(topic=TOPIC, code="cores", values={"cores": usual.workers})
    for method in START_METHODS:
        yield _started(attrs.evolve(usual, jobs=1, seconds=SECONDS, start_method=method), is_usual=method == usual.method)
    yield _limited(attrs.evolve(usual, jobs=1, seconds=SECONDS, memory=LIMIT * MEGABYTE))
    yield _temporary()


def allocate(megabytes: int) -> int:
    """Allocate memory, and return how much."""
    return len(bytearray(megabytes * MEGABYTE)) // MEGABYTE


def _started(options: WorkerOptions, *, is_usual: bool) -> Diagnosis:
    values = {"method": options.method, "usual": "usual" if is_usual else "other"}
    try:
        (answer,) = work_in_order(allocate, [Task(1)], options)
    except WorkerStartError as error:
        return Diagnosis(topic=TOPIC, code="start-failed", is_problem=is_usual, values={**values, "error": str(error)})
    if isinstance(answer, Done):
        return Diagnosis(topic=TOPIC, code="start", values=values)
    return Diagnosis(topic=TOPIC, code="start-failed", is_problem=is_usual, values={**values, "error": answer.message})


def _limited(options: WorkerOptions) -> Diagnosis:
    try:
        (answer,) = work_in_order(allocate, [Task(NEEDED)], options)
    except WorkerStartError as error:
        return Diagnosis(topic=TOPIC, code="limit-failed", values={"error": str(error)})
    if isinstance(answer, Lost) and answer.code == "memory":
        return Diagnosis(topic=TOPIC, code="limit")
    return Diagnosis(topic=TOPIC, code="limit-failed", values={"error": "a worker got more memory than its limit"})


def _temporary() -> Diagnosis:
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free // MEGABYTE
    code = "temporary" if free >= ROOM else "temporary-full"
    return Diagnosis(topic=TOPIC, code=code, is_problem=free < ROOM, values={"folder": folder, "free": free})
