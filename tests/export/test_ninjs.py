"""IPTC ninjs 3.1: every object fits the published schema, with its formats checked."""

from __future__ import annotations

import json
import re
from functools import cache

import attrs
import pytest
from articles_of_all_kinds import articles, full_article, shipped_articles
from folders import FIXTURES
from hypothesis import given
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT7, DRAFT202012

import newsnorm
from newsnorm.export.ninjs import document

SCHEMAS = FIXTURES / "schemas"


@cache
def validator() -> Draft202012Validator:
    """The schema; that of GeoJSON is registered under its address, so that nothing is fetched."""
    schema = json.loads((SCHEMAS / "ninjs-schema_3.1.json").read_text(encoding="utf-8"))
    geo = json.loads((SCHEMAS / "GeoJSON-schema.json").read_text(encoding="utf-8"))
    resources = [
        ("https://geojson.org/schema/GeoJSON.json", DRAFT7.create_resource(geo)),
        (schema["$id"], DRAFT202012.create_resource(schema)),
    ]
    return Draft202012Validator(
        schema, registry=Registry().with_resources(resources), format_checker=FormatChecker(["date-time", "uri"])
    )


def faults(row: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator().iter_errors(row)]


def test_the_check_finds_faults() -> None:
    assert faults({"type": "text"}) != []
    assert faults({"uri": "urn:a:b", "versionCreated": "2024-06-20"}) != []
    assert faults({"uri": "no uri"}) != []
    assert faults({"uri": "urn:a:b", "places": [{"geoJSON": {"type": "Point", "coordinates": ["a"]}}]}) != []
    assert faults({"uri": "urn:a:b", "places": [{"geoJSON": {"type": "Point", "coordinates": [1, 2]}}]}) == []
    assert faults({"uri": "urn:a:b", "headine": "x"}) != []


def test_an_article_with_everything_fits() -> None:
    assert faults(document(full_article())) == []


def test_every_shipped_article_fits() -> None:
    for article in shipped_articles():
        assert faults(document(article)) == [], article.id


@given(articles())
def test_any_article_fits(article: newsnorm.Article) -> None:
    line = newsnorm.export.dumps(article, "ninjs")
    assert len(line.split("\n")) == 1
    line.encode()
    found = json.loads(line)
    assert faults(found) == []
    text = found["bodies"][0]["value"] if "bodies" in found else ""
    assert text == re.sub("[\ud800-\udfff]", "\ufffd", article.text)


def test_it_can_be_read_back() -> None:
    article = full_article()
    found = json.loads(newsnorm.export.dumps(article, "ninjs"))
    assert found["headlines"][0]["value"] == article.title
    assert [(person["name"], person["rel"]) for person in found["people"]] == [(each.name, each.role) for each in article.people]
    assert found["bodies"][0]["value"].split("\n\n") == list(article.paragraphs)
    assert found["bodies"][0]["charCount"] == len(article.text)
    assert {source["role"]: source["name"] for source in found["infoSources"]} == {
        "agency": "Reuters",
        "publisher": "Harbour News",
        "photo": "Jane Doe/AFP",
    }
    assert {each["role"]: each["value"] for each in found["altIds"]}["id"] == article.id


@pytest.mark.parametrize(
    ("value", "zone", "written"),
    [
        ("2024-06-20", "unknown", None),
        ("2024-06-20T14:05", "unknown", None),
        ("2024-06-20T14:05-06:00", "assumed", None),
        ("2024-06-20T14:05+03:00", "stated", "2024-06-20T14:05:00+03:00"),
        ("2024-06-20T14:05:09Z", "stated", "2024-06-20T14:05:09Z"),
    ],
)
def test_a_date_is_written_only_if_it_is_a_moment(value: str, zone: str, written: str | None) -> None:
    full = full_article()
    article = attrs.evolve(full, dates=(attrs.evolve(full.dates[0], value=value, zone=zone),))  # type: ignore[arg-type]
    assert document(article).get("firstCreated") == written
    assert ("published" in newsnorm.export.lost(article, "ninjs")) is (written is None)
