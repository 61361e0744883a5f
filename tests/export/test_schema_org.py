"""NewsArticle of schema.org: every property belongs to its type and has a value of its range, by the published table."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator

import attrs
import pytest
from articles_of_all_kinds import articles, full_article, shipped_articles
from folders import FIXTURES
from hypothesis import given

import newsnorm
from newsnorm.export.schema_org import document
from newsnorm.records.schema import Json

PARENTS = {
    "NewsArticle": "Article",
    "Article": "CreativeWork",
    "CreativeWork": "Thing",
    "ImageObject": "MediaObject",
    "MediaObject": "CreativeWork",
    "CorrectionComment": "Comment",
    "Comment": "CreativeWork",
    "Person": "Thing",
    "Organization": "Thing",
    "Place": "Thing",
}
TEXTS = {"Text", "URL", "Date", "DateTime", "Language", "DefinedTerm"}
ISO = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?")

with (FIXTURES / "schemas" / "schemaorg-30.0-properties.csv").open(encoding="utf-8", newline="") as _file:
    TABLE = {row["property"]: row for row in csv.DictReader(_file)}


def kinds_of(name: str) -> Iterator[str]:
    """A type and those above it."""
    yield name
    if name in PARENTS:
        yield from kinds_of(PARENTS[name])


def faults(node: dict[str, Json], within: str = "") -> Iterator[str]:
    """What the published table says against a node."""
    kind = str(node.get("@type"))
    for name, value in node.items():
        if name.startswith("@"):
            continue
        row = TABLE.get(name)
        if row is None or not set(row["domain"].split()) & set(kinds_of(kind)):
            yield f"{within}{kind} has no {name}"
        elif row["superseded_by"]:
            yield f"{within}{name} is superseded by {row['superseded_by']}"
        else:
            values = value if isinstance(value, list) else [value]
            for each in values:
                yield from _value_faults(each, set(row["range"].split()), f"{within}{name}")


def _value_faults(value: Json, allowed: set[str], where: str) -> Iterator[str]:
    if isinstance(value, dict):
        if not allowed & set(kinds_of(str(value.get("@type")))):
            yield f"{where}: {value.get('@type')}"
        yield from faults(value, f"{where}.")
    elif isinstance(value, bool):
        if "Boolean" not in allowed:
            yield f"{where}: a boolean"
    elif not (isinstance(value, str) and allowed & TEXTS):
        yield f"{where}: {value!r}"
    elif allowed <= {"URL"} and not value.startswith(("http://", "https://")):
        yield f"{where}: no address: {value!r}"
    elif allowed & {"Date", "DateTime"} and not ISO.fullmatch(value):
        yield f"{where}: no date: {value!r}"


def test_the_check_finds_faults() -> None:
    assert list(faults({"@type": "NewsArticle", "headine": "x"})) == ["NewsArticle has no headine"]
    assert list(faults({"@type": "Person", "headline": "x"})) == ["Person has no headline"]
    assert list(faults({"@type": "NewsArticle", "datePublished": "20 June", "url": "quay"})) == [
        "datePublished: no date: '20 June'",
        "url: no address: 'quay'",
    ]
    assert list(faults({"@type": "NewsArticle", "author": {"@type": "Place", "name": "Ulm"}})) == ["author: Place"]


def test_an_article_with_everything_is_a_news_article() -> None:
    assert list(faults(document(full_article()))) == []


def test_every_shipped_article_is_a_news_article() -> None:
    for article in shipped_articles():
        assert list(faults(document(article))) == [], article.id


@given(articles())
def test_any_article_is_a_news_article(article: newsnorm.Article) -> None:
    line = newsnorm.export.dumps(article, "schema-org")
    assert len(line.split("\n")) == 1
    line.encode()
    found = json.loads(line)
    assert list(faults(found)) == []
    assert found.get("articleBody", "") == re.sub("[\ud800-\udfff]", "\ufffd", article.text)


def test_it_can_be_read_back() -> None:
    article = full_article()
    found = json.loads(newsnorm.export.dumps(article, "schema-org"))
    assert found["headline"] == article.title
    assert [person["name"] for person in (*found["author"], *found["editor"])] == [person.name for person in article.people]
    assert found["articleBody"].split("\n\n") == list(article.paragraphs)
    assert found["sourceOrganization"]["name"] == "Reuters"
    assert found["locationCreated"]["name"] == "MALMO"
    assert found["keywords"] == list(article.about.tags)


@pytest.mark.parametrize(
    ("value", "precision", "zone", "written"),
    [
        ("2024-06", "month", "unknown", "2024-06"),
        ("2024-06-20", "day", "unknown", "2024-06-20"),
        ("2024-06-20T14:05", "minute", "unknown", "2024-06-20T14:05"),
        ("2024-06-20T14:05-06:00", "minute", "assumed", "2024-06-20T14:05"),
        ("2024-06-20T14:05:09Z", "second", "assumed", "2024-06-20T14:05:09"),
        ("2024-06-20T14:05+03:00", "minute", "stated", "2024-06-20T14:05+03:00"),
    ],
)
def test_no_part_of_a_date_is_invented(value: str, precision: str, zone: str, written: str) -> None:
    full = full_article()
    date = attrs.evolve(full.dates[0], value=value, precision=precision, zone=zone)  # type: ignore[arg-type]
    assert document(attrs.evolve(full, dates=(date,)))["datePublished"] == written


def test_a_page_of_another_host_is_what_the_report_is_based_on() -> None:
    article = full_article()
    assert document(article)["sameAs"] == "https://example.com/quay"
    elsewhere = document(attrs.evolve(article, url="https://copies.example.org/quay"))
    assert elsewhere["isBasedOn"] == "https://example.com/quay"
    assert "sameAs" not in elsewhere


def test_a_site_that_the_caller_knows_is_the_publisher() -> None:
    known = newsnorm.parse("Quay to close\n\nIt closes on Monday, the port said.", site="Coast Herald")
    assert document(known)["publisher"] == {"@type": "Organization", "name": "Coast Herald"}
