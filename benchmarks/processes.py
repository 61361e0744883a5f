"""Processes and their memory, as /proc shows them; for benchmarks and tests."""

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


def cpu_seconds(process: int | None = None) -> float:
    """The CPU seconds of a process (this one by default) and of all below it, those that have ended and were waited for too."""
    ticks = 0
    for each in {process or os.getpid(), *descendants(process)}:
        try:
            fields = Path(f"/proc/{each}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def cpu_at_end(process: int) -> tuple[float, float]:
    """The CPU seconds of a process that has ended and was not yet waited for, and those of all that it waited for."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    own, below = sum(map(int, fields[11:13])), sum(map(int, fields[13:15]))
    return own / os.sysconf("SC_CLK_TCK"), below / os.sysconf("SC_CLK_TCK")


def resident(process: int) -> int:
    """The resident memory of a process in bytes; 0 if it has gone."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def peak(process: int | str = "self") -> int:
    """
    The most memory that a process has had, in kB; 0 if it has gone, and where there is no /proc.

    `resource` would count the process that started it, too.
    """
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)
