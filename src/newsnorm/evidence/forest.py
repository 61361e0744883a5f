"""
Score rows of named features with boosted decision trees, and explain a score.

A forest is data: a file in ``models/`` names its features and holds the thresholds and leaves of all its trees. Which features
exist and what they mean is known to whoever hands in the columns. Trees fit where a weighted sum does not: where a feature
speaks for or against only in combination with others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.resources import directory_of

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Columns: TypeAlias = Mapping[str, NDArray[np.float64] | NDArray[np.int64]]
"""Feature name → its value for each row."""

UNIT = 0.0001
"""Log odds that leaves and scores are whole multiples of, so that sums are exact and equal on every machine."""


@attrs.frozen
class Contribution:
    """What one feature of a row adds to its score."""

    name: str
    value: float
    """The feature's value in the row."""
    log_odds: float


@attrs.frozen(eq=False, kw_only=True)
class Forest:
    """
    Complete binary trees of equal depth, each stored level by level.

    The children of node ``i`` are ``2 * i + 1``, taken if the node's feature is at most its threshold, and ``2 * i + 2``.

    >>> stump = Forest(
    ...     names=("words",), feature=np.array([[0]]), threshold=np.array([[9.0]]), leaf=np.array([[-5000, 15000]]), base=0
    ... )
    >>> stump.score({"words": np.array([4, 30])}).tolist()
    [-0.5, 1.5]
    >>> stump.explain({"words": np.array([30])})
    (Contribution(name='words', value=30.0, log_odds=1.0),)
    """

    names: tuple[str, ...]
    """The features, in the order of a row's columns."""
    feature: Integers
    """Shape (trees, inner nodes): the column that each inner node asks."""
    threshold: Floats
    """Shape (trees, inner nodes)."""
    leaf: Integers
    """Shape (trees, inner nodes + 1): the log odds that each leaf adds, in multiples of `UNIT`."""
    base: int
    """The score before any tree is asked, in multiples of `UNIT`."""

    def score(self, rows: Floats | Columns, *, batch: int = 500) -> Floats:
        """
        Return the log odds of each row.

        Args:
            rows: a matrix of shape (rows, features) in the order of `names`, or its columns by name.
            batch: rows that go down all trees at once; bounds memory and changes no score.

        Raises:
            KeyError: a column is missing.

        """
        matrix = self._matrix(rows)
        scores = [self._scores(matrix[begin : begin + batch]) for begin in range(0, len(matrix), batch)]
        return np.concatenate([np.zeros(0), *scores])

    def explain(self, row: Floats | Columns, *, most: int = 4) -> tuple[Contribution, ...]:
        """
        Name the features that move the score of one row most, the strongest first; of equals the first by name.

        On its path through a tree, a row moves from the mean of the leaves below a node to the mean below the child it takes.
        Each step is credited to the feature asked there (path contributions). The contributions of all features, `base` and the
        mean leaf of every tree add up to the score.

        Args:
            row: a vector of values in the order of `names`, or columns of one row each.
            most: how many features to name at most; features that contribute nothing are left out.

        """
        values = self._matrix(row).reshape(-1) if isinstance(row, Mapping) else row
        inner = self.feature.shape[1]
        means = self._scaled_means()
        credit = np.zeros(len(self.names), np.int64)
        for tree in range(len(self.feature)):
            node = 0
            while node < inner:
                column = int(self.feature[tree, node])
                child = 2 * node + (1 if values[column] <= self.threshold[tree, node] else 2)
                credit[column] += means[tree, child] - means[tree, node]
                node = child
        found = [
            Contribution(name, float(value), int(credit[column]) * UNIT / (inner + 1))
            for column, (name, value) in enumerate(zip(self.names, values.tolist(), strict=True))
            if credit[column]
        ]
        return tuple(sorted(found, key=lambda each: (-abs(each.log_odds), each.name))[:most])

    def _matrix(self, rows: Floats | Columns) -> Floats:
        if isinstance(rows, Mapping):
            return np.stack([np.asarray(rows[name], np.float64) for name in self.names], axis=1)
        return rows

    def _scores(self, rows: Floats) -> Floats:
        """Walk all rows down all trees, one level at a time; ``node`` has the shape (rows, trees)."""
        trees, inner = self.feature.shape
        first_of_tree = np.arange(trees) * inner
        first_of_row = (np.arange(len(rows)) * rows.shape[1])[:, None]
        node = np.zeros((len(rows), trees), np.int64)
        feature, threshold, value = self.feature.ravel(), self.threshold.ravel(), rows.ravel()
        for _ in range(inner.bit_length()):
            at = first_of_tree + node  # index of each node in the flattened (trees, inner) arrays
            node = 2 * node + 1 + (value[first_of_row + feature[at]] > threshold[at])
        leaf = self.leaf.ravel()[np.arange(trees) * (inner + 1) + node - inner]
        scores: Floats = (self.base + leaf.sum(axis=1)) * UNIT
        return scores

    def _scaled_means(self) -> Integers:
        """The mean of the leaves below each node, times the number of leaves so that it is whole: (trees, inner + leaves)."""
        levels = [self.leaf * self.leaf.shape[1]]
        while levels[0].shape[1] > 1:
            below = levels[0]
            levels.insert(0, (below[:, 0::2] + below[:, 1::2]) // 2)
        return np.concatenate(levels, axis=1)


@cache
def load_forest(name: str) -> Forest:
    """
    Read a forest that ships with newsnorm, once.

    >>> load_forest("relations.json").names[:3]
    ('short', 'common', 'short_cover')
    """
    data = json.loads(directory_of("evidence", "models").joinpath(name).read_text("utf-8"))
    return Forest(
        names=tuple(data["names"]),
        feature=np.array(data["feature"], np.int64),
        threshold=np.array(data["threshold"], np.float64),
        leaf=np.array(data["leaf"], np.int64),
        base=int(data["base"]),
    )
