"""Query the postings of an index, in segments and in memory, for texts that share enough features with given texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

import attrs
import numpy as np

from newsnorm.dedup.array_ops import Flags, Hashes, Indices, blocks, count_pairs, runs, slices
from newsnorm.dedup.index.memtable import MemTable
from newsnorm.dedup.index.posting_lists import (
    KEY_BITS,
    KEY_MASK,
    Matches,
    PostingList,
    make_postings,
    text_feature,
    texts_with_tokens,
)
from newsnorm.dedup.index.segments import FeatureCounts, Segment, unpack
from newsnorm.dedup.params import Params
from newsnorm.dedup.propose.features import FeatureBatch, min_shared_features
from newsnorm.dedup.text.tokens import TokenBatch

BlockReader: TypeAlias = Callable[[Segment, Indices], Sequence[bytes]]
"""Reads some blocks of a segment."""

_WORTH_WHOLE = 4
"""A segment is read whole once a quarter of the number of its blocks have been requested, together or one by one."""


@attrs.frozen(kw_only=True)
class CountingSizes:
    """How the texts that share features with a query are counted. No answer depends on it."""

    probes: int = 120_000
    """Postings to count at once, to fit the processor's cache."""
    common: int = 500
    """A feature of more texts than this is common: it is cheaper to check it for the pairs in doubt than to count its texts."""
    cells: int = 2
    """Pairs of a text of the query and a text of the index for each posting that is counted, up to which each pair has a count
    of its own; above, the pairs that occur are sorted."""
    split_texts: int = 32_768
    """The postings of segments with more texts than this are kept apart by the size of the texts."""
    size_classes: tuple[int, ...] = (0, 28, 64, 128)
    """The smallest number of features of each size of texts. Two long texts must share more features than a short and a long
    one, so more of their common features can be left out at first."""


@attrs.frozen(kw_only=True)
class IndexSizes:
    """How much an index holds in memory and processes at once. No answer depends on it."""

    segment_articles: int = 4096
    """Articles kept in memory before they are written as a segment."""
    batch_articles: int = 1000
    """Articles added in one change of the file."""
    cached_postings: int = 128_000_000
    """Postings of whole segments kept in memory, about 8 bytes each; enough for some 1,500,000 articles."""
    cached_tokens: int = 6_000_000
    """Tokens kept of the articles that were added or compared last, about 20 bytes each."""
    read_blocks: int = 4_000
    """Blocks read at once."""


class SegmentCache:
    """The postings of segments that were read whole, as long as they fit into memory."""

    def __init__(self, most: int) -> None:
        """Keep up to `most` postings."""
        self._most = most
        self._lists: dict[tuple[int, int, int], Sequence[PostingList]] = {}
        self._asked: dict[tuple[int, int, int], int] = {}
        """Number of blocks requested of each segment."""

    def get(self, segment: Segment) -> Sequence[PostingList] | None:
        """Return the postings of a segment if they are kept."""
        return self._lists.get(segment.fingerprint)

    def put(self, segment: Segment, postings: Sequence[PostingList]) -> None:
        """Keep the postings of a segment."""
        self._lists[segment.fingerprint] = postings

    def keep_only(self, segments: Sequence[Segment]) -> None:
        """Drop all segments but these."""
        names = {segment.fingerprint for segment in segments}
        self._lists = {name: postings for name, postings in self._lists.items() if name in names}
        self._asked = {name: count for name, count in self._asked.items() if name in names}

    def is_worth_reading(self, segment: Segment, count: int) -> bool:
        """Record that `count` blocks of a segment are requested, and return whether to read it whole."""
        asked = self._asked[segment.fingerprint] = self._asked.get(segment.fingerprint, 0) + count
        held = sum(len(each) for postings in self._lists.values() for each in postings)
        return asked * _WORTH_WHOLE >= len(segment.begins) and held + int(segment.sizes.sum()) <= self._most


