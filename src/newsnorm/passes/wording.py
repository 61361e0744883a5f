"""Word the evidence that decided, for the `why` of a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newsnorm.evidence.linear import explain, score

NAMED = 4
"""Number of features that a finding names."""


def why(features: Iterable[str], weights: Mapping[str, float]) -> str:
    """
    Return the score of a candidate and its strongest features in words.

    >>> why(["gap-above", "dated"], {"gap-above": 1.5, "dated": -0.5})
    'evidence 1.0: gap-above +1.5, dated -0.5'
    """
    listed = list(features)
    named = ", ".join([f"{each.feature} {each.amount:+g}" for each in explain(listed, weights, NAMED)])
    return f"evidence {score(listed, weights):.1f}: {named}"
