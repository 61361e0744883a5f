"""A folder of results is locked, complete or unfinished, and nothing of the user's is replaced."""

from __future__ import annotations

import json
import os
from contextlib import closing, suppress
from pathlib import Path

import attrs
import pytest
from folders import contents

from newsnorm.corpus.output import folder
from newsnorm.corpus.output.folder import Target, WorkFolder, open_folder
from newsnorm.corpus.output.manifest import FileEntry, Json, load_manifest
from newsnorm.errors import InputError


def target(out: Path | None, *, files: tuple[Path, ...] = (), overwrite: bool = False, setting: str = "a") -> Target:
    return Target(
        out=out, kind="test", settings={"setting": setting}, inputs=(), files=files, owned=("a.txt",), overwrite=overwrite
    )


def write(work: WorkFolder, *names: str, data: bytes = b"rain") -> None:
    entries = {}
    for name in names:
        with closing(work.create(name)) as file:
            file.write(data)
        entries[name] = FileEntry.of(name, file, 1)
    work.publish(entries, {"rows": 1})


def begin_and_fail(out: Path) -> None:
    """Let a job fail half way."""
    with suppress(ZeroDivisionError), open_folder(target(out)) as work:
        (work.path / "half").write_bytes(b"done")
        raise ZeroDivisionError


def test_results_get_their_names_together(tmp_path: Path) -> None:
    with open_folder(target(tmp_path / "out")) as work:
        with closing(work.create("a.txt")) as file:
            file.write(b"rain")
        assert not (tmp_path / "out" / "a.txt").exists()
        work.publish({"a.txt": FileEntry.of("b/c.txt", file, 1)}, {"rows": 1})
    assert sorted(contents(tmp_path / "out")) == ["b/c.txt", "manifest.json"]
    manifest = load_manifest(tmp_path / "out")
    assert manifest is not None
    assert (manifest.kind, manifest.settings, manifest.counts) == ("test", {"setting": "a"}, {"rows": 1})
    assert [(entry.name, entry.size) for entry in manifest.files] == [("b/c.txt", 4)]


def test_what_an_earlier_job_wrote_and_this_one_did_not_goes(tmp_path: Path) -> None:
    with open_folder(target(tmp_path / "out")) as work:
        write(work, "a.txt", "b.txt")
    (tmp_path / "out" / "mine.txt").write_bytes(b"mine")
    with open_folder(target(tmp_path / "out", overwrite=True)) as work:
        write(work, "a.txt", data=b"snow")
    assert sorted(contents(tmp_path / "out")) == ["a.txt", "manifest.json", "mine.txt"]
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"snow"


def test_results_are_replaced_only_if_asked(tmp_path: Path) -> None:
    with open_folder(target(tmp_path / "out")) as work:
        write(work, "b.txt")
    with pytest.raises(InputError, match=r"has b\.txt from an earlier run; choose another folder or pass --overwrite"):
        open_folder(target(tmp_path / "out")).__enter__()
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "a.txt").write_bytes(b"mine")
    with pytest.raises(InputError, match=r"has a\.txt from an earlier run"):
        open_folder(target(tmp_path / "foreign")).__enter__()


def test_a_job_that_failed_can_be_continued_with_the_same_settings(tmp_path: Path) -> None:
    begin_and_fail(tmp_path / "out")
    with pytest.raises(InputError, match='unfinished job with setting = "a", now it is "b"'):
        open_folder(target(tmp_path / "out", setting="b")).__enter__()
    with open_folder(target(tmp_path / "out")) as work:
        assert (work.resumed, (work.path / "half").read_bytes()) == (True, b"done")
        write(work, "a.txt")
    assert sorted(contents(tmp_path / "out")) == ["a.txt", "manifest.json"]


def test_a_fresh_job_forgets_an_unfinished_one(tmp_path: Path) -> None:
    begin_and_fail(tmp_path / "out")
    with open_folder(attrs.evolve(target(tmp_path / "out", setting="b"), fresh=True)) as work:
        assert (work.resumed, (work.path / "half").exists()) == (False, False)


def test_one_job_at_a_time(tmp_path: Path) -> None:
    with open_folder(target(tmp_path / "out")), pytest.raises(InputError, match=r"process \d+ on .* is writing to this folder"):
        open_folder(target(tmp_path / "out")).__enter__()


def test_a_dry_run_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_folder(target(None)) as work:
        write(work, "a.txt")
        place = work.path
    assert not place.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"mine")
    with open_folder(target(tmp_path / "out")) as work:
        (work.path / "a.txt").symlink_to(tmp_path / "mine.txt")
        write(work, "a.txt")
    assert (tmp_path / "mine.txt").read_bytes() == b"mine"
    assert not (tmp_path / "out" / "a.txt").is_symlink()


@pytest.mark.parametrize("row", ["[]", "{}", "no json", '{"schema": "newsnorm/manifest/1"}'])
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, row: str) -> None:
    (tmp_path / "manifest.json").write_text(row, encoding="utf-8")
    with pytest.raises(InputError, match=r"manifest\.json"):
        open_folder(target(tmp_path, overwrite=True)).__enter__()
    assert (tmp_path / "manifest.json").read_text(encoding="utf-8") == row


