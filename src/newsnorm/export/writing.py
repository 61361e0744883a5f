"""Write articles to a single file, in any format."""

from __future__ import annotations

import gzip
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, cast

import attrs

from newsnorm.errors import InputError
from newsnorm.export.archive import ZipDocuments, member_name
from newsnorm.export.formats import ExportFormat, ExportOptions, check_options, export, format_named
from newsnorm.export.loss import Field
from newsnorm.export.separated import dumps_row
from newsnorm.records import Article
from newsnorm.records.accounts import ExportSummary


class _Rows(Protocol):
    def write(self, name: str, row: bytes) -> None: ...

    def finish(self) -> None: ...


@attrs.define
class Loss:
    """Counts the articles with fields that a format could not hold."""

    articles: int = 0
    fields: Counter[Field] = attrs.field(factory=Counter)

    def add(self, lost: Iterable[Field]) -> None:
        """Count one article."""
        self.articles += 1
        self.fields.update(lost)

    def summary(self) -> ExportSummary:
        """Return the counts of an export in which nothing failed."""
        lost = {str(field): self.fields[field] for field in sorted(self.fields)}
        return ExportSummary(read=self.articles, written=self.articles, failed=0, lost=lost, errors={})


def write(
    articles: Iterable[Article],
    path: str | os.PathLike[str],
    to: str = "jsonl",
    *,
    ledger: bool = False,
    without_text: bool = False,
    columns: Iterable[str] | None = None,
    overwrite: bool = False,
) -> ExportSummary:
    """
    Write articles to one file, in their order; the file appears when it is complete.

    Formats with one document per article (`nitf`, `tei`, `markdown`) are written as a zip archive of documents.

    Args:
        articles: the articles.
        path: the file; if it ends in ``.gz``, lines and rows are compressed.
        to: the name of a format of `newsnorm.export.FORMATS`, except ``datasets``, which is a folder.
        ledger: whether to write the ledger, if the format has a place for it.
        without_text: whether to leave out the text, if the format allows it.
        columns: the columns of a table.
        overwrite: whether an existing file may be replaced.

    Returns:
        The number of articles, and for each field the number of articles whose value the format could not hold.

    Raises:
        InputError: the format or a column is unknown, the options don't fit the format, or the file exists.
        MissingExtraError: the format needs an extra that is not installed.
        OSError: the file can't be written.

    >>> import newsnorm
    >>> folder = getfixture("tmp_path")
    >>> article = newsnorm.parse("Quay to close\\nBy María Pérez\\n\\nThe quay closes on Monday.\\nSource link", id="quay")
    >>> write([article], folder / "articles.jsonl.gz", "schema-org").lost
    {'findings': 1, 'layout': 1, 'ledger': 1, 'removals': 1}

    """
    form = format_named(to)
    options = check_options(to, ledger=ledger, without_text=without_text, columns=columns)
    target = Path(path)
    if to == "datasets":
        raise InputError(f"{to} is a folder with several files; use newsnorm.corpus.jobs.export.export_files, or write parquet")
    if target.exists() and not overwrite:
        raise InputError(f"{target} exists; choose another file or pass overwrite=True")
    loss = Loss()
    with _replacing(target) as file:
        rows = _rows(form, options, file, packed=target.suffix.lower() == ".gz")
        for number, article in enumerate(articles):
            written = export(article, form, options)
            rows.write(member_name(number, article.id, form.ending), written.text.encode())
            loss.add(written.lost)
        rows.finish()
    return loss.summary()


def header(format: ExportFormat, options: ExportOptions) -> bytes:
    """Return the line above the rows of a table, with its line break; empty for other formats."""
    if format.container != "table":
        return b""
    return dumps_row(options.columns, "\t" if format.name == "tsv" else ",").encode() + b"\n"


class _Lines:
    """Writes articles as lines, compressed or not."""

    def __init__(self, file: BinaryIO, header: bytes, *, packed: bool) -> None:
        self._packed = gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) if packed else None
        self._file: BinaryIO = file if self._packed is None else cast("BinaryIO", self._packed)
        self._file.write(header)

    def write(self, _: str, row: bytes) -> None:
        self._file.write(row + b"\n")

    def finish(self) -> None:
        if self._packed is not None:
            self._packed.close()


class _Parquet:
    """Writes articles as rows of a Parquet file."""

    def __init__(self, file: BinaryIO) -> None:
        from newsnorm.export.parquet import ParquetRows

        self._rows = ParquetRows(file)

    def write(self, _: str, row: bytes) -> None:
        self._rows.write(row)

    def finish(self) -> None:
        self._rows.finish()


def _rows(format: ExportFormat, options: ExportOptions, file: BinaryIO, *, packed: bool) -> _Rows:
    """Return the writer for a format."""
    if format.container == "parquet":
        return _Parquet(file)
    if format.container == "documents":
        return ZipDocuments(file)
    return _Lines(file, header(format, options), packed=packed)


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a temporary file beside a path, and rename it to the path once it is complete."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
