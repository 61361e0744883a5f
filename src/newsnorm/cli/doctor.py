"""``newsnorm doctor``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from newsnorm.cli.options import NamedPath, json_option
from newsnorm.cli.terminal import echo_lines

PROBLEMS_FOUND = 1
"""Exit status if something is not in order."""


@click.command(
    "doctor",
    short_help="Look whether all is in order, and say what to do.",
    epilog="Example: newsnorm doctor corpus --index corpus.db",
)
@click.argument("out", required=False, type=NamedPath(path_type=Path), metavar="[DIRECTORY]")
@click.option("--index", "indexes", multiple=True, type=NamedPath(path_type=Path), help="Read this index; may be repeated.")
@click.option(
    "--catalogue", "catalogues", multiple=True, type=NamedPath(path_type=Path), help="Check these rules; may be repeated."
)
@json_option("what was found")
@click.pass_context
def command(ctx: click.Context, out: Path | None, indexes: Sequence[Path], catalogues: Sequence[Path], as_json: bool) -> None:
    """
    Look whether all is in order: this installation, and if named, a DIRECTORY of results, indexes and rules.

    Changes nothing, and says what to do about each problem. Exit status: 0 if all is well, 1 if there are problems.
    """
    from newsnorm.health import examine
    from newsnorm.report.health import health_lines, health_to_dict

    found = list(examine(out, indexes=indexes, catalogues=catalogues))
    echo_lines([json.dumps(health_to_dict(found), ensure_ascii=False, indent=2)] if as_json else health_lines(found))
    if any(diagnosis.is_problem for diagnosis in found):
        ctx.exit(PROBLEMS_FOUND)
