"""Metadata of text files: beside them, in a table, and in their names."""

from __future__ import annotations

from pathlib import Path

import pytest

import newsnorm
from newsnorm import InputError
from newsnorm.corpus.sources.discover import discover
from newsnorm.corpus.sources.names import compile_pattern
from newsnorm.records import Metadata


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def records(folder: Path, **options: str) -> list[newsnorm.SourceRecord]:
    found = list(newsnorm.read_records(folder, **options))  # type: ignore[arg-type]
    assert all(isinstance(each, newsnorm.SourceRecord) for each in found)
    return [each for each in found if isinstance(each, newsnorm.SourceRecord)]


def test_a_text_has_its_metadata_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "in" / "rain.txt", "It rained.")
    write(tmp_path / "in" / "rain.json", '{"url": "https://example.com/rain", "fetched": "2024-06-20", "title": 5}')
    write(tmp_path / "in" / "snow.json", '{"text": "It snowed."}')
    rain, snow = records(tmp_path / "in")
    assert rain.metadata == Metadata(id="in/rain", url="https://example.com/rain", fetched="2024-06-20")
    assert [note.partition(":")[0] for note in rain.notes] == ["metadata-unreadable"]
    assert (snow.raw, snow.id) == ("It snowed.", "in/snow")


@pytest.mark.parametrize("bad", ["[]", "{", ""])
def test_a_bad_file_of_metadata_costs_itself(tmp_path: Path, bad: str) -> None:
    write(tmp_path / "rain.txt", "It rained.")
    write(tmp_path / "rain.json", bad)
    (record,) = records(tmp_path)
    assert [note.partition(":")[0] for note in record.notes] == ["metadata-file"]


def test_a_table_has_the_metadata_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "in" / "2024" / "rain.txt", "It rained.")
    write(tmp_path / "in" / "snow.txt", "It snowed.")
    write(tmp_path / "in" / "metadata.csv", "file_name,url,id\n2024/rain.txt,https://example.com/rain,7\nother.txt,x,8\n")
    rain, snow = records(tmp_path / "in")
    assert rain.metadata == Metadata(id="7", url="https://example.com/rain")
    assert snow.metadata == Metadata(id="in/snow")
    write(tmp_path / "in" / "2024" / "metadata.jsonl", '{"file_name": "rain.txt", "site": "Quay News"}\n')
    assert records(tmp_path / "in")[0].metadata == Metadata(id="in/2024/rain", site="Quay News")


def test_a_table_that_names_no_files_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "rain.txt", "It rained.")
    write(tmp_path / "metadata.csv", "name,url\nrain.txt,x\n")
    with pytest.raises(InputError, match="no column 'file_name'"):
        records(tmp_path)
    (tmp_path / "rain.txt").unlink()
    assert [file.path.name for file in discover([tmp_path]).files] == ["metadata.csv"]


@pytest.mark.parametrize(
    ("pattern", "known"),
    [
        ("{site}/{fetched}_{id}", Metadata(id="rain in ulm", site="quay", fetched="2024-06-20")),
        ("{fetched}_{}", Metadata(id="in/quay/2024-06-20_rain%20in%20ulm", fetched="2024-06-20")),
        ("{fetched}_{id}.txt", Metadata(id="rain in ulm", fetched="2024-06-20")),
    ],
)
def test_a_pattern_reads_the_name(tmp_path: Path, pattern: str, known: Metadata) -> None:
    write(tmp_path / "in" / "quay" / "2024-06-20_rain%20in%20ulm.txt", "It rained.")
    (record,) = records(tmp_path / "in", name_pattern=pattern)
    assert (record.metadata, record.notes) == (known, ())
    write(tmp_path / "in" / "quay" / "other.txt", "It rained.")
    assert [len(record.notes) for record in records(tmp_path / "in", name_pattern=pattern)] == [0, 1]


def test_a_url_may_be_the_name(tmp_path: Path) -> None:
    write(tmp_path / "https%3A%2F%2Fexample.com%2Frain.html.txt", "It rained.")
    (record,) = records(tmp_path, name_pattern="{url}.txt")
    assert record.metadata.url == "https://example.com/rain.html"


@pytest.mark.parametrize("pattern", ["{who}", "{id}_{id}", "plain", "{}"])
def test_a_pattern_without_a_use_is_refused(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(InputError, match="name pattern"):
        compile_pattern(pattern)
    with pytest.raises(InputError, match="name pattern"):
        records(tmp_path, name_pattern=pattern)
