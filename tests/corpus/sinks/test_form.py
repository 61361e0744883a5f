"""Forms of articles: what a worker writes, and the shard that it goes into."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import pickle
from pathlib import Path

import attrs
import pyarrow.parquet as pq
import pytest
from backports import zstd

import newsnorm
from newsnorm.cli.run import FORMATS as COMMAND_FORMATS
from newsnorm.corpus.output.durable import HashedFile, create
from newsnorm.corpus.sinks.form import FORMATS, ArticleForm, article_form
from newsnorm.corpus.sinks.shards import read_rows, shards_of
from newsnorm.errors import MissingExtraError
from newsnorm.export.flat import USUAL
from newsnorm.export.jsonl import dumps
from newsnorm.export.separated import unguard

PARSER = newsnorm.Parser()
PROSE = "The quay was closed on Monday after two of its old pillars cracked, the harbour office said in a short statement."
ARTICLES = (
    PARSER.parse(f"Quay to close\nBy María Pérez and Jane Miller\n\n{PROSE}\nSource link\n", id="quay"),
    PARSER.parse("", id="=empty"),
    PARSER.parse(f"{PROSE}\n\n{PROSE.upper()}", id="twice"),
)
WHOLE = ("jsonl", "jsonl.gz", "jsonl.zst", "parquet")
SEPARATED = tuple(name for name in FORMATS if name not in WHOLE)


def written(form: ArticleForm, folder: Path) -> tuple[Path, str | None]:
    """The articles in a shard, and the digest of its content."""
    path = folder / f"articles.{shards_of(form).ending}"
    file = HashedFile(create(path))
    shard = shards_of(form).open(file)
    for article in ARTICLES:
        shard.write(form.encode(article))
    content = shard.finish()
    file.close()
    return path, content


def unpacked(path: Path) -> bytes:
    """What a shard unpacks to, in the way of other programs."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else zstd.decompress(data) if path.suffix == ".zst" else data


def test_the_command_line_has_the_formats() -> None:
    assert COMMAND_FORMATS == FORMATS


@pytest.mark.parametrize("ledger", [False, True])
@pytest.mark.parametrize("name", WHOLE)
def test_whole_articles_come_back_byte_for_byte(tmp_path: Path, name: str, ledger: bool) -> None:
    path, content = written(article_form(name, ledger=ledger), tmp_path)
    lines = [dumps(article, ledger=ledger).encode() for article in ARTICLES]
    assert list(read_rows(path)) == lines
    digest = hashlib.sha256(b"".join(line + b"\n" for line in lines)).hexdigest()
    assert content == (None if name == "jsonl" else digest)


@pytest.mark.parametrize("name", SEPARATED)
def test_tables_are_read_by_other_programs(tmp_path: Path, name: str) -> None:
    path, content = written(article_form(name), tmp_path)
    data = unpacked(path)
    assert b"\r" not in data
    assert content in (None, hashlib.sha256(data).hexdigest())
    delimiter = "," if name.startswith("csv") else "\t"
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=delimiter, strict=True))
    assert tuple(rows[0]) == USUAL
    assert [unguard(row["id"]) for row in rows] == ["quay", "=empty", "twice"]
    assert [unguard(row["text"]) for row in rows] == [article.text for article in ARTICLES]
    assert rows[0]["authors"] == "María Pérez | Jane Miller"
    assert rows[1]["id"] == "'=empty"


@pytest.mark.parametrize("name", ["jsonl", "jsonl.zst", "parquet"])
def test_some_columns_of_lines_and_of_parquet(tmp_path: Path, name: str) -> None:
    path, _ = written(article_form(name, ["id", "authors", "paragraph_count", "truncated"]), tmp_path)
    lines = () if name == "parquet" else unpacked(path).splitlines()
    found = [json.loads(line) for line in lines] if lines else pq.read_table(path).to_pylist()
    assert found == [
        {"id": "quay", "authors": ["María Pérez", "Jane Miller"], "paragraph_count": 1, "truncated": False},
        {"id": "=empty", "authors": [], "paragraph_count": 0, "truncated": False},
        {"id": "twice", "authors": [], "paragraph_count": 2, "truncated": False},
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_equal_articles_give_equal_bytes(tmp_path: Path, name: str) -> None:
    form = pickle.loads(pickle.dumps(article_form(name)))
    files = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        files.append(written(form, tmp_path / folder)[0].read_bytes())
    assert files[0] == files[1]


@pytest.mark.parametrize("name", FORMATS)
def test_half_a_surrogate_is_never_written(tmp_path: Path, name: str) -> None:
    form = article_form(name, ["id"] if name in SEPARATED else None)
    row = form.encode(attrs.evolve(ARTICLES[0], id="a\ud800b"))
    assert b"a?b" in row
    assert row.decode()


@pytest.mark.parametrize(
    ("name", "columns", "ledger", "says"),
    [
        ("xml", None, False, "format 'xml' is not known; choose one of jsonl, "),
        ("csv", ["date"], False, "column 'date' is not known"),
        ("jsonl", ["id"], True, "a flat table has no ledger"),
        ("tsv", None, True, "a flat table has no ledger"),
    ],
)
def test_what_does_not_go_together_is_refused(name: str, columns: list[str] | None, ledger: bool, says: str) -> None:
    with pytest.raises(newsnorm.InputError, match=says):
        article_form(name, columns, ledger=ledger)


@pytest.mark.parametrize(("name", "extra"), [("parquet", "arrow"), ("csv.zst", "zstd")])
def test_missing_extras_are_named(monkeypatch: pytest.MonkeyPatch, name: str, extra: str) -> None:
    monkeypatch.setattr("newsnorm.export.arrow.find_spec", lambda _: None)
    monkeypatch.setattr("newsnorm.corpus.sources.compression.zst.is_installed", lambda: False)
    with pytest.raises(MissingExtraError, match=extra):
        article_form(name)