@attrs.frozen(eq=False)
class Postings:
    """All postings of an index."""

    segments: Sequence[Segment]
    memtable: MemTable
    read: BlockReader
    cache: SegmentCache
    read_blocks: int = IndexSizes().read_blocks
    counting: CountingSizes = CountingSizes()

    def query(self, features: FeatureBatch, tokens: TokenBatch, *, are_added: bool = False) -> Query:
        """
        Look up the features of some texts, and the features of the whole texts.

        Args:
            features: the features of each text.
            tokens: the tokens of each text.
            are_added: whether the texts themselves are in the index.

        """
        some = texts_with_tokens(tokens)
        wanted = np.concatenate([features.hash, text_feature(tokens.text_hash[some])])
        hashes, place = np.unique(wanted, return_inverse=True)
        lists = list(self.memtable.lists())
        for segment in self.segments:
            if len(segment.begins):
                lists += self._load(segment, hashes)
        matches = [found for each in lists if (found := each.find(hashes)).count.any()]
        sizes = sorted({each.postings.least_size for each in matches})
        count = len(features.hash)
        return Query(
            postings=self,
            features=features,
            hashes=hashes,
            feature=place[:count],
            with_tokens=some,
            text_feature=place[count:],
            own_postings=int(are_added),
            groups=[_MatchGroup([each for each in matches if each.postings.least_size == size], size) for size in sizes],
        )

    @property
    def end(self) -> int:
        """The key after the last one."""
        return self.memtable.last + 1

    def sizes(self, keys: Indices) -> Indices:
        """Return the number of features of some texts; -1 for texts dropped from memory, 0 for texts removed from a segment."""
        sizes = self._segment_sizes[np.minimum(keys, self.memtable.after)].astype(np.int64)
        waiting = np.flatnonzero(keys > self.memtable.after)
        sizes[waiting] = self.memtable.sizes(keys[waiting])
        return sizes

    @cached_property
    def _segment_sizes(self) -> FeatureCounts:
        """Number of features of each text of the segments, by its key."""
        sizes = np.zeros(self.memtable.after + 1, np.uint32)
        for segment in self.segments:
            sizes[segment.first : segment.last + 1] = segment.sizes
        return sizes

    def _load(self, segment: Segment, features: Hashes) -> Sequence[PostingList]:
        """Return the postings in the blocks of a segment that may have some features, or all postings of the segment."""
        cached = self.cache.get(segment)
        if cached is not None:
            return cached
        first, last = segment.blocks_of(features)
        numbers = np.unique(slices(first, last + 1 - first))
        whole = self.cache.is_worth_reading(segment, len(numbers))
        if whole:
            numbers = np.arange(len(segment.begins))
        parts = [self._read(segment, numbers[at : at + self.read_blocks]) for at in range(0, len(numbers), self.read_blocks)]
        found = self._split(segment, np.concatenate([np.zeros(0, np.uint64), *parts]))
        if whole:
            self.cache.put(segment, found)
        return found

    def _split(self, segment: Segment, postings: Hashes) -> list[PostingList]:
        """Make lists of postings of a segment, by the size of the texts if they are many."""
        if len(segment.sizes) <= self.counting.split_texts:
            return [PostingList.of(postings, segment.first)]
        size = segment.sizes[(postings & np.uint64(KEY_MASK)).astype(np.int64)]
        bounds = [*self.counting.size_classes, 1 << KEY_BITS]
        return [
            PostingList.of(postings[(size >= least) & (size < above)], segment.first, least) for least, above in pairwise(bounds)
        ]

    def _read(self, segment: Segment, numbers: Indices) -> Hashes:
        return make_postings(*unpack(segment.begins[numbers], self.read(segment, numbers), len(segment.sizes)))


@attrs.frozen(eq=False)
class _MatchGroup:
    """The postings of the features of a query, in all lists of texts of one size."""

    _matches: Sequence[Matches]
    least_size: int
    """No text in these lists has fewer features."""

    @cached_property
    def frequency(self) -> Indices:
        """Number of postings of each feature."""
        frequency: Indices = np.add.reduce([each.count for each in self._matches])
        return frequency

    @cached_property
    def first(self) -> int:
        """No text in these lists has a lower key."""
        return min(each.postings.base for each in self._matches)

    def texts(self, features: Indices) -> tuple[Indices, Indices]:
        """Return the texts in the index that have some features: columns of the index into `features` and the key."""
        return _join([each.texts(features) for each in self._matches])

    def count_all(self, features: Indices, owner: Indices, shape: tuple[int, int]) -> Indices:
        """
        Count for some texts of the query and every text of the index the features that they share.

        Args:
            features: features of texts of the query.
            owner: the text of each, numbered from 0.
            shape: number of texts of the query, and of texts of the index from `first` on.

        """
        cells = [each.cells(features, owner * shape[1] - self.first) for each in self._matches]
        return np.bincount(np.concatenate(cells), minlength=shape[0] * shape[1]).reshape(shape)

    def contains(self, features: Indices, keys: Indices) -> Flags:
        """Return for each feature and key whether that text has the feature."""
        found = np.zeros(len(keys), np.bool_)
        for each in self._matches if len(keys) else ():
            found |= each.contains(features, keys)
        return found


