"""How a pass words the evidence that decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newsnorm.evidence.linear import explain, score

NAMED = 4
"""How many features a finding names."""


def why(features: Iterable[str], weights: Mapping[str, float]) -> str:
    """
    Word what decided for a candidate: its score and its strongest features.

    >>> why(["gap-above", "dated"], {"gap-above": 1.5, "dated": -0.5})
    'evidence 1.0: gap-above +1.5, dated -0.5'
    """
    listed = list(features)
    named = ", ".join(f"{each.feature} {each.amount:+g}" for each in explain(listed, weights)[:NAMED])
    return f"evidence {score(listed, weights):.1f}: {named}"
