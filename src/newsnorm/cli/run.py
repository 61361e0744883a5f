"""``newsnorm run``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsnorm.cli.options import (
    FINISHED_WITH_ERRORS,
    index_option,
    inputs_argument,
    json_option,
    ledger_option,
    mapping_option,
    media_type_option,
    out_options,
    overwrite_option,
    parser_option,
)
from newsnorm.cli.terminal import echo_lines, progress_bar

if TYPE_CHECKING:
    from newsnorm.parser import Parser


@click.command("run", epilog="Example: newsnorm run scraped/ feed.jsonl --out corpus --field text=body")
@inputs_argument
@out_options
@mapping_option
@media_type_option
@ledger_option
@index_option
@click.option("--no-relations", is_flag=True, help="Skip duplicate detection (which holds all texts in memory).")
@overwrite_option
@json_option("the summary")
@parser_option
@click.pass_context
def command(
    ctx: click.Context,
    inputs: Sequence[Path],
    out: Path | None,
    mapping: Mapping[str, str],
    media_type: str | None,
    ledger: bool,
    index: Path | None,
    no_relations: bool,
    overwrite: bool,
    as_json: bool,
    parser: Parser,
) -> None:
    """
    Normalise folders of pages and texts, and .jsonl files, into a corpus.

    Writes articles.jsonl, errors.jsonl (one line per record that could not be read), relations.jsonl and clusters.jsonl (which
    articles tell the same report; see dedup), and summary.json.

    Exit status: 0 if all went well, 3 if some records could not be read, 2 for wrong usage, 1 if the run could not finish.
    """
    from newsnorm.corpus.jobs.normalise import run
    from newsnorm.corpus.sinks.summary import dumps_summary
    from newsnorm.report.summary import run_lines

    with progress_bar() as progress:
        summary = run(
            inputs,
            out,
            parser=parser,
            mapping=mapping,
            media_type=media_type,
            ledger=ledger,
            overwrite=overwrite,
            compare=not no_relations,
            index=index,
            progress=progress,
        )
    echo_lines([dumps_summary(summary)] if as_json else run_lines(summary, out))
    if pages := summary.notes.get("input-page", 0):
        texts = "1 text is a page" if pages == 1 else f"{pages:,} texts are pages"
        click.echo(f"{texts} of HTML, but read as plain text; install the extra html: pip install 'newsnorm[html]'", err=True)
    if summary.failed:
        ctx.exit(FINISHED_WITH_ERRORS)
