"""``articles.jsonl``: each line is an article that can be read again."""

from __future__ import annotations

import json
from pathlib import Path

import newsnorm
from newsnorm.corpus.sinks.articles import NAME, article_sink
from newsnorm.corpus.sinks.folder import OutputFolder

ARTICLES = [
    newsnorm.parse("Rain in Ulm\u2028\nBy María Pérez\n\nIt rained in Ulm on Monday, and “nobody” was surprised.\r\n", id="ulm"),
    newsnorm.parse("東京で雨\n\n月曜日に東京で雨が降った。\n"),
    newsnorm.parse(""),
]


def write(path: Path, *, ledger: bool = False) -> list[str]:
    folder = OutputFolder.prepare(path, inputs=[], names=[NAME])
    with article_sink(folder, ledger=ledger) as sink:
        for article in ARTICLES:
            sink.write(article)
    folder.commit([NAME])
    text = (path / "articles.jsonl").read_bytes().decode("utf-8")
    assert text.endswith("\n")
    return text.removesuffix("\n").split("\n")


def test_an_article_is_one_line_and_read_again_as_it_was(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in write(tmp_path, ledger=True)]
    assert [newsnorm.from_dict(row) for row in rows] == ARTICLES


def test_the_ledger_is_left_out_unless_asked_for(tmp_path: Path) -> None:
    assert ["ledger" in json.loads(line) for line in write(tmp_path)] == [False] * len(ARTICLES)
    assert all(json.loads(line)["ledger"] for line in write(tmp_path / "with", ledger=True)[:2])


def test_letters_are_written_as_they_are(tmp_path: Path) -> None:
    assert "東京で雨" in write(tmp_path)[1]
