"""Write articles to Parquet and read them back, with the schema of `newsnorm.export.arrow`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from newsnorm.export.arrow import ARTICLE, Shape, arrow_schema, article_rows, require_arrow, table_of_lines
from newsnorm.export.jsonl import dumps
from newsnorm.export.output import Output, WhileOpen
from newsnorm.records import Article
from newsnorm.records.schema import Json

if TYPE_CHECKING:
    from pathlib import Path

GROUP_ROWS, GROUP_BYTES = 1_000, 16 * 1024 * 1024
"""Most rows in a row group, and the size of its rows as JSON at which it ends; both bound the memory of a writer."""

LEVEL = 3
"""The level of Zstandard: the usual one."""

BATCH = 64
"""Rows held in memory while a file is read."""


class ParquetRows:
    """
    Writes rows of JSON to a Parquet file.

    Equal rows give equal bytes with one version of pyarrow: the file contains no time and no name, its row groups end at fixed
    places, and its types depend on the columns only. Its footer names the version of pyarrow.

    Args:
        file: the file, which stays open.
        columns: name of a column → its type.

    """

    def __init__(self, file: Output, columns: Mapping[str, Shape] = ARTICLE) -> None:
        self._schema = arrow_schema(columns)
        import pyarrow.parquet as pq

        self._rows: list[bytes] = []
        self._size = 0
        self._writer = pq.ParquetWriter(
            WhileOpen(file),
            self._schema,
            version="2.6",
            compression="zstd",
            compression_level=LEVEL,
            store_schema=False,  # Arrow's own copy of the schema adds nothing, and depends on the version
            write_page_checksum=True,
        )

    def write(self, row: bytes) -> None:
        """Add a row: a JSON object in UTF-8, without line breaks."""
        self._rows.append(row)
        self._size += len(row)
        if len(self._rows) >= GROUP_ROWS or self._size >= GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        """Write a row group."""
        if self._rows:
            self._writer.write_table(table_of_lines(b"\n".join(self._rows), self._schema), row_group_size=len(self._rows))
        self._rows, self._size = [], 0

    def finish(self) -> None:
        """Write the remaining rows and the footer."""
        self._flush()
        self._writer.close()


def write(articles: Iterable[Article], path: str | Path, *, ledger: bool = False) -> int:
    """
    Write articles to a Parquet file, in their order.

    Args:
        articles: the articles.
        path: the file; an existing one is replaced.
        ledger: whether to write each article with its ledger.

    Returns:
        The number of articles.

    Raises:
        MissingExtraError: the extra ``arrow`` is not installed.
        OSError: the file can't be written.

    """
    from pathlib import Path

    require_arrow()
    count = 0
    with Path(path).open("wb") as file:
        rows = ParquetRows(file)
        for article in articles:
            rows.write(dumps(article, ledger=ledger).encode("utf-8", "replace"))
            count += 1
        rows.finish()
    return count


def read(path: str | Path) -> Iterator[dict[str, Json]]:
    """
    Yield the articles of a Parquet file in their JSON form, for `newsnorm.from_dict`.

    Args:
        path: a file that `write` or a run wrote, with all columns.

    Raises:
        MissingExtraError: the extra ``arrow`` is not installed.
        OSError: the file can't be read.

    >>> import pathlib, tempfile, newsnorm
    >>> article = newsnorm.parse("It rained in Ulm on Monday.\\nSource link")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     count = write([article], pathlib.Path(folder, "articles.parquet"), ledger=True)
    ...     [newsnorm.from_dict(row) == article for row in read(pathlib.Path(folder, "articles.parquet"))]
    [True]

    """
    require_arrow()
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        for batch in file.iter_batches(batch_size=BATCH, use_threads=False):
            yield from article_rows(batch)
