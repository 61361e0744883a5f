"""Cases as tests of a project that has newsnorm installed: settings, fixture, ``--newsnorm-update``."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import pytest
from folders import DOCS

import newsnorm
import newsnorm.testing.pytest_cases  # pytester forgets modules that a run imports, and a second copy has other classes

pytest_plugins = ["pytester"]

SOURCE = Path(newsnorm.__file__).parents[1]
RAW = "Quay to close\nBy María Pérez\n\nThe quay closes on Monday, the port said in a statement.\nSource link\n"
KNOWN = 'why = "A quay."\nknown_failure = "The title is not cut."\nfails = ["title"]\n'
RULE = """[[removal]]
id = "ours.removal.quay"
kind = "line"
reason = "related"
phrases = ["the quay closes on monday, the port said in a statement"]
"""
OURS = "[pytest]\nnewsnorm_cases = ours\n"


@pytest.fixture(autouse=True)
def only_our_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    newsnorm.parse(RAW)  # pytester forgets what a run imports, and numpy can't be imported twice
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def make_case(folder: Path, name: str, expected: dict[str, object] | None, about: str = 'why = "A quay."\n') -> Path:
    path = folder / name
    path.mkdir(parents=True)
    (path / "raw.txt").write_text(RAW, encoding="utf-8")
    (path / "about.toml").write_text(about, encoding="utf-8")
    if expected is not None:
        (path / "expected.json").write_text(json.dumps(expected, indent=2), encoding="utf-8")
    return path


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess("-p", "_newsnorm_pytest", "-p", "no:cacheprovider", *arguments)


def test_a_folder_of_cases_is_tests_without_python(pytester: pytest.Pytester) -> None:
    pytester.makeini(OURS)
    make_case(pytester.path / "ours", "right", {"title": "Quay to close"})
    make_case(pytester.path / "ours", "wrong", {"title": "Quay opens"})
    make_case(pytester.path / "theirs", "other", {"title": "Quay opens"})
    result = run(pytester, "-v")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        ["*raw.txt::right PASSED*", "*wrong (A quay.)", "*title: expected 'Quay opens', got 'Quay to close'"]
    )
    result.stdout.no_fnmatch_line("*checking.py*")
    run(pytester, "-k", "right").assert_outcomes(passed=1, deselected=1)


def test_updating_writes_what_differs_shows_it_and_claims_no_success(pytester: pytest.Pytester) -> None:
    pytester.makeini(OURS)
    wrong = make_case(
        pytester.path / "ours", "wrong", {"published": None, "title": "Quay opens", "removals": [{"text": "Source link"}]}
    )
    new = make_case(pytester.path / "ours", "new", None)
    make_case(pytester.path / "ours", "right", {"title": "Quay to close"})
    result = run(pytester, "--newsnorm-update")
    assert result.ret == 0
    result.assert_outcomes(passed=1, skipped=2)
    result.stdout.fnmatch_lines(
        [
            "*newsnorm: 2 expected.json written*",
            "--- ours/wrong/expected.json",
            '-  "title": "Quay opens",',
            '+  "title": "Quay to close",',
        ]
    )
    assert json.loads((wrong / "expected.json").read_text(encoding="utf-8")) == {
        "published": None,
        "title": "Quay to close",
        "removals": [{"text": "Source link"}],
    }
    assert json.loads((new / "expected.json").read_text(encoding="utf-8"))["authors"] == [
        {"name": "María Pérez", "role": "author"}
    ]
    run(pytester).assert_outcomes(passed=3)


def test_what_only_a_person_can_change_fails_after_an_update(pytester: pytest.Pytester) -> None:
    pytester.makeini(OURS)
    make_case(pytester.path / "ours", "stretch", {"contains": ["ferry"], "title": None})
    known = make_case(pytester.path / "ours", "known", {"title": "Quay", "published": "2024"}, KNOWN)
    result = run(pytester, "--newsnorm-update")
    result.assert_outcomes(failed=1, skipped=1)
    result.stdout.fnmatch_lines(["*contains: 'ferry'*"])
    assert json.loads((known / "expected.json").read_text(encoding="utf-8")) == {"title": "Quay", "published": None}
    run(pytester, "-k", "known").assert_outcomes(passed=1, deselected=1)


def test_updating_by_a_setting_is_refused(pytester: pytest.Pytester) -> None:
    pytester.makeini(OURS + "addopts = --newsnorm-update\n")
    make_case(pytester.path / "ours", "wrong", {"title": "Quay opens"})
    result = run(pytester)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--newsnorm-update is for the command line*"])


def test_cases_are_checked_with_the_rules_of_the_project(pytester: pytest.Pytester) -> None:
    pytester.makeini(OURS + "newsnorm_catalogue = rules.toml\n")
    (pytester.path / "rules.toml").write_text(RULE, encoding="utf-8")
    make_case(pytester.path / "ours", "ruled", {"removals": [{"rule": "ours.removal.quay"}]})
    run(pytester).assert_outcomes(passed=1)


@pytest.mark.parametrize("rule", [None, "[[removal"])
def test_rules_that_are_missing_or_wrong_fail_in_one_line(pytester: pytest.Pytester, rule: str | None) -> None:
    pytester.makeini(OURS + "newsnorm_catalogue = rules.toml\n")
    if rule is not None:
        (pytester.path / "rules.toml").write_text(rule, encoding="utf-8")
    make_case(pytester.path / "ours", "right", {})
    result = run(pytester)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["newsnorm_catalogue: *rules.toml*"])
    assert len(result.outlines) < 20


def test_a_broken_case_is_an_error_of_its_own(pytester: pytest.Pytester) -> None:
    pytester.makeini(OURS)
    (make_case(pytester.path / "ours", "broken", {}) / "about.toml").unlink()
    make_case(pytester.path / "ours", "right", {})
    result = run(pytester, "--continue-on-collection-errors")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*broken: about.toml is missing"])


def test_folders_that_are_missing_or_not_reached_are_named(pytester: pytest.Pytester) -> None:
    pytester.makeini(OURS)
    run(pytester).stderr.fnmatch_lines(["*ours is not a folder*"])
    make_case(pytester.path / "ours", "right", {})
    pytester.mkdir("tests")
    pytester.makeini(OURS + "testpaths = tests\n")
    run(pytester).stdout.fnmatch_lines(["*ours is not in testpaths*"])


FIXTURE = """
import newsnorm

