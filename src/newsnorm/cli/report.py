"""``newsnorm report``."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from newsnorm.cli import run
from newsnorm.cli.last_command import read_command
from newsnorm.cli.options import NamedPath, catalogue_with, json_option
from newsnorm.cli.terminal import echo_lines, interruptible, progress_bar
from newsnorm.errors import InputError

if TYPE_CHECKING:
    from newsnorm.catalogue import Catalogue


@attrs.frozen
class _LastRun:
    """The inputs and catalogues of the last run into a folder."""

    inputs: tuple[Path, ...] | None
    """None if unknown."""
    catalogues: tuple[Path, ...] = ()


@click.command(
    "report",
    short_help="Write the results of a run as one HTML page.",
    epilog="Example: newsnorm report corpus --html report.html",
)
@click.argument("out", type=NamedPath(exists=True, file_okay=False, path_type=Path))
@click.option("--html", type=NamedPath(dir_okay=False, path_type=Path), help="The file to write: a self-contained page.")
@click.option("--articles", type=click.IntRange(0), help="Most articles that can be opened in the page; 1,000 by default.")
@click.option(
    "--max-bytes",
    type=click.IntRange(1),
    help="Largest size of the page; by default 2,000,000, or 3,000 for each of --articles if that is more.",
)
@click.option(
    "--inputs",
    multiple=True,
    type=NamedPath(path_type=Path),
    help="Where to find the inputs of the run, for the raw texts; by default where the run read them. May be repeated.",
)
@click.option("--overwrite", is_flag=True, help="Replace an existing file, but never a result or an input of the run.")
@json_option("the figures")
def command(
    out: Path,
    html: Path | None,
    articles: int | None,
    max_bytes: int | None,
    inputs: Sequence[Path],
    overwrite: bool,
    as_json: bool,
) -> None:
    """
    Write the results of the run in folder OUT as a single HTML file.

    The page shows the figures of the corpus, a sample of its articles with the fate of every stretch of their raw texts, and
    clusters side by side. It loads nothing over the network. Without --html, only the figures are printed.

    Exit status: 0 if all went well, 2 for wrong usage, 1 if the page could not be written.
    """
    from newsnorm.corpus.jobs.report.job import report

    last = last_run(out)
    with interruptible(), progress_bar() as progress:
        summary = report(
            out,
            html,
            inputs=tuple(inputs) or last.inputs,
            catalogue=_catalogue(out, last),
            articles=articles,
            max_bytes=max_bytes,
            overwrite=overwrite,
            progress=progress,
        )
    echo_lines([summary.dumps()] if as_json else summary.lines())


def last_run(out: Path) -> _LastRun:
    """Return the inputs and catalogues of the last run, as absolute paths."""
    try:
        last = read_command(out)
        with chdir(last.folder), run.command.make_context("run", list(last.arguments), resilient_parsing=True) as context:
            inputs, catalogues = (context.params.get(name) or () for name in ("inputs", "catalogues"))
            return _LastRun(tuple(map(Path.absolute, inputs)), tuple(map(Path.absolute, catalogues)))
    except (InputError, OSError, click.ClickException):
        return _LastRun(None)


def _catalogue(out: Path, last: _LastRun) -> Catalogue:
    """Return the rules of the last run, from the files that still exist."""
    from newsnorm.corpus.jobs.run_job import LEARNED

    return catalogue_with(filter(Path.exists, (*last.catalogues, out / LEARNED)))
