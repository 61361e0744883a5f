"""``newsnorm cases check`` and ``newsnorm cases accept``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsnorm.cli.options import parser_option
from newsnorm.cli.terminal import echo_lines

if TYPE_CHECKING:
    from newsnorm.parser import Parser
    from newsnorm.testing import Case

CASES_FAILED = 1
"""Exit status if a case fails."""

_DIRECTORY = click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))


@click.group("cases", short_help="Check regression cases, or update what they expect.")
def command() -> None:
    """Check regression cases: directories with raw.txt or input.html, about.toml and expected.json."""


@command.command(
    "check", short_help="Compare cases with their expectations.", epilog="Example: newsnorm cases check tests/our-articles"
)
@_DIRECTORY
@parser_option
@click.pass_context
def check(ctx: click.Context, directory: Path, parser: Parser) -> None:
    """Parse the cases in DIRECTORY (or a single case), and compare the articles with their expectations."""
    from newsnorm.report.summary import check_lines
    from newsnorm.testing.checking import failure_of

    results = [failure_of(case, parser) for case in _cases(directory)]
    failures = [failure for failure in results if failure is not None]
    echo_lines(check_lines(len(results) - len(failures), failures))
    if failures:
        ctx.exit(CASES_FAILED)


@command.command(
    "accept",
    short_help="Update the expectations of cases that differ.",
    epilog="Example: newsnorm cases accept tests/our-articles --dry-run",
)
@_DIRECTORY
@click.option("--dry-run", is_flag=True, help="Show the changes; write nothing.")
@parser_option
@click.pass_context
def accept(ctx: click.Context, directory: Path, dry_run: bool, parser: Parser) -> None:
    """
    Update the expectations of the cases in DIRECTORY (or of a single case) that differ, and write missing ones.

    Keys of a known failure stay as they are. Review the changes before you commit them.

    Exit status: 1 if a case still fails, otherwise 0.
    """
    from newsnorm.report.summary import accept_lines
    from newsnorm.testing.accepting import propose
    from newsnorm.testing.checking import failure_of

    failures = []
    written = 0
    for case in _cases(directory):
        proposal = propose(case, parser)
        if proposal.is_change:
            written += 1
            is_new = proposal.before is None
            echo_lines([proposal.diff()] if dry_run else accept_lines(proposal.path, proposal.keys, is_new=is_new))
        if not dry_run:
            proposal.write()
        failure = failure_of(proposal.case, parser)
        failures += [failure] if failure is not None else []
    if not written and not failures:
        click.echo("nothing to write: all cases pass")
    for failure in failures:
        click.echo(f"still fails; edit it by hand: {failure}", err=True)
    if failures:
        ctx.exit(CASES_FAILED)


def _cases(directory: Path) -> list[Case]:
    """Load the cases in a directory, or the single case if `directory` is one."""
    from newsnorm.testing import cases
    from newsnorm.testing.case import is_case, read_case

    return [read_case(directory)] if is_case(directory) else cases(directory)
