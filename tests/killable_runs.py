"""
Run a small corpus in a process of its own, so that tests can kill it.

The processes are forked from a server that has loaded everything, so that each starts in milliseconds.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from functools import cache
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

import attrs
from folders import ROOT, TESTS

SOME_ERRORS = 3
"""Status of a run some of whose records failed."""
SMALL_PARTS = 10
"""The most records of a part, so that a small corpus has many."""


@attrs.frozen(kw_only=True)
class Job:
    """A run for a process of its own."""

    inputs: Path
    out: Path
    jobs: int = 0
    start_method: str | None = None
    index: Path | None = None
    ledger: bool = False
    layout: str = "articles"
    overwrite: bool = False
    fresh: bool = False
    max_errors: int | None = None
    fault: str = ""
    """The checkpoint at which the process kills itself, see `newsnorm.corpus.output.checkpoints`."""
    errors_to: Path | None = None
    """The file for standard error; beside the output folder unless given."""
    before: Callable[[], object] | None = None
    """Called in the process before the run: what the test does to the process."""

    @property
    def errors(self) -> Path:
        """The file for standard error."""
        return self.errors_to or self.out.with_name(f"{self.out.name}.stderr")


def work(job: Job) -> None:
    """Run in this process; the status is that of ``newsnorm run``, or 1 with the error on standard error."""
    os.setsid()
    error = os.open(job.errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(error, 2)
    os.close(error)

    from newsnorm.corpus.jobs.normalise import run
    from newsnorm.corpus.output import checkpoints
    from newsnorm.corpus.parts import PartLimits
    from newsnorm.corpus.workers import WorkerOptions
    from newsnorm.parser import Parser

    checkpoints._fault = checkpoints._Fault(job.fault)
    if job.before is not None:
        job.before()
    summary = run(
        [job.inputs],
        job.out,
        parser=Parser(passes=()),  # what is tested is how results are kept, not what they are
        index=job.index,
        ledger=job.ledger,
        layout=job.layout,
        overwrite=job.overwrite,
        fresh=job.fresh,
        max_errors=job.max_errors,
        workers=WorkerOptions(jobs=job.jobs, start_method=job.start_method),  # type: ignore[arg-type]
        part_limits=PartLimits(records=SMALL_PARTS),
    )
    sys.exit(3 if summary.failed else 0)


@cache
def _server() -> ForkServerContext:
    paths = [str(path) for path in (TESTS, ROOT / "benchmarks", ROOT / "src")]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)  # the server takes no other path
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["killable_runs_warm"])
    return context


@attrs.frozen
class Running:
    """A run that was started."""

    process: ForkServerProcess
    job: Job

    def end(self) -> Ended:
        """Wait until it ends."""
        self.process.join(120)
        code = self.process.exitcode
        assert code is not None, "the run did not end within two minutes"
        self.process.close()
        error = self.job.errors
        return Ended(code, error.read_text(encoding="utf-8", errors="replace") if error.exists() else "")


@attrs.frozen
class Ended:
    """How a run ended."""

    status: int
    """The exit status; negative for the signal that killed it."""
    stderr: str


def start(job: Job) -> Running:
    """Start a run in a session of its own."""
    process = _server().Process(target=work, args=(job,))
    process.start()
    return Running(process, job)


def finish(inputs: Path, out: Path, **options: object) -> Ended:
    """Run to the end; `options` are the fields of `Job`."""
    return start(Job(inputs=inputs, out=out, **options)).end()  # type: ignore[arg-type]


def limit_file_size(size: int) -> None:
    """Let no file of this process grow beyond so many bytes: what a full disk does."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def limit_open_files() -> None:
    """Let this process open no more than 64 files."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def environment(**variables: str) -> Mapping[str, str]:
    """Return this process's environment with other variables, for programs that are started afresh."""
    return {**os.environ, **variables}
