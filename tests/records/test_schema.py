"""The JSON form: valid by its schema, every key there, and the way back."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from folders import ROOT
from hypothesis import given
from strategies import raw_texts

import newsnorm
from newsnorm.export.jsonl import dumps, write
from newsnorm.testing import Case, cases

SCHEMA = json.loads((ROOT / "docs" / "schema" / "article-1.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
PARSER = newsnorm.Parser()
CASES = cases(ROOT / "tests" / "fixtures" / "articles") + cases(ROOT / "tests" / "fixtures" / "untouched")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_is_valid(case: Case) -> None:
    data = newsnorm.to_dict(PARSER.parse(case.raw, url=case.url), ledger=True)
    VALIDATOR.validate(json.loads(json.dumps(data)))


@given(raw_texts())
def test_any_article_is_valid_and_can_be_written(raw: str) -> None:
    article = PARSER.parse(raw)
    VALIDATOR.validate(newsnorm.to_dict(article))
    line = dumps(article, ledger=True)
    assert "\n" not in line
    assert newsnorm.from_dict(json.loads(line.encode())) == article


def test_the_schema_refuses_what_is_not_in_it() -> None:
    data = newsnorm.to_dict(newsnorm.parse("It rained."))
    for broken in (
        {**data, "extra": 1},
        {key: value for key, value in data.items() if key != "title"},
        {**data, "truncated": "no"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            VALIDATOR.validate(broken)


def test_absent_is_null_or_empty_never_missing() -> None:
    data = newsnorm.to_dict(newsnorm.parse(""))
    assert next(iter(data)) == "schema"
    absent = {key for key, value in data.items() if value is None or value == []}
    assert {
        "title",
        "standfirst",
        "authors",
        "people",
        "agency",
        "published",
        "updated",
        "dateline",
        "credits",
        "paragraphs",
        "removals",
    } <= absent


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"schema": "newsnorm/article/9"}, "schema"),
        ({"id": 5}, "id is 5"),
        ({"paragraphs": [1]}, "paragraphs"),
        ({"paragraphs": "x"}, "paragraphs"),
        ({"removals": None}, "removals"),
        ({"removals": [{"rule": "x"}]}, "removals[0]"),
        ({"findings": [{"type": "joke"}]}, "findings[0].type"),
        ({"language": {"code": "en", "name": "English"}}, "language"),
        ({"language": {"code": "en", "confidence": "high", "method": "x"}}, "language"),
        ({"provenance": {}}, "provenance"),
    ],
)
def test_data_that_is_no_article_is_refused_by_field(change: dict[str, object], says: str) -> None:
    data = {**newsnorm.to_dict(newsnorm.parse("It rained.\nSource link")), **change}
    with pytest.raises(newsnorm.RecordError) as error:
        newsnorm.from_dict(data)  # type: ignore[arg-type]
    assert says in str(error.value)


def test_write_makes_one_line_an_article(tmp_path: Path) -> None:
    articles = [newsnorm.parse("It rained."), newsnorm.parse("Ö\u2028ö")]
    assert write(articles, tmp_path / "a.jsonl") == 2
    lines = (tmp_path / "a.jsonl").read_bytes().split(b"\n")
    assert [json.loads(line)["schema"] for line in lines[:2]] == ["newsnorm/article/1"] * 2
    assert lines[2:] == [b""]


def test_a_file_without_a_layout_is_read() -> None:
    data = newsnorm.to_dict(newsnorm.parse("It rained."))
    del data["layout"]
    VALIDATOR.validate(data)
    assert newsnorm.from_dict(data).layout == newsnorm.Layout("unknown")


PAGE = "<body><p>It rained in Ulm.</p><h2>Floods</h2><ol><li>The Danube rose.</ol></body>"


def test_the_kinds_of_paragraphs_are_kept() -> None:
    article = newsnorm.Parser(passes=()).parse(PAGE, media_type="text/html")
    data = newsnorm.to_dict(article, ledger=True)
    VALIDATOR.validate(data)
    assert newsnorm.from_dict(json.loads(json.dumps(data))) == article
    assert [kind.name for kind in article.paragraph_kinds] == ["paragraph", "heading", "list-item"]
    assert [row["paragraph"] for row in data["paragraph_kinds"]] == [1, 2]  # type: ignore[index, call-overload, union-attr]


def test_a_file_without_kinds_of_paragraphs_is_read() -> None:
    data = newsnorm.to_dict(newsnorm.Parser(passes=()).parse(PAGE, media_type="text/html"))
    del data["paragraph_kinds"]
    VALIDATOR.validate(data)
    assert newsnorm.from_dict(data).paragraph_kinds == (newsnorm.ParagraphKind(),) * 3


@pytest.mark.parametrize(
    "row",
    [
        {"paragraph": 3, "name": "heading", "level": 1, "ordered": False, "continues": False},
        {"paragraph": True, "name": "heading", "level": 1, "ordered": False, "continues": False},
        {"paragraph": 0, "name": "song", "level": 1, "ordered": False, "continues": False},
    ],
)
def test_a_kind_of_no_paragraph_is_refused(row: dict[str, object]) -> None:
    data = {**newsnorm.to_dict(newsnorm.Parser(passes=()).parse(PAGE, media_type="text/html")), "paragraph_kinds": [row]}
    with pytest.raises(newsnorm.RecordError, match="paragraph_kinds"):
        newsnorm.from_dict(data)  # type: ignore[arg-type]


def test_images_are_kept_and_may_be_missing() -> None:
    page = f"<h1>Rain</h1><img src='/a.jpg' alt='Rain'>{PAGE}"
    article = newsnorm.parse(page, media_type="text/html", url="https://example.com/")
    data = newsnorm.to_dict(article, ledger=True)
    VALIDATOR.validate(data)
    assert newsnorm.from_dict(json.loads(json.dumps(data))) == article
    del data["images"]
    VALIDATOR.validate(data)
    assert newsnorm.from_dict(data).images == ()
