"""
Which pairs of texts share enough features? All of them, exactly; how common a feature is only says what is looked up first.

A pair that shares `need` features shares at least ``need - skipped`` of those that are left when the commonest few of the smaller
text are not looked up (a prefix filter; Chaudhuri et al., ICDE 2006). A cap on frequency instead would make a relation
depend on what else there is.
"""

from __future__ import annotations

import attrs
import numpy as np

from newsnorm.dedup.array_ops import among, runs, stretches, tallied
from newsnorm.dedup.params import Params
from newsnorm.dedup.propose.features import Features, need
from newsnorm.dedup.text.tokens import Hashes, Places

PROBES = 250_000
"""Look-ups that are made at once: what fits a processor's cache."""
_RANK = 28
"""Bits of a text's rank; the feature has the others."""
_RANKS = (1 << _RANK) - 1


def candidates(features: Features, params: Params) -> Places:
    """
    The pairs of texts that share `need` features, as rows of two places, the smaller first, in rising order.

    >>> from newsnorm.dedup.propose.features import features_of
    >>> from newsnorm.dedup.text.tokens import words_of
    >>> report = "The harbour master closed the northern quay on Monday evening after storm damage to several moorings."
    >>> words = words_of([report, "Something else entirely.", report + " He said so."])
    >>> candidates(features_of(words, Params()), Params()).tolist()
    [[0, 2]]
    """
    sizes = features.sizes
    by_size = np.argsort(sizes, kind="stable")
    rank = np.empty(len(sizes), np.int64)
    rank[by_size] = np.arange(len(sizes))
    postings = _postings(features, rank)
    shared = need(sizes[by_size], params)
    skipped = shared // 2
    asked, left_out = _plan(postings, shared, skipped)
    found = [np.zeros((0, 2), np.int64)]
    for block in _blocks(postings, asked):
        small, large, times = _met(postings, block)
        sure = times >= shared[small]
        doubtful = np.flatnonzero(~sure & (times >= shared[small] - skipped[small]))
        times[doubtful] += _met_besides(postings, left_out, skipped, small[doubtful], large[doubtful])
        sure[doubtful] = times[doubtful] >= shared[small[doubtful]]
        found.append(np.stack([small[sure], large[sure]], 1))
    pairs = np.sort(by_size[np.concatenate(found)], axis=1)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


@attrs.frozen(eq=False, kw_only=True)
class _Postings:
    """Every text of every feature that stands in two texts; by feature, and within it the smaller texts first."""

    key: Hashes
    """Feature and rank as one number."""
    who: Places
    """The rank of the text."""
    frequency: Places
    """How many texts have the feature."""
    partners: Places
    """How many of them are larger than this one."""


def _postings(features: Features, rank: Places) -> _Postings:
    owner = np.repeat(rank, features.sizes)
    key = np.sort((features.hash << np.uint64(_RANK)) | owner.astype(np.uint64))
    start, length = runs((key >> np.uint64(_RANK)).view(np.int64))
    frequency = np.repeat(length, length)
    partners = np.repeat(start + length, length) - np.arange(len(key)) - 1
    common = frequency > 1
    key = key[common]
    return _Postings(
        key=key, who=(key & np.uint64(_RANKS)).astype(np.int64), frequency=frequency[common], partners=partners[common]
    )


def _plan(postings: _Postings, shared: Places, skipped: Places) -> tuple[Places, Places]:
    """The postings to look up, text by text, and those left out: of each text its `skipped` commonest in a row, or -1."""
    who = postings.who
    order = np.argsort((who << _RANK) | (_RANKS - np.minimum(postings.frequency, _RANKS)), kind="stable")
    start, length = runs(who[order])
    turn = np.arange(len(order)) - np.repeat(start, length)
    asked = who[order]
    enough = np.bincount(who, minlength=len(shared)) >= shared
    first = np.append(0, np.cumsum(skipped))
    out = turn < skipped[asked]
    left_out = np.full(first[-1], -1, np.int64)
    left_out[first[asked[out]] + turn[out]] = order[out]
    return order[~out & enough[asked] & (postings.partners[order] > 0)], left_out


def _blocks(postings: _Postings, asked: Places) -> list[Places]:
    """The look-ups in parts of about `PROBES`, each of whole texts."""
    total = np.cumsum(postings.partners[asked])
    last = np.flatnonzero(np.append(np.diff(postings.who[asked]) != 0, True)) if len(asked) else asked
    blocks, begin = [], 0
    while begin < len(asked):
        reached = (total[begin - 1] if begin else 0) + PROBES
        end = int(last[min(np.searchsorted(total[last], reached), len(last) - 1)]) + 1
        blocks.append(asked[begin:end])
        begin = end
    return blocks


def _met(postings: _Postings, asked: Places) -> tuple[Places, Places, Places]:
    """The pairs that meet in the postings looked up, and how often."""
    count = postings.partners[asked]
    other = postings.who[stretches(asked + 1, count)]
    begin, length = runs(postings.who[asked])
    small = postings.who[asked[begin]]
    which, large, times = tallied(np.repeat(np.repeat(np.arange(len(begin)), length), count), other)
    return small[which], large, times


def _met_besides(postings: _Postings, left_out: Places, skipped: Places, small: Places, large: Places) -> Places:
    """How many of the postings that the smaller text left out each pair shares."""
    count = skipped[small]
    first = np.append(0, np.cumsum(skipped))[small]
    posting = left_out[stretches(first, count)]
    feature = postings.key[posting] >> np.uint64(_RANK) << np.uint64(_RANK)
    wanted = feature | np.repeat(large, count).astype(np.uint64)
    hit = among(wanted, postings.key) & (posting >= 0)
    return np.bincount(np.repeat(np.arange(len(small)), count)[hit], minlength=len(small))
