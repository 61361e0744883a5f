"""
Measure runs over generated corpora: python benchmarks/corpus_run.py speed|memory|kills|large|stream.

speed    articles per CPU second and per second, with one worker and with two; milliseconds of CPU for each article in the
         process that waits, and in its workers; with --beside, another checkout is measured in turns with this one
memory   resident memory of the run and of its workers, at the beginning and at the end of a long stream; for a large text
kills    kill -9 at random moments, each time the same command again: how many runs end as if they had never been killed
large    one run over many articles, killed in the middle and continued; prints its manifest without the list of files
stream   one run over a number of articles, or those that can be read in some minutes; prints its peak memory, and the size of
         its index
"""

from __future__ import annotations

import argparse
import compileall
import hashlib
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import attrs
import generated
from processes import cpu_at_end, cpu_seconds, descendants, peak, resident

MB = 1_000_000
PACKAGE = Path(__file__).resolve().parents[1] / "src" / "newsnorm"


def command(inputs: Path, out: Path, *options: str) -> list[str]:
    """Return the command of a run."""
    return [sys.executable, "-m", "newsnorm.cli", "run", str(inputs), "--out", str(out), *options]


def digest(out: Path) -> str:
    """Return the hex sha256 of the names and contents of all files of an output folder, except those below ``log``."""
    sha256 = hashlib.sha256()
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        name = path.relative_to(out).as_posix()
        if not name.startswith("log/"):
            sha256.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return sha256.hexdigest()


@contextmanager
def corpus(articles: int, files: int, words: int, *, bad: bool = True, below: Path | None = None) -> Iterator[Path]:
    """Make a folder with a generated corpus in ``in``."""
    with tempfile.TemporaryDirectory(dir=below) as name:
        generated.write(Path(name, "in"), articles, files, words, bad=bad)
        yield Path(name)


# speed


@attrs.frozen
class Cost:
    """What a run took, in seconds."""

    wall: float
    own: float
    """CPU of the process that waits for results."""
    workers: float
    """CPU of its nursery and its workers."""

    @property
    def cpu(self) -> float:
        """CPU of all processes."""
        return self.own + self.workers

    def without(self, start: Cost) -> Cost:
        """Return what it took more than another run."""
        return Cost(self.wall - start.wall, self.own - start.own, self.workers - start.workers)

    @classmethod
    def least(cls, costs: Sequence[Cost]) -> Cost:
        """Return the least of each: what other work on the machine adds is left out as far as can be."""
        return cls(*(min(column) for column in zip(*map(attrs.astuple, costs), strict=True)))


def measured(call: Sequence[str], package: Path = PACKAGE) -> Cost:
    """Run a command with the newsnorm of a checkout, and measure its process and those below it."""
    started = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(package.parent), os.environ.get("PYTHONPATH", "")])}
    with subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment) as run:
        os.waitid(os.P_PID, run.pid, os.WEXITED | os.WNOWAIT)
        return Cost(time.monotonic() - started, *cpu_at_end(run.pid))


