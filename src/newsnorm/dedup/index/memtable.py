"""Hold the postings of recent texts in memory until there are enough for a segment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newsnorm.dedup.array_ops import Hashes, Indices
from newsnorm.dedup.index.posting_lists import KEY_BITS, KEY_MASK, PostingList, make_postings, text_feature, texts_with_tokens
from newsnorm.dedup.index.segments import FeatureCounts
from newsnorm.dedup.propose.features import FeatureBatch
from newsnorm.dedup.text.tokens import TokenBatch


class MemTable:
    """The postings of all texts with keys above `after`."""

    def __init__(self, after: int) -> None:
        self.after = after
        self._sorted = np.zeros(0, np.uint64)
        self._recent: list[Hashes] = []
        """The postings of each batch since the last sort."""
        self._recent_texts = 0
        self.last = after
        """The highest key."""
        self._lists: dict[str, PostingList] = {}
        """The sorted and the recent postings as lists, as far as they were asked for since they changed."""
        self._sizes = np.zeros(0, np.int64)
        """Number of features of each text, at index ``key - after - 1``; -1 for a text that is not there."""

    def add(self, keys: Indices, features: FeatureBatch, tokens: TokenBatch) -> None:
        """Add texts under their keys, with their features and the feature of the whole text."""
        some = texts_with_tokens(tokens)
        hashes = np.concatenate([features.hash, text_feature(tokens.text_hash[some])])
        owners = np.concatenate([np.repeat(keys, features.sizes), keys[some]])
        wanted = int(keys.max(initial=self.after)) - self.after
        if wanted > len(self._sizes):
            more = np.full(max(wanted, 2 * len(self._sizes)) - len(self._sizes), -1)
            self._sizes = np.concatenate([self._sizes, more])
        self._sizes[keys - self.after - 1] = features.sizes
        self._recent.append(make_postings(hashes, owners - self.after))
        self._recent_texts += len(keys)
        self.last = max(self.last, int(keys.max(initial=self.after)))
        if self._is_sort_due():
            self._sorted = self._sort_all()
            self._recent, self._recent_texts = [], 0
            self._lists.clear()
        self._lists.pop("recent", None)

    def _is_sort_due(self) -> bool:
        """
        Return whether to sort all postings now.

        Recent ones are sorted for each batch, all of them only now and then; the sum is least if the square of the number of
        batches in between is twice the number of texts, measured in batches.
        """
        return len(self._recent) * self._recent_texts >= 2 * (self.last - self.after - self._recent_texts)

    def drop(self, keys: Sequence[int]) -> None:
        """Drop texts; their postings are removed at the next sort."""
        places = np.array(keys, np.int64) - self.after - 1
        self._sizes[places[(places >= 0) & (places < len(self._sizes))]] = -1

    def postings(self) -> tuple[Hashes, Indices]:
        """Return feature and key of every posting, ascending."""
        every = self._sort_all()
        return every >> np.uint64(KEY_BITS), (every & np.uint64(KEY_MASK)).astype(np.int64) + self.after

    def lists(self) -> list[PostingList]:
        """Return all postings, including those of dropped texts."""
        if "sorted" not in self._lists:
            self._lists["sorted"] = PostingList.of(self._sorted, self.after)
        if "recent" not in self._lists:
            recent = np.sort(np.concatenate(self._recent or [self._sorted[:0]]))
            self._lists["recent"] = PostingList.of(recent, self.after)
        return [each for each in self._lists.values() if len(each)]

    def sizes_until(self, last: int) -> FeatureCounts:
        """Return the number of features of each text up to the key `last`; 0 for texts that are not there."""
        return np.maximum(0, self.sizes(np.arange(self.after + 1, last + 1))).astype(np.uint32)

    def sizes(self, keys: Indices) -> Indices:
        """Return the number of features of some texts; -1 for texts that are not there."""
        places = keys - self.after - 1
        known = places < len(self._sizes)
        sizes = np.full(len(keys), -1)
        sizes[known] = self._sizes[places[known]]
        return sizes

    def _sort_all(self) -> Hashes:
        every = np.sort(np.concatenate([self._sorted, *self._recent]))
        return every[self._sizes[(every & np.uint64(KEY_MASK)).astype(np.int64) - 1] >= 0]