@pytest.mark.parametrize("name", ["../mine.txt", "/mine.txt", "a/../../mine.txt", "", "a\\b", "a\0b"])
def test_a_manifest_cannot_name_files_elsewhere(tmp_path: Path, name: str) -> None:
    entry = attrs.asdict(FileEntry(name=name, rows=1, size=4, sha256=""))
    row = {"schema": "newsnorm/manifest/1", "kind": "test", "settings": {}, "counts": {}, "files": [entry]}
    (tmp_path / "manifest.json").write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(InputError, match="lies elsewhere"):
        load_manifest(tmp_path)


def publish_and_fail(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a job fail once it has planned to publish."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch, suppress(ZeroDivisionError), open_folder(target(out)) as work:
        patch.setattr(folder, "_move", fail)
        write(work, "a.txt")


def test_what_a_killed_job_published_is_not_replaced_by_another_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_and_fail(tmp_path, monkeypatch)
    for _ in range(2):
        with pytest.raises(InputError, match="--overwrite"), open_folder(target(tmp_path, setting="b")):
            pass
    assert (tmp_path / "a.txt").read_bytes() == b"rain"
    with open_folder(target(tmp_path, setting="b", overwrite=True)) as work:
        write(work, "a.txt", data=b"snow")
    assert (tmp_path / "a.txt").read_bytes() == b"snow"


@pytest.mark.parametrize(
    "plan", ["{", "[]", '{"moves": {"a.txt": "../mine"}, "remove": []}', '{"moves": {}, "remove": ["../mine"]}']
)
def test_a_damaged_plan_to_publish_moves_and_removes_nothing(plan: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    publish_and_fail(tmp_path / "out", monkeypatch)
    (tmp_path / "out" / ".work" / "publish.json").write_text(plan, encoding="utf-8")
    with pytest.raises(InputError, match=r"publish.json is damaged.*--fresh"), open_folder(target(tmp_path / "out")):
        pass
    with open_folder(attrs.evolve(target(tmp_path / "out"), fresh=True)) as work:
        write(work, "a.txt")
    assert (tmp_path / "mine").read_bytes() == b"mine"


@pytest.mark.parametrize("plan", ["{", "[]", "7"])
def test_a_damaged_plan_is_named(plan: str, tmp_path: Path) -> None:
    begin_and_fail(tmp_path)
    (tmp_path / ".work" / "plan.json").write_text(plan, encoding="utf-8")
    with pytest.raises(InputError, match=r"plan.json is damaged.*--fresh"), open_folder(target(tmp_path)):
        pass


def test_a_work_folder_without_a_plan_is_no_leave_to_replace_results(tmp_path: Path) -> None:
    with open_folder(target(tmp_path)) as work:
        write(work, "a.txt")
    (tmp_path / ".work").mkdir()
    with pytest.raises(InputError, match="--overwrite"), open_folder(target(tmp_path)):
        pass


def test_a_setting_that_differs_is_named_by_its_path(tmp_path: Path) -> None:
    settings: dict[str, Json] = {"parser": "0" * 64, "read": {"language": None, "limits": {"record": 1}}}
    with suppress(ZeroDivisionError), open_folder(attrs.evolve(target(tmp_path), settings=settings)):
        raise ZeroDivisionError
    now: dict[str, Json] = {**settings, "read": {"language": "de", "limits": {"record": 1}}}
    with pytest.raises(InputError, match=r'with read.language = null, now it is "de"; continue with'):
        open_folder(attrs.evolve(target(tmp_path), settings=now)).__enter__()
    other = attrs.evolve(target(tmp_path), settings={**settings, "parser": "1" * 64}, advice={"parser": "other rules"})
    with pytest.raises(InputError, match="other rules"):
        open_folder(other).__enter__()


def test_a_folder_below_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"rain")
    with pytest.raises(InputError, match=r"a\.txt is not a folder; choose another place"):
        open_folder(target(tmp_path / "a.txt" / "out")).__enter__()


@pytest.mark.parametrize(("name", "says"), [("a.txt", "a folder, and a file is to be written"), ("data", "is not a folder")])
def test_what_has_the_name_of_a_result_and_stays_is_told_before_the_work(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "a.txt").mkdir() if name == "a.txt" else (tmp_path / "data").write_bytes(b"mine")
    with pytest.raises(InputError, match=says):
        open_folder(attrs.evolve(target(tmp_path, overwrite=True), folders=("data",))).__enter__()
    assert not (tmp_path / ".work").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="nothing can be written in"):
        open_folder(target(tmp_path / "out")).__enter__()


def test_a_folder_goes_with_its_last_file(tmp_path: Path) -> None:
    for setting, name in (("a", "data/a.txt"), ("b", "other/a.txt")):
        with open_folder(target(tmp_path, setting=setting, overwrite=True)) as work:
            with closing(work.create("a.txt")) as file:
                file.write(b"rain")
            work.publish({"a.txt": FileEntry.of(name, file, 1)}, {"rows": 1})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json", "other"]
