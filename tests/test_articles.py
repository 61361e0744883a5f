"""Every case of `fixtures/` comes out as its author expects, and the laws hold on it."""

from __future__ import annotations

import pytest
from folders import FIXTURES

from newsnorm import Parser
from newsnorm.testing import Case, cases, check

PARSER = Parser()
ARTICLES, PAGES, UNTOUCHED = (cases(FIXTURES / name) for name in ("articles", "pages", "untouched"))


@pytest.mark.parametrize("case", ARTICLES, ids=str)
def test_article(case: Case) -> None:
    check(case, PARSER)


@pytest.mark.parametrize("case", PAGES, ids=str)
def test_page(case: Case) -> None:
    pytest.importorskip("turbohtml")
    check(case, PARSER)


@pytest.mark.parametrize("case", UNTOUCHED, ids=str)
def test_untouched(case: Case) -> None:
    check(case, PARSER)


@pytest.mark.parametrize("case", [case for case in ARTICLES + PAGES + UNTOUCHED if case.known_failure], ids=str)
def test_a_known_failure_says_what_fails(case: Case) -> None:
    assert (case.known_failure or "").strip(), f"{case}: say in a sentence what comes out wrong"


def test_there_are_cases_enough() -> None:
    assert len(ARTICLES) >= 60
    assert len(PAGES) >= 60
    assert len({case.path.name.rpartition("-")[2] for case in PAGES}) >= 15, "languages, by the ends of names"
    assert len(UNTOUCHED) >= 20
