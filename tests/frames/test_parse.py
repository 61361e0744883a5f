"""Frames of pandas and Polars give what a run gives for the same rows, and a bad row costs itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas
import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from folders import ROOT
from worker_tasks import exit_on_poison

import newsnorm
import newsnorm.errors
from newsnorm.corpus.jobs.normalise import run
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.workers import WorkerOptions
from newsnorm.export.flat import COLUMNS
from newsnorm.frames import parse
from newsnorm.frames.parsing import ERRORS

QUAY = "Quay to close\nBy María Pérez\n\n20 June 2024\n\nThe quay closes on Monday, the port said in a short statement."
FOG = "Fog over the sound\n\nThree ferries waited for an hour on Sunday, a captain said.\nSource link\n"
RAIN = "Regen in Ulm\n\nAm Montag hat es in Ulm den ganzen Tag geregnet, teilte die Stadt mit."
ROWS: dict[str, list[Any]] = {
    "key": ["quay", "fog", "", "rain", "none"],
    "body": [QUAY, FOG, "", RAIN, None],
    "link": ["https://example.com/quay", None, None, "https://example.de/regen", None],
    "head": [None, "Fog over the sound", None, None, None],
    "seen": ["2024-06-21T08:00:00Z", None, None, None, None],
}
NAMED: dict[str, Any] = {"text": "body", "id": "key", "url": "link", "title": "head", "fetched": "seen"}


def rows_of(frame: Any, library: str) -> list[dict[str, Any]]:
    """Return rows as dictionaries, what is missing as None."""
    if library == "polars":
        return list(frame.to_dicts())
    return list(pa.Table.from_pandas(frame, preserve_index=False).to_pylist())


def frame_of(library: str, rows: dict[str, list[Any]]) -> Any:
    return pandas.DataFrame(rows) if library == "pandas" else polars.DataFrame(rows)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What a run writes of the same rows, as a flat table with every column."""
    folder = tmp_path_factory.mktemp("run")
    ids = [key or newsnorm.parse(text).id for key, text in zip(ROWS["key"], ROWS["body"], strict=True)]
    pq.write_table(pa.table({**ROWS, "key": ids}), folder / "in.parquet")
    options = ReadOptions(fields=NAMED)
    run(
        [folder / "in.parquet"], folder / "out", options=options, format="parquet", columns=COLUMNS, workers=WorkerOptions(jobs=0)
    )
    return list(pq.read_table(folder / "out" / "articles").to_pylist())


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_frame_gives_what_a_run_writes(library: str, jobs: int, written: list[dict[str, Any]]) -> None:
    parsed = rows_of(parse(frame_of(library, ROWS), columns=COLUMNS, jobs=jobs, **NAMED), library)
    errors = [row.pop("error") for row in parsed]
    messages = [row.pop("error_message") for row in parsed]
    assert errors == [None, None, None, None, "no-text"]
    assert messages[4] == "no text in column 'body'"
    assert parsed[:4] == written
    assert {name: value for name, value in parsed[4].items() if value is not None} == {"id": "none"}


def test_types_are_those_of_flat_tables() -> None:
    schema = newsnorm.export.arrow.arrow_schema({**newsnorm.export.flat.shapes(COLUMNS), **ERRORS})
    in_pandas = parse(frame_of("pandas", ROWS), columns=COLUMNS, jobs=0, **NAMED)
    assert [kind.pyarrow_dtype for kind in in_pandas.dtypes] == schema.types
    in_polars = parse(frame_of("polars", ROWS), columns=COLUMNS, jobs=0, **NAMED)
    assert in_polars.schema == polars.from_arrow(schema.empty_table()).schema


def test_a_day_does_not_become_midnight() -> None:
    parsed = parse(frame_of("pandas", ROWS), text="body", columns=["published", "published_precision"], jobs=0)
    assert parsed.iloc[0].to_list()[:2] == ["2024-06-20", "day"]


def test_the_index_stays_even_if_it_repeats() -> None:
    frame = pandas.DataFrame({"text": [QUAY, FOG, RAIN]}, index=pandas.Index([7, 7, "x"], name="row"))
    parsed = parse(frame, columns=["title"], jobs=0)
    assert parsed.index.equals(frame.index)
    assert parsed.index.name == "row"
    side_by_side = pandas.concat([frame, parsed], axis="columns")
    assert side_by_side["title"].to_list() == ["Quay to close", "Fog over the sound", "Regen in Ulm"]
    assert list(frame.columns) == ["text"]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_an_empty_frame_keeps_its_columns(library: str) -> None:
    parsed = parse(frame_of(library, {"text": []}), columns=["id", "authors"])
    assert (len(parsed), list(parsed.columns)) == (0, ["id", "authors", "error", "error_message"])


@pytest.mark.parametrize("values", [[QUAY, None, 5, ["a"], b"Rain fell in Ulm.", float("nan"), pandas.NA, pandas.NaT, {}]])
def test_mixed_types_cost_their_rows(values: list[object]) -> None:
    expected = [None, "no-text", "bad-field", "bad-field", None, "no-text", "no-text", "no-text", "bad-field"]
    objects = pandas.DataFrame({"text": pandas.Series(values, dtype=object)})
    assert (
        parse(objects, columns=["id", "text"], jobs=0)["error"].astype(object).where(lambda each: each.notna(), None).to_list()
        == expected
    )
    in_polars = polars.DataFrame({"text": polars.Series(values, dtype=polars.Object)})
    assert parse(in_polars, columns=["id"], jobs=0).get_column("error").to_list() == expected


