"""
Sample features, which are pairs of neighbouring content words, to find texts that are worth comparing.

A fixed share of all pairs is sampled; whether a pair is in the sample depends only on the pair. So shared features estimate how
much of one text is contained in the other: excerpts are found whatever the length of the longer text, and a text misread by a
scanner keeps enough features. (MinHash, which takes the smallest few hashes of a text, estimates the similarity of whole texts.)
"""

from __future__ import annotations

import attrs
import numpy as np

from newsnorm.dedup.array_ops import Hashes, Indices, offsets
from newsnorm.dedup.hashing import combine_hashes
from newsnorm.dedup.params import Params
from newsnorm.dedup.text.tokens import TokenBatch

FEATURE_BITS = 31
"""Bits of a feature, so that a feature and one flag fit into 32. Among ten million articles one look-up in three hits a feature
of other words by chance; a pair is compared for nothing only if `Params.least` such collisions coincide."""


@attrs.frozen(eq=False, kw_only=True)
class FeatureBatch:
    """The features of some texts, one text after the other; within a text distinct and ascending."""

    hash: Hashes
    offset: Indices
    """Shape (texts + 1,): text `i` has the features from ``offset[i]`` to below ``offset[i + 1]``."""

    @property
    def sizes(self) -> Indices:
        """Number of features of each text."""
        return np.diff(self.offset)

    def hashes_of(self, text: int) -> Hashes:
        """Return the features of one text."""
        return self.hash[self.offset[text] : self.offset[text + 1]]


def sample_features(tokens: TokenBatch, params: Params) -> FeatureBatch:
    """
    Sample the features of each text.

    >>> from newsnorm.dedup.text.tokens import tokenize
    >>> found = sample_features(tokenize(["The harbour master closed the northern quay on Monday evening."]), Params(sample=1))
    >>> found.sizes.tolist()
    [6]
    """
    content = np.flatnonzero(tokens.is_content)
    text = np.repeat(np.arange(len(tokens), dtype=np.int64), tokens.sizes)[content]
    words = tokens.hash[content]
    hashes = combine_hashes(words[:-1], words[1:])
    sampled = (text[1:] == text[:-1]) & (hashes % np.uint64(params.sample) == 0)
    feature, text = hashes[sampled] >> np.uint64(64 - FEATURE_BITS), text[:-1][sampled]
    key = np.sort((text.astype(np.uint64) << np.uint64(FEATURE_BITS)) | feature)
    key = key[np.append(True, key[1:] != key[:-1])[: len(key)]]
    sizes = np.bincount((key >> np.uint64(FEATURE_BITS)).astype(np.int64), minlength=len(tokens))
    return FeatureBatch(hash=key & np.uint64((1 << FEATURE_BITS) - 1), offset=offsets(sizes))


def min_shared_features(sizes: Indices, params: Params) -> Indices:
    """
    Return the number of features that a pair must share to be compared, given the number of features of its smaller text.

    >>> min_shared_features(np.array([3, 31, 100]), Params()).tolist()
    [3, 4, 11]
    """
    needed: Indices = np.maximum(params.least, np.ceil(params.share * sizes)).astype(np.int64)
    return needed


def skippable_features(needed: Indices) -> Indices:
    """
    Return how many of its commonest features a text leaves out of the look-ups at first, given how many it must share.

    The pairs that the others leave in doubt are checked for these one by one, so the number decides the cost, not the pairs.

    >>> skippable_features(np.array([3, 11])).tolist()
    [1, 5]
    """
    return needed // 2
