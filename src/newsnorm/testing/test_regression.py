"""The shipped cases as tests: ``pytest --pyargs newsnorm.testing``."""

from __future__ import annotations

import pytest

from newsnorm.testing import Case, cases, check, shipped


@pytest.mark.parametrize("case", cases(shipped() / "articles"), ids=str)
def test_article(case: Case) -> None:
    """Parse a scraped article as expected."""
    check(case)


@pytest.mark.parametrize("case", cases(shipped() / "pages"), ids=str)
def test_page(case: Case) -> None:
    """Parse a page of HTML as expected."""
    pytest.importorskip("turbohtml")
    check(case)


@pytest.mark.parametrize("case", cases(shipped() / "untouched"), ids=str)
def test_untouched(case: Case) -> None:
    """Keep prose that looks like boilerplate."""
    check(case)
