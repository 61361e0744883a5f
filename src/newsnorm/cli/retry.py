"""``newsnorm retry``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from newsnorm.cli import run
from newsnorm.cli.last_command import NAME, read_command
from newsnorm.errors import InputError


@click.command("retry", short_help="Repeat a run, and parse again what failed.", epilog="Example: newsnorm retry corpus")
@click.argument("out", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_context
def command(ctx: click.Context, out: Path) -> None:
    """
    Repeat the last run into folder OUT, and parse again the parts in which records failed.

    Exit status: as for run.
    """
    last = read_command(out)
    out = out.absolute()
    try:
        os.chdir(last.folder)  # the arguments may have paths relative to this folder
    except OSError as error:
        raise InputError(f"{last.folder}, where the run was started: {error.strerror}") from error
    with run.command.make_context("run", list(last.arguments), parent=ctx) as context:
        if Path("-") in context.params["inputs"]:
            raise InputError(f"{out} was made from standard input; pass it to newsnorm run again, with --overwrite --retry")
        context.meta[NAME] = list(last.arguments)
        # use the folder named here, which may have been moved since the run
        context.params |= {"out": out, "overwrite": True, "retry": True, "fresh": False}
        run.command.invoke(context)
