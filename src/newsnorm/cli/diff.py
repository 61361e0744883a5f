"""``newsnorm diff``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from newsnorm.cli.options import color_option, json_option, parser_option
from newsnorm.cli.terminal import echo_styled

if TYPE_CHECKING:
    from newsnorm.parser import Parser

NOT_RELATED = 1
"""Exit status for two texts that are not related."""


@click.command("diff", epilog="Example: newsnorm diff monday.txt tuesday.txt")
@click.argument("left", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("right", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as-is", is_flag=True, help="Compare whole texts, with titles and boilerplate.")
@color_option
@json_option("the relation and the differences")
@parser_option
@click.pass_context
def command(ctx: click.Context, left: Path, right: Path, as_is: bool, color: bool | None, as_json: bool, parser: Parser) -> None:
    """
    Show how two reports are related, and where they differ.

    Exit status: 0 if they are related, 1 if they are not.
    """
    from newsnorm.corpus.jobs.relate import read_text
    from newsnorm.dedup import compare, differences
    from newsnorm.report.differences import difference_lines

    left_text, right_text = (read_text(path, as_is=as_is, parser=parser) for path in (left, right))
    relation = compare(left_text, right_text)
    found = differences(left_text, right_text)
    if as_json:
        row = {"relation": attrs.asdict(relation) if relation else None, "differences": [attrs.asdict(each) for each in found]}
        click.echo(json.dumps(row, ensure_ascii=False, indent=2))
    else:
        echo_styled(difference_lines(relation, left_text, right_text, found), color)
    if relation is None:
        ctx.exit(NOT_RELATED)
