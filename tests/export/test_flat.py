"""Flat tables: every column, of every article."""

from __future__ import annotations

import json
import re

import pytest
from folders import DOCS, FIXTURES

import newsnorm
from newsnorm.export.arrow import arrow_schema, table_of_lines
from newsnorm.export.flat import COLUMNS, USUAL, check_columns, flat_row, shapes
from newsnorm.testing import cases

PARSER = newsnorm.Parser()
ARTICLES = [PARSER.parse(case.raw, url=case.url) for case in cases(FIXTURES / "articles")]
PAGES = [PARSER.parse(case.raw, url=case.url, media_type="text/html") for case in cases(FIXTURES / "pages")]


def test_every_column_has_the_type_that_it_states() -> None:
    rows = [flat_row(newsnorm.to_dict(article), COLUMNS) for article in (*ARTICLES, *PAGES, PARSER.parse(""))]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    assert table_of_lines(lines, arrow_schema(shapes(COLUMNS))).to_pylist() == rows
    never = {name for name in COLUMNS if all(row[name] in (None, []) for row in rows)}
    assert never <= {"encoding"}, "no article shows that these columns work"


def test_a_column_has_what_the_json_form_has() -> None:
    for article in (*ARTICLES, *PAGES):
        data = newsnorm.to_dict(article)
        row = flat_row(data, COLUMNS)
        for name in COLUMNS.keys() & data.keys():
            if not isinstance(data[name], (dict, list)):
                assert row[name] == data[name]
        assert row["authors"] == [person.name for person in article.authors]
        assert row["published"] == (article.published.value if article.published else None)
        assert row["section"] == article.about.section
        assert row["paragraph_count"] == len(article.paragraphs)
        assert row["text_length"] == len(article.text)


def test_the_usual_columns_are_columns() -> None:
    assert check_columns(USUAL) == USUAL


@pytest.mark.parametrize(
    ("names", "says"),
    [([], "no column is named; choose from id, url"), (["id", "date"], "'date' is not known"), (["id", "id"], "named twice")],
)
def test_wrong_columns_are_refused(names: list[str], says: str) -> None:
    with pytest.raises(newsnorm.InputError, match=says):
        check_columns(names)


def test_the_documentation_lists_the_columns() -> None:
    text = (DOCS / "schema.md").read_text(encoding="utf-8")
    section = text.partition("## Flat tables")[2].partition("\n## ")[0]
    listed = re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE)))
    assert listed == list(COLUMNS)
    assert ", ".join(f"`{name}`" for name in USUAL) in section