@attrs.frozen(eq=False, kw_only=True)
class Query:
    """Some texts whose features were looked up in an index."""

    _postings: Postings
    _features: FeatureBatch
    _hashes: Hashes
    """All features looked up, each once."""
    _feature: Indices
    """For each feature of the texts, its index in `hashes`."""
    _with_tokens: Indices
    """The texts that have tokens."""
    _text_feature: Indices
    """For each text that has tokens, the index in `hashes` of the feature of the whole text."""
    _own_postings: int
    """Number of postings of each feature of a text that are of the text itself."""
    _groups: Sequence[_MatchGroup]
    """The postings of `hashes`, by the size of the texts."""

    def possible_duplicates(self) -> tuple[Indices, Indices]:
        """Return pairs of a queried text's index and the key of a text in the index that may have the same tokens."""
        row, key = _join([group.texts(self._text_feature) for group in self._groups])
        present = self._postings.sizes(key) >= 0
        return self._with_tokens[row[present]], key[present]

    def candidates(self, params: Params, included: Flags) -> tuple[Indices, Indices]:
        """
        Find the texts in the index that share enough features with the included texts of the query.

        The result is exact, like that of `newsnorm.dedup.propose.candidates.candidate_pairs`. The commonest features of each
        text, fewer than any pair must share, are left out at first if they are common in the index, and then checked for pairs
        that share enough of the others.

        Args:
            params: how candidates are found.
            included: for each text of the query, whether to include it.

        Returns:
            pairs of a queried text's index and the key of a text in the index.

        """
        feature, owner = self._shared_features(params, included)
        return _join([self._candidates_in(group, params, feature, owner) for group in self._groups] if len(feature) else [])

    @cached_property
    def _frequency(self) -> Indices:
        """Number of postings of each entry of `hashes`."""
        frequency: Indices = np.add.reduce([np.zeros(len(self._hashes), np.int64), *(group.frequency for group in self._groups)])
        return frequency

    def _shared_features(self, params: Params, included: Flags) -> tuple[Indices, Indices]:
        """
        Return the features that the included texts share with others, without texts that share too few for any pair.

        Returns:
            columns of the index into `hashes` and the text, ascending by text.

        """
        sizes = self._features.sizes
        owner = np.repeat(np.arange(len(sizes)), sizes)
        shared = np.flatnonzero((self._frequency[self._feature] > self._own_postings) & included[owner])
        feature, owner = self._feature[shared], owner[shared]
        has_enough = (np.bincount(owner, minlength=len(sizes)) >= params.least)[owner]
        return feature[has_enough], owner[has_enough]

    def _candidates_in(self, group: _MatchGroup, params: Params, feature: Indices, owner: Indices) -> tuple[Indices, Indices]:
        """
        Find the candidates among texts of one size.

        Args:
            group: the postings of these texts.
            params: how candidates are found.
            feature: the features to look up, as indices into `hashes`.
            owner: for each feature its text, ascending.

        """
        sizes = self._features.sizes
        least = min_shared_features(np.minimum(sizes, group.least_size), params)  # of any pair of each text
        is_skipped = self._are_skipped(group.frequency[feature], owner, least // 2)
        skipped = np.bincount(owner[is_skipped], minlength=len(sizes))
        left_out = _LeftOut(feature[is_skipped], np.cumsum(skipped) - skipped, skipped)
        feature, owner = feature[~is_skipped], owner[~is_skipped]
        work = np.bincount(owner, group.frequency[feature], len(sizes)).astype(np.int64)
        needed_by_text = min_shared_features(sizes, params)
        found = []
        for begin, end in blocks(work, self._postings.counting.probes):
            asked = slice(*np.searchsorted(owner, (begin, end)).tolist())
            if self._is_dense(group, end - begin, int(work[begin:end].sum())):
                floor = needed_by_text[begin:end] - skipped[begin:end], skipped[begin:end]
                text, key, times = self._count_all(group, params, feature[asked], owner[asked] - begin, floor)
            else:
                row, key = group.texts(feature[asked])
                text, key, times = count_pairs(owner[asked][row] - begin, key, int((least - skipped)[begin:end].min()))
            text += begin
            other_sizes = self._postings.sizes(key)
            needed = np.minimum(needed_by_text[text], min_shared_features(other_sizes, params))
            possible = (other_sizes >= 0) & (times + skipped[text] >= needed)
            text, key, times, needed = text[possible], key[possible], times[possible], needed[possible]
            in_doubt = np.flatnonzero(times < needed)
            times[in_doubt] += left_out.count_in(group, text[in_doubt], key[in_doubt])
            found.append((text[times >= needed], key[times >= needed]))
        return _join(found)

    def _is_dense(self, group: _MatchGroup, texts: int, work: int) -> bool:
        """Return whether so many texts share that many features with others that each pair should have a count of its own."""
        return texts * (self._postings.end - group.first) <= self._postings.counting.cells * work

    def _count_all(
        self, group: _MatchGroup, params: Params, feature: Indices, owner: Indices, floor: tuple[Indices, Indices]
    ) -> tuple[Indices, Indices, Indices]:
        """
        Count the shared features of each text of a block and each text of the index.

        Args:
            group: the postings of the index.
            params: how candidates are found.
            feature: features of the texts of the block.
            owner: the text of each, numbered from 0 within the block.
            floor: for each of these texts, how many it must share with a text at least as large, and how many features of its
                own were left out; both without the features left out.

        Returns:
            columns of the text, the key and the count of each pair that may share enough.

        """
        own, skipped = floor
        times = group.count_all(feature, owner, (len(own), self._postings.end - group.first))
        others = min_shared_features(self._postings.sizes(np.arange(group.first, self._postings.end)), params)
        text, key = np.nonzero(times >= np.minimum(own[:, None], others[None, :] - skipped[:, None]))
        return text, key + group.first, times[text, key]

    def _are_skipped(self, frequency: Indices, owner: Indices, most: Indices) -> Flags:
        """
        Return for each feature whether it is common, and among the commonest features of its text.

        Args:
            frequency: the number of postings of each feature.
            owner: the text of each feature.
            most: for each text, the most features to skip.

        """
        skipped = np.zeros(len(frequency), np.bool_)
        common = np.flatnonzero(frequency > self._postings.counting.common)
        if len(common):
            common = common[np.lexsort((-frequency[common], owner[common]))]
            start, length = runs(owner[common])
            turn = slices(np.zeros_like(start), length)  # 0 for the commonest feature of a text, then 1, 2 …
            skipped[common[turn < most[owner[common]]]] = True
        return skipped


def _join(found: Sequence[tuple[Indices, Indices]]) -> tuple[Indices, Indices]:
    """Concatenate pairs of columns."""
    if len(found) == 1:
        return found[0]
    none = np.zeros(0, np.int64)
    return np.concatenate([none, *(one for one, _ in found)]), np.concatenate([none, *(other for _, other in found)])


@attrs.frozen(eq=False)
class _LeftOut:
    """The commonest features of each text of a query, which are looked up last."""

    feature: Indices
    """Indices into `hashes` of the query, by text."""
    first: Indices
    """For each text, the index of its first feature in `feature`."""
    count: Indices

    def count_in(self, group: _MatchGroup, text: Indices, key: Indices) -> Indices:
        """Count for each pair of a queried text and a key the features left out that the text in the index also has."""
        count = self.count[text]
        feature = self.feature[slices(self.first[text], count)]
        shared = group.contains(feature, np.repeat(key, count))
        return np.bincount(np.repeat(np.arange(len(key)), count)[shared], minlength=len(key))
