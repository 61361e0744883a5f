"""The Arrow form of articles: one schema, the one that is written down, and the way back."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from folders import DOCS, FIXTURES
from hypothesis import given
from strategies import raw_texts

import newsnorm
from newsnorm.export.arrow import ARTICLE, COMMON_KEYS, FINDING_KEYS, Shape, arrow_schema, article_rows, table_of_lines
from newsnorm.export.jsonl import dumps
from newsnorm.export.parquet import GROUP_ROWS, read, write
from newsnorm.testing import Case, cases

PARSER = newsnorm.Parser()
CASES = [*cases(FIXTURES / "articles"), *cases(FIXTURES / "untouched"), *cases(FIXTURES / "pages")]
JSON_SCHEMA = json.loads((DOCS / "schema" / "article-1.json").read_text(encoding="utf-8"))
TYPES = {"string": "string", "integer": "int64", "number": "double", "boolean": "bool"}


def shape_of(node: dict[str, object]) -> Shape:
    """The shape that a part of the JSON schema stands for; of several kinds of objects, one with the keys of all."""
    if "$ref" in node:
        return shape_of(JSON_SCHEMA["$defs"][str(node["$ref"]).rpartition("/")[2]])
    if "const" in node or "enum" in node:
        return "string"
    if any_of := node.get("anyOf", node.get("oneOf")):
        shapes = [shape_of(each) for each in any_of if each != {"type": "null"}]  # type: ignore[attr-defined]
        union: dict[str, Shape] = {}
        for shape in shapes:
            assert isinstance(shape, dict)
            assert all(union.get(key, inner) == inner for key, inner in shape.items()), "one key has two types"
            union |= shape
        return union
    named = node["type"] if isinstance(node["type"], list) else [node["type"]]
    (name,) = (each for each in named if each != "null")
    if name == "array":
        return [shape_of(node["items"])]  # type: ignore[arg-type]
    if name == "object":
        return {key: shape_of(inner) for key, inner in node["properties"].items()}  # type: ignore[attr-defined]
    return TYPES[str(name)]


def test_the_columns_follow_from_the_json_schema() -> None:
    assert shape_of(JSON_SCHEMA) == ARTICLE


def test_the_columns_are_written_down() -> None:
    assert json.loads((DOCS / "schema" / "article-1.arrow.json").read_text(encoding="utf-8")) == ARTICLE


def test_findings_have_the_keys_of_their_types() -> None:
    kinds = [JSON_SCHEMA["$defs"][each["$ref"].rpartition("/")[2]] for each in JSON_SCHEMA["$defs"]["finding"]["oneOf"]]
    keys = {kind["properties"]["type"]["const"]: (*kind["properties"],) for kind in kinds}
    assert {kind: (*COMMON_KEYS, *own) for kind, own in FINDING_KEYS.items()} == keys


@pytest.mark.parametrize("ledger", [False, True])
def test_parquet_keeps_everything_of_an_article(tmp_path: Path, ledger: bool) -> None:
    articles = [*(parsed(case) for case in CASES), *(newsnorm.parse(case.raw, keep="all") for case in CASES[:20])]
    assert {finding.fate for article in articles for finding in article.findings()} >= FINDING_KEYS.keys()
    assert write(articles, tmp_path / "a.parquet", ledger=ledger) == len(articles)
    found = list(read(tmp_path / "a.parquet"))
    assert [json.dumps(row, ensure_ascii=False) for row in found] == [dumps(article, ledger=ledger) for article in articles]
    if ledger:
        assert [newsnorm.from_dict(row) for row in found] == articles


def parsed(case: Case) -> newsnorm.Article:
    return PARSER.parse(case.raw, url=case.url, media_type=case.media_type)


@given(raw_texts())
def test_any_article_comes_back(raw: str) -> None:
    article = PARSER.parse(raw)
    (row,) = article_rows(table_of_lines(dumps(article, ledger=True).encode(), arrow_schema()))
    assert newsnorm.from_dict(row) == article


def test_the_schema_does_not_depend_on_what_is_written(tmp_path: Path) -> None:
    schemas = []
    for number, articles in enumerate(([], [PARSER.parse("")], [parsed(case) for case in CASES[:9]])):
        write(articles, tmp_path / f"{number}.parquet")
        schemas.append(pq.read_schema(tmp_path / f"{number}.parquet"))
    assert schemas[0] == schemas[1] == schemas[2]
    assert schemas[0].names == list(ARTICLE)
    assert schemas[0].metadata is None


def test_equal_rows_give_equal_bytes(tmp_path: Path) -> None:
    articles = [PARSER.parse(f"It rained in Ulm on day {number}.", id=str(number)) for number in range(GROUP_ROWS + 1)]
    for name in ("a", "b"):
        write(iter(articles), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    footer = pq.read_metadata(tmp_path / "a")
    assert [footer.row_group(number).num_rows for number in range(footer.num_row_groups)] == [GROUP_ROWS, 1]
    assert footer.row_group(0).column(0).compression == "ZSTD"


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    write([PARSER.parse("It rained.", id="rain-in-ulm")], tmp_path / "a")
    data = bytearray((tmp_path / "a").read_bytes())
    data[data.index(b"rain-in-ulm")] ^= 1
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(OSError, match="checksum"):
        list(read(tmp_path / "a"))


def test_half_a_surrogate_never_reaches_arrow(tmp_path: Path) -> None:
    write([attrs.evolve(PARSER.parse("It rained."), id="a\ud800b", title="\udfff")], tmp_path / "a")
    ((name, title),) = [(row["id"], row["title"]) for row in read(tmp_path / "a")]
    assert (name, title) == ("a?b", "?")


def test_a_row_that_does_not_fit_is_refused() -> None:
    with pytest.raises(pa.ArrowInvalid, match="unexpected field"):
        table_of_lines(b'{"id": "a", "other": 1}', arrow_schema())
    with pytest.raises(pa.ArrowInvalid, match="changed from string"):
        table_of_lines(b'{"id": 1}', arrow_schema())


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("newsnorm.export.arrow.find_spec", lambda _: None)
    with pytest.raises(newsnorm.errors.MissingExtraError, match=r"newsnorm\[arrow\]"):
        write([], tmp_path / "a")
