"""Which texts of an index have some feature? Asked of its segments, and of the texts that wait for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.features import BITS, Features, need
from newsnorm.dedup.flat import parts, runs, stretches
from newsnorm.dedup.params import Params
from newsnorm.dedup.segments import Segment, Sizes, unpack
from newsnorm.dedup.words import Hashes, Places

Reader = Callable[[Segment, Places], Sequence[bytes]]
"""Reads some blocks of a segment."""

PROBES = 120_000
"""Postings that are counted at once: what fits a processor's cache."""
RECENT = 64
"""Texts that are looked through one by one before they are sorted in among the others."""
KEPT = 32_000_000
"""Postings of segments that are kept in memory, 8 bytes each, for those who ask for much at once: some 400,000 articles."""
WORTH = 4
"""A segment is read as a whole when a quarter as many blocks were asked of it as it has: all at once, or one by one."""


@attrs.frozen(eq=False)
class _Lists:
    """Some postings: features in rising order, and the key of a text for each, less some number."""

    features: NDArray[np.uint32]
    keys: NDArray[np.uint32]
    less: int

    def of(self, hashes: Hashes) -> _Met:
        """Those of some features, each of which is named once, in rising order."""
        asked = hashes.astype(np.uint32)
        first = np.searchsorted(self.features, asked, "left")
        return _Met(first, np.searchsorted(self.features, asked, "right") - first, self)


@attrs.frozen(eq=False)
class _Met:
    """The postings of some features: where those of each begin, and how many there are."""

    first: Places
    count: Places
    lists: _Lists

    def texts(self, features: Places) -> tuple[Places, Places]:
        """Every pair of a place in `features`, which are places themselves, and the key of a text that has it."""
        count = self.count[features]
        keys = self.lists.keys[stretches(self.first[features], count)]
        return np.repeat(np.arange(len(features)), count), keys + np.int64(self.lists.less)


class Kept:
    """Segments that were read as a whole, as many as fit."""

    def __init__(self) -> None:
        self._lists: dict[tuple[int, int, int], _Lists] = {}
        self._asked: dict[tuple[int, int, int], int] = {}

    def of(self, segment: Segment) -> _Lists | None:
        """The postings of a segment, if they are kept."""
        return self._lists.get(segment.name)

    def only(self, segments: Sequence[Segment]) -> None:
        """Forget all segments but some."""
        names = {segment.name for segment in segments}
        self._lists = {name: lists for name, lists in self._lists.items() if name in names}
        self._asked = {name: blocks for name, blocks in self._asked.items() if name in names}

    def worth(self, segment: Segment, blocks: int) -> bool:
        """Whether to read a segment as a whole, now that some blocks are asked of it."""
        asked = self._asked[segment.name] = self._asked.get(segment.name, 0) + blocks
        held = sum(len(lists.features) for lists in self._lists.values())
        return asked * WORTH >= len(segment.begins) and held + int(segment.sizes.sum()) <= KEPT

    def keep(self, segment: Segment, lists: _Lists) -> None:
        """Keep its postings."""
        self._lists[segment.name] = lists


def _lists(hashes: Hashes, keys: Places, less: int) -> _Lists:
    return _Lists(hashes.astype(np.uint32), (keys - less).astype(np.uint32), less)


class Tail:
    """The postings of the texts with keys above `after`, in memory."""

    def __init__(self, after: int) -> None:
        self.after = after
        self._sorted = np.zeros(0, np.uint64), np.zeros(0, np.int64)
        self._lists = [_lists(*self._sorted, after)]
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
            self._lists = [_lists(*self._sorted, self.after)]
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
            return self._lists
        hashes, keys = (np.concatenate(column) for column in zip(*self._recent, strict=True))
        order = np.argsort(hashes, kind="stable")
        return [*self._lists, _lists(hashes[order], keys[order], self.after)]

    def size_of(self, keys: Places) -> Places:
        """How many features some texts have; -1 for those that are gone."""
        return np.fromiter((self._sizes.get(key, -1) for key in keys.tolist()), np.int64, len(keys))


