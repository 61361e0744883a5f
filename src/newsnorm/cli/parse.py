"""``newsnorm parse``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsnorm.cli.options import file_argument, ledger_option, metadata_options, parser_option
from newsnorm.cli.terminal import echo_listing, named, read_input
from newsnorm.records import Metadata

if TYPE_CHECKING:
    from newsnorm.parser import Parser


@click.command(
    "parse", short_help="Parse one text, and print the article as JSON.", epilog="Example: newsnorm parse article.txt --text"
)
@file_argument
@click.option("--text", "text_only", is_flag=True, help="Print only the text of the report.")
@ledger_option
@click.option(
    "--indent", type=click.IntRange(0, 8), default=2, show_default=True, help="Spaces per level; 0 prints a single line."
)
@metadata_options
@parser_option
def command(file: Path, text_only: bool, ledger: bool, indent: int, metadata: Metadata, parser: Parser) -> None:
    """Parse FILE (- for standard input) and print the article as JSON."""
    from newsnorm.parser import parse_page, read_page
    from newsnorm.records.schema import to_dict

    page = read_page(read_input(file), named(file, metadata))
    article = parse_page(page, parser)
    echo_listing(page.raw.text, file)
    if text_only:
        click.echo(article.text)
    else:
        click.echo(json.dumps(to_dict(article, ledger=ledger), ensure_ascii=False, indent=indent or None))
