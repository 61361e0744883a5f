"""
Sum values over the elements of a page: below each element, and above it.

Elements are in the order of the source, so the content of an element follows it without a gap. So a sum over the content is a
difference of two running totals, and values of ancestors are combined by doubling: each step looks twice as far up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.records.markup import Element

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]


@attrs.frozen(eq=False)
class ElementTree:
    """
    The elements of a page as arrays.

    >>> from newsnorm.records.markup import Element
    >>> def element(parent: int) -> Element:
    ...     return Element(parent, "div", "", 0, False, 0)
    >>> tree = ElementTree.of([element(-1), element(0), element(1), element(0)])
    >>> tree.depth.tolist(), tree.end.tolist(), tree.sums(np.array([1.0, 2.0, 4.0, 8.0])).tolist()
    ([0, 1, 2, 1], [4, 3, 3, 4], [15.0, 6.0, 4.0, 8.0])
    """

    parent: Integers
    """Index of the element around each; the root's is its own. Shape (elements,)."""
    depth: Integers
    """Number of elements around each. Shape (elements,)."""
    end: Integers
    """Index after the last element that each contains. Shape (elements,)."""
    _reaches: tuple[Integers, ...]
    """Ancestors 1, 2, 4, … levels up, as far as the tree is deep; each of shape (elements,)."""

    @classmethod
    def of(cls, elements: Sequence[Element]) -> ElementTree:
        """Make the arrays of a page's elements; the first element is the root."""
        parent = np.array([element.parent for element in elements], np.int64)
        parent[0] = 0
        depth = (np.arange(len(parent)) > 0).astype(np.int64)
        reaches, reach = list[Integers](), parent
        while reach.any():
            depth = depth + depth[reach]
            reaches.append(reach)
            reach = reach[reach]
        by_depth = np.argsort(depth, kind="stable")
        end = np.full(len(parent), len(parent))
        is_level = depth[by_depth[1:]] == depth[by_depth[:-1]]
        end[by_depth[:-1]] = np.where(is_level, by_depth[1:], len(parent))  # the next element of equal depth, wherever it is
        tree = cls(parent, depth, end, (*reaches, reach))
        return attrs.evolve(tree, end=tree.inherited(end, np.minimum))

    def inherited(self, values: Integers, combine: Callable[[Integers, Integers], Integers]) -> Integers:
        """
        Combine the value of each element with those of all its ancestors. Shape (elements,).

        Args:
            values: one for each element.
            combine: an idempotent operation: minimum, maximum, bitwise or.

        """
        for reach in self._reaches:
            values = combine(values, values[reach])
        return values

    def sums(self, values: Floats) -> Floats:
        """Return the sum of the values of each element and everything it contains. Shape (elements,) or (elements, columns)."""
        totals = np.zeros((len(values) + 1, *values.shape[1:]))
        np.cumsum(values, axis=0, out=totals[1:])
        sums: Floats = totals[self.end] - totals[:-1]
        return sums

    def chain(self, index: int) -> list[int]:
        """Return the indices of an element and its ancestors, innermost first."""
        chain = [index]
        while index > 0:
            index = int(self.parent[index])
            chain.append(index)
        return chain
