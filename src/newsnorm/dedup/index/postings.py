"""Which texts of an index have some feature? Asked of its segments, and of the texts that wait for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
import numpy as np

from newsnorm.dedup.array_ops import among, parts, stretches, tallied
from newsnorm.dedup.index.segments import Segment, Sizes, unpack
from newsnorm.dedup.params import Params
from newsnorm.dedup.propose.features import BITS, Features, need
from newsnorm.dedup.text.tokens import Flags, Hashes, Places, Words

Reader = Callable[[Segment, Places], Sequence[bytes]]
"""Reads some blocks of a segment."""

_KEY = 32
_KEYS = (1 << _KEY) - 1
"""Bits of a key in a list; the feature has the others."""
PROBES = 120_000
"""Postings that are counted at once: what fits a processor's cache."""
RECENT = 64
"""Texts that are looked through one by one before they are sorted in among the others."""
KEPT = 32_000_000
"""Postings of segments that are kept in memory, 8 bytes each, for those who ask for much at once: some 400,000 articles."""
STRETCH = 4_000
"""Blocks that are read at once: a bound on memory alone."""
WORTH = 4
"""A segment is read as a whole when a quarter as many blocks were asked of it as it has: all at once, or one by one."""


@attrs.frozen(eq=False)
class _List:
    """Some postings."""

    posting: Hashes
    """Feature and key as one number, in rising order."""
    less: int
    """What keys are less by in it."""

    def of(self, hashes: Hashes) -> _Met:
        """Those of some features, each of which is named once, in rising order."""
        least = hashes << np.uint64(_KEY)
        first = np.searchsorted(self.posting, least)
        return _Met(first, np.searchsorted(self.posting, least | np.uint64(_KEYS), "right") - first, self)

    def holds(self, hashes: Hashes, keys: Places) -> Flags:
        """Whether some texts have some features."""
        held = np.zeros(len(keys), np.bool_)
        some = np.flatnonzero(keys >= self.less)
        held[some] = among(_posting(hashes[some], keys[some] - self.less), self.posting)
        return held


@attrs.frozen(eq=False)
class _Met:
    """The postings of some features in a list: where those of each begin, and how many there are."""

    first: Places
    count: Places
    list: _List

    def texts(self, features: Places) -> tuple[Places, Places]:
        """Every pair of a place in `features`, which are places themselves, and the key of a text that has it."""
        count = self.count[features]
        posting = self.list.posting[stretches(self.first[features], count)]
        return np.repeat(np.arange(len(features)), count), (posting & np.uint64(_KEYS)).astype(np.int64) + self.list.less


def _posting(features: Hashes, keys: Places) -> Hashes:
    return (features << np.uint64(_KEY)) | keys.astype(np.uint64)


class Kept:
    """Segments that were read as a whole, as many as fit."""

    def __init__(self) -> None:
        self._lists: dict[tuple[int, int, int], _List] = {}
        self._asked: dict[tuple[int, int, int], int] = {}

    def of(self, segment: Segment) -> _List | None:
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
        held = sum(len(each.posting) for each in self._lists.values())
        return asked * WORTH >= len(segment.begins) and held + int(segment.sizes.sum()) <= KEPT

    def keep(self, segment: Segment, postings: _List) -> None:
        """Keep its postings."""
        self._lists[segment.name] = postings


class Tail:
    """The postings of the texts with keys above `after`, in memory."""

    def __init__(self, after: int) -> None:
        self.after = after
        self._sorted = np.zeros(0, np.uint64)
        self._recent: list[Hashes] = []
        self._sizes = np.zeros(0, np.int64)

    def add(self, keys: Places, features: Features, words: Words) -> None:
        """Add some texts: their features, and one more that stands for all their words, if there are any."""
        some = _worded(words)
        hashes = np.concatenate([features.hash, as_feature(words.whole[some])])
        owners = np.concatenate([np.repeat(keys, features.sizes), keys[some]])
        wanted = int(keys.max(initial=self.after)) - self.after
        if wanted > len(self._sizes):
            more = np.full(max(wanted, 2 * len(self._sizes)) - len(self._sizes), -1)
            self._sizes = np.concatenate([self._sizes, more])
        self._sizes[keys - self.after - 1] = features.sizes
        self._recent.append(_posting(hashes, owners - self.after))
        if len(keys) >= RECENT or len(self._recent) >= RECENT:
            self._sorted = self._all()
            self._recent = []

    def drop(self, keys: Sequence[int]) -> None:
        """Forget some texts; their postings go when others are sorted in."""
        places = np.array(keys, np.int64) - self.after - 1
        self._sizes[places[(places >= 0) & (places < len(self._sizes))]] = -1

    def _all(self) -> Hashes:
        every = np.sort(np.concatenate([self._sorted, *self._recent]))
        return every[self._sizes[(every & np.uint64(_KEYS)).astype(np.int64) - 1] >= 0]

    def postings(self) -> tuple[Hashes, Places]:
        """Feature and key of every posting, sorted by feature, then key."""
        every = self._all()
        return every >> np.uint64(_KEY), (every & np.uint64(_KEYS)).astype(np.int64) + self.after

    def sizes(self, last: int) -> Sizes:
        """How many features the texts up to the key `last` have; 0 for those that are gone."""
        return np.maximum(0, self.size_of(np.arange(self.after + 1, last + 1))).astype(np.uint32)

    def lists(self) -> list[_List]:
        """All its postings."""
        return [_List(part, self.after) for part in (self._sorted, np.sort(np.concatenate(self._recent or [self._sorted[:0]])))]

    def size_of(self, keys: Places) -> Places:
        """How many features some texts have; -1 for those that are gone."""
        places = keys - self.after - 1
        there = places < len(self._sizes)
        sizes = np.full(len(keys), -1)
        sizes[there] = self._sizes[places[there]]
        return sizes


