"""``newsnorm run --to, --columns, --layout``."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from command_line import RAW, invoke


@pytest.fixture
def text(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(RAW, encoding="utf-8")
    return tmp_path / "a.txt"


def test_a_table_with_some_columns(text: Path, tmp_path: Path) -> None:
    result = invoke("run", "--jobs", "0", text, "--out", tmp_path / "out", "--to", "csv", "--columns", "title, agency,authors")
    assert result.exit_code == 0
    table = (tmp_path / "out" / "articles" / "00000.csv").read_text(encoding="utf-8")
    assert table == "title,agency,authors\nFire closes Malmö bridge,Reuters,María Pérez\n"


def test_columns_of_lines_of_json(text: Path, tmp_path: Path) -> None:
    assert invoke("run", "--jobs", "0", text, "--out", tmp_path / "out", "--columns", "language,published").exit_code == 0
    row = (tmp_path / "out" / "articles" / "00000.jsonl").read_text(encoding="utf-8")
    assert json.loads(row) == {"language": "en", "published": None}


def test_columns_may_stand_in_a_file_of_options(text: Path, tmp_path: Path) -> None:
    for number, columns in enumerate(('["id", "agency"]', '"id,agency"')):
        (tmp_path / "run.toml").write_text(f'columns = {columns}\nto = "tsv"\njobs = 0\n', encoding="utf-8")
        out = tmp_path / f"out{number}"
        assert invoke("run", "--config", tmp_path / "run.toml", text, "--out", out).exit_code == 0
        assert (out / "articles" / "00000.tsv").read_text(encoding="utf-8").startswith("id\tagency\n")


def test_a_dataset_is_in_parquet(text: Path, tmp_path: Path) -> None:
    result = invoke("run", "--jobs", "0", text, "--out", tmp_path / "out", "--layout", "datasets", "--columns", "id,text")
    assert result.exit_code == 0
    assert pq.read_table(tmp_path / "out" / "data" / "train-00000-of-00001.parquet").column_names == ["id", "text"]
    assert (tmp_path / "out" / "README.md").exists()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--columns", "id,date"), "column 'date' is not known; choose from id, url"),
        (("--columns", ""), "no column is named"),
        (("--to", "csv", "--ledger"), "a flat table has no ledger"),
        (("--to", "csv", "--layout", "datasets"), "the layout datasets needs Parquet files"),
        (("--to", "xml"), "'xml' is not one of"),
    ],
)
def test_wrong_forms_are_refused_before_anything_is_written(
    text: Path, tmp_path: Path, options: tuple[str, ...], says: str
) -> None:
    result = invoke("run", "--jobs", "0", text, "--out", tmp_path / "out", *options)
    assert (result.exit_code, says in result.output) == (2, True)
    assert not (tmp_path / "out").exists()


def test_a_run_is_not_resumed_in_another_form(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_text("nonsense\n", encoding="utf-8")
    start = ("run", "--jobs", "0", tmp_path / "feed.jsonl", "--out", tmp_path / "out")
    assert invoke(*start, "--max-errors", "0").exit_code == 4
    again = invoke(*start, "--to", "csv")
    assert again.exit_code == 2
    assert "columns = null, now it is" in again.output
    assert invoke(*start).exit_code == 3
