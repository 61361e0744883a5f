"""Web Annotations: as the W3C's model has them, and every selector selects what it quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import cast

import attrs
import pytest
from articles_of_all_kinds import FULL_RAW, articles, full_article, shipped_articles
from hypothesis import given, settings
from strategies import raw_texts

import newsnorm
from newsnorm.export.identity import text_uri
from newsnorm.export.web_annotation import document
from newsnorm.records.schema import Json

MOTIVATIONS = {"describing", "classifying", "editing"}
PURPOSES = {"describing", "classifying", "editing", "tagging", "commenting"}
Row = dict[str, Json]


def faults(found: Row) -> Iterator[str]:
    """What the model requires: ids that are IRIs, one target, bodies with purposes, selectors with their keys."""
    if (found["@context"], found["type"]) != ("http://www.w3.org/ns/anno.jsonld", "AnnotationCollection"):
        yield "no collection"
    page = cast("Row", found["first"])
    items = cast("list[Row]", page["items"])
    if (page["type"], page["startIndex"], found["total"]) != ("AnnotationPage", 0, len(items)):
        yield "a wrong page"
    ids = [str(row["id"]) for row in (found, page, *items)]
    if len(set(ids)) < len(ids) or not all(each.startswith("urn:uuid:") for each in ids):
        yield "ids"
    for item in items:
        yield from _annotation_faults(item)


def _annotation_faults(item: Row) -> Iterator[str]:
    if (
        item["type"] != "Annotation"
        or item["motivation"] not in MOTIVATIONS
        or item.keys() != {"id", "type", "motivation", "body", "target"}
    ):
        yield f"no annotation: {item}"
    for body in cast("list[Row]", item["body"]):
        if body["type"] != "TextualBody" or body["purpose"] not in PURPOSES or not isinstance(body["value"], str):
            yield f"no body: {body}"
    target = item["target"]
    if isinstance(target, dict):
        selectors = cast("list[Row]", target["selector"])
        if (
            target["type"] != "SpecificResource"
            or not str(target["source"]).startswith(("ni:///sha-256;", "urn:uuid:"))
            or not selectors
        ):
            yield f"no target: {target}"
        for selector in selectors:
            keys = {"TextPositionSelector": {"start", "end"}, "TextQuoteSelector": {"exact"}}[str(selector["type"])]
            if not keys <= selector.keys() <= keys | {"type", "prefix", "suffix"}:
                yield f"no selector: {selector}"


def items_of(found: Row) -> list[Row]:
    return cast("list[Row]", cast("Row", found["first"])["items"])


def values_of(item: Row) -> list[str]:
    return [str(body["value"]) for body in cast("list[Row]", item["body"])]


def test_an_article_with_everything_is_as_the_model_says() -> None:
    assert list(faults(document(full_article()))) == []


def test_every_shipped_article_is_as_the_model_says() -> None:
    for article in shipped_articles():
        assert list(faults(document(article))) == [], article.id


@settings(max_examples=40)
@given(articles())
def test_any_article_is_as_the_model_says_and_its_paragraphs_are_found(article: newsnorm.Article) -> None:
    for options in ({}, {"without_text": True}, {"ledger": True}):
        line = newsnorm.export.dumps(article, "annotations", **options)
        assert len(line.split("\n")) == 1
        found = json.loads(line)
        assert list(faults(found)) == []
        assert ("TextQuoteSelector" in line) <= ("without_text" not in options)
    paragraphs = [item for item in items_of(document(article)) if _source(item) == text_uri(article.text)]
    assert len(paragraphs) == sum(map(bool, article.paragraphs))
    for item, paragraph in zip(paragraphs, filter(None, article.paragraphs), strict=True):
        located = newsnorm.export.locate(article.text, item)
        assert (located.agrees, located.found) == (True, paragraph)


def _source(item: Row) -> Json:
    return item["target"]["source"] if isinstance(item["target"], dict) else None


@settings(max_examples=60)
@given(raw_texts())
def test_a_quotation_is_what_stands_there(raw: str) -> None:
    article = newsnorm.parse(raw)
    for item in items_of(document(article)):
        target = item["target"]
        if isinstance(target, dict) and target["source"] != text_uri(article.text):
            place, *quotes = cast("list[Row]", target["selector"])
            stretch = raw[cast("int", place["start"]) : cast("int", place["end"])]
            assert all(re.sub(r"\s", " ", stretch) == quote["exact"] for quote in quotes)


def test_what_was_repaired_is_not_quoted() -> None:
    article = newsnorm.parse("Quay \x93closed\x94\nBy María Pérez\n\nThe quay closes on Monday, the port said.\nSource link")
    items = items_of(document(attrs.evolve(article, ledger=())))
    quoted = {values_of(item)[0]: "exact" in json.dumps(item) for item in items}
    assert (article.title, quoted["title"], quoted["byline"], quoted["removal"]) == ("Quay “closed”", False, True, True)


def test_positions_are_those_of_the_raw_text() -> None:
    article = attrs.evolve(newsnorm.parse(FULL_RAW), ledger=())
    for item in items_of(document(article)):
        target = item["target"]
        if isinstance(target, dict) and target["source"] != text_uri(article.text):
            place, quote = cast("list[Row]", target["selector"])
            assert FULL_RAW[cast("int", place["start"]) : cast("int", place["end"])] == quote["exact"]


def test_it_can_be_read_back() -> None:
    article = attrs.evolve(full_article(), ledger=())
    rows = [values_of(item) for item in items_of(document(article))]
    assert ["byline", "author: María Pérez", "reporter: Jane Miller", "editor: Tom O'Hara", article.bylines[0].rule] in rows
    assert ["date", "published", "2024-06-20T14:05:09+02:00", "date.line"] in rows
    assert ["dateline", "MALMO", "June 20", "Reuters", "dateline.agency"] in rows
    assert ["heading", "level 1"] in rows
    assert sorted(row[1] for row in rows if row[0] == "removal") == sorted(removal.reason for removal in article.removals)


def test_without_text_nothing_of_the_report_is_published() -> None:
    article = attrs.evolve(full_article(), ledger=())
    line = newsnorm.export.dumps(article, "annotations", without_text=True)
    for text in (
        *article.paragraphs,
        article.title,
        article.captions[0].caption,
        article.removals[0].text,
        article.about.description,
    ):
        assert json.dumps(text, ensure_ascii=False)[1:-1] not in line
    assert {"title", "text", "standfirst"} <= set(newsnorm.export.lost(article, "annotations", without_text=True))
    assert json.loads(line)["total"] == json.loads(newsnorm.export.dumps(article, "annotations"))["total"]


def test_a_site_that_the_text_does_not_state_is_told_as_lost() -> None:
    stated = full_article()
    assert "site" not in newsnorm.export.lost(stated, "annotations")
    assert "site" in newsnorm.export.lost(attrs.evolve(stated, site="Coast Herald"), "annotations")


@pytest.mark.parametrize("ledger", [True, False])
def test_the_ledger_is_annotated_on_demand(ledger: bool) -> None:
    found = json.loads(newsnorm.export.dumps(full_article(), "annotations", ledger=ledger))
    assert any(values_of(item)[0] == "body" for item in items_of(found)) is ledger
