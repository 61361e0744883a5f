"""Write articles as JSON lines, one object of schema ``newsnorm/article/1`` each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from newsnorm.records import Article
from newsnorm.records.schema import SCHEMA, from_dict, to_dict

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["SCHEMA", "dumps", "from_dict", "to_dict", "write"]


def dumps(article: Article, *, ledger: bool = False) -> str:
    """Write an article as one line of JSON, without the line break."""
    return json.dumps(to_dict(article, ledger=ledger), ensure_ascii=False, allow_nan=False)


def write(articles: Iterable[Article], path: str | Path, *, ledger: bool = False) -> int:
    """
    Write articles to a file of JSON lines, in their order.

    Args:
        articles: the articles.
        path: the file; an existing one is replaced.
        ledger: whether to write each article with its ledger.

    Returns:
        The number of articles.

    Raises:
        OSError: the file can't be written.

    """
    from pathlib import Path

    count = 0
    with Path(path).open("w", encoding="utf-8", newline="\n") as file:
        for article in articles:
            file.write(dumps(article, ledger=ledger) + "\n")
            count += 1
    return count
