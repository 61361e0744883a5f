"""Files are found by name, whatever the disk says, and read one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsnorm import InputError
from newsnorm.corpus.sources.discover import discover, read_all
from newsnorm.corpus.sources.read import read_file


def test_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    folder = tmp_path.name
    assert [file.name for file in discover([tmp_path]).files] == [f"{folder}/a.jsonl", f"{folder}/a/z.txt", f"{folder}/b.txt"]


def test_a_name_begins_with_the_folder_however_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "2024-06-20").mkdir()
    (tmp_path / "2024-06-20" / "001.txt").write_text("", encoding="utf-8")
    (tmp_path / "today").symlink_to("2024-06-20")
    monkeypatch.chdir(tmp_path / "2024-06-20")
    given = (".", "001.txt", "../2024-06-20/", "../today", "../today/001.txt", tmp_path / "2024-06-20")
    assert {file.name for each in given for file in discover([each]).files} == {"2024-06-20/001.txt"}
    assert discover([tmp_path / "2024-06-20"]).files[0].path == tmp_path / "2024-06-20" / "001.txt"


def test_a_named_file_is_read_whatever_its_format(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("It rained.", encoding="utf-8")
    assert discover([tmp_path]).skipped == (f"{tmp_path.name}/notes.md",)
    (file,) = discover([tmp_path / "notes.md"]).files
    (record,) = read_file(file)
    assert (record.source, record.place) == (f"{tmp_path.name}/notes.md", None)


def test_an_input_must_exist(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere: no such file"):
        discover([tmp_path / "nowhere"])


def test_progress_ends_with_all_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text('{"text": "It rained."}\nno json\n', encoding="utf-8")
    told: list[tuple[int, int]] = []
    list(read_all(discover([tmp_path]), progress=lambda done, total: told.append((done, total))))
    total = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert told == sorted(told)
    assert told[-1] == (total, total)
