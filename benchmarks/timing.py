"""Time calls by what the process spends, not by the clock, so that other work on the machine counts less."""

from __future__ import annotations

import time
from collections.abc import Callable

ROUNDS = 3


def best(call: Callable[[], object]) -> float:
    """Return the least process time of `ROUNDS` calls, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)
