"""Hold sorted postings in memory, and find the texts that have a feature."""

from __future__ import annotations

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.array_ops import Flags, Hashes, Indices, slices
from newsnorm.dedup.propose.features import FEATURE_BITS
from newsnorm.dedup.text.tokens import TokenBatch

KEY_BITS = 32
"""Bits of a posting for the text's key, relative to the base of its list; the higher bits are the feature."""
KEY_MASK = (1 << KEY_BITS) - 1


def make_postings(features: Hashes, keys: Indices) -> Hashes:
    """Pack each feature and key into one number."""
    return (features << np.uint64(KEY_BITS)) | keys.astype(np.uint64)


def text_feature(text_hash: Hashes) -> Hashes:
    """Turn the hash of a whole text into a feature, distinct from all features of word pairs, to find exact duplicates."""
    return (text_hash >> np.uint64(64 - FEATURE_BITS)) | np.uint64(1 << FEATURE_BITS)


def texts_with_tokens(tokens: TokenBatch) -> Indices:
    """Return the indices of the texts that have tokens; a text without tokens is never a duplicate."""
    return np.flatnonzero(tokens.sizes)


@attrs.frozen(eq=False)
class PostingList:
    """
    Postings by feature: 4 bytes a posting, and 8 bytes a feature.

    >>> postings = PostingList.of(make_postings(np.array([5, 5, 9], np.uint64), np.array([0, 2, 1])), base=100)
    >>> found = postings.find(np.array([5, 7], np.uint64))
    >>> found.count.tolist(), [column.tolist() for column in found.texts(np.array([1, 0]))]
    ([2, 0], [[1, 1], [100, 102]])
    """

    feature: NDArray[np.uint32]
    """The distinct features, ascending."""
    offset: NDArray[np.uint32]
    """Shape (features + 1,): feature `i` is in the texts from ``offset[i]`` to below ``offset[i + 1]``."""
    text: NDArray[np.uint32]
    """Keys of texts, relative to `base`; ascending for each feature."""
    base: int
    """Offset subtracted from the keys in this list."""
    least_size: int
    """No text in the list has fewer features."""

    @classmethod
    def of(cls, postings: Hashes, base: int, least_size: int = 0) -> PostingList:
        """Make a list from ascending postings, see `make_postings`, whose keys are relative to `base`."""
        feature = (postings >> np.uint64(KEY_BITS)).astype(np.uint32)
        start = np.flatnonzero(np.append(True, feature[1:] != feature[:-1])[: len(feature)])
        return cls(feature[start], np.append(start, len(feature)).astype(np.uint32), postings.astype(np.uint32), base, least_size)

    def __len__(self) -> int:
        """Return the number of postings."""
        return len(self.text)

    def find(self, features: Hashes) -> Matches:
        """Find the postings of some distinct features."""
        if not len(self.feature):
            return Matches(self, np.zeros(len(features), np.int64), np.zeros(len(features), np.int64))
        wanted = features.astype(np.uint32)
        index = np.minimum(np.searchsorted(self.feature, wanted), len(self.feature) - 1)
        first = self.offset[index].astype(np.int64)
        return Matches(self, first, np.where(self.feature[index] == wanted, self.offset[index + 1] - first, 0))


@attrs.frozen(eq=False)
class Matches:
    """The postings of some features in a list: columns, one entry per feature."""

    postings: PostingList
    first: Indices
    """Index of the feature's first posting."""
    count: Indices
    """Number of the feature's postings."""

    def texts(self, features: Indices) -> tuple[Indices, Indices]:
        """
        Return the texts that have some features.

        Args:
            features: indices of features; repetitions are allowed.

        Returns:
            for each match, the index into `features` and the key of the text.

        """
        known, count, text = self._relative_texts(features)
        return np.repeat(known, count), text + self.postings.base

    def cells(self, features: Indices, begin: Indices) -> Indices:
        """Return for each match the key of the text, added to an entry of `begin`, of which there is one for each feature."""
        known, count, text = self._relative_texts(features)
        text += np.repeat(begin[known] + self.postings.base, count)
        return text

    def _relative_texts(self, features: Indices) -> tuple[Indices, Indices, Indices]:
        """Return which of some features have matches, how many each has, and the keys of all, relative to the list's base."""
        count = self.count[features]
        known = np.flatnonzero(count)
        count = count[known]
        return known, count, self.postings.text[slices(self.first[features[known]], count)].astype(np.int64)

    def contains(self, features: Indices, keys: Indices) -> Flags:
        """
        Return for each feature and key whether that text has the feature.

        Args:
            features: indices of features.
            keys: as many keys of texts.

        """
        found = np.zeros(len(keys), np.bool_)
        possible = np.flatnonzero((self.count[features] > 0) & (keys >= self.postings.base))
        if not len(possible):
            return found
        features, keys = features[possible], keys[possible]
        low, end = self.first[features], self.first[features] + self.count[features]
        high = end
        for _ in range(int(self.count[features].max(initial=0)).bit_length()):  # a binary search for all at once
            middle = (low + high) // 2
            is_below = (low < high) & (self._keys(middle) < keys)
            low, high = np.where(is_below, middle + 1, low), np.where(is_below, high, np.minimum(high, middle))
        found[possible] = (low < end) & (self._keys(low) == keys)
        return found

    def _keys(self, places: Indices) -> Indices:
        """Return the keys of the postings at some places; any key for a place after the last one."""
        text = self.postings.text
        return text[np.minimum(places, len(text) - 1)].astype(np.int64) + self.postings.base
