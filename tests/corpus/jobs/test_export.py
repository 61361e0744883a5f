"""A finished run in another format: only what is sealed, all of it, and nothing else."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from folders import contents, json_rows

import newsnorm
from newsnorm.corpus.articles import find_articles, read_articles
from newsnorm.corpus.jobs.export import export_files
from newsnorm.corpus.jobs.normalise import run
from newsnorm.corpus.workers import WorkerOptions
from newsnorm.export import FORMATS, dumps
from newsnorm.export.separated import unguard

HERE = WorkerOptions(jobs=0)
TEXTS = [
    f"Quay {number} to close\nBy María Pérez\n\nQuay {number} closes on Monday, the port said.\nSource link"
    for number in range(5)
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    lines = [json.dumps({"id": f"quay/{number}", "text": text}) for number, text in enumerate(TEXTS)]
    (folder / "feed.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run([folder / "feed.jsonl"], folder / "out", workers=HERE, compare=False, ledger=True)
    return folder / "out"


def articles_of(out: Path) -> list[newsnorm.Article]:
    return [newsnorm.from_dict(row) for row in json_rows(out / "articles" / "00000.jsonl")]  # type: ignore[arg-type]


@pytest.mark.parametrize("to", [name for name, form in FORMATS.items() if form.container in ("lines", "table", "documents")])
def test_every_article_is_in_a_shard(corpus: Path, tmp_path: Path, to: str) -> None:
    told: list[tuple[int, int]] = []
    summary = export_files([corpus], tmp_path / "a", to=to, shard_rows=2, progress=lambda *at: told.append(at))
    export_files([corpus], tmp_path / "b", to=to, shard_rows=2)
    assert (summary.read, summary.written, summary.failed) == (5, 5, 0)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert len(told) == 5
    assert told[-1][0] <= told[-1][1]
    written: list[str] = []
    for shard in sorted((tmp_path / "a" / "articles").iterdir()):
        if FORMATS[to].container == "documents":
            with zipfile.ZipFile(shard) as archive:
                written += [archive.read(name).decode().removesuffix("\n") for name in archive.namelist()]
        elif to == "csv":
            written += list(shard.read_text(encoding="utf-8").splitlines())[1:]
        else:
            written += shard.read_text(encoding="utf-8").split("\n")[to == "tsv" : -1]
    assert written == [dumps(article, to) for article in articles_of(corpus)]
    manifest = json.loads((tmp_path / "a" / "manifest.json").read_bytes())
    assert (manifest["kind"], manifest["settings"]["to"], manifest["counts"]["written"]) == ("export", to, 5)
    assert [file["rows"] for file in manifest["files"]] == [2, 2, 1, 0]


def test_lines_and_tables_are_compressed_on_demand(corpus: Path, tmp_path: Path) -> None:
    export_files([corpus], tmp_path / "a", to="ninjs")
    export_files([corpus], tmp_path / "b", to="ninjs.gz")
    plain = (tmp_path / "a" / "articles" / "00000.jsonl").read_bytes()
    assert gzip.decompress((tmp_path / "b" / "articles" / "00000.jsonl.gz").read_bytes()) == plain
    with pytest.raises(
        newsnorm.InputError, match=r"markdown\.gz is not known; only lines and tables can be compressed, as gz or zst"
    ):
        export_files([corpus], tmp_path / "c", to="markdown.gz")


def test_a_table_has_the_columns_that_are_named(corpus: Path, tmp_path: Path) -> None:
    summary = export_files([corpus], tmp_path / "a", to="csv", columns=["id", "title"])
    rows = list(csv.reader(io.StringIO((tmp_path / "a" / "articles" / "00000.csv").read_text(encoding="utf-8"))))
    assert [[unguard(cell) for cell in row] for row in rows[:2]] == [["id", "title"], ["quay/0", "Quay 0 to close"]]
    assert summary.lost["text"] == 5


@pytest.mark.parametrize("to", ["parquet", "datasets", "jsonl", "jsonl.zst"])
def test_lossless_formats_are_read_again(corpus: Path, tmp_path: Path, to: str) -> None:
    summary = export_files([corpus], tmp_path / "a", to=to, ledger=True)
    assert summary.lost == {}
    back = export_files([tmp_path / "a"], tmp_path / "back", to="jsonl", ledger=True)
    assert back.written == 5
    assert articles_of(tmp_path / "back") == articles_of(corpus)
    if to == "datasets":
        assert [path.name for path in (tmp_path / "a" / "data").iterdir()] == ["train-00000-of-00001.parquet"]
        assert (tmp_path / "a" / "README.md").read_text(encoding="utf-8").startswith("---")


def test_compressed_and_sharded_results_are_read(corpus: Path, tmp_path: Path) -> None:
    run([corpus.parent / "feed.jsonl"], tmp_path / "run", workers=HERE, compare=False, ledger=True, format="jsonl.gz")
    export_files([tmp_path / "run", tmp_path / "run"], tmp_path / "a", to="jsonl", ledger=True)
    assert articles_of(tmp_path / "a") == articles_of(corpus) * 2


def test_rows_that_are_no_articles_are_told(corpus: Path, tmp_path: Path) -> None:
    good = (corpus / "articles" / "00000.jsonl").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "mixed.jsonl").write_text("\n".join(['{"text": "Rain."}', good, "[1]", "{", good]), encoding="utf-8")
    summary = export_files([tmp_path / "mixed.jsonl"], tmp_path / "out", to="ninjs")
    assert (summary.read, summary.written, summary.failed) == (5, 2, 3)
    assert summary.errors == {"bad-field": 1, "bad-json": 1, "not-an-object": 1}
    errors = json_rows(tmp_path / "out" / "errors.jsonl")
    assert [(row["place"], row["code"]) for row in errors] == [(1, "bad-field"), (3, "not-an-object"), (4, "bad-json")]
    assert "run newsnorm run over it first" in str(errors[0]["message"])


def test_only_finished_runs_are_read(corpus: Path, tmp_path: Path) -> None:
    def refused(*inputs: Path, says: str, out: str = "out") -> None:
        with pytest.raises(newsnorm.InputError, match=says):
            export_files(inputs, tmp_path / out, to="ninjs")
        assert not (tmp_path / "out").exists()

    refused(tmp_path / "none", says="no such file")
    (tmp_path / "empty").mkdir()
    refused(tmp_path / "empty", says="no results of a finished run")
    (tmp_path / "a.txt").write_text("Rain.")
    refused(tmp_path / "a.txt", says="not a file of articles; its name must end in")
    feed = corpus.parent / "feed.jsonl"
    run([feed], tmp_path / "flat", workers=HERE, compare=False, columns=["id"], format="jsonl")
    export_files([corpus], tmp_path / "ninjs", to="ninjs.gz")
    refused(tmp_path / "ninjs", says="does not hold whole articles")
    refused(tmp_path / "flat", says="does not hold whole articles; name a folder with jsonl")
    run([feed], tmp_path / "cut", workers=HERE, compare=False)
    shard = tmp_path / "cut" / "articles" / "00000.jsonl"
    shard.write_bytes(shard.read_bytes()[:-9])
    refused(tmp_path / "cut", says="has changed since the run wrote it")
    (tmp_path / "bad.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 999)[:-12])
    refused(tmp_path / "bad.jsonl.gz", says="damaged", out="other")


def test_no_input_is_replaced_and_results_only_if_told(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(newsnorm.InputError, match="is an input"):
        export_files([corpus], corpus, to="ninjs", overwrite=True)
    with pytest.raises(newsnorm.InputError, match="inside the input"):
        export_files([corpus], corpus / "articles" / "x", to="ninjs")
    with pytest.raises(newsnorm.InputError):
        export_files([corpus / "articles" / "00000.jsonl"], corpus, to="ninjs", overwrite=True)
    export_files([corpus], tmp_path / "a", to="ninjs")
    with pytest.raises(newsnorm.InputError, match="from an earlier run"):
        export_files([corpus], tmp_path / "a", to="schema-org")
    export_files([corpus], tmp_path / "a", to="markdown", overwrite=True)
    assert sorted(path.name for path in (tmp_path / "a" / "articles").iterdir()) == ["00000.md.zip"]


def test_a_dry_run_counts_and_writes_nothing(corpus: Path) -> None:
    summary = export_files([corpus], None, to="ninjs")
    assert summary.lost["removals"] == summary.written == 5


@pytest.mark.parametrize("to", ["nitf", "ninjs.gz", "parquet"])
def test_an_export_that_was_stopped_leaves_nothing_and_is_simply_repeated(corpus: Path, tmp_path: Path, to: str) -> None:
    def stop(done: int, total: int) -> None:
        if done > total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_files([corpus], tmp_path / "a", to=to, shard_rows=2, progress=stop)
    assert [path.name for path in (tmp_path / "a").iterdir() if not path.name.startswith(".")] == []
    export_files([corpus], tmp_path / "a", to=to, shard_rows=2)
    export_files([corpus], tmp_path / "b", to=to, shard_rows=2)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_articles_of_a_run_can_be_read_one_by_one(corpus: Path) -> None:
    assert list(read_articles(find_articles([corpus]))) == articles_of(corpus)
