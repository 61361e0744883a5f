"""Write the articles of a finished run in another format, as shards in a folder of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import partial
from pathlib import Path

import attrs

from newsnorm.corpus.account import FailureTally
from newsnorm.corpus.articles import find_articles, read_articles
from newsnorm.corpus.output.durable import HashedFile
from newsnorm.corpus.output.folder import Target, WorkFolder, open_folder
from newsnorm.corpus.output.manifest import FileEntry, settings_row
from newsnorm.corpus.output.part_store import ShardWriter
from newsnorm.corpus.sinks.failures import NAME as FAILURES
from newsnorm.corpus.sinks.failures import dumps_failure
from newsnorm.corpus.sinks.layout import ARTICLES, CARD, DATASETS, FOLDERS, dumps_card, shard_name
from newsnorm.corpus.sinks.shards import DRY_RUN, PACK, PackedLines, ParquetShard, PlainLines, ShardFormat, ZipShard
from newsnorm.corpus.sources.compression.zst import require_zstd
from newsnorm.corpus.sources.discover import Progress
from newsnorm.errors import InputError
from newsnorm.export.archive import member_name
from newsnorm.export.arrow import require_arrow
from newsnorm.export.formats import ExportFormat, ExportOptions, check_options, export, format_named
from newsnorm.export.writing import Loss, header
from newsnorm.records import Article
from newsnorm.records.accounts import ExportSummary, Failure
from newsnorm.version import __version__

SHARD_ROWS, SHARD_BYTES = 10_000, 128 * 1024 * 1024
"""Most articles, and most bytes before compression, in a shard."""


@attrs.frozen(kw_only=True)
class ExportSettings:
    """Everything that determines the output of an export, besides its inputs."""

    to: str
    """The name of a format, perhaps with a compression: ``ninjs.gz``."""
    options: ExportOptions
    newsnorm: str = __version__


@attrs.frozen
class ExportForm:
    """How articles and shards are written."""

    format: ExportFormat
    options: ExportOptions
    shards: ShardFormat

    @property
    def layout(self) -> str:
        """How the shards are arranged."""
        return DATASETS if self.format.name == DATASETS else ARTICLES

    def row(self, text: str, article: Article, number: int) -> bytes:
        """Return the row of a shard for a formatted article; documents are preceded by a name."""
        name = member_name(number, article.id, self.format.ending) + "\n" if self.format.container == "documents" else ""
        return (name + text).encode()


def export_form(to: str, *, ledger: bool = False, without_text: bool = False, columns: Iterable[str] | None = None) -> ExportForm:
    """
    Return the form that a user asks for.

    Args:
        to: the name of a format of `newsnorm.export.FORMATS`; lines and tables also compressed, as ``ninjs.gz`` or ``csv.zst``.
        ledger: whether to write the ledger.
        without_text: whether to leave out the text.
        columns: the columns of a table.

    Raises:
        InputError: the format or a column is unknown, or they don't fit together.
        MissingExtraError: the format needs an extra that is not installed.

    >>> export_form("ninjs.gz").shards.ending
    'jsonl.gz'

    """
    name, _, packing = to.partition(".")
    form = format_named(name)
    options = check_options(name, ledger=ledger, without_text=without_text, columns=columns)
    if packing and (packing not in PACK or form.container not in ("lines", "table")):
        raise InputError(f"{to} is not known; only lines and tables can be compressed, as {' or '.join(PACK)}")
    if form.container == "parquet":
        require_arrow()
        return ExportForm(form, options, ShardFormat("parquet", partial(ParquetShard, columns=None)))
    if form.container == "documents":
        return ExportForm(form, options, ShardFormat(f"{form.ending}.zip", ZipShard))
    ending = "jsonl" if form.container == "lines" else form.ending
    above = header(form, options)
    if not packing:
        return ExportForm(form, options, ShardFormat(ending, partial(PlainLines, header=above)))
    if packing == "zst":
        require_zstd()
    return ExportForm(form, options, ShardFormat(f"{ending}.{packing}", partial(PackedLines, header=above, pack=PACK[packing])))


def export_files(
    inputs: Iterable[str | Path],
    out: str | Path | None,
    *,
    to: str,
    ledger: bool = False,
    without_text: bool = False,
    columns: Iterable[str] | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
    shard_rows: int = SHARD_ROWS,
) -> ExportSummary:
    """
    Write the articles of finished runs in another format into the folder `out`.

    Args:
        inputs: folders that `newsnorm.corpus.jobs.normalise.run` wrote, or files of articles: JSON lines and Parquet.
        out: the folder to write to; created if missing. None counts only.
        to: the name of a format of `newsnorm.export.FORMATS`; lines and tables also compressed, as ``ninjs.gz`` or ``csv.zst``.
        ledger: whether to write the ledger, if the articles have one and the format has a place for it.
        without_text: whether to leave out the text, if the format allows it.
        columns: the columns of a table; by default the usual ones.
        overwrite: whether the results of an earlier export in `out` may be replaced.
        progress: called after each article with the bytes read so far and the total.
        shard_rows: the most articles in a file.

    Returns:
        The counts; rows that are not articles are counted, and written to ``errors.jsonl``.

    Raises:
        InputError: an input is not a finished run or is damaged, the format is unknown, or `out` can't be used.
        MissingExtraError: an input or the format needs an extra that is not installed.
        OSError: a file can't be read or written.

    """
    form = export_form(to, ledger=ledger, without_text=without_text, columns=columns)
    roots = tuple(Path(given) for given in inputs)
    files = find_articles(roots)
    target = Target(
        out=None if out is None else Path(out),
        kind="export",
        settings=settings_row(ExportSettings(to=to, options=form.options)),
        inputs=roots,
        files=tuple(file.path for file in files),
        owned=(FOLDERS[form.layout], FAILURES, *((CARD,) if form.layout == DATASETS else ())),
        folders=(FOLDERS[form.layout],),
        edited=(CARD,),
        overwrite=overwrite,
        fresh=True,
    )
    with open_folder(target) as work, closing(_ExportJob.begin(work, form, shard_rows)) as job:
        for outcome in read_articles(files, progress):
            job.add(outcome)
        return job.finish()


@attrs.define(kw_only=True)
class _ExportJob:
    """An export that has begun."""

    work: WorkFolder
    form: ExportForm
    shard_rows: int
    failures: HashedFile
    loss: Loss = attrs.field(factory=Loss)
    failed: FailureTally = attrs.field(factory=FailureTally)
    languages: Counter[str] = attrs.field(factory=Counter)
    shards: list[FileEntry] = attrs.field(factory=list)
    """The finished shards, named by their files in the work folder."""
    _open: _OpenShard | None = None

    @classmethod
    def begin(cls, work: WorkFolder, form: ExportForm, shard_rows: int) -> _ExportJob:
        return cls(work=work, form=form, shard_rows=shard_rows, failures=work.create(FAILURES))

    def close(self) -> None:
        """Close the files of an abandoned export; a finished one has closed them."""
        self.failures.discard()
        if self._open is not None:
            self._open.file.discard()

    def add(self, outcome: Article | Failure) -> None:
        """Write an article, or record a failure."""
        if isinstance(outcome, Failure):
            self.failed.add(outcome)
            self.failures.write(dumps_failure(outcome).encode() + b"\n")
            return
        if self._open is None:
            self._open = self._new_shard()
        written = export(outcome, self.form.format, self.form.options)
        self._open.write(self.form.row(written.text, outcome, self._open.rows))
        self.loss.add(written.lost)
        self.languages[outcome.language.code] += 1
        if self._open.rows >= self.shard_rows or self._open.size >= SHARD_BYTES:
            self._close_shard()

    def _new_shard(self) -> _OpenShard:
        form = DRY_RUN if self.work.out is None else self.form.shards
        name = f"shard-{len(self.shards):05d}"
        file = self.work.create(name)
        return _OpenShard(name, file, form.open(file))

    def _close_shard(self) -> None:
        if self._open is not None:
            self.shards.append(self._open.finish())
            self._open = None

    def finish(self) -> ExportSummary:
        """Publish the shards, the failures and, if the layout has one, the card."""
        self._close_shard()
        ending, count = self.form.shards.ending, len(self.shards)
        files = {
            shard.name: attrs.evolve(shard, name=shard_name(self.form.layout, number, count, ending))
            for number, shard in enumerate(self.shards)
        }
        self.failures.close()
        files[FAILURES] = FileEntry.of(FAILURES, self.failures, self.failed.total)
        if self.form.layout == DATASETS:
            files[CARD] = self._write_card()
        summary = _summary(self.loss, self.failed)
        self.work.publish(files, settings_row(summary))
        return summary

    def _write_card(self) -> FileEntry:
        with closing(self.work.create(CARD)) as file:
            file.write(dumps_card(self.languages, self.loss.articles, __version__).encode())
        return FileEntry.of(CARD, file, 0)


@attrs.define
class _OpenShard:
    """A shard that is being written."""

    name: str
    file: HashedFile
    writer: ShardWriter
    rows: int = 0
    size: int = 0

    def write(self, row: bytes) -> None:
        self.writer.write(row)
        self.rows += 1
        self.size += len(row)

    def finish(self) -> FileEntry:
        content = self.writer.finish()
        self.file.close()
        return attrs.evolve(FileEntry.of(self.name, self.file, self.rows), content_sha256=content)


def export_lines(
    inputs: Iterable[str | Path],
    write: Callable[[bytes], object],
    *,
    to: str,
    ledger: bool = False,
    without_text: bool = False,
    columns: Iterable[str] | None = None,
) -> ExportSummary:
    """
    Write the articles of finished runs to a stream, one line or row each; arguments as for `export_files`.

    Args:
        inputs: folders and files.
        write: takes each line.
        to: the name of a format that has lines or rows.
        ledger: whether to write the ledger.
        without_text: whether to leave out the text.
        columns: the columns of a table.

    Raises:
        InputError: an input is not a finished run or is damaged, or the format needs files.
        OSError: a file can't be read.

    """
    if to.partition(".")[2]:
        raise InputError(f"{to} is written to files; pass --out FOLDER, or pipe {to.partition('.')[0]} into a compressor")
    form = format_named(to)
    options = check_options(to, ledger=ledger, without_text=without_text, columns=columns)
    if form.container not in ("lines", "table"):
        raise InputError(f"{to} is written to files; pass --out FOLDER")
    loss, failed = Loss(), FailureTally()
    write(header(form, options))
    for outcome in read_articles(find_articles(inputs)):
        if isinstance(outcome, Failure):
            failed.add(outcome)
        else:
            written = export(outcome, form, options)
            write(written.text.encode() + b"\n")
            loss.add(written.lost)
    return _summary(loss, failed)


def _summary(loss: Loss, failed: FailureTally) -> ExportSummary:
    read = loss.articles + failed.total
    return attrs.evolve(loss.summary(), read=read, failed=failed.total, errors=failed.by_code)
