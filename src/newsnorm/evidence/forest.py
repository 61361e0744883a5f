"""
Score rows of named features with boosted decision trees, and explain a score.

A forest is data: a file in ``models/`` names its features and holds the thresholds and leaves of all its trees. The caller, who
passes the columns, knows which features exist and what they mean. Trees are used where a weighted sum does not suffice, because a
feature is evidence only in combination with others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.evidence import Contribution as FeatureAmount
from newsnorm.resources import directory_of

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Leaves: TypeAlias = NDArray[np.uint8]
"""The leaf that each row reaches in each tree. Shape (rows, trees)."""
Columns: TypeAlias = Mapping[str, NDArray[np.float64] | NDArray[np.int64]]
"""Feature name → its value for each row."""

UNIT = 0.0001
"""Log odds that leaves and scores are whole multiples of, so that sums are exact and equal on every machine."""

DIGITS = 6
"""Digits of a probability: processors differ in the last of sixteen digits, and a line must not be kept on one and removed on
another."""

MANY_FEATURES = 40
"""Features from which it is faster to walk down the trees than to ask for one feature after the other."""

BATCH = 200
"""Rows that are scored at once, to fit the processor's cache; changes no score."""

_ALL_LEAVES = np.uint32(0xFFFFFFFF)
_MANTISSA_BITS, _EXPONENT_BIAS = 23, 127
"""How a 32-bit float holds its exponent: above the bits of the mantissa, with this number added."""


@attrs.frozen
class Contribution:
    """What one feature of a row adds to its score."""

    name: str
    value: float
    """The feature's value in the row."""
    log_odds: float


@attrs.frozen(eq=False)
class _Outcomes:
    """
    What the value of one feature says about all trees (QuickScorer, Lucchese et al., SIGIR 2015).

    At each node whose threshold is below the value a row goes right, which excludes the leaves below the node's left child. The
    leaf that a row reaches is the first one that the values of no feature exclude.
    """

    thresholds: Floats
    """The feature's distinct thresholds, ascending."""
    leaves: NDArray[np.uint32]
    """Shape (thresholds + 1, trees): the leaves, as bits, that a value with so many thresholds below it does not exclude."""


@attrs.frozen(eq=False)
class _Paths:
    """What each leaf says of the features that are asked on the way to it: its tree's leaves in order, tree after tree."""

    feature: Integers
    """Shape (trees * leaves, depth): the column that is asked at each step."""
    step: Floats
    """Shape (trees * leaves, depth): how far the step moves the mean of the leaves below, in multiples of `UNIT` / leaves."""