@pytest.mark.parametrize(
    "column",
    [
        pandas.Series([QUAY, FOG, None], dtype="category"),
        pandas.Series([QUAY, FOG, None], dtype="string"),
        pandas.Series([QUAY, FOG, None], dtype=pandas.ArrowDtype(pa.large_string())),
        pandas.Series([QUAY, FOG, None], dtype=object),
    ],
    ids=["category", "string", "arrow", "object"],
)
def test_columns_of_pandas_may_have_any_type_with_texts(column: Any) -> None:
    parsed = parse(pandas.DataFrame({"body": column}), text="body", columns=["title"], jobs=0)
    assert rows_of(parsed, "pandas")[1:] == [
        {"title": "Fog over the sound", "error": None, "error_message": None},
        {"title": None, "error": "no-text", "error_message": "no text in column 'body'"},
    ]


def test_a_categorical_column_of_polars() -> None:
    frame = polars.DataFrame({"text": polars.Series([QUAY, FOG], dtype=polars.Categorical)})
    assert parse(frame, columns=["title"], jobs=0).get_column("title").to_list() == ["Quay to close", "Fog over the sound"]


def test_ids_and_times_may_have_the_types_of_frames() -> None:
    frame = pandas.DataFrame(
        {
            "text": ["Rain in Ulm\n\n2 days ago\n\nIt rained on the whole of Monday, the city said."] * 2,
            "number": pandas.Series([12, None], dtype="Int64"),
            "seen": pandas.to_datetime(["2024-06-20T08:00:00Z", None]),
        }
    )
    parsed = parse(frame, id="number", fetched="seen", columns=["id", "published", "notes"], jobs=0)
    assert rows_of(parsed, "pandas")[0] == {
        "id": "12",
        "published": "2024-06-18",
        "notes": ["date-relative: “2 days ago” was counted from 2024-06-20T08:00:00+00:00"],
        "error": None,
        "error_message": None,
    }
    assert parsed["id"].to_list() == ["12", newsnorm.parse(frame["text"][1]).id]


@pytest.mark.slow
def test_a_row_that_ends_its_worker_costs_itself() -> None:
    parser = newsnorm.Parser(passes=(exit_on_poison, *newsnorm.PASSES))
    frame = polars.DataFrame({"text": [QUAY, "poison", FOG]})
    parsed = parse(frame, parser=parser, columns=["title"], jobs=2)
    assert parsed.get_column("title").to_list() == ["Quay to close", None, "Fog over the sound"]
    assert parsed.get_column("error").to_list() == [None, "worker-died", None]


def test_without_arrow_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setattr("newsnorm.export.arrow.find_spec", lambda _: None)
    with pytest.raises(
        newsnorm.errors.MissingExtraError, match=r"data frames need the extra arrow: pip install 'newsnorm\[arrow\]'"
    ):
        parse(polars.DataFrame({"text": [QUAY]}))


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    parse(frame_of("polars", ROWS), text="body", jobs=0, progress=lambda done, total: told.append((done, total)))
    assert told == [(number, 5) for number in range(1, 6)]


@pytest.mark.parametrize(
    ("frame", "named", "message"),
    [
        (polars.LazyFrame({"text": [QUAY]}), {}, r"pass frame\.collect\(\)"),
        ([QUAY], {}, "frame is a list; pass a DataFrame of pandas or Polars"),
        (pandas.Series([QUAY]), {}, "frame is a Series"),
        (pandas.DataFrame({"body": [QUAY]}), {}, "no column 'text'; its columns are: 'body'"),
        (pandas.DataFrame([[QUAY, QUAY]], columns=["text", "text"]), {}, "2 columns 'text'; rename all but one"),
        (polars.DataFrame({"text": [QUAY]}), {"columns": ["titel"]}, "column 'titel' is not known"),
        (polars.DataFrame({"text": [QUAY]}), {"language": "de"}, "no column 'de'"),
    ],
)
def test_what_can_not_be_parsed_is_said_in_a_sentence(frame: Any, named: dict[str, Any], message: str) -> None:
    with pytest.raises(newsnorm.InputError, match=message):
        parse(frame, jobs=0, **named)


@pytest.mark.slow
def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import polars, newsnorm.frames\n"
        "frame = polars.DataFrame({'text': ['Quay to close\\n\\nIt closes on Monday, they said.'] * 3})\n"
        "parsed = newsnorm.frames.parse(frame, columns=['title'], jobs=2)\n"
        "print(list(parsed['title']))\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT / "src")}
    )
    assert (done.stdout, done.stderr, done.returncode) == ("['Quay to close', 'Quay to close', 'Quay to close']\n", "", 0)


@pytest.mark.slow
def test_a_library_that_is_not_there_is_not_missed() -> None:
    """Neither library is imported unless a frame of it comes in."""
    program = "import sys, newsnorm.frames; print(json.dumps(sorted({'pandas', 'polars', 'pyarrow'} & set(sys.modules))))"
    done = subprocess.run(
        [sys.executable, "-c", f"import json; {program}"],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    assert json.loads(done.stdout) == []


def test_a_row_without_an_id_gets_that_of_parse() -> None:
    frame = pandas.DataFrame({"key": ["1", None, None], "text": [QUAY, FOG, None]})
    assert rows_of(parse(frame, id="key", columns=["id"], jobs=0), "pandas") == [
        {"id": "1", "error": None, "error_message": None},
        {"id": newsnorm.parse(FOG).id, "error": None, "error_message": None},
        {"id": None, "error": "no-text", "error_message": "no text in column 'text'"},
    ]
    assert list(parse(frame, columns=["id"], jobs=0)["id"]) == ["0", "1", "2"]
