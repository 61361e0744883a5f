"""
Mix hashes, combine them, and find them among others.

`mix64` and `combine_hashes` are part of the hashing scheme (`newsnorm.dedup.params.SCHEME`): every index depends on their values.
Products and sums of 64-bit hashes wrap around.
"""

from __future__ import annotations

import numpy as np

from newsnorm.dedup.array_ops import Hashes, Indices

GOLDEN_RATIO = np.uint64(0x9E3779B97F4A7C15)
"""2 ** 64 divided by the golden ratio: its multiples are spread evenly."""
_MULTIPLIER = np.uint64(0xBF58476D1CE4E5B9)
_REHASH = np.uint64(0x94D049BB133111EB)


def mix64(numbers: Hashes) -> Hashes:
    """
    Scramble numbers so that every bit of a result depends on every bit of the number.

    >>> mix64(np.array([1], np.uint64)) == mix64(np.array([2], np.uint64))
    array([False])
    """
    mixed = (numbers ^ (numbers >> np.uint64(30))) * _MULTIPLIER
    return mixed ^ (mixed >> np.uint64(29))


def combine_hashes(left: Hashes, right: Hashes) -> Hashes:
    """
    Hash pairs of hashes, element by element; the order of a pair counts.

    >>> one, two = np.array([1], np.uint64), np.array([2], np.uint64)
    >>> combine_hashes(one, two) == combine_hashes(two, one)
    array([False])
    """
    return mix64(left * GOLDEN_RATIO + right)


class HashLookup:
    """Finds hashes among others, with a table that is reused so that it stays in the processor's cache."""

    def __init__(self, expected: int) -> None:
        """Make a table that is fast for up to `expected` hashes, and slower for more."""
        bits = max(8, (8 * expected).bit_length())
        self._shift = np.uint64(64 - bits)
        self._table = np.full(1 << bits, -1, np.int32)

    def first_index(self, keys: Hashes, wanted: Hashes) -> Indices:
        """
        For each wanted hash, return the index of the first equal key, or -1.

        A key's highest bits name its slot in the table. Of keys that share a slot only the first is stored; the others are
        looked up again under a second hash, until none is left.

        >>> hashes = np.array([7, 9, 7], np.uint64)
        >>> HashLookup(3).first_index(hashes, np.array([9, 8, 7], np.uint64)).tolist()
        [1, -1, 0]
        """
        if not len(keys):
            return np.full(len(wanted), -1)
        slot = (keys >> self._shift).view(np.int64)
        index = np.arange(len(keys), dtype=np.int32)
        self._table[slot[::-1]] = index[::-1]  # written backwards, so that the first key of a slot stays
        stored = self._table[(wanted >> self._shift).view(np.int64)]
        displaced = np.flatnonzero(keys[self._table[slot]] != keys)
        self._table[slot] = -1
        hit = keys[stored] == wanted  # never for an empty slot, whose -1 names the last key: that key's own slot is not empty
        found = np.where(hit, stored, -1).astype(np.int64)
        if len(displaced):
            unresolved = np.flatnonzero(~hit & (stored >= 0))
            again = self.first_index(mix64(keys[displaced] + _REHASH), mix64(wanted[unresolved] + _REHASH))
            found[unresolved] = np.where(again >= 0, displaced[again], -1)
        return found
