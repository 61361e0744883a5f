"""Choose the form and format of articles: whole articles, or rows of a flat table."""

from __future__ import annotations

import json
from collections.abc import Iterable

import attrs

from newsnorm.corpus.sources.compression.zst import require_zstd
from newsnorm.errors import InputError
from newsnorm.export.arrow import require_arrow
from newsnorm.export.flat import USUAL, check_columns, flat_row
from newsnorm.export.jsonl import dumps
from newsnorm.export.separated import dumps_row
from newsnorm.records import Article
from newsnorm.records.schema import to_dict

FORMATS = ("jsonl", "jsonl.gz", "jsonl.zst", "parquet", "csv", "csv.gz", "csv.zst", "tsv", "tsv.gz", "tsv.zst")
"""Names of the formats of shards, which are also their file endings: a kind, perhaps with a compression."""

DELIMITERS = {"csv": ",", "tsv": "\t"}


@attrs.frozen(kw_only=True)
class ArticleForm:
    """The form in which articles are written; `article_form` makes one. Picklable, so that it can be sent to workers."""

    format: str = FORMATS[0]
    """One of `FORMATS`."""
    columns: tuple[str, ...] | None = None
    """The columns of a flat table; None writes everything."""
    ledger: bool = False
    """Whether to write each article with its ledger."""

    def encode(self, article: Article) -> bytes:
        """Return the row of an article; characters that UTF-8 can't encode become ``?``."""
        return self._row(article).encode("utf-8", "replace")

    def _row(self, article: Article) -> str:
        if self.columns is None:
            return dumps(article, ledger=self.ledger)
        row = flat_row(to_dict(article), self.columns)
        if (delimiter := DELIMITERS.get(self.kind)) is not None:
            return dumps_row(row.values(), delimiter)
        return json.dumps(row, ensure_ascii=False, allow_nan=False)

    @property
    def kind(self) -> str:
        """The kind of shard, which is the first part of its ending: lines of JSON, Parquet, or a table of separated values."""
        return self.format.partition(".")[0]

    @property
    def header(self) -> bytes:
        """The line above the rows of a table of separated values."""
        delimiter = DELIMITERS.get(self.kind)
        return b"" if delimiter is None else dumps_row(self.columns or (), delimiter).encode() + b"\n"


def article_form(format: str, columns: Iterable[str] | None = None, *, ledger: bool = False) -> ArticleForm:
    """
    Return the form of articles that a user asks for.

    Args:
        format: one of `FORMATS`.
        columns: the columns of a flat table; None writes everything, or the usual columns if the format only has flat tables.
        ledger: whether to write each article with its ledger.

    Raises:
        InputError: the format or a column is unknown, or a ledger is requested for a flat table.
        MissingExtraError: the format needs an extra that is not installed.

    >>> article_form("csv").columns[:3]
    ('id', 'url', 'site')

    """
    if format not in FORMATS:
        raise InputError(f"format {format!r} is not known; choose one of {', '.join(FORMATS)}")
    kind, _, packing = format.partition(".")
    names = check_columns(columns) if columns is not None else USUAL if kind in DELIMITERS else None
    if ledger and names is not None:
        raise InputError("a flat table has no ledger; drop the ledger, or write whole articles (no columns, no csv or tsv)")
    if kind == "parquet":
        require_arrow()
    if packing == "zst":
        require_zstd()
    return ArticleForm(format=format, columns=names, ledger=ledger)