@attrs.frozen(eq=False)
class Postings:
    """All postings of an index."""

    segments: Sequence[Segment]
    tail: Tail
    read: Reader
    kept: Kept

    def asked(self, features: Features, words: Words) -> Asked:
        """Look some texts up: their features, and what stands for all their words."""
        some = _worded(words)
        hashes, place = np.unique(np.concatenate([features.hash, as_feature(words.whole[some])]), return_inverse=True)
        lists = [*self.tail.lists(), *(self._of_segment(segment, hashes) for segment in self.segments if len(segment.begins))]
        many = len(features.hash)
        return Asked(self, features, hashes, place[:many], some, place[many:], [each.of(hashes) for each in lists])

    def _of_segment(self, segment: Segment, hashes: Hashes) -> _List:
        lists = self.kept.of(segment)
        if lists is None:
            first, last = segment.blocks_of(hashes)
            places = np.unique(stretches(first, last + 1 - first))
            whole = self.kept.worth(segment, len(places))
            if whole:
                places = np.arange(len(segment.begins))
            read = [self._read(segment, places[begin : begin + STRETCH]) for begin in range(0, len(places), STRETCH)]
            lists = _List(np.concatenate([np.zeros(0, np.uint64), *read]), segment.first)
            if whole:
                self.kept.keep(segment, lists)
        return lists

    def _read(self, segment: Segment, places: Places) -> Hashes:
        return _posting(*unpack(segment.begins[places], self.read(segment, places), len(segment.sizes)))

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
    _hashes: Hashes
    """Everything that is asked for, each once."""
    _feature: Places
    """Of each feature its place in it."""
    _worded: Places
    """Texts that have words, and of each of them the place of what stands for all of these."""
    _whole: Places
    _met: Sequence[_Met]

    def alike(self) -> tuple[Places, Places]:
        """Places of texts, and the keys of texts of the index that may have the same words."""
        found = [each.texts(self._whole) for each in self._met]
        place, key = np.concatenate([place for place, _ in found]), np.concatenate([key for _, key in found])
        standing = self._postings.sizes(key) >= 0
        return self._worded[place[standing]], key[standing]

    def candidates(self, params: Params, lone: Flags) -> tuple[Places, Places]:
        """
        The texts of the index that share enough features with the lone ones of those that are looked up.

        As `newsnorm.dedup.propose.join.candidates` finds them, counted exactly.

        Each text's commonest features, which have most postings, are only asked of those who share enough of the others.

        Returns:
            the place of each of the texts that are looked up, and the key of one of the index.

        """
        sizes = self._features.sizes
        common = np.stack([each.count for each in self._met]).sum(axis=0)[self._feature]
        owner = np.repeat(np.arange(len(sizes)), sizes)
        order = np.lexsort((-common, owner))
        order = order[lone[owner[order]]]
        sizes = np.where(lone, sizes, 0)
        late = stretches(np.zeros_like(sizes), sizes) < params.least // 2
        last = np.minimum(sizes, params.least // 2)
        left_out, first = self._feature[order[late]], np.cumsum(last) - last
        place, owner, common = (column[order[~late]] for column in (self._feature, owner, common))
        found = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        for begin, end in parts(np.bincount(owner, common, len(sizes)).astype(np.int64), PROBES):
            asked = slice(*np.searchsorted(owner, (begin, end)).tolist())
            who, key, times = self._counted(place[asked], owner[asked] - begin)
            who += begin
            some = times + last[who] >= params.least
            who, key, times = who[some], key[some], times[some]
            theirs = self._postings.sizes(key)
            needed = need(np.minimum(sizes[who], theirs), params)
            kept = (theirs >= 0) & (times + last[who] >= needed)
            who, key, times, needed = who[kept], key[kept], times[kept], needed[kept]
            doubtful = np.flatnonzero(times < needed)
            times[doubtful] += self._besides(left_out, first[who[doubtful]], last[who[doubtful]], key[doubtful])
            found.append((who[times >= needed], key[times >= needed]))
        return np.concatenate([who for who, _ in found]), np.concatenate([key for _, key in found])

    def _counted(self, place: Places, owner: Places) -> tuple[Places, Places, Places]:
        """Whom some texts meet in some features, and how often."""
        found = [each.texts(place) for each in self._met]
        who = owner[np.concatenate([place for place, _ in found])]
        key = np.concatenate([key for _, key in found])
        return tallied(who, key)

    def _besides(self, left_out: Places, first: Places, count: Places, key: Places) -> Places:
        """How many of the features that were left out each pair shares."""
        hashes = self._hashes[left_out[stretches(first, count)]]
        pair, keys = np.repeat(np.arange(len(key)), count), np.repeat(key, count)
        held = np.zeros(len(pair), np.bool_)
        for each in self._met:
            held |= each.list.holds(hashes, keys)
        return np.bincount(pair[held], minlength=len(key))


def _worded(words: Words) -> Places:
    """The texts that have words: those that have none are like no other."""
    return np.flatnonzero(np.diff(words.offset))


def as_feature(whole: Hashes) -> Hashes:
    """What stands for all words of a text among the features, and is like none of them; its twins are found by it."""
    return (whole >> np.uint64(64 - BITS)) | np.uint64(1 << BITS)
