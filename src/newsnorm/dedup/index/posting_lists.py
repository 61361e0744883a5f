"""Hold sorted postings in memory, and find the texts that have a feature."""

from __future__ import annotations

import attrs
import numpy as np

from newsnorm.dedup.array_ops import Flags, Hashes, Indices, is_member, slices
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
    """Return the indices of the texts that have tokens; a text without tokens is no duplicate."""
    return np.flatnonzero(tokens.sizes)


@attrs.frozen(eq=False)
class PostingList:
    """A sorted list of postings."""

    posting: Hashes
    """Feature and key as one number, ascending."""
    base: int
    """Offset subtracted from the keys in this list."""

    def find(self, features: Hashes) -> Matches:
        """Find the postings of some distinct features."""
        least = features << np.uint64(KEY_BITS)
        first = np.searchsorted(self.posting, least)
        end = np.searchsorted(self.posting, least | np.uint64(KEY_MASK), "right")
        return Matches(self, first, end - first)

    def contains(self, features: Hashes, keys: Indices) -> Flags:
        """Return for each feature and key whether the list has that posting."""
        found = np.zeros(len(keys), np.bool_)
        possible = np.flatnonzero(keys >= self.base)
        found[possible] = is_member(make_postings(features[possible], keys[possible] - self.base), self.posting)
        return found


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
        count = self.count[features]
        posting = self.postings.posting[slices(self.first[features], count)]
        keys = (posting & np.uint64(KEY_MASK)).astype(np.int64) + self.postings.base
        return np.repeat(np.arange(len(features)), count), keys
