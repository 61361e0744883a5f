"""``articles.jsonl``: one article per line."""

from __future__ import annotations

from functools import partial

from newsnorm.corpus.sinks.folder import LineSink, OutputFolder
from newsnorm.export.jsonl import dumps
from newsnorm.records import Article

NAME = "articles.jsonl"


def article_sink(folder: OutputFolder, *, ledger: bool = False) -> LineSink[Article]:
    """Open the file of articles; `ledger` says whether each is written with its ledger."""
    return LineSink(folder, NAME, partial(dumps, ledger=ledger))
