"""
Compare one process with several, on texts of the regression set: python benchmarks/pool.py [PROCESSES] [TEXTS].

Prints the size of pickled parsers, the time that one process takes, and the time that a pool takes, including its start.
"""

from __future__ import annotations

import multiprocessing
import pickle
import resource
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import attrs

import newsnorm
from newsnorm.testing import cases, shipped

LEARNED = Path(__file__).parents[1] / "tests" / "fixtures" / "learn" / "sites.toml"
ROUNDS = 5
CHUNK = 25
"""Number of texts that a process gets at a time."""


def main(processes: int = 2, count: int = 300) -> None:
    """Measure and print."""
    texts = list(islice(cycle(case.raw for case in cases(shipped() / "articles")), count))
    default = newsnorm.Parser()
    own = newsnorm.Parser(catalogue=newsnorm.Catalogue.default() | newsnorm.Catalogue.load(LEARNED))
    added = len(own.catalogue.rules) - len(default.catalogue.rules)
    print(
        f"pickled parser: {len(pickle.dumps(default)):,} bytes; with {added} rules of its own: {len(pickle.dumps(own)):,} bytes"
    )

    serial, pooled = [], []
    for _ in range(ROUNDS):  # in turns, so that what else the machine does weighs on both
        alone, cost = _measured(lambda: [default.parse(text) for text in texts])
        serial.append(cost)
        together, cost = _measured(lambda: _in_pool(default, texts, processes))
        pooled.append(cost)
        assert alone == together, "a pool made other articles"
    one, many = min(serial), min(pooled)
    print(f"{count} texts, best of {ROUNDS} rounds:")
    print(f"1 process: {one.wall:.2f} s ({one.own_cpu:.2f} s of CPU)")
    print(f"{processes} processes: {many.wall:.2f} s ({many.own_cpu:.2f} s of CPU here, {many.workers_cpu:.2f} s in the workers)")
    ideal = one.own_cpu / many.ideal(processes)
    print(f"{one.wall / many.wall:.2f} times as fast; with a free core for each worker, {ideal:.2f} times")


@attrs.frozen(order=True)
class Cost:
    """The cost of a call, in seconds."""

    wall: float
    own_cpu: float
    workers_cpu: float

    def ideal(self, processes: int) -> float:
        """Estimated time with a free core per worker, if no work overlapped with this process."""
        return self.own_cpu + self.workers_cpu / processes


def _in_pool(parser: newsnorm.Parser, texts: list[bytes], processes: int) -> list[newsnorm.Article]:
    with multiprocessing.Pool(processes) as pool:
        articles = pool.map(parser.parse, texts, chunksize=CHUNK)
        pool.close()
        pool.join()
    return articles


def _measured(call: Callable[[], list[newsnorm.Article]]) -> tuple[list[newsnorm.Article], Cost]:
    wall, own, workers = time.perf_counter(), _cpu(resource.RUSAGE_SELF), _cpu(resource.RUSAGE_CHILDREN)
    result = call()
    spent = Cost(time.perf_counter() - wall, _cpu(resource.RUSAGE_SELF) - own, _cpu(resource.RUSAGE_CHILDREN) - workers)
    return result, spent


def _cpu(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
