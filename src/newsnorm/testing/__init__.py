"""
Check regression cases, which are directories, and the laws that hold for every article.

A case is a directory with ``raw.txt`` or ``input.html``, ``about.toml`` and a partial ``expected.json``.
To run cases of your own::

    import pytest
    from newsnorm.testing import cases, check

    @pytest.mark.parametrize("case", cases("tests/our-articles"), ids=str)
    def test_article(case):
        check(case)

``pytest --pyargs newsnorm.testing`` runs the shipped cases against your installation.
"""

from __future__ import annotations

from newsnorm.testing.accepting import accept
from newsnorm.testing.case import Case, cases, shipped
from newsnorm.testing.checking import check
from newsnorm.testing.laws import check_laws

__all__ = ["Case", "accept", "cases", "check", "check_laws", "shipped"]