def speed(articles: int, words: int, rounds: int, beside: Path | None) -> None:
    """Print how fast runs are, with everything that they do, in the best of some rounds."""
    packages = {"": PACKAGE} if beside is None else {f"{beside.name}: ": beside.resolve() / "src" / "newsnorm", "here: ": PACKAGE}
    for package in packages.values():
        compileall.compile_dir(package, quiet=2)  # as installing does
    starts: dict[tuple[str, int], list[Cost]] = defaultdict(list)
    costs: dict[tuple[str, int], list[Cost]] = defaultdict(list)
    with corpus(articles, 4, words) as folder, corpus(10, 1, words) as small:
        for _, jobs, (name, package) in itertools.product(range(rounds), (1, 2), packages.items()):
            for source, taken in ((small, starts), (folder, costs)):
                with tempfile.TemporaryDirectory(dir=folder) as out:
                    taken[name, jobs].append(measured(command(source / "in", Path(out, "out"), "--jobs", str(jobs)), package))
    rates: dict[tuple[str, int], float] = {}
    for (name, jobs), found in costs.items():
        start = Cost.least(starts[name, jobs])
        cost, each = Cost.least(found), Cost.least(found).without(start)
        rates[name, jobs] = articles / each.wall
        print(
            f"{name}{jobs} worker(s): {articles:,} articles of {words} words; {articles / cost.wall:,.0f} a second, "
            f"{rates[name, jobs]:,.0f} once started; {articles / each.cpu:,.0f} per CPU second; "
            f"{1000 * each.own / articles:.2f} ms of CPU an article in the process that waits, "
            f"{1000 * each.workers / articles:.2f} ms in workers; "
            f"start {start.wall:.1f} s ({start.own:.2f} and {start.workers:.2f} s of CPU)"
        )
    for name in packages:
        print(f"{name}2 workers are {rates[name, 2] / rates[name, 1]:.2f} times as fast as 1, once started")


# memory

DISTINCT = 200
"""Articles that a long stream repeats, each time under other ids, so that making it takes no time."""
BASE_WORDS = 450
"""Words of the articles in front of a large one, by which the memory that a worker needs for any article is measured."""


@attrs.frozen
class Growth:
    """The resident memory of a run, in bytes: the most in the second tenth of a stream, and in the last."""

    articles: int
    run: tuple[int, int]
    worker: tuple[int, int]
    """Of the largest worker."""


def grown(megabytes: float, words: int) -> Growth:
    """Run over a stream of so many megabytes, and look at the memory on the way."""
    texts = [generated.article(number, words) for number in range(DISTINCT)]
    samples: list[tuple[int, int]] = []
    fed, number = 0, 0
    with tempfile.TemporaryDirectory() as name:
        call = command(Path("-"), Path(name, "out"), "--jobs", "2", "--format", "jsonl", "--no-relations")
        with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            assert run.stdin is not None
            while fed < megabytes * MB:
                line = json.dumps({**texts[number % DISTINCT], "id": str(number)}, ensure_ascii=False).encode() + b"\n"
                run.stdin.write(line)
                fed, number = fed + len(line), number + 1
                if fed > len(samples) * megabytes * MB / 200:
                    samples.append((resident(run.pid), max((resident(pid) for pid in descendants(run.pid)), default=0)))
            run.stdin.close()
        assert run.returncode == 0
    tenth = len(samples) // 10
    (first, last), (first_worker, last_worker) = (
        (max(values[tenth : 2 * tenth]), max(values[-tenth:])) for values in zip(*samples, strict=True)
    )
    return Growth(number, (first, last), (first_worker, last_worker))


def memory(megabytes: float, words: int) -> None:
    """Print how memory grows in a long stream, and how much a worker needs for a large article."""
    growth = grown(megabytes, words)
    for name, (first, last) in (("run", growth.run), ("largest worker", growth.worker)):
        print(
            f"{megabytes:,.0f} MB, {growth.articles:,} articles: {name} {first / MB:,.0f} MB in the second tenth, "
            f"{last / MB:,.0f} MB in the last; {(last - first) / MB:+,.0f} MB"
        )
    for size in (10, 40, 160):
        base, most, length = worker_memory(size * BASE_WORDS)
        print(
            f"a text of {length / MB:.2f} MB: a worker {most / MB:.0f} MB, {base / MB:.0f} MB with small texts; "
            f"{(most - base) / length:.1f} times the text"
        )


