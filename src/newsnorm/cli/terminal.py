"""Read from and print to a terminal: input files, styled lines, a progress bar."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from newsnorm.read.media_type import media_type_of_name
from newsnorm.records import Metadata

if TYPE_CHECKING:
    from newsnorm.corpus.sources.discover import Progress
    from newsnorm.records.accounts import Failure, RunProgress
    from newsnorm.report.explain import Style, StyledLine

COLOURS: Mapping[Style, str] = {
    "title": "bright_cyan",
    "byline": "cyan",
    "date": "cyan",
    "dateline": "cyan",
    "credit": "cyan",
    "caption": "cyan",
    "standfirst": "cyan",
    "correction": "yellow",
    "removal": "red",
    "mark": "magenta",
    "claim": "bright_black",
    "blank": "bright_black",
    "body": "green",
    "fix": "yellow",
}


def read_input(file: Path) -> bytes:
    """Read a file, or standard input if it is ``-``."""
    return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()


def named(file: Path, metadata: Metadata) -> Metadata:
    """Fill in the id and, if not given, the media type from the name of the file; standard input has no name."""
    if str(file) == "-":
        return metadata
    return attrs.evolve(metadata, id=file.stem, media_type=metadata.media_type or media_type_of_name(file.name))


def echo_lines(lines: Iterable[str], *, err: bool = False) -> None:
    """Print plain lines, to standard error if `err`."""
    for line in lines:
        click.echo(line, err=err)


def echo_listing(text: str, file: Path) -> None:
    """Warn on standard error if a text that is parsed as one article is a listing of many documents."""
    from newsnorm.corpus.sources.recognise import listing_in
    from newsnorm.text.counting import many

    if (listing := listing_in(text)) is not None:
        name = "standard input" if str(file) == "-" else file
        which = f"{name} is a listing of {listing[0]} with {many(listing[1], 'document')}, read here as a single text"
        click.echo(f"{which}; newsnorm run and newsnorm.read_records read the documents one by one", err=True)


def echo_first_failure(failure: Failure | None, out: Path | None) -> None:
    """Print the first failure of a job, if any, to standard error; `out` is the folder with all failures, None in a dry run."""
    from newsnorm.report.summary import failure_line

    if failure is not None:
        which = "first error" if out is None else f"first of {out / 'errors.jsonl'}"
        click.echo(f"{which}: {failure_line(failure)}", err=True)


def echo_styled(lines: Iterable[StyledLine], color: bool | None) -> None:
    """Print styled lines; `color` None uses colours only on a terminal."""
    for line in lines:
        click.secho(line.text, fg=COLOURS.get(line.style), color=color)


def _shows_progress() -> bool:
    """Whether standard error is a terminal; a process may have no standard error at all."""
    return sys.stderr is not None and sys.stderr.isatty()


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Show a progress bar on standard error if it is a terminal; yield the function that moves it."""
    from tqdm import tqdm

    hidden = not _shows_progress()
    with tqdm(unit="", unit_scale=True, unit_divisor=1000, disable=hidden, file=sys.stderr, leave=False) as bar:

        def update(done: int, total: int) -> None:
            if bar.total != total:
                bar.reset(total)
            bar.update(done - bar.n)

        yield update


class Interrupted(BaseException):
    """The user or the system asked the process to stop."""

    def __init__(self, signal_number: int) -> None:
        super().__init__(signal_number)
        self.exit_status = 128 + signal_number


def _ignore(number: int, frame: object) -> None:
    """Ignore a signal; unlike `signal.SIG_IGN`, child processes do not inherit this."""


@contextmanager
def interruptible(advice: str = "") -> Iterator[None]:
    """
    Let SIGINT and SIGTERM end the block cleanly, and the process with 128 plus the number of the signal.

    Further signals are ignored while the block ends. `advice` is printed after "interrupted".
    """
    numbers = (signal.SIGINT, signal.SIGTERM)

    def stop(number: int, _: object) -> None:
        for each in numbers:
            signal.signal(each, _ignore)
        raise Interrupted(number)

    if threading.current_thread() is not threading.main_thread():  # only the main thread may handle signals
        yield
        return
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    except Interrupted as error:  # further signals stay ignored until the process has ended
        before = {}
        click.echo(f"interrupted{advice}", err=True)
        raise click.exceptions.Exit(error.exit_status) from error
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


LINE_EVERY = 60.0
"""Seconds between lines of progress if standard error is not a terminal."""


@contextmanager
def run_progress() -> Iterator[Callable[[RunProgress], None]]:
    """Show progress on standard error: a bar on a terminal, otherwise one line a minute; yield the function that updates it."""
    from newsnorm.report.progress import progress_line

    start = last = time.monotonic()
    with progress_bar() as move:

        def update(progress: RunProgress) -> None:
            nonlocal last
            move(progress.done, progress.total)
            now = time.monotonic()
            if not _shows_progress() and now - last >= LINE_EVERY:
                last = now
                click.echo(progress_line(progress, now - start), err=True)

        yield update
