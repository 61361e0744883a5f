"""
Which candidate is it?

Headline, authors and dates are chosen by evidence: every candidate has named features, yes or no, and each feature a weight
(``evidence/models/fields.toml``, at most 30 a field, fitted by ``tools/fit_fields.py``). A candidate's evidence is the sum
of its weights; under a threshold nothing is taken, since a wrong author or date is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

import attrs

from newsnorm.page.layout import Seen

Value = TypeVar("Value")

NAMED = 4
"""How many features a finding names."""


@attrs.frozen(eq=False)
class Candidate(Generic[Value]):
    """What may be the answer, where it stands, and what speaks for and against it."""

    seen: Seen
    value: Value
    features: Sequence[str]

    def evidence(self, weights: Mapping[str, float]) -> float:
        """The sum of the weights of its features."""
        return round(sum([weights[feature] for feature in self.features if feature in weights], 0.0), 6)

    def why(self, weights: Mapping[str, float]) -> str:
        """The features that decided, the weightiest first."""
        told = sorted((-abs(weights[name]), name) for name in self.features if name in weights)
        said = ", ".join(f"{name} {weights[name]:+g}" for _, name in told[:NAMED])
        return f"evidence {self.evidence(weights):.1f}: {said}"


def true(**features: object) -> list[str]:
    """The names of the features that hold; an underscore is written as a hyphen."""
    return [name.replace("_", "-") for name, holds in features.items() if holds]


def best(candidates: Iterable[Candidate[Value]], weights: Mapping[str, float]) -> Candidate[Value] | None:
    """The one with most evidence; of equals the first."""
    return max(candidates, key=lambda candidate: candidate.evidence(weights), default=None)