@attrs.frozen(eq=False)
class Postings:
    """All postings of an index."""

    segments: Sequence[Segment]
    tail: Tail
    read: Reader
    kept: Kept

    def asked(self, features: Features, whole: Hashes) -> Asked:
        """Look some texts up: their features, and what stands for all their words."""
        hashes, place = np.unique(np.concatenate([features.hash, as_feature(whole)]), return_inverse=True)
        lists = [*self.tail.lists(), *(self._of_segment(segment, hashes) for segment in self.segments if len(segment.begins))]
        many = len(features.hash)
        return Asked(self, features, place[:many], place[many:], [each.of(hashes) for each in lists])

    def _of_segment(self, segment: Segment, hashes: Hashes) -> _Lists:
        lists = self.kept.of(segment)
        if lists is None:
            first, last = segment.blocks_of(hashes)
            places = np.unique(stretches(first, last + 1 - first))
            whole = self.kept.worth(segment, len(places))
            if whole:
                places = np.arange(len(segment.begins))
            features, texts = unpack(segment.begins[places], self.read(segment, places), len(segment.sizes))
            lists = _lists(features, texts + segment.first, segment.first)
            if whole:
                self.kept.keep(segment, lists)
        return lists

    def sizes(self, keys: Places) -> Places:
        """How many features some texts have; -1 for those of the tail that are gone."""
        sizes = np.zeros(len(keys), np.int64)
        waiting = keys > self.tail.after
        sizes[waiting] = self.tail.size_of(keys[waiting])
        for segment in self.segments:
            inside = (keys >= segment.first) & (keys <= segment.last)
            sizes[inside] = segment.sizes[keys[inside] - segment.first]
        return sizes


@attrs.frozen(eq=False)
class Asked:
    """Some texts that are looked up in an index."""

    _postings: Postings
    _features: Features
    _feature: Places
    """Of each feature its place among those that were met."""
    _whole: Places
    _met: Sequence[_Met]

    def alike(self) -> tuple[Places, Places]:
        """Places of texts, and the keys of texts of the index that may have the same words."""
        found = [each.texts(self._whole) for each in self._met]
        place, key = np.concatenate([place for place, _ in found]), np.concatenate([key for _, key in found])
        standing = self._postings.sizes(key) >= 0
        return place[standing], key[standing]

    def candidates(self, params: Params) -> tuple[Places, Places]:
        """
        The texts of the index that share enough features, as `newsnorm.dedup.join.candidates` finds them, counted exactly.

        Returns:
            the place of each of the texts that are looked up, and the key of one of the index.

        """
        sizes = self._features.sizes
        common = np.stack([each.count for each in self._met]).sum(axis=0)[self._feature]
        total = np.append(0, np.cumsum(common))[self._features.offset]
        found = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        found += [self._counted(begin, end, params) for begin, end in parts(np.diff(total), PROBES)] if len(sizes) else []
        return np.concatenate([who for who, _ in found]), np.concatenate([key for _, key in found])

    def _counted(self, begin: int, end: int, params: Params) -> tuple[Places, Places]:
        """The candidates of the texts `begin` to `end`."""
        sizes, offset = self._features.sizes, self._features.offset
        asked = self._feature[offset[begin] : offset[end]]
        owner = np.repeat(np.arange(end - begin), sizes[begin:end])
        found = [each.texts(asked) for each in self._met]
        who = owner[np.concatenate([place for place, _ in found])]
        key = np.concatenate([key for _, key in found])
        bits = int(key.max(initial=0)).bit_length()
        pair = (who << bits) | key
        pair = np.sort(pair.astype(np.uint32) if (end - begin) << bits < 1 << 32 else pair).astype(np.int64)
        start, times = runs(pair)
        some = times >= params.least
        who, key, times = begin + (pair[start[some]] >> bits), pair[start[some]] & ((1 << bits) - 1), times[some]
        theirs = self._postings.sizes(key)
        enough = (times >= need(np.minimum(sizes[who], theirs), params)) & (theirs >= 0)
        return who[enough], key[enough]


def as_feature(whole: Hashes) -> Hashes:
    """What stands for all words of a text among the features, and is like none of them; its twins are found by it."""
    return (whole >> np.uint64(64 - BITS)) | np.uint64(1 << BITS)
