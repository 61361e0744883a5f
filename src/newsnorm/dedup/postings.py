"""Which texts of an index have some feature? Asked of its segments, and of the texts that wait for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
import numpy as np

from newsnorm.dedup.features import BITS, Features, need
from newsnorm.dedup.flat import runs, stretches
from newsnorm.dedup.params import Params
from newsnorm.dedup.segments import Segment, Sizes, unpack
from newsnorm.dedup.words import Hashes, Places

Reader = Callable[[Segment, Places], Sequence[bytes]]
"""Reads some blocks of a segment."""

PROBES = 4_000_000
"""Postings that are counted at once: a bound on memory alone."""
RECENT = 64
"""Texts that are looked through one by one before they are sorted in among the others."""
_KEY = 40
"""Bits of a key."""


@attrs.frozen(eq=False)
class _Lists:
    """Some postings: features in rising order, and the key of a text for each."""

    features: Hashes
    keys: Places

    def of(self, hashes: Hashes) -> _Met:
        """Those of some features, each of which is named once, in rising order."""
        first = np.searchsorted(self.features, hashes, "left")
        return _Met(first, np.searchsorted(self.features, hashes, "right") - first, self.keys)


@attrs.frozen(eq=False)
class _Met:
    """The postings of some features: where those of each begin, and how many there are."""

    first: Places
    count: Places
    keys: Places

    def texts(self, features: Places) -> tuple[Places, Places]:
        """Every pair of a place in `features`, which are places themselves, and the key of a text that has it."""
        count = self.count[features]
        return np.repeat(np.arange(len(features)), count), self.keys[stretches(self.first[features], count)]


class Tail:
    """The postings of the texts with keys above `after`, in memory."""

    def __init__(self, after: int) -> None:
        self.after = after
        self._sorted = np.zeros(0, np.uint64), np.zeros(0, np.int64)
        self._recent: list[tuple[Hashes, Places]] = []
        self._sizes: dict[int, int] = {}

    def add(self, keys: Places, features: Features, whole: Hashes) -> None:
        """Add some texts: their features, and one more that stands for all their words."""
        hashes = np.concatenate([features.hash, as_feature(whole)])
        owners = np.concatenate([np.repeat(keys, features.sizes), keys])
        self._sizes.update(zip(keys.tolist(), features.sizes.tolist(), strict=True))
        self._recent.append((hashes, owners))
        if len(keys) >= RECENT or len(self._recent) >= RECENT:
            self._sorted = self.postings()
            self._recent = []

    def drop(self, keys: Sequence[int]) -> None:
        """Forget some texts; their postings go when others are sorted in."""
        for key in keys:
            self._sizes.pop(key, None)

    def postings(self) -> tuple[Hashes, Places]:
        """Feature and key of every posting, sorted by feature, then key."""
        hashes = np.concatenate([self._sorted[0], *(part[0] for part in self._recent)])
        owners = np.concatenate([self._sorted[1], *(part[1] for part in self._recent)])
        kept = np.isin(owners, np.fromiter(self._sizes, np.int64, len(self._sizes)))
        hashes, owners = hashes[kept], owners[kept]
        order = np.lexsort((owners, hashes))
        return hashes[order], owners[order]

    def sizes(self, first: int, last: int) -> Sizes:
        """How many features the texts with the keys `first` to `last` have; 0 for those that are gone."""
        return np.fromiter((self._sizes.get(key, 0) for key in range(first, last + 1)), np.uint32, last + 1 - first)

    def lists(self) -> list[_Lists]:
        """All its postings."""
        if not self._recent:
            return [_Lists(*self._sorted)]
        recent = np.concatenate([part[0] for part in self._recent]), np.concatenate([part[1] for part in self._recent])
        order = np.argsort(recent[0], kind="stable")
        return [_Lists(*self._sorted), _Lists(recent[0][order], recent[1][order])]

    def size_of(self, keys: Places) -> Places:
        """How many features some texts have; -1 for those that are gone."""
        return np.fromiter((self._sizes.get(key, -1) for key in keys.tolist()), np.int64, len(keys))


@attrs.frozen(eq=False)
class Postings:
    """All postings of an index."""

    segments: Sequence[Segment]
    tail: Tail
    read: Reader

    def candidates(self, features: Features, params: Params) -> tuple[Places, Places]:
        """
        The texts that share enough features with some others: as `newsnorm.dedup.join.candidates` finds them, counted exactly.

        Returns:
            the place of each of the others, and the key of a text of the index.

        """
        hashes, feature = np.unique(features.hash, return_inverse=True)
        met = self._met(hashes)
        weight = np.append(0, np.cumsum(sum((each.count for each in met), np.zeros(len(hashes), np.int64))[feature]))
        found = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        begin = 0
        while begin < len(features.sizes):
            reached = weight[features.offset[begin]] + PROBES
            end = max(begin + 1, int(np.searchsorted(weight[features.offset], reached, "right")) - 1)
            found.append(self._counted(features, feature, begin, min(end, len(features.sizes)), met, params))
            begin = end
        return np.concatenate([who for who, _ in found]), np.concatenate([key for _, key in found])

    def _counted(
        self, features: Features, feature: Places, begin: int, end: int, met: Sequence[_Met], params: Params
    ) -> tuple[Places, Places]:
        """The candidates of the texts `begin` to `end`."""
        asked = feature[features.offset[begin] : features.offset[end]]
        owner = np.repeat(np.arange(begin, end), features.sizes[begin:end])
        pair = np.sort(np.concatenate([(owner[place] << _KEY) | key for place, key in (each.texts(asked) for each in met)]))
        start, times = runs(pair)
        who, key = pair[start] >> _KEY, pair[start] & ((1 << _KEY) - 1)
        some = times >= params.least
        who, key, times = who[some], key[some], times[some]
        sizes = self.sizes(key)
        enough = (times >= need(np.minimum(features.sizes[who], sizes), params)) & (sizes >= 0)
        return who[enough], key[enough]

    def _met(self, hashes: Hashes) -> list[_Met]:
        """The postings of some features, in rising order."""
        lists = [*self.tail.lists(), *(self._of_segment(segment, hashes) for segment in self.segments if len(segment.begins))]
        return [each.of(hashes) for each in lists]

    def _of_segment(self, segment: Segment, hashes: Hashes) -> _Lists:
        first, last = segment.blocks_of(hashes)
        places = np.unique(stretches(first, last + 1 - first))
        features, texts = unpack(segment.begins[places], self.read(segment, places), len(segment.sizes))
        return _Lists(features, texts + segment.first)

    def alike(self, whole: Hashes) -> tuple[Places, Places]:
        """Places in `whole`, and the keys of texts that may have the same words."""
        hashes, feature = np.unique(as_feature(whole), return_inverse=True)
        met = [each.texts(feature) for each in self._met(hashes)]
        place, key = np.concatenate([place for place, _ in met]), np.concatenate([key for _, key in met])
        standing = self.sizes(key) >= 0
        return place[standing], key[standing]

    def sizes(self, keys: Places) -> Places:
        """How many features some texts have; -1 for those of the tail that are gone."""
        sizes = np.zeros(len(keys), np.int64)
        waiting = keys > self.tail.after
        sizes[waiting] = self.tail.size_of(keys[waiting])
        for segment in self.segments:
            inside = (keys >= segment.first) & (keys <= segment.last)
            sizes[inside] = segment.sizes[keys[inside] - segment.first]
        return sizes


def as_feature(whole: Hashes) -> Hashes:
    """What stands for all words of a text among the features, and is like none of them; its twins are found by it."""
    return (whole >> np.uint64(64 - BITS)) | np.uint64(1 << BITS)
