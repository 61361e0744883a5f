"""Merge segments into one, a range of features at a time, so that memory does not grow with the size of the segments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

import attrs
import numpy as np

from newsnorm.dedup.array_ops import Flags, Hashes, Indices
from newsnorm.dedup.index.segments import MAX_SEGMENT_TEXTS, Segment, unpack

BlockRangeReader: TypeAlias = Callable[[Segment, int, int], Sequence[bytes]]
"""Reads the blocks of a segment from one number to another, inclusive."""

FAN_IN = 4
"""Number of segments of one size that are merged into one, so that a posting is written about log4(articles) times."""
MERGED_BLOCKS = 2_000
"""Blocks to merge at once; only bounds memory."""
_END_OF_FEATURES = 1 << 32


def count_mergeable(segments: Sequence[Segment], new: int) -> int:
    """Return the number of last segments to merge with `new` texts: `FAN_IN` - 1, or 0 if one of them is much larger."""
    last = segments[1 - FAN_IN :]
    fits = sum(len(segment.sizes) for segment in last) + new <= MAX_SEGMENT_TEXTS
    return len(last) if fits and len(last) == FAN_IN - 1 and all(len(segment.sizes) < 2 * new for segment in last) else 0


@attrs.frozen(eq=False)
class MergeSource:
    """A segment to merge, and which of its articles are still there."""

    segment: Segment
    is_present: Flags
    """Whether each of its texts is still there."""
    read: BlockRangeReader

    def between(self, low: int, high: int) -> tuple[Hashes, Indices]:
        """Return features and keys of the postings with features from `low` to below `high`."""
        begins = self.segment.begins
        first = max(0, int(np.searchsorted(begins, np.uint64(low))) - 1)
        last = int(np.searchsorted(begins, np.uint64(high))) - 1
        if last < first:
            return begins[:0], np.zeros(0, np.int64)
        features, texts = unpack(begins[first : last + 1], self.read(self.segment, first, last), len(self.segment.sizes))
        kept = self.is_present[texts] & (features >= np.uint64(low)) & (features < np.uint64(high))
        return features[kept], texts[kept] + self.segment.first


def merge_postings(
    sources: Sequence[MergeSource], features: Hashes, keys: Indices, most: int = MERGED_BLOCKS
) -> Iterator[tuple[Hashes, Indices]]:
    """
    Merge the postings of segments with newer ones.

    Args:
        sources: segments in the order of their keys.
        features: the features of the newer postings, ascending.
        keys: the keys of the newer postings, higher than those of the segments.
        most: blocks to merge at once.

    Yields:
        features and keys of a range of features, ascending; all postings of a feature are in one range.

    """
    begins = np.sort(np.concatenate([np.zeros(0, np.uint64), *(source.segment.begins for source in sources)]))
    for low, high in pairwise([0, *np.unique(begins[most::most]).tolist(), _END_OF_FEATURES]):
        newer = slice(*np.searchsorted(features, np.array([low, high], np.uint64)).tolist())
        columns = [source.between(low, high) for source in sources] + [(features[newer], keys[newer])]
        found, owners = (np.concatenate(column) for column in zip(*columns, strict=True))
        order = np.argsort(found, kind="stable")  # keys of later segments are higher
        yield found[order], owners[order]
