"""Columns of related pairs, each seen from both of its texts."""

from __future__ import annotations

import attrs
import numpy as np

from newsnorm.dedup.array_ops import Indices
from newsnorm.dedup.pair_pipeline import RelatedPairs
from newsnorm.dedup.verify.measures import Bitmaps


@attrs.frozen(eq=False, kw_only=True)
class Sides:
    """Each pair seen from both sides: columns with twice as many entries as pairs, left texts first."""

    pair: Indices
    """Index of the pair."""
    text: Indices
    other: Indices
    coverage: Bitmaps
    """Where the passages are in the text."""
    other_coverage: Bitmaps
    """Where the passages are in the other text."""
    held: Indices
    """Number of tokens of the other text that the text contains."""

    @classmethod
    def of(cls, pairs: RelatedPairs, size: Indices) -> Sides:
        """Turn pairs of texts, whose sizes in tokens are given, into sides."""
        left, right = pairs.pairs[:, 0], pairs.pairs[:, 1]
        held = np.concatenate([pairs.right_cover * size[right], pairs.left_cover * size[left]])
        return cls(
            pair=np.tile(np.arange(len(pairs)), 2),
            text=np.concatenate([left, right]),
            other=np.concatenate([right, left]),
            coverage=np.concatenate([pairs.coverage[:, 0], pairs.coverage[:, 1]]),
            other_coverage=np.concatenate([pairs.coverage[:, 1], pairs.coverage[:, 0]]),
            held=np.rint(held).astype(np.int64),
        )

    def union_by_text(self, rows: Indices, count: int) -> Bitmaps:
        """Return for each of `count` texts the cells covered in any of some rows of these columns."""
        cells = np.zeros(count, np.uint32)
        np.bitwise_or.at(cells, self.text[rows], self.coverage[rows])
        return cells
