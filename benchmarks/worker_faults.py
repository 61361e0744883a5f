"""
Poison pools of workers and kill their processes: ``python benchmarks/worker_faults.py [--kills N] [--only POOL,…]``.

Each pool gets two trials, in processes of their own with a limit of time:

- ``poison``: 200 tasks, ten of which end their worker, hang in C, or raise what can't be unpickled; right answers of 190.
- ``kills``: 300 tasks with results of 300 kB, while a random process of the pool is killed from outside, once in a run; runs
  that end, and runs that end with every result.

Pools of packages that are not installed (pebble, loky, billiard) are left out.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any, TypeAlias

from pool_work import is_poison, large_page, poisoned
from processes import descendants

from newsnorm.corpus.workers import Done, Task, WorkerOptions, work_in_order

Work: TypeAlias = Callable[[int], object]

LIMIT = 60.0
"""Seconds for a trial."""
TIMEOUT = 2.0
"""Seconds for a task, where a pool has such a limit."""


def with_newsnorm(work: Work, numbers: Iterable[int]) -> Iterator[object]:
    """Our own workers."""
    for result in work_in_order(work, map(Task, numbers), WorkerOptions(jobs=2, seconds=TIMEOUT)):
        yield result.value if isinstance(result, Done) else None


def with_pebble(work: Work, numbers: Iterable[int]) -> Iterator[object]:
    """`pebble.ProcessPool`."""
    import pebble

    with pebble.ProcessPool(max_workers=2) as pool:
        results = pool.map(work, numbers, timeout=TIMEOUT).result()
        while True:
            try:
                yield next(results)
            except StopIteration:
                return
            except Exception:
                yield None


def with_billiard(work: Work, numbers: Iterable[int]) -> Iterator[object]:
    """`billiard.Pool`, the pool of Celery."""
    import billiard

    pool = billiard.Pool(2, timeout=TIMEOUT)
    pending = [pool.apply_async(work, (number,)) for number in numbers]
    for one in pending:
        try:
            yield one.get()
        except Exception:
            yield None
    pool.terminate()


def with_loky(work: Work, numbers: Iterable[int]) -> Iterator[object]:
    """`loky.ProcessPoolExecutor`, the pool of joblib."""
    import loky

    with loky.ProcessPoolExecutor(max_workers=2) as pool:
        yield from _results([pool.submit(work, number) for number in numbers])


def with_futures(work: Work, numbers: Iterable[int]) -> Iterator[object]:
    """`concurrent.futures.ProcessPoolExecutor`."""
    with ProcessPoolExecutor(2) as pool:
        yield from _results([pool.submit(work, number) for number in numbers])


def _results(pending: Iterable[Future[Any]]) -> Iterator[object]:
    for future in pending:
        try:
            yield future.result()
        except Exception:
            yield None


POOLS: dict[str, Callable[[Work, Iterable[int]], Iterator[object]]] = {
    "newsnorm": with_newsnorm,
    "pebble": with_pebble,
    "billiard": with_billiard,
    "loky": with_loky,
    "concurrent.futures": with_futures,
}


def try_poison(pool: str) -> None:
    """Print after each task the number of answers and of right answers."""
    right = 0
    for number, result in enumerate(POOLS[pool](poisoned, range(200))):
        right += not is_poison(number) and result == 2 * number
        print(number + 1, right, flush=True)


def try_kill(pool: str, seed: int) -> None:
    """Print after each task the number of answers and of results, while a process of the pool is killed."""
    threading.Thread(target=_kill_one, args=(random.Random(seed),), daemon=True).start()
    right = 0
    for number, result in enumerate(POOLS[pool](large_page, range(300))):
        right += result == large_page(number) if number % 50 == 0 else result is not None
        print(number + 1, right, flush=True)


def _kill_one(chance: random.Random) -> None:
    """Kill a process below this one at a random moment after they have started; trackers of resources are left alone."""
    while not (workers := _workers()):
        time.sleep(0.01)
    time.sleep(chance.uniform(0.1, 1.0))
    workers = _workers() or workers
    os.kill(chance.choice(workers), signal.SIGKILL)


def _workers() -> list[int]:
    found = sorted(descendants())
    return [process for process in found if "tracker" not in " ".join(_words(Path(f"/proc/{process}/cmdline")))]


def _words(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").split()
    except OSError:
        return []


def _run(*arguments: str) -> tuple[int, int]:
    """Run a trial in a process group of its own, and return the last numbers that it printed."""
    command = [sys.executable, str(Path(__file__)), *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as process:
        stop = threading.Timer(LIMIT, os.killpg, (process.pid, signal.SIGKILL))
        stop.start()
        assert process.stdout is not None
        numbers = [0, 0, *map(int, process.stdout.read().split())]
        stop.cancel()
    with contextlib.suppress(OSError):  # nothing is left of it
        os.killpg(process.pid, signal.SIGKILL)
    return numbers[-2], numbers[-1]


def main() -> None:
    """Try every pool, and print what became of it."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--kills", type=int, default=12)
    arguments.add_argument("--only", default="")
    arguments.add_argument("--trial", nargs=2, metavar=("POOL", "SEED"), help="run one trial of kills")
    arguments.add_argument("--poison", metavar="POOL", help="run the trial of poison")
    given = arguments.parse_args()
    if given.poison:
        try_poison(given.poison)
    elif given.trial:
        try_kill(given.trial[0], int(given.trial[1]))
    else:
        for pool in given.only.split(",") if given.only else POOLS:
            if importlib.util.find_spec(pool) is None:
                print(f"{pool}: not installed")
                continue
            right = _run("--poison", pool)[1]
            runs = [_run("--trial", pool, str(seed)) for seed in range(given.kills)]
            ended, whole = sum(answers == 300 for answers, _ in runs), sum(results == 300 for _, results in runs)
            print(
                f"{pool}: {right} of 190 right answers beside poison;"
                f" of {given.kills} runs with a kill, {ended} ended, {whole} with every result",
                flush=True,
            )


if __name__ == "__main__":
    main()