@attrs.frozen(eq=False)
class Comparison:
    """
    Rows and what they were compared with, small enough to be kept until the evidence against a row is requested.

    >>> stump = Forest(
    ...     names=("words",), feature=np.array([[0]]), threshold=np.array([[9.0]]), leaf=np.array([[-5000, 15000]]), base=0
    ... )
    >>> rows = np.array([[4.0], [30.0]])
    >>> stump.compare(rows, stump.leaves(rows), [0], np.array([False, True])).against(1)
    [[Contribution(feature='words', amount=-2.0)]]
    """

    forest: Forest
    leaves: Leaves
    """Of the rows."""
    others: Leaves
    """Of the rows that they are compared with."""
    usual: NDArray[np.uint8]
    """As bits for each row and feature: whether the value is within a standard deviation of the mean of the others."""

    def against(self, most: int) -> list[list[FeatureAmount]]:
        """
        Name the features that lower the score of each row most, compared with the others, the strongest first.

        A feature with a usual value is not evidence against a row.

        Args:
            most: most features to name for each row.

        """
        forest, unit = self.forest, UNIT / self.forest.leaf.shape[1]
        amounts = forest.credits(self.leaves) * unit
        if len(self.others):
            amounts -= forest.credits(self.others).mean(axis=0) * unit
            amounts[np.unpackbits(self.usual, axis=1, count=len(forest.names)) > 0] = 0.0
        every_row = np.arange(len(amounts))
        named: list[list[FeatureAmount]] = [[] for _ in amounts]
        for _ in range(most):
            columns = amounts.argmin(axis=1)  # of equals the first
            for into, column, amount in zip(named, columns.tolist(), amounts[every_row, columns].tolist(), strict=True):
                if amount < 0:
                    into.append(FeatureAmount(forest.names[column], amount))
            amounts[every_row, columns] = 0.0
        return named


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
    """Shape (trees, inner nodes + 1): the log odds that each leaf adds, in multiples of `UNIT`. A tree has at most 32 leaves."""
    base: int
    """The score before any tree is asked, in multiples of `UNIT`."""

    def score(self, rows: Floats | Columns, *, batch: int = BATCH) -> Floats:
        """
        Return the log odds of each row.

        Args:
            rows: a matrix of shape (rows, features) in the order of `names`, or its columns by name.
            batch: rows that are scored at once.

        Raises:
            KeyError: a column is missing.
            ValueError: the matrix has another number of columns than `names`.

        """
        matrix = self._matrix(rows)
        scores = [self.score_leaves(self.leaves(matrix[begin : begin + batch])) for begin in range(0, len(matrix), batch)]
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
        values = self._matrix(row).reshape(1, -1) if isinstance(row, Mapping) else row[None]
        amounts = self.credits(self.leaves(values))
        found = [
            Contribution(name, float(value), credit * UNIT / self.leaf.shape[1])
            for name, value, credit in zip(self.names, values[0].tolist(), amounts[0].tolist(), strict=True)
            if credit
        ]
        return tuple(sorted(found, key=lambda each: (-abs(each.log_odds), each.name))[:most])

    def leaves(self, rows: Floats | Columns, *, batch: int = BATCH) -> Leaves:
        """
        Return the leaf that each row reaches in each tree; arguments and errors are the same as for `score`.

        >>> stump = Forest(
        ...     names=("words",), feature=np.array([[0]]), threshold=np.array([[9.0]]), leaf=np.array([[-5000, 15000]]), base=0
        ... )
        >>> stump.leaves({"words": np.array([4, 30])}).tolist()
        [[0], [1]]

        """
        matrix = self._matrix(rows)
        find = self._leaves_by_walking if len(self.names) > MANY_FEATURES else self._leaves_by_exclusion
        found = [find(matrix[begin : begin + batch]) for begin in range(0, len(matrix), batch)]
        return np.concatenate([np.zeros((0, len(self.leaf)), np.uint8), *found])

    def score_leaves(self, leaves: Leaves) -> Floats:
        """Return the log odds of rows by the leaves that they reach. Shape (rows,)."""
        scores: Floats = (self.base + self.leaf.ravel()[self._flat(leaves)].sum(axis=1)) * UNIT
        return scores

    def credits(self, leaves: Leaves) -> Integers:
        """
        Return what each feature adds to the score of each row, as `explain` says.

        Args:
            leaves: that the rows reach, of shape (rows, trees).

        Returns:
            Log odds in multiples of `UNIT`, times the number of leaves of a tree, so that they are whole. Shape (rows, features).

        """
        count, width, paths = len(leaves), len(self.names), self._paths
        flat = self._flat(leaves)
        cells = np.arange(count)[:, None, None] * width + paths.feature[flat]  # shape (rows, trees, depth)
        amounts = np.bincount(cells.ravel(), paths.step[flat].ravel(), count * width)
        return np.asarray(amounts.reshape(count, width), np.int64)

    def compare(self, rows: Floats, leaves: Leaves, asked: Sequence[int], others: NDArray[np.bool_]) -> Comparison:
        """
        Compare some rows with others, so that the evidence against them can be named later.

        Args:
            rows: all rows, of shape (rows, features), in the order of `names`.
            leaves: that they reach.
            asked: indices of the rows that are asked for.
            others: which rows to compare them with, possibly none. Shape (rows,).

        """
        compared = rows[others]
        spread, mean = (compared.std(axis=0), compared.mean(axis=0)) if len(compared) else (np.inf, 0.0)
        usual = np.packbits(np.abs(rows[asked] - mean) <= spread, axis=1)
        return Comparison(self, leaves[asked], leaves[others], usual)

    def _matrix(self, rows: Floats | Columns) -> Floats:
        if isinstance(rows, Mapping):
            return np.stack([np.asarray(rows[name], np.float64) for name in self.names], axis=1)
        if rows.shape[-1] != len(self.names):
            raise ValueError(f"{rows.shape[-1]} columns for {len(self.names)} features")
        return rows

    def _flat(self, leaves: Leaves) -> Integers:
        """Return the index of each leaf among those of all trees. Shape (rows, trees)."""
        return np.asarray(np.arange(len(self.leaf)) * self.leaf.shape[1] + leaves)

    def _leaves_by_exclusion(self, rows: Floats) -> Leaves:
        """Return the leaf of each row in each tree, asking for one feature after the other. Shape (rows, trees)."""
        remaining = np.full((len(rows), len(self.feature)), _ALL_LEAVES)
        for column, outcomes in enumerate(self._outcomes):
            remaining &= outcomes.leaves[np.searchsorted(outcomes.thresholds, rows[:, column])]
        first = remaining & -remaining  # the lowest bit: a power of two, whose exponent as a float is the index of the leaf
        return np.asarray((first.astype(np.float32).view(np.int32) >> _MANTISSA_BITS) - _EXPONENT_BIAS, np.uint8)

    def _leaves_by_walking(self, rows: Floats) -> Leaves:
        """Return the leaf of each row in each tree, walking down all trees, one level at a time. Shape (rows, trees)."""
        trees, inner = self.feature.shape
        count = len(rows)
        values = np.ascontiguousarray(rows.T).ravel()  # feature by feature, so that the rows of a tree are neighbours
        begin = (self.feature * count).astype(np.int32).ravel()  # where the values of each node's feature begin
        threshold = self.threshold.ravel()
        first, row = (np.arange(trees, dtype=np.int32) * inner)[:, None], np.arange(count, dtype=np.int32)
        node = np.zeros((trees, count), np.int32)
        for _ in range(inner.bit_length()):
            at = first + node  # index of each node in the flattened (trees, inner) arrays
            node = 2 * node + 1 + (values.take(begin.take(at) + row) > threshold.take(at))
        return np.asarray((node - inner).astype(np.uint8).T)

    @cached_property
    def _outcomes(self) -> tuple[_Outcomes, ...]:
        """What each column's value says about the leaf that a row reaches."""
        below_left = _leaves_below_left(self.feature.shape[1])
        outcomes = []
        for column in range(len(self.names)):
            tree, node = np.nonzero(self.feature == column)
            thresholds, rank = np.unique(self.threshold[tree, node], return_inverse=True)
            excluded = np.zeros((len(thresholds) + 1, len(self.feature)), np.uint32)
            np.bitwise_or.at(excluded, (rank + 1, tree), below_left[node])
            outcomes.append(_Outcomes(thresholds, ~np.bitwise_or.accumulate(excluded, axis=0)))
        return tuple(outcomes)

    @cached_property
    def _paths(self) -> _Paths:
        """The steps to each leaf."""
        trees, inner = self.feature.shape
        levels = [self.leaf * self.leaf.shape[1]]  # the mean leaf below each node, times the leaves so that it is whole
        while levels[0].shape[1] > 1:
            below = levels[0]
            levels.insert(0, (below[:, 0::2] + below[:, 1::2]) // 2)
        means = np.concatenate(levels, axis=1)  # shape (trees, inner + leaves)
        node, steps = np.arange(inner, 2 * inner + 1), list[tuple[Integers, Integers]]()
        while node[0] > 0:
            parent = (node - 1) // 2
            steps.insert(0, (self.feature[:, parent], means[:, node] - means[:, parent]))
            node = parent
        feature, step = (np.stack(each, axis=2).reshape(trees * (inner + 1), len(steps)) for each in zip(*steps, strict=True))
        return _Paths(feature, step.astype(np.float64))


def _leaves_below_left(inner: int) -> NDArray[np.uint32]:
    """
    Return for each of `inner` nodes of a complete tree the leaves below its left child, as bits, the first leaf lowest.

    >>> [format(leaves, "04b") for leaves in _leaves_below_left(3)]
    ['0011', '0001', '0100']
    """
    masks = []
    for node in range(inner):
        level = (node + 1).bit_length() - 1
        below = (inner + 1) >> level  # leaves below a node of this level
        masks.append(((1 << below // 2) - 1) << ((node + 1 - (1 << level)) * below))
    return np.array(masks, np.uint32)


def likelihood(forest: Forest, rows: Floats | Columns) -> Floats:
    """
    Return how likely each row is what the forest was fitted to tell, rounded to `DIGITS` digits. Shape (rows,).

    Args:
        forest: of log odds.
        rows: as for `Forest.score`.

    """
    return probability(forest.score(rows))


def probability(log_odds: Floats) -> Floats:
    """
    Return probabilities for log odds, rounded to `DIGITS` digits.

    >>> probability(np.array([0.0, 2.0])).tolist()
    [0.5, 0.880797]
    """
    return np.round(1 / (1 + np.exp(-log_odds)), DIGITS)


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
