"""``newsnorm export``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from newsnorm.cli.options import (
    FINISHED_WITH_ERRORS,
    NamedPath,
    columns_option,
    config_option,
    json_option,
    ledger_option,
    overwrite_option,
)
from newsnorm.cli.terminal import echo_lines, interruptible, progress_bar

FORMATS = ("jsonl", "schema-org", "ninjs", "nitf", "tei", "annotations", "markdown", "csv", "tsv", "parquet", "datasets")
"""Names of the formats, as in `newsnorm.export.FORMATS`; repeated here so that --help loads quickly."""
PACKED = ("jsonl", "schema-org", "ninjs", "annotations", "csv", "tsv")
"""Formats that may be compressed."""
NAMES = (*FORMATS, *(f"{name}.{packing}" for name in PACKED for packing in ("gz", "zst")))


@click.command("export", epilog="Example: newsnorm export corpus --to ninjs --out corpus-ninjs")
@click.argument("inputs", nargs=-1, required=True, type=NamedPath(path_type=Path), metavar="IN...")
@click.option(
    "--to",
    required=True,
    type=click.Choice(NAMES),
    metavar="FORMAT",
    help=f"{', '.join(FORMATS)}; {', '.join(PACKED)} also compressed, as ninjs.gz or ninjs.zst.",
)
@click.option(
    "--out",
    type=NamedPath(file_okay=False, path_type=Path),
    help="The folder to write to; created if missing. Without it, lines and rows go to standard output.",
)
@columns_option
@ledger_option
@click.option(
    "--without-text", is_flag=True, help="Leave out the text, if the format can: write only offsets, digests and annotations."
)
@overwrite_option
@click.option("--dry-run", is_flag=True, help="Read and count; write nothing.")
@config_option
@json_option("the summary")
@click.pass_context
def command(
    ctx: click.Context,
    inputs: Sequence[Path],
    to: str,
    out: Path | None,
    columns: tuple[str, ...] | None,
    ledger: bool,
    without_text: bool,
    overwrite: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """
    Write the articles of a corpus in another format.

    Each IN is the folder of a finished run, or a file of articles (JSON lines or Parquet). Writes shards in the order
    of the articles, errors.jsonl (rows that are not articles) and manifest.json, which comes last. The summary counts the
    articles that have fields the format cannot hold.

    Exit status: 0 if all went well, 3 if some rows are not articles, 2 for wrong usage, 1 if the export could not finish, 130 or
    143 if it was interrupted.
    """
    from newsnorm.corpus.jobs.export import export_files, export_lines
    from newsnorm.corpus.sinks.summary import dumps_summary
    from newsnorm.report import summary as wording

    is_printed = out is None and not dry_run
    with interruptible():
        if is_printed:
            write = sys.stdout.buffer.write
            summary = export_lines(inputs, write, to=to, ledger=ledger, without_text=without_text, columns=columns)
        else:
            with progress_bar() as progress:
                summary = export_files(
                    inputs,
                    None if dry_run else out,
                    to=to,
                    ledger=ledger,
                    without_text=without_text,
                    columns=columns,
                    overwrite=overwrite,
                    progress=progress,
                )
    lines = (
        [dumps_summary(summary)] if as_json else wording.export_lines(summary, to, None if dry_run else out, printed=is_printed)
    )
    echo_lines(lines, err=is_printed)
    if summary.failed:
        ctx.exit(FINISHED_WITH_ERRORS)