def worker_memory(words: int) -> tuple[int, int, int]:
    """Return the peak memory of a worker with small texts, and with a large one too, and the length of that in bytes."""
    small = [generated.article(number, BASE_WORDS) for number in range(20)]
    large = "\n\n".join(generated.report(1, words))
    peaks = []
    for texts in (small, [*small, {"id": "large", "text": large}]):
        with tempfile.TemporaryDirectory() as name:
            path = Path(name, "feed.jsonl")
            path.write_text("".join(f"{json.dumps(row)}\n" for row in texts), encoding="utf-8")
            watched = Peaks()
            with subprocess.Popen(command(path, Path(name, "out"), "--jobs", "1"), stdout=subprocess.DEVNULL) as run:
                while run.poll() is None:
                    watched.look(run.pid, Path(name))
                    time.sleep(0.005)
            peaks.append(watched.worker)
    return peaks[0], peaks[1], len(large.encode())


# kills


SHARE = 0.08
"""The most work of a run before it is killed, as a share of what an undisturbed one takes."""


def phase(out: Path, parts: int) -> str:
    """Say what a run was doing when it was killed, by what it left."""
    work = out / ".work"
    if (work / "publish.json").exists():
        return "publishing"
    if not (work / "plan.json").exists():
        return "starting or ending"
    return "parsing" if len(list((work / "parts").glob("*[0-9]"))) < parts else "relating"


def killed(call: Sequence[str], work: float) -> bool:
    """Start a command, and kill it with its workers after so many seconds of CPU; return whether it had not ended by then."""
    with subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as run:
        while cpu_seconds(run.pid) < work:
            if run.poll() is not None:
                return False
            time.sleep(0.01)
        os.killpg(run.pid, signal.SIGKILL)
    return True


def kills(articles: int, words: int, wanted: int, seed: int, below: Path | None) -> None:
    """
    Kill runs at random moments, again and again until they end; print how many end like one that was not killed.

    A run over the articles is killed, continued with the same command, killed again and so on until it ends; then its files are
    compared, and another begins, until there were as many kills as are wanted. Moments are drawn in seconds of CPU, so that
    other work on the machine does not change them.
    """
    choice, files = random.Random(seed), 100
    with corpus(articles, files, words, below=below) as folder:
        source, reference, out = folder / "in", folder / "reference", folder / "out"
        alone = measured(command(source, reference, "--jobs", "2"))
        expected, phases, ended, equal, spent = digest(reference), Counter[str](), 0, 0, 0.0
        while phases.total() < wanted or out.exists():
            again = ["--overwrite"] if (out / "manifest.json").exists() else []
            work = choice.uniform(0, SHARE * alone.cpu) if phases.total() < wanted else 10 * alone.cpu
            if killed(command(source, out, "--jobs", "2", *again), work):
                phases[phase(out, files)] += 1
                spent += work
                continue
            ended += 1
            equal += digest(out) == expected
            shutil.rmtree(out)
            print(f"{phases.total()} kills ({_counted(phases)}); {equal} of {ended} runs ended as if undisturbed", flush=True)
        print(
            f"{articles:,} articles of {words} words, seed {seed}: {phases.total()} kills, {equal} of {ended} runs with the "
            f"files of an undisturbed one, which takes {alone.cpu:.1f} s of CPU; "
            f"{spent / max(1, phases.total()):.1f} s before each kill"
        )


def _counted(phases: Counter[str]) -> str:
    return ", ".join(f"{count} while {name}" for name, count in sorted(phases.items()))


# large


def large(articles: int, words: int) -> None:
    """Run over many articles, kill the run half way, go on with it, and print what the manifest says."""
    with corpus(articles, 40, words) as folder:
        call = command(folder / "in", folder / "out", "--jobs", "2")
        with subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as run:
            while len(list((folder / "out" / ".work" / "parts").glob("*[0-9]"))) < 20 and run.poll() is None:
                time.sleep(1)
            os.killpg(run.pid, signal.SIGKILL)
        finished = len(list((folder / "out" / ".work" / "parts").glob("*[0-9]")))
        cost = measured(call)
        manifest = json.loads((folder / "out" / "manifest.json").read_text(encoding="utf-8"))
        rows = sum(file["rows"] for file in manifest["files"] if file["name"].startswith("articles/"))
        counts = manifest["counts"]
        assert counts["read"] == counts["written"] + counts["failed"]
        assert counts["written"] == rows
        print(f"killed after {finished} parts; the rest took {cost.wall:,.0f} s, {cost.cpu:,.0f} s of CPU; the account adds up")
        print(json.dumps({**manifest, "files": f"{len(manifest['files'])} files"}, indent=1))


