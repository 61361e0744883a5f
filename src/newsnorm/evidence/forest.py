"""
Do the passages of two texts make them copies of one report? Boosted trees say how likely, from the measures of the pair.

The trees are data (``models/relations.json``), fitted by ``tools/fit_relations.py``, which says on what, and prints how well. No
weighted sum says the same: what matters is which side has a stretch of its own, where it lies and how long it is, all at once
(a site's furniture, a second story, a cut end).
"""

from __future__ import annotations

import json
from functools import cache

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.verify.measures import Measures, Numbers
from newsnorm.resources import directory_of

MEASURES = (
    "short",
    "common",
    "short_cover",
    "long_cover",
    "density",
    "longest",
    "lead",
    "hole",
    "numbers",
    "agreeing",
    "swapped",
    "short_head",
    "short_middle",
    "short_tail",
    "long_head",
    "long_middle",
    "long_tail",
)
"""What the trees ask; all of it is the same whichever text is called left."""


UNIT = 0.0001
"""Of leaves."""
ROWS = 500
"""Pairs that all trees are asked about at once: a bound on memory alone."""


@attrs.frozen(eq=False, kw_only=True)
class Forest:
    """Trees of one depth by levels: after node `i` comes ``2 i + 1``, if its measure is at most its limit, else ``2 i + 2``."""

    measure: NDArray[np.int64]
    """For each tree and inner node, the place in `MEASURES`."""
    limit: Numbers
    leaf: NDArray[np.int64]
    """For each tree and leaf, the log odds that it adds, in `UNIT`: whole numbers, so that every machine adds up alike."""
    base: int

    def log_odds(self, columns: Numbers) -> Numbers:
        """For each row of measures, the log odds that it is a copy."""
        parts = [self._log_odds(columns[begin : begin + ROWS]) for begin in range(0, len(columns), ROWS)]
        return np.concatenate([np.zeros(0), *parts])

    def _log_odds(self, columns: Numbers) -> Numbers:
        trees, inner = self.measure.shape
        tree = np.arange(trees) * inner
        row = (np.arange(len(columns)) * columns.shape[1])[:, None]
        node = np.zeros((len(columns), trees), np.int64)
        measure, limit, flat = self.measure.ravel(), self.limit.ravel(), columns.ravel()
        for _ in range(inner.bit_length()):
            at = tree + node
            node = 2 * node + 1 + (flat[row + measure[at]] > limit[at])
        leaf = self.leaf.ravel()[np.arange(trees) * (inner + 1) + node - inner]
        odds: Numbers = (self.base + leaf.sum(axis=1)) * UNIT
        return odds


def columns_of(measures: Measures) -> Numbers:
    """The measures of each pair as rows, in the order of `MEASURES`."""
    return np.stack([np.asarray(getattr(measures, name), np.float64) for name in MEASURES], axis=1)


@cache
def forest() -> Forest:
    """The trees that come with newsnorm."""
    data = json.loads(directory_of("evidence", "models").joinpath("relations.json").read_text("utf-8"))
    return Forest(
        measure=np.array(data["measure"], np.int64),
        limit=np.array(data["limit"], np.float64),
        leaf=np.array(data["leaf"], np.int64),
        base=int(data["base"]),
    )