def test_ours(newsnorm_cases):
    newsnorm_cases("ours")

def test_with_a_parser(newsnorm_cases):
    newsnorm_cases("ours", newsnorm.Parser(passes=()))
"""


def test_the_fixture_checks_a_folder_with_any_parser(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(FIXTURE)
    make_case(pytester.path / "ours", "a", {"title": "Quay to close"})
    make_case(pytester.path / "ours", "b", {"title": "Quay to close"})
    result = run(pytester)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["a (A quay.)", "b (A quay.)", "2 of 2 cases fail"])


@pytest.mark.slow
def test_workers_of_xdist_report_what_they_wrote(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("xdist")
    monkeypatch.setenv("PYTHONPATH", os.fspath(SOURCE))
    pytester.makeini(OURS)
    for name in ("a", "b", "c"):
        make_case(pytester.path / "ours", name, {"title": "Quay opens"})
    result = run(pytester, "-p", "xdist", "-n", "2", "--newsnorm-update")
    result.assert_outcomes(skipped=3)
    result.stdout.fnmatch_lines(["*newsnorm: 3 expected.json written*"])


def install(folder: Path) -> None:
    """Install the entry point of pyproject.toml, as pip does."""
    project = tomllib.loads((DOCS.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (plugin,) = project["entry-points"]["pytest11"].items()
    info = folder / "newsnorm_here-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: newsnorm-here\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[pytest11]\n" + " = ".join(plugin) + "\n", encoding="utf-8")


@pytest.mark.slow
def test_installed_it_imports_nothing_until_used_and_can_be_left_out(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(pytester.path / "site")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([os.fspath(SOURCE), os.fspath(pytester.path / "site")]))
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    pytester.makepyfile(
        "import sys\n\ndef test_rain():\n    assert not [name for name in sys.modules if name.startswith('newsnorm')]\n"
    )
    make_case(pytester.path / "ours", "right", {})
    pytester.runpytest_subprocess("-p", "no:randomly").assert_outcomes(passed=1)
    pytester.makeini(OURS)
    pytester.runpytest_subprocess("ours").assert_outcomes(passed=1)
    pytester.runpytest_subprocess("-p", "no:newsnorm").assert_outcomes(passed=1, warnings=1)
