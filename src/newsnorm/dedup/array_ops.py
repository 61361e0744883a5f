"""Runs and stretches: what one asks of flat arrays instead of walking through lists of lists."""

from __future__ import annotations

from itertools import pairwise
from typing import TypeVar

import numpy as np

from newsnorm.dedup.text.tokens import Flags, Hashes, Places, mixed

Keys = TypeVar("Keys", Places, Hashes)

_STEP = np.uint64(0x94D049BB133111EB)


def runs(keys: Places) -> tuple[Places, Places]:
    """
    Where each run of equal neighbours begins, and how long it is.

    >>> [column.tolist() for column in runs(np.array([4, 4, 7, 4]))]
    [[0, 2, 3], [2, 1, 1]]
    """
    start = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, np.int64)
    return start, np.diff(np.append(start, len(keys)))


def stretches(first: Places, count: Places) -> Places:
    """
    So many places from each first one on, one stretch after the other.

    >>> stretches(np.array([10, 5]), np.array([2, 3])).tolist()
    [10, 11, 5, 6, 7]
    """
    return np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - first, count)


def parts(sizes: Places, most: int) -> list[tuple[int, int]]:
    """
    Neighbours put together to parts of about some size; each part as where it begins and ends.

    >>> parts(np.array([2, 2, 9, 1]), 4)
    [(0, 1), (1, 2), (2, 4)]
    """
    reached = np.cumsum(sizes) // most
    begins = np.flatnonzero(np.append(True, reached[1:] != reached[:-1])) if len(sizes) else np.zeros(0, np.int64)
    return list(pairwise([*begins.tolist(), len(sizes)]))


def among(asked: Keys, known: Keys) -> Flags:
    """
    Which numbers are among some that are sorted.

    >>> among(np.array([4, 5]), np.array([1, 4, 9])).tolist()
    [True, False]
    """
    if not len(known):
        return np.zeros(len(asked), np.bool_)
    found: Flags = known[np.minimum(np.searchsorted(known, asked), len(known) - 1)] == asked
    return found


def tallied(who: Places, whom: Places) -> tuple[Places, Places, Places]:
    """
    Each different pair, in rising order, and how often it stands there.

    Sorted in 32 bits where they fit, which is faster.

    >>> [column.tolist() for column in tallied(np.array([1, 0, 1]), np.array([7, 7, 7]))]
    [[0, 1], [7, 7], [1, 2]]
    """
    bits = int(whom.max(initial=0)).bit_length()
    pair = (who << bits) | whom
    pair = np.sort(pair.astype(np.uint32) if int(who.max(initial=0)) + 1 << bits <= 1 << 32 else pair).astype(np.int64)
    start, times = runs(pair)
    return pair[start] >> bits, pair[start] & ((1 << bits) - 1), times


def connected(many: int, pairs: Places) -> Places:
    """
    For each of some things the smallest one that a chain of pairs leads to.

    >>> connected(5, np.array([[1, 4], [3, 4]])).tolist()
    [0, 1, 2, 1, 1]
    """
    label = np.arange(many)
    left, right = pairs[:, 0], pairs[:, 1]
    while len(open_ends := np.flatnonzero(label[left] != label[right])):
        ours, theirs = label[left[open_ends]], label[right[open_ends]]
        np.minimum.at(label, np.maximum(ours, theirs), np.minimum(ours, theirs))
        while (further := label[label] != label).any():
            label[further] = label[label[further]]
    return label


class Lookup:
    """Where hashes stand among others, many at once; its table is used again and again, so that it stays in a cache."""

    def __init__(self, most: int) -> None:
        """For up to so many hashes well, for more of them slowly."""
        bits = max(8, (8 * most).bit_length())
        self._shift = np.uint64(64 - bits)
        self._table = np.full(1 << bits, -1, np.int32)

    def places(self, keys: Hashes, asked: Hashes) -> Places:
        """
        For each hash asked for, where it stands first among some others; -1, if nowhere.

        Hashes that lose their slot to another one are looked up again by other bits, till none is left.

        >>> hashes = np.array([7, 9, 7], np.uint64)
        >>> Lookup(3).places(hashes, np.array([9, 8, 7], np.uint64)).tolist()
        [1, -1, 0]
        """
        if not len(keys):
            return np.full(len(asked), -1)
        slot = (keys >> self._shift).view(np.int64)
        place = np.arange(len(keys), dtype=np.int32)
        self._table[slot[::-1]] = place[::-1]
        met = self._table[(asked >> self._shift).view(np.int64)]
        lost = np.flatnonzero(keys[self._table[slot]] != keys)
        self._table[slot] = -1
        hit = keys[met] == asked
        found = np.where(hit & (met >= 0), met, -1).astype(np.int64)
        if len(lost):
            further = np.flatnonzero(~hit & (met >= 0))
            again = self.places(mixed(keys[lost] + _STEP), mixed(asked[further] + _STEP))
            found[further] = np.where(again >= 0, lost[again], -1)
        return found
