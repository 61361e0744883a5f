"""``newsnorm explain``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsnorm.cli.options import color_option, file_argument, json_option, metadata_options, parser_option
from newsnorm.cli.terminal import echo_lines, echo_listing, echo_styled, named, read_input
from newsnorm.records import Metadata

if TYPE_CHECKING:
    from newsnorm.parser import Parser


@click.command(
    "explain",
    short_help="Show line by line what became of a text, and why.",
    epilog="Example: newsnorm explain article.txt --color | less -R",
)
@file_argument
@color_option
@json_option("one object per stretch")
@click.option(
    "--all", "show_all", is_flag=True, help="Show every line that the markup of a page sets aside, instead of one row per run."
)
@metadata_options
@parser_option
def command(file: Path, color: bool | None, as_json: bool, show_all: bool, metadata: Metadata, parser: Parser) -> None:
    """Show FILE (- for standard input) line by line: the fate of each stretch, the rule that decided it, and why."""
    from newsnorm.parser import parse_page, read_page
    from newsnorm.passes import CODE_RULES
    from newsnorm.report.explain import explain, explain_lines, row_to_dict, rule_sentences

    page = read_page(read_input(file), named(file, metadata))
    article = parse_page(page, parser)
    echo_listing(page.raw.text, file)
    says = {rule.id: rule.says for rule in CODE_RULES} | rule_sentences(parser.catalogue.rules)
    rows = list(explain(article, page.raw.text, says, page=page))
    if as_json:
        echo_lines(json.dumps(row_to_dict(row), ensure_ascii=False) for row in rows)
    else:
        echo_styled(explain_lines(article, rows, says, fold=not show_all), color)
