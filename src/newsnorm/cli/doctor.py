"""``newsnorm doctor``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from newsnorm.cli.options import NamedPath, json_option
from newsnorm.cli.terminal import echo_lines

PROBLEMS_FOUND = 1
"""Exit status if there are problems."""


@click.command(
    "doctor",
    short_help="Check an installation and its files, and say how to fix problems.",
    epilog="Example: newsnorm doctor corpus --index corpus.db",
)
@click.argument("out", required=False, type=NamedPath(path_type=Path), metavar="[DIRECTORY]")
@click.option("--index", "indexes", multiple=True, type=NamedPath(path_type=Path), help="Check this index. May be repeated.")
@click.option(
    "--catalogue", "catalogues", multiple=True, type=NamedPath(path_type=Path), help="Check these rules. May be repeated."
)
@json_option("the findings")
@click.pass_context
def command(ctx: click.Context, out: Path | None, indexes: Sequence[Path], catalogues: Sequence[Path], as_json: bool) -> None:
    """
    Check this installation, and a DIRECTORY of results, indexes and rules if one is named.

    Changes nothing, and says what to do about each problem. Exit status: 0 if there are no problems, 1 if there are.
    """
    from newsnorm.health import examine
    from newsnorm.report.health import health_lines, health_to_dict

    found = list(examine(out, indexes=indexes, catalogues=catalogues))
    echo_lines([json.dumps(health_to_dict(found), ensure_ascii=False, indent=2)] if as_json else health_lines(found))
    if any(diagnosis.is_problem for diagnosis in found):
        ctx.exit(PROBLEMS_FOUND)
