"""``newsnorm run``."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsnorm.cli.json_log import json_log
from newsnorm.cli.last_command import write_command
from newsnorm.cli.options import (
    FINISHED_WITH_ERRORS,
    columns_option,
    config_option,
    index_option,
    inputs_argument,
    json_option,
    ledger_option,
    out_options,
    overwrite_option,
    parser_option,
    reading_options,
    worker_options,
)
from newsnorm.cli.terminal import echo_first_failure, echo_lines, interruptible, run_progress

if TYPE_CHECKING:
    from newsnorm.corpus.sources.options import ReadOptions
    from newsnorm.corpus.workers import WorkerOptions
    from newsnorm.parser import Parser

FORMATS = ("jsonl", "jsonl.gz", "jsonl.zst", "parquet", "csv", "csv.gz", "csv.zst", "tsv", "tsv.gz", "tsv.zst")
"""Output formats, as in `newsnorm.corpus.sinks.form`; repeated here so that --help loads quickly."""
LAYOUTS = ("articles", "datasets")
"""Layouts, the default first, as in `newsnorm.corpus.sinks.layout`."""


@click.command("run", epilog="Example: newsnorm run scraped/ feed.jsonl --out corpus --field text=body")
@inputs_argument
@out_options
@reading_options
@click.option(
    "--to",
    "format",
    type=click.Choice(FORMATS),
    help="The format of the articles; jsonl by default. csv and tsv are flat tables.",
)
@columns_option
@click.option(
    "--layout",
    type=click.Choice(LAYOUTS),
    default=LAYOUTS[0],
    show_default=True,
    help="How files are arranged: shards in a folder, or Parquet files that Hugging Face's datasets can load.",
)
@ledger_option
@index_option
@click.option("--learn", is_flag=True, help="First learn which lines the sites repeat; this reads the inputs twice.")
@click.option("--no-relations", is_flag=True, help="Skip duplicate detection.")
@worker_options
@click.option("--max-errors", type=click.IntRange(0), help="Stop when more than this many records have failed.")
@overwrite_option
@click.option("--fresh", is_flag=True, help="Discard the work of an interrupted run and start anew.")
@click.option("--retry", is_flag=True, help="With --overwrite: parse again the parts that have errors.")
@config_option
@click.option("--log-json", is_flag=True, help="Append the events of the run to log/run.jsonl in the folder.")
@json_option("the summary")
@parser_option
@click.pass_context
def command(
    ctx: click.Context,
    inputs: Sequence[Path],
    out: Path | None,
    options: ReadOptions,
    format: str | None,
    columns: tuple[str, ...] | None,
    layout: str,
    ledger: bool,
    index: Path | None,
    learn: bool,
    no_relations: bool,
    workers: WorkerOptions,
    max_errors: int | None,
    overwrite: bool,
    fresh: bool,
    retry: bool,
    log_json: bool,
    as_json: bool,
    parser: Parser,
) -> None:
    """
    Normalise files and folders into a corpus.

    Writes the folder articles (shards, in the order of the inputs), errors.jsonl (one line per record that could not be read),
    relations.jsonl and clusters.jsonl (which articles carry the same report; see dedup), and finally manifest.json, which lists
    all files. To continue an interrupted run, repeat the command.

    Exit status: 0 if all went well, 3 if some records could not be read, 4 if --max-errors stopped the run, 2 for wrong usage,
    1 if the run could not finish, 130 or 143 if it was interrupted.
    """
    from newsnorm.corpus.jobs.normalise import run
    from newsnorm.corpus.sinks.summary import dumps_summary
    from newsnorm.report.summary import run_lines

    logged = json_log(out) if log_json and out is not None else nullcontext()
    with interruptible("; run the same command again to continue"), logged, run_progress() as progress:
        summary = run(
            inputs,
            out,
            parser=parser,
            options=options,
            format=format,
            columns=columns,
            layout=layout,
            ledger=ledger,
            learn=learn,
            compare=not no_relations,
            index=index,
            workers=workers,
            max_errors=max_errors,
            overwrite=overwrite,
            fresh=fresh,
            retry=retry,
            progress=progress,
        )
    if out is not None:
        write_command(out, ctx)
    echo_lines([dumps_summary(summary)] if as_json else run_lines(summary, out))
    if pages := summary.notes.get("input-page", 0):
        texts = "1 text is a page" if pages == 1 else f"{pages:,} texts are pages"
        click.echo(f"{texts} of HTML, but read as plain text; install the extra html: pip install 'newsnorm[html]'", err=True)
    if summary.failed:
        echo_first_failure(summary.first_failure, out)
        ctx.exit(FINISHED_WITH_ERRORS)
