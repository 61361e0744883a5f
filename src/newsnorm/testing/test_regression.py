"""The shipped cases as tests: ``pytest --pyargs newsnorm.testing``."""

from __future__ import annotations

import pytest

from newsnorm.testing import Case, cases, check, shipped


@pytest.mark.parametrize("case", cases(shipped() / "articles"), ids=str)
def test_article(case: Case) -> None:
    """A scraped article comes out right."""
    check(case)


@pytest.mark.parametrize("case", cases(shipped() / "untouched"), ids=str)
def test_untouched(case: Case) -> None:
    """Prose that looks like boilerplate survives."""
    check(case)
