"""Processes below this one, seen in /proc."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path


def descendants(process: int | None = None) -> set[int]:
    """The processes below `process` (this one by default), zombies too."""
    found: set[int] = set()
    to_do = {process or os.getpid()}
    while to_do:
        to_do = set().union(*map(children_of, to_do))
        found |= to_do
    return found


def workers(process: int | None = None) -> set[int]:
    """The workers of the one pool of `process`: the processes below its nursery."""
    return descendants(process) - children_of(process or os.getpid())


def children_of(process: int) -> set[int]:
    """The processes that `process` started and has not yet waited for."""
    found: set[int] = set()
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found.update(map(int, thread.read_text(encoding="ascii").split()))
        except OSError:  # it has ended
            continue
    return found


def open_files() -> set[str]:
    """The descriptors of this process that are open."""
    return {file.name for file in Path("/proc/self/fd").iterdir() if file.exists()}


def wait_for_end(processes: Iterable[int], seconds: float = 5.0) -> set[int]:
    """Wait until `processes` have ended; return those that have not."""
    left = set(processes)
    end = time.monotonic() + seconds
    while left and time.monotonic() < end:
        left = {process for process in left if is_running(process)}
        time.sleep(0.01)
    return left


def is_running(process: int) -> bool:
    """Whether a process runs and is no zombie."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return False
    return fields[0] not in "ZX"
