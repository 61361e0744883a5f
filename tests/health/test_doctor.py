"""``newsnorm doctor``: what it finds in indexes, rules and folders, what it says to do, and that it changes nothing."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import RAW, invoke
from folders import contents

import newsnorm
from newsnorm.corpus.output.lock import locked
from newsnorm.health import Diagnosis, examine, installation
from newsnorm.health.catalogues import examine_catalogue
from newsnorm.health.extras import EXTRAS, examine_extras
from newsnorm.health.folders import examine_folder
from newsnorm.health.indexes import examine_index
from newsnorm.health.installation import examine_installation
from newsnorm.health.processes import examine_processes
from newsnorm.report.health import health_lines, worded
from newsnorm.resources import directory_of

KIOSK = "[[removal]]\nid = 'ours.removal.kiosk'\nkind = 'line'\nreason = 'advert'\nphrases = ['Today at the kiosk']\n"


def codes(found: Iterator[Diagnosis]) -> list[str]:
    """Codes of what was found; each can be worded."""
    every = list(found)
    assert all(worded(diagnosis).says for diagnosis in every)
    assert all(worded(diagnosis).remedy for diagnosis in every if diagnosis.is_problem)
    return [diagnosis.code for diagnosis in every]


def index_of(path: Path) -> Path:
    with newsnorm.open_index(path) as index:
        list(index.add_all({"a": "The quay closes on Monday because two of its pillars are broken.", "b": "It rained in Ulm."}))
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(RAW, encoding="utf-8")
    assert invoke("run", tmp_path / "in", "--out", tmp_path / "out").exit_code == 0
    return tmp_path / "out"


def test_every_diagnosis_has_words_and_every_problem_a_remedy() -> None:
    forms = tomllib.loads(directory_of("report").joinpath("health.toml").read_text(encoding="utf-8"))
    assert forms.pop("extras").keys() == set(EXTRAS)
    assert all(form.keys() <= {"says", "remedy"} and "says" in form for form in forms.values())


def test_this_installation_is_in_order() -> None:
    found = codes(examine_installation())
    assert found[:2] == ["newsnorm", "python"]
    assert found[-1] == "prepared"
    assert set(codes(examine_extras())) <= {"extra", "extra-missing", "java-missing"}


def test_cases_that_ship_in_a_wheel_need_no_prepared_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules.toml").write_text("")
    case = tmp_path / "testing" / "fixtures" / "articles" / "quay"
    case.mkdir(parents=True)
    (case / "about.toml").write_text("why = 'It has no prepared form.'")
    monkeypatch.setattr(installation, "directory_of", lambda: tmp_path)
    monkeypatch.setattr(installation, "prepared_toml", lambda stem, _: tmp_path / f"{stem}.toml")
    assert codes(examine_installation())[-1] == "prepared"


@pytest.mark.slow
def test_workers_start_here() -> None:
    found = codes(examine_processes())
    assert found[0] == "cores"
    assert "start" in found


def test_an_index_is_read_and_left_as_it_is(tmp_path: Path) -> None:
    path = index_of(tmp_path / "a.db")
    before = contents(tmp_path)
    (found,) = examine_index(path)
    assert (found.code, found.values["articles"], found.values["version"]) == ("index", 2, 2)
    assert contents(tmp_path) == before


def test_an_index_that_somebody_has_open_is_read_with_its_pending_changes(tmp_path: Path) -> None:
    path = index_of(tmp_path / "a.db")
    with newsnorm.open_index(path) as index:
        index.add(("c", "The ferry moves to the north pier until the summer."))
        found = list(examine_index(path))
    assert [each.code for each in found] == ["index", "index-pending"]
    assert found[0].values["articles"] == 3


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_an_index_in_a_folder_without_write_permission_is_read(tmp_path: Path) -> None:
    path = index_of(tmp_path / "a.db")
    tmp_path.chmod(0o500)
    try:
        assert codes(examine_index(path)) == ["index"]
    finally:
        tmp_path.chmod(0o700)


def test_what_is_no_index_is_refused_and_none_is_made(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("It rained.", encoding="utf-8")
    (tmp_path / "empty.db").touch()
    for name in ("text.db", "empty.db", "missing.db"):
        assert codes(examine_index(tmp_path / name)) == ["index-refused"]
    assert not (tmp_path / "missing.db").exists()


def test_a_changed_count_of_an_index_is_found(tmp_path: Path) -> None:
    path = index_of(tmp_path / "a.db")
    data = path.read_bytes()
    path.write_bytes(data.replace(b"articles2", b"articles7"))
    assert data != path.read_bytes()
    assert codes(examine_index(path)) == ["index-damaged"]


def test_a_damaged_page_of_an_index_is_told_in_one_line(tmp_path: Path) -> None:
    path = index_of(tmp_path / "a.db")
    data, page = path.read_bytes(), 4096
    path.write_bytes(data[: 2 * page] + b"\xff" * page + data[3 * page :])
    (found,) = examine_index(path)
    assert found.code == "index-damaged"
    assert len(worded(found).says.splitlines()) == 1


def test_rules_are_checked_and_compared_with_the_shipped_ones(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(KIOSK, encoding="utf-8")
    assert codes(examine_catalogue(file)) == ["catalogue", "catalogue-unproved"]
    file.write_text(KIOSK + "examples = ['Today at the kiosk']\n", encoding="utf-8")
    assert codes(examine_catalogue(file)) == ["catalogue"]
    file.write_text(KIOSK.replace("ours.removal.kiosk", "common.removal.source-link") + "examples = ['Today at the kiosk']\n")
    assert codes(examine_catalogue(file)) == ["catalogue", "catalogue-replaces"]
    file.write_text(KIOSK + "never = ['Today at the kiosk']\n", encoding="utf-8")
    assert codes(examine_catalogue(file)) == ["catalogue-wrong"]
    file.write_text("", encoding="utf-8")
    assert codes(examine_catalogue(file)) == ["catalogue-empty"]


def test_complete_results_are_in_order(corpus: Path) -> None:
    assert codes(examine_folder(corpus)) == ["folder-sealed"]


def test_what_was_changed_or_added_is_named(corpus: Path) -> None:
    (corpus / "mine.txt").write_text("?", encoding="utf-8")
    with (corpus / "errors.jsonl").open("a", encoding="utf-8") as file:
        file.write("{}\n")
    found = list(examine_folder(corpus))
    assert [(each.code, each.values["first"]) for each in found] == [
        ("files-changed", "errors.jsonl"),
        ("files-foreign", "mine.txt"),
    ]


def test_interrupted_jobs_and_jobs_at_work_are_told(corpus: Path) -> None:
    work = corpus / ".work"
    work.mkdir()
    (work / "plan.json").write_text("{}", encoding="utf-8")
    assert codes(examine_folder(corpus))[0] == "folder-unfinished"
    (work / "publish.json").write_text("{}", encoding="utf-8")
    assert codes(examine_folder(corpus))[0] == "folder-publishing"
    with locked(work / "lock"):
        first = next(examine_folder(corpus))
    assert first.code == "folder-locked"
    assert f"process {os.getpid()}" in str(first.values["holder"])
    assert not first.is_problem


def test_folders_without_results_are_problems(tmp_path: Path) -> None:
    assert codes(examine_folder(tmp_path / "none")) == ["folder-missing"]
    assert codes(examine_folder(tmp_path)) == ["folder-unsealed"]
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    assert codes(examine_folder(tmp_path)) == ["manifest-damaged"]


def test_failed_records_lead_to_retry(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"text": "It rained in Ulm."}\n{"text": \n', encoding="utf-8")
    invoke("run", tmp_path / "in.jsonl", "--out", tmp_path / "out")
    found = list(examine_folder(tmp_path / "out"))
    assert [each.code for each in found] == ["folder-sealed", "records-failed"]
    assert worded(found[1]).remedy == f"mend what can be mended, then: newsnorm retry {tmp_path / 'out'}"


def test_lines_say_what_to_do() -> None:
    lines = list(health_lines([Diagnosis(topic="corpus", code="folder-unfinished", is_problem=True)]))
    assert lines[0] == "corpus"
    assert lines[1].startswith("  PROBLEM  a job was interrupted")
    assert lines[2].startswith("           → run the same command again")
    assert lines[-1] == "1 problem found"


@pytest.mark.slow
def test_the_command_ends_with_a_status_and_speaks_json(tmp_path: Path, corpus: Path) -> None:
    fine = invoke("doctor", corpus, "--index", index_of(tmp_path / "a.db"), "--json")
    data = json.loads(fine.output)
    assert (fine.exit_code, data["problems"]) == (0, 0)
    assert {row["topic"] for row in data["found"]} >= {"installation", "processes", str(corpus), str(tmp_path / "a.db")}
    wrong = invoke("doctor", tmp_path / "none")
    assert wrong.exit_code == 1
    assert wrong.output.rstrip().endswith("1 problem found")
    assert any(each.is_problem for each in examine(tmp_path / "none"))
