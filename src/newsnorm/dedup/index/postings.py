"""Query the postings of an index, in segments and in memory, for texts that share enough features with given texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeAlias

import attrs
import numpy as np

from newsnorm.dedup.array_ops import Flags, Hashes, Indices, blocks, count_pairs, runs, slices
from newsnorm.dedup.index.memtable import MemTable
from newsnorm.dedup.index.posting_lists import Matches, PostingList, make_postings, text_feature, texts_with_tokens
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
        self._lists: dict[tuple[int, int, int], PostingList] = {}
        self._asked: dict[tuple[int, int, int], int] = {}
        """Number of blocks requested of each segment."""

    def get(self, segment: Segment) -> PostingList | None:
        """Return the postings of a segment if they are kept."""
        return self._lists.get(segment.fingerprint)

    def put(self, segment: Segment, postings: PostingList) -> None:
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
        held = sum(len(postings) for postings in self._lists.values())
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
        lists = [*self.memtable.lists(), *(self._load(segment, hashes) for segment in self.segments if len(segment.begins))]
        count = len(features.hash)
        return Query(
            postings=self,
            features=features,
            hashes=hashes,
            feature=place[:count],
            with_tokens=some,
            text_feature=place[count:],
            own_postings=int(are_added),
            matches=[found for each in lists if (found := each.find(hashes)).count.any()],
        )

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

    def _load(self, segment: Segment, features: Hashes) -> PostingList:
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
        found = PostingList.of(np.concatenate([np.zeros(0, np.uint64), *parts]), segment.first)
        if whole:
            self.cache.put(segment, found)
        return found

    def _read(self, segment: Segment, numbers: Indices) -> Hashes:
        return make_postings(*unpack(segment.begins[numbers], self.read(segment, numbers), len(segment.sizes)))


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
    _matches: Sequence[Matches]
    """The postings of `hashes`, one entry per list of postings that has any."""

    def possible_duplicates(self) -> tuple[Indices, Indices]:
        """Return pairs of a queried text's index and the key of a text in the index that may have the same tokens."""
        row, key = self._texts(self._text_feature)
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
        count = len(included)
        feature, owner = self._shared_features(params, included)
        if not len(feature):
            return feature, owner
        is_skipped = self._are_skipped(feature, owner, params.least // 2)
        skipped = np.bincount(owner[is_skipped], minlength=count)
        left_out = _LeftOut(feature[is_skipped], np.cumsum(skipped) - skipped, skipped)
        feature, owner = feature[~is_skipped], owner[~is_skipped]
        work = np.bincount(owner, self._frequency[feature], count).astype(np.int64)
        found = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        for begin, end in blocks(work, self._postings.counting.probes):
            asked = slice(*np.searchsorted(owner, (begin, end)).tolist())
            at_least = params.least - int(skipped[begin:end].max(initial=0))
            text, key, times = self._count_shared(feature[asked], owner[asked] - begin, at_least)
            text += begin
            possible = times + skipped[text] >= params.least
            text, key, times = text[possible], key[possible], times[possible]
            other_sizes = self._postings.sizes(key)
            needed = min_shared_features(np.minimum(self._features.sizes[text], other_sizes), params)
            possible = (other_sizes >= 0) & (times + skipped[text] >= needed)
            text, key, times, needed = text[possible], key[possible], times[possible], needed[possible]
            in_doubt = np.flatnonzero(times < needed)
            if len(left_out.feature):
                times[in_doubt] += self._count_left_out(left_out, text[in_doubt], key[in_doubt])
            found.append((text[times >= needed], key[times >= needed]))
        return np.concatenate([text for text, _ in found]), np.concatenate([key for _, key in found])

    @cached_property
    def _frequency(self) -> Indices:
        """Number of postings of each entry of `hashes`."""
        frequency = np.zeros(len(self._hashes), np.int64)
        for each in self._matches:
            frequency += each.count
        return frequency

    def _texts(self, features: Indices) -> tuple[Indices, Indices]:
        """Return the texts in the index that have some features: columns of the index into `features` and the key."""
        found = [(np.zeros(0, np.int64), np.zeros(0, np.int64)), *(each.texts(features) for each in self._matches)]
        return np.concatenate([row for row, _ in found]), np.concatenate([key for _, key in found])

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

    def _are_skipped(self, feature: Indices, owner: Indices, most: int) -> Flags:
        """
        Return for each feature whether it is common, and among the `most` commonest features of its text, its `owner`.

        None is skipped if all their postings are counted at once.
        """
        frequency = self._frequency[feature]
        skipped = np.zeros(len(feature), np.bool_)
        if frequency.sum() <= self._postings.counting.probes:
            return skipped
        common = np.flatnonzero(frequency > self._postings.counting.common)
        start, length = runs(owner[common])
        turn = slices(np.zeros_like(start), length)  # 0 for the commonest feature of a text, then 1, 2 …
        skipped[common[np.lexsort((-frequency[common], owner[common]))[turn < most]]] = True
        return skipped

    def _count_shared(self, feature: Indices, owner: Indices, least: int) -> tuple[Indices, Indices, Indices]:
        """Count how many features each owner shares with texts that share at least `least`: columns of owner, key and count."""
        row, key = self._texts(feature)
        return count_pairs(owner[row], key, least)

    def _count_left_out(self, left_out: _LeftOut, text: Indices, key: Indices) -> Indices:
        """Count for each pair the features left out that the text in the index also has."""
        count = left_out.count[text]
        feature = left_out.feature[slices(left_out.first[text], count)]
        pair, keys = np.repeat(np.arange(len(key)), count), np.repeat(key, count)
        shared = np.zeros(len(pair), np.bool_)
        for each in self._matches:
            shared |= each.contains(feature, keys)
        return np.bincount(pair[shared], minlength=len(key))


@attrs.frozen(eq=False)
class _LeftOut:
    """The commonest features of each text of a query, which are looked up last."""

    feature: Indices
    """Indices into `hashes` of the query, by text."""
    first: Indices
    """For each text, the index of its first feature in `feature`."""
    count: Indices
