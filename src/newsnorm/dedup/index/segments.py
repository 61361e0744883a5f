"""
Pack postings into the blocks of a segment: sorted runs of four bytes per posting, in blocks that are read one by one.

A posting says that a text has a feature. In a sorted run, steps from one feature to the next get smaller with more texts, and the
numbers of texts within the segment need fewer bits with fewer texts. So step and text number fit into 32 bits at every size.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cached_property
from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.array_ops import Hashes, Indices

BLOCK_POSTINGS = 120
"""Postings per block: half a kilobyte with its row, so that a page of 4 KB has eight blocks, and a look-up reads little."""
MAX_SEGMENT_TEXTS = 1 << 24
"""The most texts that one segment can number."""

FeatureCounts: TypeAlias = NDArray[np.uint32]


@attrs.frozen(eq=False, kw_only=True)
class Segment:
    """The postings of the texts with the keys `first` to `last`, without the blocks themselves."""

    number: int
    first: int
    last: int
    begins: Hashes
    """The feature that each block begins with."""
    sizes: FeatureCounts
    """Number of features of each text; 0 if it has none or was removed."""

    @cached_property
    def fingerprint(self) -> tuple[int, int, int]:
        """Identifies this segment among all segments that its file has ever had."""
        return self.first, self.last, zlib.crc32(self.begins.tobytes())

    def blocks_of(self, features: Hashes) -> tuple[Indices, Indices]:
        """Return the numbers of the first and the last block in which each feature may be."""
        first = np.searchsorted(self.begins, features, "left") - 1
        last = np.searchsorted(self.begins, features, "right") - 1
        return np.maximum(first, 0), np.maximum(last, 0)


def pack(features: Hashes, texts: Indices, count: int, block: int = BLOCK_POSTINGS) -> tuple[Hashes, list[bytes]]:
    """
    Pack postings.

    Args:
        features: the feature of each posting, below 2 ** 32, ascending; equal ones with ascending texts.
        texts: the text of each posting, numbered from 0 within the segment.
        count: number of texts of the segment, at most `MAX_SEGMENT_TEXTS`.
        block: postings per block.

    Returns:
        the feature that each block begins with, and the blocks.

    >>> begins, blocks = pack(np.array([5, 7, 7, 1 << 31], np.uint64), np.array([1, 0, 2, 1]), 3)
    >>> features, texts = unpack(begins, blocks, 3)
    >>> features.tolist(), texts.tolist()
    ([5, 7, 7, 2147483648], [1, 0, 2, 1])

    """
    bits = _text_bits(count)
    step = np.diff(features, prepend=features[:1])
    too_far = np.append(0, np.flatnonzero(step >> np.uint64(32 - bits)))[: max(1, len(features))]  # a new block begins here
    length = np.diff(np.append(too_far, len(features)))
    begins = np.concatenate(
        [np.arange(start, start + size, block) for start, size in zip(too_far.tolist(), length.tolist(), strict=True)]
    )
    begins = begins.astype(np.int64)
    step[begins] = 0
    data = ((step << np.uint64(bits)) | texts.astype(np.uint64)).astype("<u4").tobytes()
    ends = np.append(begins[1:], len(features))
    return features[begins], [data[4 * begin : 4 * end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]


def unpack(begins: Hashes, blocks: Sequence[bytes], count: int) -> tuple[Hashes, Indices]:
    """Return features and texts of some blocks of a segment of `count` texts; each block begins with a feature of `begins`."""
    bits = _text_bits(count)
    sizes = np.fromiter((len(block) // 4 for block in blocks), np.int64, len(blocks))
    data = np.frombuffer(b"".join(blocks), "<u4")
    steps = np.cumsum((data >> np.uint32(bits)).astype(np.uint64))
    first = np.cumsum(sizes) - sizes
    features = steps + np.repeat(begins - steps[first], sizes) if len(first) else steps
    return features, (data & np.uint32((1 << bits) - 1)).astype(np.int64)


def _text_bits(count: int) -> int:
    return min(24, max(8, (count - 1).bit_length()))
