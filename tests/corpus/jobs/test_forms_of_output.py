"""Runs into every form of output: the same articles, resumed and replaced as it should be."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from folders import FIXTURES, contents, json_rows

import newsnorm
from newsnorm.corpus.jobs import normalise, parsing
from newsnorm.corpus.jobs.relate import dedup_files
from newsnorm.corpus.parts import PartLimits
from newsnorm.corpus.sinks.form import FORMATS
from newsnorm.corpus.sinks.shards import read_rows
from newsnorm.corpus.sources.discover import discover
from newsnorm.corpus.workers import WorkerOptions
from newsnorm.errors import TooManyErrorsError
from newsnorm.parser import parse_page

CORPUS = FIXTURES / "corpus"
PARSER = newsnorm.Parser(passes=())  # what is tested is how articles are written, not what is in them
run = partial(normalise.run, parser=PARSER, workers=WorkerOptions(jobs=0), part_limits=PartLimits(records=20), compare=False)


def manifest(out: Path) -> dict[str, object]:
    return json.loads((out / "manifest.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def shards(out: Path) -> list[Path]:
    return sorted(path for folder in ("articles", "data") for path in (out / folder).glob("*"))


def whole_rows(out: Path) -> list[bytes]:
    return [row for shard in shards(out) for row in read_rows(shard)]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("plain") / "out"
    run([CORPUS], out)
    return out


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The records that were parsed."""
    parsed: list[str] = []

    def noted(page: newsnorm.Page, parser: newsnorm.Parser) -> newsnorm.Article:
        article = parse_page(page, parser)
        parsed.append(article.id)
        return article

    monkeypatch.setattr(parsing, "load_tables", lambda _: None)
    monkeypatch.setattr(parsing, "parse_page", noted)
    return parsed


@pytest.mark.parametrize("name", ["jsonl.gz", "jsonl.zst", "parquet"])
def test_the_same_articles_in_every_format(tmp_path: Path, plain: Path, name: str) -> None:
    run([CORPUS], tmp_path / "out", format=name)
    assert whole_rows(tmp_path / "out") == whole_rows(plain)
    digests = [
        [file["content_sha256" if out != plain else "sha256"] for file in manifest(out)["files"] if file["key"]]  # type: ignore[attr-defined]
        for out in (plain, tmp_path / "out")
    ]
    assert digests[0] == digests[1]


def test_a_csv_has_a_header_in_every_shard(tmp_path: Path, plain: Path) -> None:
    run([CORPUS], tmp_path / "out", format="csv", columns=["id", "title"])
    found: list[str] = []
    for shard in shards(tmp_path / "out"):
        with shard.open(encoding="utf-8", newline="") as file:
            found += [row["id"] for row in csv.DictReader(file)]
    assert found == [json.loads(row)["id"] for row in whole_rows(plain)]
    assert len(shards(tmp_path / "out")) > 1


def test_a_dataset(tmp_path: Path, plain: Path) -> None:
    out = tmp_path / "out"
    run([CORPUS], out, layout="datasets")
    count = len(shards(out))
    assert [path.name for path in shards(out)] == [f"train-{number:05d}-of-{count:05d}.parquet" for number in range(count)]
    assert whole_rows(out) == whole_rows(plain)
    assert "- split: train\n    path: data/train-*.parquet\n" in (out / "README.md").read_text(encoding="utf-8")
    assert {file["name"] for file in manifest(out)["files"]} == contents(out).keys() - {"manifest.json"}  # type: ignore[attr-defined]
    assert {file.path for file in discover([out]).files} == set(shards(out))


def test_all_shards_have_one_schema(tmp_path: Path) -> None:
    run([CORPUS], tmp_path / "out", format="parquet")
    assert len({str(pq.read_schema(shard)) for shard in shards(tmp_path / "out")}) == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"format": "parquet"}, 'format = "jsonl", now it is "parquet"'),
        ({"columns": ["id"]}, r'columns = null, now it is \["id"\]'),
        ({"format": "parquet", "layout": "datasets"}, 'layout = "articles", now it is "datasets"|format'),
    ],
)
def test_an_unfinished_run_does_not_go_on_in_another_form(tmp_path: Path, change: dict[str, object], says: str) -> None:
    (tmp_path / "feed.jsonl").write_text('{"text": "It rained."}\nnonsense\n', encoding="utf-8")
    with pytest.raises(TooManyErrorsError):
        run([tmp_path / "feed.jsonl"], tmp_path / "out", max_errors=0)
    with pytest.raises(newsnorm.InputError, match=says):
        run([tmp_path / "feed.jsonl"], tmp_path / "out", **change)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["jsonl.zst", "parquet"])
