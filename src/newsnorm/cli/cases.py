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


@click.group("cases")
def command() -> None:
    """Check regression cases: directories with raw.txt or input.html, about.toml and expected.json."""


@command.command("check", epilog="Example: newsnorm cases check tests/our-articles")
@_DIRECTORY
@parser_option
@click.pass_context
def check(ctx: click.Context, directory: Path, parser: Parser) -> None:
    """Parse the cases in DIRECTORY (or a single case), and compare the articles with their expectations."""
    from newsnorm.report.summary import check_lines

    results = [_failure(case, parser) for case in _cases(directory)]
    failures = [failure for failure in results if failure is not None]
    echo_lines(check_lines(len(results) - len(failures), failures))
    if failures:
        ctx.exit(CASES_FAILED)


@command.command("accept", epilog="Example: newsnorm cases accept tests/our-articles --dry-run")
@_DIRECTORY
@click.option("--dry-run", is_flag=True, help="Name the cases that differ or are new; write nothing.")
@parser_option
def accept(directory: Path, dry_run: bool, parser: Parser) -> None:
    """
    Update the expectations of the cases in DIRECTORY (or a single case) that fail, and write missing ones.

    Review the changes before you commit them.
    """
    from newsnorm.testing import accept as rewrite

    for case in _cases(directory):
        failure = _failure(case, parser)
        if failure is None and case.expected is not None:
            continue
        if dry_run:
            click.echo(f"new: {case}" if failure is None else f"differs: {failure}")
        elif rewrite(case, parser):
            click.echo(f"{'written' if case.expected is None else 'rewritten'}: {case}")


def _cases(directory: Path) -> list[Case]:
    """Load the cases of a directory, or the single case that it is."""
    from newsnorm.testing import cases
    from newsnorm.testing.case import is_case, read_case

    return [read_case(directory)] if is_case(directory) else cases(directory)


def _failure(case: Case, parser: Parser) -> str | None:
    """Return a description of how a case fails, or None if it passes."""
    from newsnorm.testing import check as check_case

    try:
        check_case(case, parser)
    except AssertionError as error:
        return str(error)
    return None
