"""
Find all pairs of texts that share enough features, exactly.

Looking up a common feature is expensive, and a cap on frequency would make a relation depend on other texts. So a prefix filter
(Chaudhuri et al., ICDE 2006) decides the order of look-ups: if the smaller text's `skipped` commonest features are left out, a
pair that shares `n` features still shares at least ``n - skipped`` of the others. The features left out are checked afterwards,
one by one, for the few pairs that the others leave in doubt.
"""

from __future__ import annotations

import attrs
import numpy as np

from newsnorm.dedup.array_ops import Hashes, Indices, count_pairs, is_member, runs, slices
from newsnorm.dedup.params import BatchSizes, Params
from newsnorm.dedup.propose.features import FeatureBatch, min_shared_features, skippable_features

_RANK_BITS = 28
"""Bits of a posting that hold a text's rank; the higher ones hold the feature."""
_MAX_RANK = (1 << _RANK_BITS) - 1


def candidate_pairs(features: FeatureBatch, params: Params, sizes: BatchSizes | None = None) -> Indices:
    """
    Return the pairs of texts that share at least `min_shared_features` features.

    Returns:
        indices of texts, shape (pairs, 2): the smaller index first, the pairs in ascending order.

    >>> from newsnorm.dedup.propose.features import sample_features
    >>> from newsnorm.dedup.text.tokens import tokenize
    >>> report = "The harbour master closed the northern quay on Monday evening after storm damage to several moorings."
    >>> tokens = tokenize([report, "Something else entirely.", report + " He said so."])
    >>> candidate_pairs(sample_features(tokens, Params()), Params()).tolist()
    [[0, 2]]

    """
    by_size = np.argsort(features.sizes, kind="stable")  # by_size[rank] is the text of that rank; rank[text] is its inverse
    rank = np.empty(len(by_size), np.int64)
    rank[by_size] = np.arange(len(by_size))
    needed = min_shared_features(features.sizes[by_size], params)
    search = _Search(_sort_postings(features, rank), needed, skippable_features(needed))
    found = [search.sharing_enough(block) for block in search.blocks((sizes or BatchSizes()).probes)]
    pairs = np.sort(by_size[np.concatenate([np.zeros((0, 2), np.int64), *found])], axis=1)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


@attrs.frozen(eq=False, kw_only=True)
class _Postings:
    """The postings of all features that at least two texts have, sorted by feature and rank, so that smaller texts come first."""

    key: Hashes
    """Feature and rank as one number; ascending."""
    rank: Indices
    """Rank of the text, by its number of features."""
    frequency: Indices
    """Number of texts that have the feature."""
    followers: Indices
    """Number of postings of the same feature that follow, that is, of larger texts that share it with this one."""


def _sort_postings(features: FeatureBatch, rank: Indices) -> _Postings:
    owner = np.repeat(rank, features.sizes)
    key = np.sort((features.hash << np.uint64(_RANK_BITS)) | owner.astype(np.uint64))
    start, length = runs((key >> np.uint64(_RANK_BITS)).view(np.int64))
    frequency = np.repeat(length, length)
    followers = np.repeat(start + length, length) - np.arange(len(key)) - 1
    common = frequency > 1
    key = key[common]
    return _Postings(
        key=key,
        rank=(key & np.uint64(_MAX_RANK)).astype(np.int64),
        frequency=frequency[common],
        followers=followers[common],
    )


class _Search:
    """Plans and does the look-ups: which postings each text looks up first, and which it leaves for later. Texts are ranks."""

    def __init__(self, postings: _Postings, needed: Indices, skipped: Indices) -> None:
        """
        Plan the look-ups.

        Args:
            postings: all postings.
            needed: number of features that each text must share with a larger one.
            skipped: number of its commonest features that each text leaves out at first.

        """
        self._postings = postings
        self._needed = needed
        self._skipped = skipped
        self._skipped_start = np.cumsum(skipped) - skipped
        rank = postings.rank
        rarity = _MAX_RANK - np.minimum(postings.frequency, _MAX_RANK)
        order = np.argsort((rank << _RANK_BITS) | rarity)  # by text; within a text the commonest features first
        start, length = runs(rank[order])
        turn = np.arange(len(order)) - np.repeat(start, length)  # 0 for the commonest feature of a text, then 1, 2 …
        text = rank[order]
        out = turn < skipped[text]
        has_enough = np.bincount(rank, minlength=len(needed)) >= needed
        self._left_out = np.full(int(skipped.sum()), -1, np.int64)
        """The postings left out, `skipped` entries per text; -1 if a text has fewer."""
        self._left_out[self._skipped_start[text[out]] + turn[out]] = order[out]
        self._asked = order[~out & has_enough[text] & (postings.followers[order] > 0)]
        """The postings looked up, text by text."""

    def blocks(self, probes: int) -> list[Indices]:
        """Cut the look-ups into blocks of whole texts that read about `probes` postings each."""
        asked = self._asked
        total = np.cumsum(self._postings.followers[asked])
        last = np.flatnonzero(np.append(np.diff(self._postings.rank[asked]) != 0, True)) if len(asked) else asked
        found, begin = [], 0
        while begin < len(asked):
            limit = (total[begin - 1] if begin else 0) + probes
            end = int(last[min(np.searchsorted(total[last], limit), len(last) - 1)]) + 1
            found.append(asked[begin:end])
            begin = end
        return found

    def sharing_enough(self, asked: Indices) -> Indices:
        """Return the pairs of ranks, shape (pairs, 2), that share some of the postings and enough features in all."""
        small, large, times = self._count_meetings(asked)
        needed = self._needed[small]
        in_doubt = np.flatnonzero((times < needed) & (times >= needed - self._skipped[small]))
        times[in_doubt] += self._count_left_out(small[in_doubt], large[in_doubt])
        enough = times >= needed
        return np.stack([small[enough], large[enough]], 1)

    def _count_meetings(self, asked: Indices) -> tuple[Indices, Indices, Indices]:
        """
        Count the looked-up features that each pair shares, and leave out pairs that share too few whatever was left out.

        Returns:
            columns of the smaller text, the larger text, and the count.

        """
        postings = self._postings
        count = postings.followers[asked]
        other = postings.rank[slices(asked + 1, count)]
        begin, length = runs(postings.rank[asked])
        text = np.repeat(np.arange(len(begin)), length)  # the texts of the block, numbered from 0
        rank = postings.rank[asked[begin]]
        least = int((self._needed - self._skipped)[rank].min(initial=1 << _RANK_BITS))  # with fewer, no pair can reach its number
        which, large, times = count_pairs(np.repeat(text, count), other, least)
        return rank[which], large, times

    def _count_left_out(self, small: Indices, large: Indices) -> Indices:
        """Count for each pair the features left out by the smaller text that the larger one also has."""
        count = self._skipped[small]
        posting = self._left_out[slices(self._skipped_start[small], count)]
        feature = self._postings.key[posting] >> np.uint64(_RANK_BITS) << np.uint64(_RANK_BITS)
        wanted = feature | np.repeat(large, count).astype(np.uint64)
        shared = is_member(wanted, self._postings.key) & (posting >= 0)
        pair = np.repeat(np.arange(len(small)), count)
        return np.bincount(pair[shared], minlength=len(small))