def test_a_finished_run_is_written_anew_in_another_format_without_parsing(tmp_path: Path, calls: list[str], name: str) -> None:
    run([CORPUS], tmp_path / "out")
    assert len(calls) == 45
    run([CORPUS], tmp_path / "out", format=name, overwrite=True)
    assert len(calls) == 45
    run([CORPUS], tmp_path / "afresh", format=name)
    assert contents(tmp_path / "out") == contents(tmp_path / "afresh")
    run([CORPUS], tmp_path / "out", overwrite=True)
    assert len(calls) == 90, "those of the run afresh"
    run([CORPUS], tmp_path / "plain")
    assert contents(tmp_path / "out") == contents(tmp_path / "plain")


def test_flat_tables_are_made_anew(tmp_path: Path, calls: list[str]) -> None:
    for number in range(1, 3):
        run([CORPUS], tmp_path / "out", columns=["id", "text"], overwrite=True)
        assert len(calls) == number * 45
    run([CORPUS], tmp_path / "out", overwrite=True)
    assert len(calls) == 135
    assert len(whole_rows(tmp_path / "out")) == 45


def test_a_card_that_was_edited_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("It rained in Ulm.", encoding="utf-8")
    again = partial(run, [tmp_path / "in.txt"], tmp_path / "out", overwrite=True)
    again(layout="datasets")
    again(layout="datasets")
    (tmp_path / "out" / "README.md").write_text("mine", encoding="utf-8")
    for layout in ("datasets", "articles"):
        with pytest.raises(newsnorm.InputError, match=r"README.md was changed by hand"):
            again(layout=layout)
    (tmp_path / "out" / "README.md").unlink()
    again()
    assert not (tmp_path / "out" / "README.md").exists()
    (tmp_path / "out" / "README.md").write_text("mine", encoding="utf-8")
    again()
    with pytest.raises(newsnorm.InputError, match=r"README.md was changed by hand"):
        again(layout="datasets")
    assert (tmp_path / "out" / "README.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", FORMATS)
def test_a_dry_run_writes_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "in.txt").write_text("It rained in Ulm.", encoding="utf-8")
    assert run([tmp_path / "in.txt"], None, format=name).written == 1
    assert [path.name for path in tmp_path.iterdir()] == ["in.txt"]


def test_flat_rows_can_be_read_by_a_later_run(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("It rained in Ulm.", encoding="utf-8")
    run([tmp_path / "in.txt"], tmp_path / "out", format="csv.gz")
    run([tmp_path / "out"], tmp_path / "again")
    assert [row["text"] for row in json_rows(tmp_path / "again" / "articles" / "00000.jsonl")] == ["It rained in Ulm."]


@pytest.mark.parametrize("form", [{"format": "jsonl.zst"}, {"format": "parquet"}, {"layout": "datasets"}], ids=str)
def test_later_jobs_read_every_form_alike(tmp_path: Path, plain: Path, form: dict[str, str]) -> None:
    run([CORPUS], tmp_path / "out", **form)  # type: ignore[arg-type]
    found = [dedup_files([out], None, workers=WorkerOptions(jobs=0)).found for out in (plain, tmp_path / "out")]
    assert found[0] == found[1]
    assert found[0] is not None


@pytest.mark.slow
def test_only_who_asks_for_parquet_pays_for_it() -> None:
    code = (
        "import sys; from newsnorm.corpus.jobs.normalise import run; run(sys.argv[1:], None, compare=False); "
        "print([name for name in sys.modules if name.partition('.')[0] in ('pyarrow', 'backports', 'compression')])"
    )
    result = subprocess.run([sys.executable, "-c", code, str(CORPUS)], check=True, capture_output=True, text=True)
    assert result.stdout == "[]\n"


def test_parquet_that_can_t_be_read_says_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run([CORPUS], tmp_path / "out", format="parquet")
    monkeypatch.setattr("newsnorm.export.arrow.is_installed", lambda: False)
    with pytest.raises(newsnorm.errors.MissingExtraError, match="pass --fresh to parse everything again"):
        run([CORPUS], tmp_path / "out", overwrite=True)
    run([CORPUS], tmp_path / "out", overwrite=True, fresh=True)
    assert len(whole_rows(tmp_path / "out")) == 45