# stream


@attrs.define
class Peaks:
    """The most of what a run and its workers had resident, and of what its index took, in bytes."""

    run: int = 0
    worker: int = 0
    index: int = 0

    def look(self, process: int, work: Path) -> None:
        """Look at a run now."""
        self.run = max(self.run, 1024 * peak(process))
        self.worker = max([self.worker, *(1024 * peak(pid) for pid in descendants(process))])
        self.index = max(self.index, sum(size_of(path) for path in work.glob("index.db*")))


def size_of(path: Path) -> int:
    """Return the size of a file in bytes; 0 if it has gone."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def feed(run: subprocess.Popen[bytes], words: int, articles: int, seconds: float, peaks: Peaks, work: Path) -> int:
    """Write articles to the standard input of a run, up to a number of them or for some seconds; return their number."""
    end, number = time.monotonic() + seconds, 0
    assert run.stdin is not None
    while number < articles and time.monotonic() < end and run.poll() is None:
        run.stdin.write("".join(f"{row}\n" for row in generated.lines(number, number + 1_000, words, bad=True)).encode())
        number += 1_000
        peaks.look(run.pid, work)
    run.stdin.close()
    return number


def stream(articles: int, words: int, minutes: float, below: Path | None) -> None:
    """Run over `articles`, or as many of them as can be read in some minutes, relate them all, and print the peaks."""
    with tempfile.TemporaryDirectory(dir=below) as name:
        peaks, out = Peaks(), Path(name, "out")
        call = command(Path("-"), out, "--jobs", "2", "--format", "jsonl")
        started = time.monotonic()
        with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            number = feed(run, words, articles, 60 * minutes, peaks, out / ".work")
            read = time.monotonic() - started
            while run.poll() is None:
                peaks.look(run.pid, out / ".work")
                time.sleep(1)
        counts = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["counts"]
        assert counts["read"] == number == counts["written"] + counts["failed"]
        print(
            f"{number:,} articles of {words} words, read in {read:,.0f} s, all done in {time.monotonic() - started:,.0f} s; "
            f"peak of the run {peaks.run / MB:,.0f} MB, of a worker {peaks.worker / MB:,.0f} MB; "
            f"index {peaks.index / MB:,.0f} MB; relations {counts['related']['relations']}, "
            f"{counts['related']['clusters']:,} clusters"
        )


def main() -> None:
    """Parse the arguments and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("what", choices=["speed", "memory", "kills", "large", "stream"])
    options.add_argument("--articles", type=int)
    options.add_argument("--words", type=int, default=450)
    options.add_argument("--rounds", type=int, default=1, help="how often speed measures")
    options.add_argument("--beside", type=Path, help="another checkout, which speed measures too")
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--megabytes", type=float, default=50, help="how much memory reads")
    options.add_argument("--minutes", type=float, default=10, help="how long stream reads")
    options.add_argument("--below", type=Path, help="the folder for the files of stream and of kills")
    given = options.parse_args()
    if given.what == "speed":
        speed(given.articles or 2_000, given.words, given.rounds, given.beside)
    elif given.what == "memory":
        memory(given.megabytes, given.words)
    elif given.what == "kills":
        kills(given.articles or 1_000, given.words, given.kills, given.seed, given.below)
    elif given.what == "stream":
        stream(given.articles or sys.maxsize, given.words, given.minutes, given.below)
    else:
        large(given.articles or 200_000, given.words)


if __name__ == "__main__":
    main()
