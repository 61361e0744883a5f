"""Runs and stretches: what one asks of flat arrays instead of walking through lists of lists."""

from __future__ import annotations

import numpy as np

from newsnorm.dedup.words import Places


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
