"""
Measure workers on texts of the regression set: ``python benchmarks/pool.py [--jobs N] [--texts N] [--rounds N] [--only start]``.

Prints the size of pickled parsers, what a start and a restart of workers cost, and how much faster several processes are than
one. Throughput is measured without the start: as the difference between a run over twice the texts and one over the texts. Since
other work may keep the machine busy, factors follow from CPU time, as if each worker had a core and this process used theirs.
"""

from __future__ import annotations

import argparse
import compileall
import contextlib
import multiprocessing
import pickle
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import attrs
from pool_work import DEADLY, Mortal
from processes import workers

import newsnorm
from newsnorm.corpus.jobs.outcomes import Refused
from newsnorm.corpus.jobs.parsing import Normalised, Normaliser
from newsnorm.corpus.sources.record import SourceRecord
from newsnorm.corpus.workers import Done, Task, WorkerOptions, work_in_order
from newsnorm.records import Metadata
from newsnorm.records.accounts import Failure
from newsnorm.testing import cases, shipped

LEARNED = Path(__file__).parents[1] / "tests" / "fixtures" / "learn" / "sites.toml"
CHUNK = 25
"""Number of texts that a process of `multiprocessing.Pool` gets at a time."""


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--jobs", type=int, default=2)
    arguments.add_argument("--texts", type=int, default=464)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--only", choices=["start"])
    given = arguments.parse_args()
    compileall.compile_dir(Path(newsnorm.__file__).parent, quiet=2)  # as installing does
    normaliser = Normaliser(parser=newsnorm.Parser())
    records = list(islice(cycle(_records()), given.texts))
    print_sizes()
    print_starts(normaliser, records[0], given.rounds)
    if given.only is None:
        print_throughput(normaliser, records, given.jobs, given.rounds)


def _records() -> list[SourceRecord]:
    """The regression set as records."""
    found = cases(shipped() / "articles")
    return [
        SourceRecord(source="cases", place=place, raw=case.raw, metadata=Metadata(id=str(place)))
        for place, case in enumerate(found)
    ]


def print_sizes() -> None:
    """Print the size of pickled parsers."""
    default = newsnorm.Parser()
    own = newsnorm.Parser(catalogue=newsnorm.Catalogue.default() | newsnorm.Catalogue.load(LEARNED))
    added = len(own.catalogue.rules) - len(default.catalogue.rules)
    print(
        f"pickled parser: {len(pickle.dumps(default)):,} bytes; with {added} rules of its own: {len(pickle.dumps(own)):,} bytes"
    )


def print_starts(normaliser: Normaliser, record: SourceRecord, rounds: int) -> None:
    """Print the cost of the first result of a pool, of a restart, and the memory of a worker."""
    one = WorkerOptions(jobs=1)
    starts = [_measured(lambda: list(work_in_order(normaliser, [Task(record)], one))) for _ in range(rounds)]
    print(
        f"first result of a pool: {min(cost.workers_cpu for cost in starts):.2f} s of CPU in its processes,"
        f" {min(cost.wall for cost in starts):.2f} s"
    )
    count = 100
    deaths = [
        _measured(lambda: list(work_in_order(Mortal(normaliser), [Task(DEADLY)] * count + [Task(record)], one)))
        for _ in range(rounds)
    ]
    walls = [(death.wall - start.wall) / (2 * count) for death, start in zip(deaths, starts, strict=True)]
    print(f"restart of a worker: {1000 * statistics.median(walls):.1f} ms")
    memory = _worker_memory(normaliser, record)
    print(
        f"memory of a worker: {memory['Rss']:.0f} MB resident, {memory['Pss']:.0f} MB with shared pages divided by those that"
        f" share, {memory['VmSize']:.0f} MB of address space"
    )


def _worker_memory(normaliser: Normaliser, record: SourceRecord) -> dict[str, float]:
    """Kind of memory → megabytes that a worker of two has, where there is a /proc."""
    with contextlib.closing(work_in_order(normaliser, [Task(record)] * 200, WorkerOptions(jobs=2))) as results:
        next(results)
        return max((_memory(process) for process in workers()), key=lambda row: row["Rss"])


