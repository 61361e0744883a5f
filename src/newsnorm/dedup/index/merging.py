"""How do the segments of an index become one? Features by features, so that memory does not grow with what is merged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import attrs
import numpy as np

from newsnorm.dedup.index.segments import MOST, Segment, unpack
from newsnorm.dedup.text.tokens import Flags, Hashes, Places

Reader = Callable[[Segment, int, int], Sequence[bytes]]
"""Reads the blocks of a segment from one place to another, both of them included."""

FAN = 4
"""Segments of one size that are merged into one: each posting is written about log4 of the articles' number times."""
STRETCH = 2_000
"""Blocks that are merged at once: a bound on memory alone."""
_FEATURES = 1 << 32


def alike(segments: Sequence[Segment], many: int) -> int:
    """How many of the last segments go into one with so many new texts: all but one of `FAN`, if they are no larger."""
    last = segments[1 - FAN :]
    fits = sum(len(part.sizes) for part in last) + many <= MOST
    return len(last) if fits and len(last) == FAN - 1 and all(len(part.sizes) < 2 * many for part in last) else 0


@attrs.frozen(eq=False)
class Part:
    """A segment that is merged, without the articles that are gone."""

    segment: Segment
    standing: Flags
    """Whether each of its texts is still there."""
    read: Reader

    def between(self, low: int, high: int) -> tuple[Hashes, Places]:
        """Feature and key of its postings with features from `low` to below `high`."""
        begins = self.segment.begins
        first = max(0, int(np.searchsorted(begins, np.uint64(low))) - 1)
        last = int(np.searchsorted(begins, np.uint64(high))) - 1
        if last < first:
            return begins[:0], np.zeros(0, np.int64)
        features, texts = unpack(begins[first : last + 1], self.read(self.segment, first, last), len(self.segment.sizes))
        kept = self.standing[texts] & (features >= np.uint64(low)) & (features < np.uint64(high))
        return features[kept], texts[kept] + self.segment.first


def merged(parts: Sequence[Part], features: Hashes, keys: Places) -> Iterator[tuple[Hashes, Places]]:
    """
    The postings of some segments, in the order of their keys, and of newer ones, in rising order of feature and key.

    Yields:
        features and keys of a stretch; all postings of a feature are in one.

    """
    begins = np.sort(np.concatenate([np.zeros(0, np.uint64), *(part.segment.begins for part in parts)]))
    for low, high in pairwise([0, *np.unique(begins[STRETCH::STRETCH]).tolist(), _FEATURES]):
        some = slice(*np.searchsorted(features, np.array([low, high], np.uint64)).tolist())
        columns = [part.between(low, high) for part in parts] + [(features[some], keys[some])]
        found, owners = (np.concatenate(column) for column in zip(*columns, strict=True))
        order = np.argsort(found, kind="stable")  # keys of later segments are higher
        yield found[order], owners[order]
