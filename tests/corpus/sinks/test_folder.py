"""A file with its final name is complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsnorm import InputError
from newsnorm.corpus.sinks.folder import LineSink, OutputFolder

NAMES = ("a.jsonl", "b.jsonl")


def names(path: Path) -> list[str]:
    return sorted(each.name for each in path.iterdir())


def test_files_get_their_names_when_the_job_is_done(tmp_path: Path) -> None:
    folder = OutputFolder.prepare(tmp_path / "out", inputs=[], names=NAMES)
    for name in NAMES:
        with LineSink(folder, name, str.upper) as sink:
            sink.write("rain")
    assert names(tmp_path / "out") == ["a.jsonl.part", "b.jsonl.part"]
    folder.commit(NAMES)
    assert names(tmp_path / "out") == list(NAMES)
    assert (tmp_path / "out" / "a.jsonl").read_text(encoding="utf-8") == "RAIN\n"


def test_files_that_a_job_did_not_write_go(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_text("", encoding="utf-8")
    folder = OutputFolder.prepare(tmp_path, inputs=[], names=NAMES, overwrite=True)
    folder.open("a.jsonl").close()
    folder.commit(["a.jsonl"], without=["b.jsonl"])
    assert names(tmp_path) == ["a.jsonl"]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    folder = OutputFolder.prepare(None, inputs=[tmp_path], names=NAMES)
    with LineSink(folder, "a.jsonl", str.upper) as sink:
        sink.write("rain")
    folder.commit(["a.jsonl"])
    assert names(tmp_path) == []


@pytest.mark.parametrize(("out", "says"), [("in/out", "is inside the input"), ("old", "--overwrite"), ("file", "can't create")])
def test_a_folder_that_must_not_be_written_is_refused(tmp_path: Path, out: str, says: str) -> None:
    for name in ("in", "old"):
        (tmp_path / name).mkdir()
    (tmp_path / "old" / "a.jsonl").write_text("", encoding="utf-8")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=says):
        OutputFolder.prepare(tmp_path / out, inputs=[tmp_path / "in"], names=NAMES)
