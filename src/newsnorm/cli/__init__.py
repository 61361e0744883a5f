"""
The command line: a thin layer around the library, with one module per command.

Each module defines one `command`. Shared options are in `options`; the wording of results is in `newsnorm.report`.
"""

from __future__ import annotations

import sys

import click

from newsnorm.cli import cases, dedup, diff, doctor, explain, export, last_command, learn, parse, report, retry, run
from newsnorm.errors import InputError, MissingExtraError, NewsnormError, TooManyErrorsError
from newsnorm.version import __version__

COMMANDS: tuple[click.Command, ...] = (
    parse.command,
    explain.command,
    run.command,
    retry.command,
    report.command,
    dedup.command,
    diff.command,
    export.command,
    learn.command,
    cases.command,
    doctor.command,
)


STOPPED_BY_LIMIT = 4
"""Exit status of a job that stopped at a limit set by the user."""


INTERRUPTED = 130
"""Exit status after Ctrl-C: 128 plus the number of the signal."""


class _Group(click.Group):
    """Reports errors as one line and an exit status: 2 for wrong input or a missing extra, 4 for a reached limit, otherwise 1."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[last_command.NAME] = args[1:]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (InputError, MissingExtraError) as error:
            raise click.UsageError(str(error)) from error
        except TooManyErrorsError as error:
            click.echo(f"Error: {error}", err=True)
            raise click.exceptions.Exit(STOPPED_BY_LIMIT) from error
        except NewsnormError as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            raise
        except KeyboardInterrupt as error:
            click.echo("interrupted", err=True)
            raise click.exceptions.Exit(INTERRUPTED) from error
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{where}{error.strerror or error}") from error


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="newsnorm")
def main() -> None:
    """
    Normalise scraped news text: keep the report, and account for everything else with a rule and a reason.

    Example: newsnorm run scraped/ --out corpus
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # output is UTF-8 in every locale
            reconfigure(encoding="utf-8", errors="backslashreplace")


for command in COMMANDS:
    main.add_command(command)
