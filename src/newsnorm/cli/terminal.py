"""Read from and print to a terminal: input files, styled lines, a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from newsnorm.read.media_type import media_type_of_name
from newsnorm.records import Metadata

if TYPE_CHECKING:
    from newsnorm.corpus.sources.discover import Progress
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
    "claim": "bright_black",
    "blank": "bright_black",
    "body": "green",
    "fix": "yellow",
}


def read_input(file: Path) -> bytes:
    """Read a file, or standard input if it is ``-``."""
    return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()


def named(file: Path, metadata: Metadata) -> Metadata:
    """Add the id and the media type that the name of a file says; standard input has no name, and what is given stays."""
    if str(file) == "-":
        return metadata
    return attrs.evolve(metadata, id=file.stem, media_type=metadata.media_type or media_type_of_name(file.name))


def echo_lines(lines: Iterable[str]) -> None:
    """Print plain lines."""
    for line in lines:
        click.echo(line)


def echo_styled(lines: Iterable[StyledLine], color: bool | None) -> None:
    """Print styled lines; `color` None uses colours only on a terminal."""
    for line in lines:
        click.secho(line.text, fg=COLOURS.get(line.style), color=color)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Show a progress bar on standard error if it is a terminal; yield the function that moves it."""
    from tqdm import tqdm

    hidden = not sys.stderr.isatty()
    with tqdm(unit="", unit_scale=True, unit_divisor=1000, disable=hidden, file=sys.stderr, leave=False) as bar:

        def update(done: int, total: int) -> None:
            if bar.total != total:
                bar.reset(total)
            bar.update(done - bar.n)

        yield update
