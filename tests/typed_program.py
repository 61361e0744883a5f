"""A program as a user would write it: mypy and pyright agree on every type that it uses (`scripts/package -s types`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import assert_type

import newsnorm
from newsnorm import dedup
from newsnorm.testing import Case, cases, check


def read(folder: Path) -> Iterator[newsnorm.Article]:
    """Parse the files of a folder; tell what could not be read."""
    for record in newsnorm.read_records(folder):
        if isinstance(record, newsnorm.Failure):
            print(assert_type(record.message, str))
        else:
            yield assert_type(record.parse(), newsnorm.Article)


def describe(article: newsnorm.Article) -> str:
    """Return the first line that a person would read."""
    title = assert_type(article.title, str | None)
    authors = assert_type(article.authors, tuple[newsnorm.Person, ...])
    published = assert_type(article.published, newsnorm.PublicationDate | None)
    day = assert_type(published.value, str) if published is not None else "no date"
    return f"{title or article.id}, by {', '.join(person.name for person in authors)}, {day}"


def account(article: newsnorm.Article, raw: str) -> bool:
    """Whether the ledger gives the raw text back."""
    for entry in article.ledger:
        assert_type(entry.span, newsnorm.Span)
    for removal in assert_type(article.removals, tuple[newsnorm.Removal, ...]):
        assert_type((removal.text, removal.rule), tuple[str, str])
    return assert_type(newsnorm.reconstruct(article, raw), str) == raw


def related(articles: list[newsnorm.Article], index: Path) -> list[str]:
    """Say which articles are copies."""
    found = assert_type(newsnorm.deduplicate({article.id: article.text for article in articles}), dedup.Deduplication)
    with newsnorm.open_index(index) as opened:
        assert_type(opened, dedup.Index)
    return [f"{relation.left} {relation.kind} {relation.right}" for relation in found.relations]


def kept(folder: Path) -> None:
    """Check cases of one's own with a parser of one's own."""
    parser = newsnorm.Parser(catalogue=assert_type(newsnorm.Catalogue.default(), newsnorm.Catalogue))
    for case in assert_type(list(cases(folder)), list[Case]):
        check(case, parser)


try:
    newsnorm.parse(b"Rain in Ulm.", encoding="klingon")
except newsnorm.NewsnormError as error:
    print(error)