def _memory(process: int) -> dict[str, float]:
    """Kind of memory → megabytes."""
    files = [Path(f"/proc/{process}/{name}").read_text(encoding="ascii") for name in ("smaps_rollup", "status")]
    rows = (line.partition(":") for text in files for line in text.splitlines())
    return {name: int(value.split()[0]) / 1024 for name, _, value in rows if value.endswith(" kB")}


def print_throughput(normaliser: Normaliser, records: Sequence[SourceRecord], jobs: int, rounds: int) -> None:
    """Print the cost of the texts in several ways; every way makes the same rows."""
    ways: dict[str, Callable[[Iterable[SourceRecord]], int]] = {
        "this process": lambda wanted: _in_order(normaliser, wanted, 0),
        "1 worker": lambda wanted: _in_order(normaliser, wanted, 1),
        f"{jobs} workers": lambda wanted: _in_order(normaliser, wanted, jobs),
        f"multiprocessing.Pool({jobs})": lambda wanted: _in_pool(normaliser, wanted, jobs),
    }
    expected = ways["this process"](records)
    costs: dict[str, tuple[list[Cost], list[Cost]]] = {way: ([], []) for way in ways}
    for _ in range(rounds):  # in turns, so that what else the machine does weighs on all
        for way, call in ways.items():
            for wanted, found in ((records, costs[way][0]), ([*records, *records], costs[way][1])):
                found.append(_measured(partial(call, wanted)))
                assert found[-1].result == expected * len(wanted) // len(records), f"{way} makes other rows"
    processes = {way: int("".join(filter(str.isdigit, way)) or 1) for way in ways}
    best = {way: Cost.best(twice).without(Cost.best(once)) for way, (once, twice) in costs.items()}
    alone = best["this process"].own_cpu
    print(f"{len(records)} texts without the start, best of {rounds} rounds:")
    print(f"{'':28} {'wall s':>8} {'CPU here':>9} {'in workers':>11} {'texts a s':>10} {'factor':>7}")
    for way, cost in best.items():
        ideal = (cost.own_cpu + cost.workers_cpu) / processes[way]
        print(
            f"{way:28} {cost.wall:8.2f} {cost.own_cpu:9.2f} {cost.workers_cpu:11.2f} {len(records) / ideal:10.0f}"
            f" {alone / ideal:7.2f}"
        )


def _in_order(normaliser: Normaliser, records: Iterable[SourceRecord], jobs: int) -> int:
    """Length of all rows, made by our workers."""
    tasks = (Task(record, len(record.raw)) for record in records)
    results = work_in_order(normaliser, tasks, WorkerOptions(jobs=jobs))
    return sum(_length(result.value) for result in results if isinstance(result, Done))


def _length(made: Normalised | Failure | Refused) -> int:
    return len(made.row) if isinstance(made, Normalised) else 0


def _in_pool(normaliser: Normaliser, records: Iterable[SourceRecord], jobs: int) -> int:
    """Length of all rows, made by a pool of the standard library."""
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        total = sum(map(_length, pool.imap(normaliser, records, chunksize=CHUNK)))
        pool.close()
        pool.join()
    return total


@attrs.frozen
class Cost:
    """The result of a call and its cost, in seconds."""

    result: object
    wall: float
    own_cpu: float
    workers_cpu: float

    @classmethod
    def best(cls, costs: Iterable[Cost]) -> Cost:
        """Return the one that took the least CPU time."""
        return min(costs, key=lambda cost: cost.own_cpu + cost.workers_cpu)

    def without(self, other: Cost) -> Cost:
        """What it cost more than another call."""
        return Cost(self.result, self.wall - other.wall, self.own_cpu - other.own_cpu, self.workers_cpu - other.workers_cpu)


def _measured(call: Callable[[], object]) -> Cost:
    wall, own, workers = time.perf_counter(), _cpu(resource.RUSAGE_SELF), _cpu(resource.RUSAGE_CHILDREN)
    result = call()
    return Cost(result, time.perf_counter() - wall, _cpu(resource.RUSAGE_SELF) - own, _cpu(resource.RUSAGE_CHILDREN) - workers)


def _cpu(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
