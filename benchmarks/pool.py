"""
Compare one process with several, on texts of the regression set: python benchmarks/pool.py [PROCESSES] [TEXTS].

Prints the size of pickled parsers, the time that one process takes, and the time that a pool takes, its start included.
"""

from __future__ import annotations

import multiprocessing
import pickle
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import newsnorm
from newsnorm.testing import cases, shipped

LEARNED = Path(__file__).parents[1] / "tests" / "fixtures" / "learn" / "sites.toml"
CHUNK = 25
"""Number of texts that a process takes at a time."""


def main(processes: int = 2, count: int = 300) -> None:
    """Measure and print."""
    texts = list(islice(cycle(case.raw for case in cases(shipped() / "articles")), count))
    default = newsnorm.Parser()
    own = newsnorm.Parser(catalogue=newsnorm.Catalogue.default() | newsnorm.Catalogue.load(LEARNED))
    added = len(own.catalogue.rules) - len(default.catalogue.rules)
    print(
        f"pickled parser: {len(pickle.dumps(default)):,} bytes; with {added} rules of its own: {len(pickle.dumps(own)):,} bytes"
    )

    alone, serial = _timed(lambda: [default.parse(text) for text in texts])
    together, pooled = _timed(lambda: _in_pool(default, texts, processes))
    assert alone == together, "a pool made other articles"
    print(f"{count} texts: 1 process {serial:.2f} s; {processes} processes {pooled:.2f} s; {serial / pooled:.2f} times as fast")


def _in_pool(parser: newsnorm.Parser, texts: list[bytes], processes: int) -> list[newsnorm.Article]:
    with multiprocessing.Pool(processes) as pool:
        return pool.map(parser.parse, texts, chunksize=CHUNK)


def _timed(call: Callable[[], list[newsnorm.Article]]) -> tuple[list[newsnorm.Article], float]:
    start = time.perf_counter()
    result = call()
    return result, time.perf_counter() - start


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
