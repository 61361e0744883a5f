"""
How do an index's postings lie on disk? In sorted runs of four bytes a posting, cut into blocks that are read one by one.

A posting says that a text has a feature: 31 bits and a mark, and as many as tell the texts of the run (a segment) apart.
Sorted, the steps from feature to feature are small, and the smaller, the more texts there are; so step and text fit into 32
bits at every size.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cached_property

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.text.tokens import Hashes, Places

BLOCK = 120
"""Postings of a block: with its row half a kilobyte, so that eight fill a page of 4 KB, and a look-up reads little in vain."""
MOST = 1 << 24
"""Texts that one segment can tell apart."""

Sizes = NDArray[np.uint32]


@attrs.frozen(eq=False, kw_only=True)
class Segment:
    """The postings of the texts `first` to `last`, without the blocks themselves."""

    number: int
    first: int
    last: int
    begins: Hashes
    """The feature that each block begins with."""
    sizes: Sizes
    """How many features each of its texts has; 0, if it has none or is gone."""

    @cached_property
    def name(self) -> tuple[int, int, int]:
        """What tells it from all other segments that its file has ever held."""
        return self.first, self.last, zlib.crc32(self.begins.tobytes())

    def blocks_of(self, features: Hashes) -> tuple[Places, Places]:
        """The first and the last block that each feature may stand in."""
        first = np.searchsorted(self.begins, features, "left") - 1
        last = np.searchsorted(self.begins, features, "right") - 1
        return np.maximum(first, 0), np.maximum(last, 0)


def pack(features: Hashes, texts: Places, many: int) -> tuple[Hashes, list[bytes]]:
    """
    Pack postings.

    Args:
        features: the feature of each posting, below 2 ** 32, in rising order; of equal ones the texts in rising order.
        texts: its text, counted from the segment's first.
        many: how many texts the segment has, at most `MOST`.

    Returns:
        the feature that each block begins with, and the blocks.

    >>> begins, blocks = pack(np.array([5, 7, 7, 1 << 31], np.uint64), np.array([1, 0, 2, 1]), 3)
    >>> features, texts = unpack(begins, blocks, 3)
    >>> features.tolist(), texts.tolist()
    ([5, 7, 7, 2147483648], [1, 0, 2, 1])

    """
    bits = _bits(many)
    step = np.diff(features, prepend=features[:1])
    far = np.append(0, np.flatnonzero(step >> np.uint64(32 - bits)))[: max(1, len(features))]
    count = np.diff(np.append(far, len(features)))
    begins = np.concatenate(
        [np.arange(start, start + size, BLOCK) for start, size in zip(far.tolist(), count.tolist(), strict=True)]
    )
    begins = begins.astype(np.int64)
    step[begins] = 0
    data = ((step << np.uint64(bits)) | texts.astype(np.uint64)).astype("<u4").tobytes()
    ends = np.append(begins[1:], len(features))
    return features[begins], [data[4 * begin : 4 * end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]


def unpack(begins: Hashes, blocks: Sequence[bytes], many: int) -> tuple[Hashes, Places]:
    """The features and the texts of some blocks of a segment of so many texts, in their order."""
    bits = _bits(many)
    sizes = np.fromiter((len(block) // 4 for block in blocks), np.int64, len(blocks))
    data = np.frombuffer(b"".join(blocks), "<u4")
    steps = np.cumsum((data >> np.uint32(bits)).astype(np.uint64))
    first = np.cumsum(sizes) - sizes
    with np.errstate(over="ignore"):
        features = steps + np.repeat(begins - steps[first], sizes) if len(first) else steps
    return features, (data & np.uint32((1 << bits) - 1)).astype(np.int64)


def _bits(many: int) -> int:
    return min(24, max(8, (many - 1).bit_length()))
