"""
Compare frames with runs: python benchmarks/frames.py [--articles 2000] [--words 450].

Prints rows per CPU second of `newsnorm.frames.parse`, for pandas and Polars, against ``newsnorm run`` over the same rows with the
same columns and one worker, without relations. Starting is measured with ten rows, and taken off.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import generated
import pandas
import polars

from newsnorm.corpus.jobs.normalise import run
from newsnorm.corpus.workers import WorkerOptions
from newsnorm.export.flat import USUAL
from newsnorm.frames import parse


def cpu(call: Callable[[], object]) -> float:
    """Return the seconds of CPU that a call takes, here and in workers."""
    before = _used()
    call()
    return _used() - before


def _used() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def calls(articles: int, words: int, folder: Path) -> dict[str, Callable[[], object]]:
    """Return what is compared, over so many articles."""
    rows = [generated.article(number, words) for number in range(articles)]
    polars.DataFrame(rows).write_parquet(folder / f"{articles}.parquet")
    return {
        "newsnorm run": partial(
            run,
            [folder / f"{articles}.parquet"],
            folder / f"out-{articles}",
            format="parquet",
            columns=USUAL,
            compare=False,
            workers=WorkerOptions(jobs=1),
        ),
        "pandas": partial(parse, pandas.DataFrame(rows), jobs=1, progress=False, id="id", url="url", fetched="fetched"),
        "Polars": partial(parse, polars.DataFrame(rows), jobs=1, progress=False, id="id", url="url", fetched="fetched"),
    }


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=2_000)
    options.add_argument("--words", type=int, default=450)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        small, large = (calls(articles, given.words, Path(name)) for articles in (10, given.articles))
        speeds = {what: (given.articles - 10) / (cpu(large[what]) - cpu(small[what])) for what in large}
    for what, speed in speeds.items():
        print(f"{what}: {speed:,.0f} rows per CPU second, {speed / speeds['newsnorm run']:.2f} of newsnorm run")
    return 0


if __name__ == "__main__":
    sys.exit(main())
