"""
Wrap newsnorm in the functions that benchmark scorers call.

Each scorer takes ``MODULE:FUNCTION``; run it from the project's root with ``PYTHONPATH=benchmarks``, for example
``python scorer.py --call adapters:language``. See ``benchmarks/README.md`` for the commands and the figures.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import newsnorm
from newsnorm.catalogue import Catalogue, LineForms, Rules
from newsnorm.corpus.sources.discover import discover, read_all
from newsnorm.corpus.sources.record import SourceRecord, attempt
from newsnorm.grammar import Grammar
from newsnorm.grammar.credit import read_credit
from newsnorm.grammar.dateline import read_opening
from newsnorm.parser import default_parser, parse_page, read_page
from newsnorm.read import raw_article
from newsnorm.records import Metadata, Person
from newsnorm.records.accounts import Failure

Answer: TypeAlias = "dict[str, str | list[str] | None]"


def language(text: str) -> str:
    """Return the language code of a text."""
    return newsnorm.identify_language(text).code


def body(text: str, url: str | None = None) -> str:
    """Return the report in the output of an extractor or of `get_text`."""
    return newsnorm.parse(text, url=url).text


def page_body(html: str | bytes, url: str | None = None) -> str:
    """Return the report of a page of HTML."""
    return newsnorm.parse(html, url=url, media_type="text/html").text


def fields(text: str, mode: str, url: str | None) -> Answer:
    """Return title, authors, date and language of a page (mode ``html``) or of the text around an article."""
    return answer(newsnorm.parse(text, url=url, media_type="text/html" if mode == "html" else "text/plain"))


def answer(article: newsnorm.Article) -> Answer:
    """Return title, authors, date and language of an article."""
    return {
        "date": next(
            (
                date.value[:10]
                for date in (article.published, article.updated)
                if date and date.precision not in ("year", "month")
            ),
            None,
        ),
        "authors": [person.name for person in article.authors],
        "title": article.title,
        "siteName": article.site,
        "lang": article.language.code,
    }


def byline_people(line: str, rules: Rules) -> tuple[Person, ...]:
    """Return the people of a line by a byline rule; of several readings, the one with the shortest names, which has no marker."""
    matches = rules.matches(LineForms(line))
    readings = [match.fields.people for match in matches if match.rule.table == "byline" and match.fields.people]
    return min(readings, key=lambda people: sum(len(person.name) for person in people), default=())


def dateline(text: str) -> Answer | None:
    """Return the dateline of a paragraph, or of a report that begins with its headline."""
    rules = Catalogue.default().narrow("und")
    found = read_opening(text, rules.context.grammar, rules.context.languages, lambda line: byline_people(line, rules))
    if found is None:
        return None
    return {
        "city": found.dateline.place,
        "agency": found.dateline.agency,
        "day": found.dateline.day,
        "byline": " and ".join(person.name for person in found.people) or None,
    }


CONTAINERS = {
    "jsonl": "feed.jsonl",
    "csv": "table.csv",
    "parquet": "table.parquet",
    "warc": "crawl.warc",
    "wet": "crawl.warc.wet",
    "gz": "feed.jsonl.gz",
    "zst": "feed.jsonl.zst",
    "bz2": "feed.jsonl.bz2",
    "xz": "feed.jsonl.xz",
    "zip": "feeds.zip",
}
"""Kind of a bad input that holds many records → the name under which it is read."""


def container(data: bytes, name: str) -> dict[str, object]:
    """Read and parse the records of a file; return how many were good and bad, and their texts."""
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        outcomes = [_parsed(outcome) for outcome in read_all(discover([path]))]
    texts = [outcome.text for outcome in outcomes if isinstance(outcome, newsnorm.Article)]
    return {"good": len(texts), "bad": len(outcomes) - len(texts), "texts": texts}


def _parsed(outcome: SourceRecord | Failure) -> newsnorm.Article | Failure:
    return outcome if isinstance(outcome, Failure) else attempt(outcome, SourceRecord.parse)


def bad(data: str | bytes, kind: str) -> dict[str, object] | Answer | None:
    """Parse a bad input: a text, a page, or a file of records."""
    if kind in CONTAINERS:
        return container(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data, CONTAINERS[kind])
    if kind not in ("text", "html"):
        return None
    page = read_page(data, Metadata(media_type="text/html" if kind == "html" else "text/plain"))
    article = parse_page(page, default_parser())
    assert newsnorm.reconstruct(article, page.raw.text) == page.raw.text
    code = article.language.code
    return {
        "text": article.text,
        "title": article.title,
        "authors": [person.name for person in article.authors],
        "date": article.published.value if article.published else None,
        "lang": None if code == "und" else code,
    }


def credit(line: str) -> Answer | None:
    """Return the kind of a credit line, and the name in it."""
    reading = read_credit(line, Grammar.default())
    return {"kind": reading.kind, "value": reading.name or None} if reading else None


def corpus(text: str, title: str | None = None, url: str | None = None) -> dict[str, object]:
    """Return the result for a text from a user's corpus."""
    article = newsnorm.parse(text, title=title, url=url)
    date = next((date for date in (article.published, article.updated) if date is not None), None)
    return {
        "title": article.title,
        "authors": [person.name for person in article.authors],
        "date": date.value[:10] if date is not None and len(date.value) >= 10 else None,
        "text": article.text,
        "standfirst": article.standfirst.text if article.standfirst is not None else None,
        "truncated": article.truncated,
    }


def read_bytes(data: bytes) -> str:
    """Return the text of bytes with an undeclared encoding."""
    return raw_article(data).text
