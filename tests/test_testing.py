"""Our regression set in other people's hands: a project of their own, and an installation of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import newsnorm
from newsnorm.testing import Case, accept, cases, check

SOURCE = Path(newsnorm.__file__).parents[1]
TEST = """
import pytest
from newsnorm.testing import cases, check

@pytest.mark.parametrize("case", cases("articles"), ids=str)
def test_article(case):
    check(case)
"""


def make(directory: Path, name: str, expected: str, about: str = 'why = "Rain."') -> Path:
    path = directory / name
    path.mkdir(parents=True)
    (path / "raw.txt").write_text("It rained in Ulm on Monday.\nSource link\n", encoding="utf-8")
    (path / "about.toml").write_text(about + "\n", encoding="utf-8")
    (path / "expected.json").write_text(expected, encoding="utf-8")
    return path


def pytest_in(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=directory,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_another_project_points_it_at_its_own_cases(tmp_path: Path) -> None:
    make(tmp_path / "articles", "right", '{"removals": [{"text": "Source link"}]}')
    make(tmp_path / "articles", "wrong", '{"title": "Rain"}')
    (tmp_path / "test_ours.py").write_text(TEST, encoding="utf-8")
    done = pytest_in(tmp_path, "test_ours.py")
    assert "1 failed, 1 passed" in done.stdout
    assert "title: expected 'Rain', got None" in done.stdout


@pytest.mark.slow
def test_the_shipped_cases_run_against_an_installation(tmp_path: Path) -> None:
    done = pytest_in(tmp_path, "--pyargs", "newsnorm.testing")
    assert done.returncode == 0, done.stdout[-2_000:]
    assert "passed" in done.stdout


@pytest.mark.parametrize(
    ("expected", "says"),
    [
        ('{"title": "Rain"}', "title: expected 'Rain', got None"),
        ('{"paragraphs": ["It rained."]}', "paragraph lost: 'It rained.'"),
        ('{"paragraphs": []}', "paragraph too many"),
        ('{"removals": []}', "removals: expected []"),
        ('{"removals": [{"text": "Source link", "reason": "sharing"}]}', "removals: missing"),
        ('{"language": {"code": "de"}}', "language"),
        ('{"authors": [{"name": "X"}]}', "authors"),
    ],
)
def test_a_difference_is_said(tmp_path: Path, expected: str, says: str) -> None:
    make(tmp_path, "case", expected)
    (case,) = cases(tmp_path)
    with pytest.raises(AssertionError) as error:
        check(case)
    assert says in str(error.value)


def test_what_is_not_stated_is_not_compared(tmp_path: Path) -> None:
    make(tmp_path, "case", '{"language": {}, "removals": [{"reason": "syndication"}], "published": null}')
    check(cases(tmp_path)[0])


def test_a_known_failure_has_to_fail(tmp_path: Path) -> None:
    make(tmp_path, "a", '{"title": "Rain"}', 'why = "Rain."\nknown_failure = "No title is found."')
    make(tmp_path, "b", '{"title": null}', 'why = "Rain."\nknown_failure = "It was fixed."')
    failing, passing = cases(tmp_path)
    check(failing)
    with pytest.raises(AssertionError, match="passes now"):
        check(passing)


def test_a_page_of_html_is_a_case(tmp_path: Path) -> None:
    path = make(tmp_path, "page", '{"paragraphs": ["It rained in Ulm on Monday."]}')
    (path / "raw.txt").rename(path / "input.html")
    (path / "input.html").write_text("<p>It rained in Ulm on <b>Monday</b>.", encoding="utf-8")
    (case,) = cases(tmp_path)
    assert case.media_type == "text/html"
    check(case)
    (path / "raw.txt").write_text("It rained.", encoding="utf-8")
    with pytest.raises(newsnorm.CaseError, match="a case has one input"):
        cases(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("about.toml", "why =", "about.toml: Invalid value"),
        ("about.toml", "", 'about.toml: missing "why"'),
        ("expected.json", "{", "expected.json: Expecting"),
        ("expected.json", '{"x": 1}', "'x'"),
    ],
)
def test_a_broken_case_is_refused_by_name(tmp_path: Path, name: str, content: str, says: str) -> None:
    (make(tmp_path, "case", "{}") / name).write_text(content, encoding="utf-8")
    with pytest.raises(newsnorm.CaseError) as error:
        cases(tmp_path)
    assert str(tmp_path / "case") in str(error.value)
    assert says in str(error.value)


def test_stretches_are_demanded_and_forbidden(tmp_path: Path) -> None:
    make(tmp_path, "a", '{"contains": ["rained in Ulm"], "lacks": ["Source"]}')
    make(tmp_path, "b", '{"contains": ["snowed"], "lacks": ["Monday"]}')
    right, wrong = cases(tmp_path)
    check(right)
    with pytest.raises(AssertionError, match=r"(?s)contains: 'snowed'.*lacks: 'Monday'"):
        check(wrong)
    assert not accept(wrong) or '"contains": [' in (wrong.path / "expected.json").read_text(encoding="utf-8")
    make(tmp_path / "c", "c", '{"contains": "rained"}')
    with pytest.raises(newsnorm.CaseError, match="'contains' is not a list"):
        cases(tmp_path / "c")


def test_a_known_failure_can_name_the_keys_that_fail(tmp_path: Path) -> None:
    about = 'why = "Rain."\nknown_failure = "No title is found."\nfails = ["title"]'
    make(tmp_path, "a", '{"title": "Rain", "language": {"code": "en"}}', about)
    make(tmp_path, "b", '{"title": "Rain", "language": {"code": "de"}}', about)
    make(tmp_path, "c", '{"title": null, "language": {"code": "de"}}', about)
    right, other, passing = cases(tmp_path)
    check(right)
    with pytest.raises(AssertionError, match="language: expected"):
        check(other)
    with pytest.raises(AssertionError, match="title passes now"):
        check(passing)


def test_accept_keeps_to_what_a_case_states(tmp_path: Path) -> None:
    path = make(tmp_path, "case", '{"removals": [{"text": "?"}]}')
    (case,) = cases(tmp_path)
    assert accept(case)
    assert (path / "expected.json").read_text(
        encoding="utf-8"
    ) == '{\n  "removals": [\n    {\n      "text": "Source link"\n    }\n  ]\n}\n'
    assert not accept(attrs.evolve(cases(tmp_path)[0]))
    assert isinstance(case, Case)
