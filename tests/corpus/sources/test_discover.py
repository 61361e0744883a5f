"""Files are found by name, whatever the disk says, and read one after the other."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from newsnorm import InputError
from newsnorm.corpus.sources.discover import discover, read_all
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.read import read_file
from newsnorm.corpus.sources.record import SourceRecord


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


def names(*inputs: Path | str) -> list[str]:
    return [file.name for file in discover(inputs).files]


def test_patterns_are_expanded(tmp_path: Path) -> None:
    for name in ("a/1.txt", "b/2.txt", "b/3.jsonl.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert names(f"{tmp_path}/*/*.txt") == ["a/1.txt", "b/2.txt"]
    assert names(f"{tmp_path}/**/*.gz") == ["b/3.jsonl.gz"]
    with pytest.raises(InputError, match="no such file"):
        names(f"{tmp_path}/*.none")


def test_links_to_folders_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    (tmp_path / "in" / "a").mkdir(parents=True)
    (tmp_path / "in" / "a" / "1.txt").write_bytes(b"")
    (tmp_path / "in" / "a" / "up").symlink_to("../..")
    (tmp_path / "in" / "b").symlink_to("a")
    found = discover([tmp_path / "in"])
    assert {"in/a/1.txt", "in/b/1.txt"} <= {file.name for file in found.files}
    assert {failure.code for failure in found.failures} == {"unreadable"}
    assert all("leads back" in failure.message for failure in found.failures)


def test_of_an_output_folder_the_articles_are_read(tmp_path: Path) -> None:
    from newsnorm.corpus.jobs.normalise import run
    from newsnorm.corpus.workers import WorkerOptions

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "rain.txt").write_text("It rained in Ulm on Monday, the town said.", encoding="utf-8")
    (tmp_path / "in" / "bad.jsonl").write_text("no json\n", encoding="utf-8")
    run([tmp_path / "in"], tmp_path / "out", workers=WorkerOptions(jobs=0))
    assert names(tmp_path / "out") == ["out/articles/00000.jsonl"]
    (record,) = read_all(discover([tmp_path / "out"]))
    assert isinstance(record, SourceRecord)
    assert (record.normalised, record.notes) == (True, ())
    old = tmp_path / "old"
    old.mkdir()
    for name in ("articles.jsonl", "errors.jsonl", "relations.jsonl", "summary.json"):
        (old / name).write_text("", encoding="utf-8")
    assert names(old) == ["old/articles.jsonl"]


def test_another_program_may_have_a_manifest(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    for name in ("articles/1.txt", "rain.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "manifest.json").write_text('{"name": "crawl"}', encoding="utf-8")
    assert len(names(tmp_path)) == 3


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "It rained."}\n')))
    (record,) = read_all(discover(["-"], ReadOptions(format="jsonl")))
    assert isinstance(record, SourceRecord)
    assert (record.id, record.raw) == ("standard-input:1", "It rained.")


@pytest.mark.parametrize("language", ["klingon", "utf-8", "e", "12"])
def test_a_language_that_is_no_code_is_refused(language: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a BCP 47 code; pass one such as en or pt-BR"):
        discover([tmp_path], ReadOptions(language=language))
    discover([tmp_path], ReadOptions(language="tlh"))


@pytest.mark.parametrize("name", ["pages.tar", "pages.tar.gz", "crawl.arc.gz", "crawl.wacz", "Reports.XLSX", "report.odt"])
def test_a_file_that_is_not_read_says_what_to_do(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(InputError, match=f"{name}: a file of this kind is not read; (unpack|convert|save)"):
        discover([tmp_path / name])
    assert discover([tmp_path]).skipped == (f"{tmp_path.name}/{name}",)
