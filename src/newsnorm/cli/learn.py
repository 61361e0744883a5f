"""``newsnorm learn``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsnorm.cli.options import (
    FINISHED_WITH_ERRORS,
    NamedPath,
    catalogue_option,
    config_option,
    inputs_argument,
    json_option,
    reading_options,
    worker_options,
)
from newsnorm.cli.terminal import echo_lines, interruptible, progress_bar

if TYPE_CHECKING:
    from newsnorm.corpus.sources.options import ReadOptions
    from newsnorm.corpus.workers import WorkerOptions
    from newsnorm.parser import Parser


@click.command(
    "learn",
    short_help="Learn the lines that sites print around reports.",
    epilog="Example: newsnorm learn feed.jsonl --out sites.toml --field text=body",
)
@inputs_argument
@click.option("--out", type=NamedPath(dir_okay=False, path_type=Path), help="The TOML file to write.")
@reading_options
@worker_options
@click.option(
    "--min-documents",
    type=click.IntRange(2),
    default=3,
    show_default=True,
    help="Learn lines that occur in at least this many documents of a host.",
)
@click.option(
    "--share",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.2,
    show_default=True,
    help="Learn lines that occur in at least this share of a host's documents.",
)
@click.option("--overwrite", "--force", "overwrite", is_flag=True, help="Replace the file, even if it was edited by hand.")
@click.option("--dry-run", is_flag=True, help="Read and count; write nothing.")
@config_option
@json_option("the summary")
@catalogue_option
@click.pass_context
def command(
    ctx: click.Context,
    inputs: Sequence[Path],
    out: Path | None,
    options: ReadOptions,
    workers: WorkerOptions,
    min_documents: int,
    share: float,
    overwrite: bool,
    dry_run: bool,
    as_json: bool,
    parser: Parser,
) -> None:
    """
    Learn which lines the sites of a corpus print around their reports.

    Reads the same inputs as run; records without a URL are ignored, since lines are counted per host. Writes a TOML file that you
    can review, prune, and pass to run, parse and explain with --catalogue.

    Exit status: as for run.
    """
    from newsnorm.catalogue.learned import dumps
    from newsnorm.corpus.jobs.learn import learn_files
    from newsnorm.corpus.output.durable import write_file
    from newsnorm.corpus.output.guards import refuse_replacing_inputs, refuse_unwritable_file
    from newsnorm.corpus.sinks.summary import dumps_summary
    from newsnorm.corpus.sources.discover import discover
    from newsnorm.report.summary import failure_line, learn_lines

    target = _target(out, overwrite=overwrite, dry_run=dry_run)
    if target is not None:
        refuse_replacing_inputs([target], [file.path for file in discover(inputs, options).files])
        refuse_unwritable_file(target)
    with interruptible(), progress_bar() as progress:
        catalogue, summary = learn_files(
            inputs,
            min_documents=min_documents,
            share=share,
            parser=parser,
            options=options,
            workers=workers,
            progress=progress,
        )
    if target is not None:
        write_file(target, dumps(catalogue.rules).encode())
    for failure in summary.failures:
        click.echo(failure_line(failure), err=True)
    echo_lines([dumps_summary(summary)] if as_json else learn_lines(summary, target))
    if summary.failed:
        ctx.exit(FINISHED_WITH_ERRORS)


def _target(out: Path | None, *, overwrite: bool, dry_run: bool) -> Path | None:
    """
    Check the file to write before anything is read, and return it; None in a dry run.

    Raises:
        click.UsageError: no file is named, or the file exists.

    """
    if dry_run:
        return None
    if out is None:
        raise click.UsageError("pass --out FILE, or --dry-run")
    if out.exists() and not overwrite:
        raise click.UsageError(f"{out} exists, and may have been edited by hand; choose another file or pass --overwrite")
    return out
