"""Say how likely a line is part of the report, and what speaks most against it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from newsnorm.evidence import Contribution
from newsnorm.resources import directory_of, read_toml


def word_likelihood(likely: float, against: Sequence[Contribution]) -> str:
    """
    Word a probability, and the features that speak most against a line.

    >>> word_likelihood(0.034, [Contribution("interface", -2.0), Contribution("linked1", -1.0)])
    '3 % likely to be part of the report; against it: interface words, links beside it'
    """
    names = _names()
    features = ", ".join(names.get(each.feature, each.feature) for each in against)
    return f"{100 * likely:.0f} % likely to be part of the report" + (f"; against it: {features}" if features else "")


@cache
def _names() -> dict[str, str]:
    """Return what a feature is called in findings."""
    data = directory_of("page", "data")
    tables = (read_toml(data.joinpath(f"{table}-features.toml")) for table in ("markup", "unit"))
    return {name: str(label) for table in tables for name, label in table.items()}
