"""
Operations on flat arrays that represent lists of lists: runs of equal values, slices, blocks, counted pairs.

Arrays of the same length that belong together are called columns: entry `i` of each describes the same thing.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Hashes: TypeAlias = NDArray[np.uint64]
Indices: TypeAlias = NDArray[np.int64]
"""Indices into another array, counts, or sizes."""
Flags: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]

Sortable = TypeVar("Sortable", Indices, Hashes)


def runs(values: Indices) -> tuple[Indices, Indices]:
    """
    Find the runs of equal neighbours: the index at which each starts, and its length.

    >>> [column.tolist() for column in runs(np.array([4, 4, 7, 4]))]
    [[0, 2, 3], [2, 1, 1]]
    """
    start = np.flatnonzero(np.append(True, values[1:] != values[:-1])) if len(values) else np.zeros(0, np.int64)
    return start, np.diff(np.append(start, len(values)))


def slices(start: Indices, length: Indices) -> Indices:
    """
    Concatenate the indices of slices, each given by its start and length.

    >>> slices(np.array([10, 5]), np.array([2, 3])).tolist()
    [10, 11, 5, 6, 7]
    """
    index = np.repeat(start + length - np.cumsum(length), length)
    index += np.arange(len(index))
    return index


def offsets(sizes: Indices) -> Indices:
    """
    Turn the sizes of consecutive groups into offsets: group `i` lies between entries `i` and ``i + 1``.

    >>> offsets(np.array([2, 0, 3])).tolist()
    [0, 2, 2, 5]
    """
    return np.append(0, np.cumsum(sizes))


def blocks(sizes: Indices, most: int) -> list[tuple[int, int]]:
    """
    Cut a sequence of groups into blocks of about `most` elements, each given by its first group and the group after its last.

    >>> blocks(np.array([2, 2, 9, 1]), 4)
    [(0, 1), (1, 2), (2, 4)]
    """
    reached = np.cumsum(sizes) // most
    begins = np.flatnonzero(np.append(True, reached[1:] != reached[:-1])) if len(sizes) else np.zeros(0, np.int64)
    return list(pairwise([*begins.tolist(), len(sizes)]))


def is_member(values: Sortable, members: Sortable) -> Flags:
    """
    Return for each value whether it is among some sorted members.

    >>> is_member(np.array([4, 5]), np.array([1, 4, 9])).tolist()
    [True, False]
    """
    if not len(members):
        return np.zeros(len(values), np.bool_)
    found: Flags = members[np.minimum(np.searchsorted(members, values), len(members) - 1)] == values
    return found


def distinct(numbers: Indices, count: int) -> Indices:
    """
    Return the distinct numbers of an array of any shape, ascending; all of them are below `count`.

    >>> distinct(np.array([[4, 1], [1, 2]]), 5).tolist()
    [1, 2, 4]
    """
    found = np.zeros(count, np.bool_)
    found[numbers] = True
    return np.flatnonzero(found)


def count_pairs(left: Indices, right: Indices, least: int = 1) -> tuple[Indices, Indices, Indices]:
    """
    Count how often each pair ``(left[i], right[i])`` occurs.

    Args:
        left: numbers from 0; the bits of both sides together must fit into 63.
        right: one number for each entry of `left`.
        least: leave out pairs that occur less often.

    Returns:
        the left sides, the right sides and the counts of the distinct pairs, in ascending order.

    >>> [column.tolist() for column in count_pairs(np.array([1, 0, 1]), np.array([7, 7, 7]))]
    [[0, 1], [7, 7], [1, 2]]
    >>> [column.tolist() for column in count_pairs(np.array([1, 0, 1]), np.array([7, 7, 7]), 2)]
    [[1], [7], [2]]

    """
    bits = int(right.max(initial=0)).bit_length()
    pair = (left << bits) | right
    fits_32_bits = int(left.max(initial=0)) + 1 << bits <= 1 << 32
    pair = np.sort(pair.astype(np.uint32) if fits_32_bits else pair)  # 32-bit numbers sort faster
    if least > 1:
        same = np.append(pair[1:] == pair[:-1], False)[: len(pair)]
        same[1:] |= same[:-1]  # entries with an equal neighbour before or behind
        pair = pair[same]
    pair = pair.astype(np.int64)
    start, times = runs(pair)
    if least > 2:
        start, times = start[times >= least], times[times >= least]
    return pair[start] >> bits, pair[start] & ((1 << bits) - 1), times


def connected_components(count: int, pairs: Indices) -> Indices:
    """
    Label each of `count` nodes with the smallest node of its component.

    Args:
        count: number of nodes.
        pairs: edges, shape (edges, 2).

    >>> connected_components(5, np.array([[1, 4], [3, 4]])).tolist()
    [0, 1, 2, 1, 1]

    """
    label = np.arange(count)
    left, right = pairs[:, 0], pairs[:, 1]
    while len(unsettled := np.flatnonzero(label[left] != label[right])):
        left_label, right_label = label[left[unsettled]], label[right[unsettled]]
        np.minimum.at(label, np.maximum(left_label, right_label), np.minimum(left_label, right_label))
        while (indirect := label[label] != label).any():
            label[indirect] = label[label[indirect]]
    return label


def largest_by_group(values: Indices, group: Indices, count: int) -> Indices:
    """
    Take the largest value of each of `count` groups; 0 for a group without values.

    >>> largest_by_group(np.array([3, 8, 5]), np.array([0, 2, 2]), 3).tolist()
    [3, 0, 8]
    """
    largest = np.zeros(count, np.int64)
    np.maximum.at(largest, group, values)
    return largest
