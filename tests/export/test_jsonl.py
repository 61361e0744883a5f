"""Articles as JSON lines."""

from __future__ import annotations

import json
from pathlib import Path

import newsnorm
from newsnorm.export.jsonl import SCHEMA, dumps, from_dict, write

ARTICLES = [newsnorm.parse(text) for text in ("It rained in Ulm.\u2028Source link", "Es regnete in Köln.")]


def test_an_article_is_one_line(tmp_path: Path) -> None:
    assert write(ARTICLES, tmp_path / "articles.jsonl", ledger=True) == 2
    rows = [json.loads(line) for line in (tmp_path / "articles.jsonl").read_text(encoding="utf-8").split("\n") if line]
    assert [from_dict(row) for row in rows] == ARTICLES
    assert {row["schema"] for row in rows} == {SCHEMA}


def test_the_ledger_is_written_on_demand() -> None:
    assert "ledger" not in json.loads(dumps(ARTICLES[0]))
    assert "ledger" in json.loads(dumps(ARTICLES[0], ledger=True))
