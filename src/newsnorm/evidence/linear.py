"""
Weigh candidates by named features.

Headline, authors and dates are chosen by evidence: every candidate has named features, yes or no, and each feature a weight
(``models/fields.toml``, at most 30 a field, fitted by ``tools/fit_fields.py``). The score of a candidate is the sum of the
weights of its features; below a threshold, nothing is taken, since a wrong author or date is worse than none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Generic, TypeVar

import attrs

from newsnorm.evidence import Contribution

Value = TypeVar("Value")

DIGITS = 6
"""Digits of a score, so that sums of equal weights in different order compare equal."""


@attrs.frozen(eq=False)
class Candidate(Generic[Value]):
    """A possible answer, its position on the page, and the features that are evidence for and against it."""

    index: int
    """Its position, in the coordinates of the code that made it."""
    value: Value
    features: Sequence[str]


def score(features: Iterable[str], weights: Mapping[str, float]) -> float:
    """
    Return the sum of the weights of the features that have one.

    >>> score(["gap-above", "unheard-of", "dated"], {"gap-above": 1.5, "dated": -0.5})
    1.0
    """
    return round(sum([weights[feature] for feature in features if feature in weights], 0.0), DIGITS)


def explain(features: Iterable[str], weights: Mapping[str, float], most: int | None = None) -> list[Contribution]:
    """
    Return what each feature adds to the score, the strongest first: of all features, or of the `most` strongest.

    >>> [each.feature for each in explain(["gap-above", "dated"], {"gap-above": 0.5, "dated": -1.5})]
    ['dated', 'gap-above']
    """
    known = sorted((-abs(weights[name]), name) for name in features if name in weights)
    return [Contribution(name, weights[name]) for _, name in known[:most]]


def best(candidates: Iterable[Candidate[Value]], weights: Mapping[str, float]) -> Candidate[Value] | None:
    """Return the candidate with the highest score, the first of equals; None if there are no candidates."""
    return max(candidates, key=lambda candidate: score(candidate.features, weights), default=None)


def active_features(**features: object) -> list[str]:
    """
    Return the names of the features that hold, underscores written as hyphens.

    >>> active_features(gap_above=True, dated=())
    ['gap-above']
    """
    return [name.replace("_", "-") for name, holds in features.items() if holds]


def bucket(name: str, value: float, edges: tuple[float, ...]) -> str:
    """
    Return the feature for the interval that `value` falls in: the first edge that it does not pass.

    >>> bucket("size", 30, (15, 45)), bucket("size", 99, (15, 45))
    ('size<=45', 'size>45')
    """
    return _buckets(name, edges)[bisect_left(edges, value)]


@cache  # one row for each feature with intervals
def _buckets(name: str, edges: tuple[float, ...]) -> tuple[str, ...]:
    return (*(f"{name}<={edge:g}" for edge in edges), f"{name}>{edges[-1]:g}")
