"""``newsnorm dedup``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsnorm.cli.options import (
    FINISHED_WITH_ERRORS,
    config_option,
    index_option,
    inputs_argument,
    json_option,
    out_options,
    overwrite_option,
    parser_option,
    reading_options,
    worker_options,
)
from newsnorm.cli.terminal import echo_first_failure, echo_lines, interruptible, progress_bar

if TYPE_CHECKING:
    from newsnorm.corpus.sources.options import ReadOptions
    from newsnorm.corpus.workers import WorkerOptions
    from newsnorm.parser import Parser


@click.command("dedup", epilog="Example: newsnorm dedup corpus --out related --index news.db")
@inputs_argument
@out_options
@index_option
@reading_options
@click.option("--as-is", is_flag=True, help="Compare whole texts, with titles and boilerplate.")
@overwrite_option
@worker_options
@config_option
@json_option("the summary")
@parser_option
@click.pass_context
def command(
    ctx: click.Context,
    inputs: Sequence[Path],
    out: Path | None,
    index: Path | None,
    options: ReadOptions,
    as_is: bool,
    overwrite: bool,
    workers: WorkerOptions,
    as_json: bool,
    parser: Parser,
) -> None:
    """
    Find articles that carry the same report.

    Reads the same inputs as run. Articles that run wrote are compared as they are; other texts are parsed first. Writes
    relations.jsonl (pairs of articles, with the kind of their relation and their common passages), clusters.jsonl (groups of
    articles that carry the same report, with a representative) and errors.jsonl.

    Exit status: as for run.
    """
    from newsnorm.corpus.jobs.relate import dedup_files
    from newsnorm.corpus.sinks.summary import dumps_summary
    from newsnorm.report.summary import dedup_lines

    with interruptible(), progress_bar() as progress:
        summary = dedup_files(
            inputs,
            out,
            index=index,
            as_is=as_is,
            parser=parser,
            options=options,
            workers=workers,
            overwrite=overwrite,
            progress=progress,
        )
    echo_lines([dumps_summary(summary)] if as_json else dedup_lines(summary, out))
    if summary.failed:
        echo_first_failure(summary.first_failure, out)
        ctx.exit(FINISHED_WITH_ERRORS)
