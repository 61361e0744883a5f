"""
Which passages do two texts have in common? Many pairs at once.

Anchors are pairs of neighbouring words that stand once in each of the two texts. Anchors that follow one another on both sides,
with small gaps of about one size, make a passage; one that agrees with neither neighbour is chance. So a passage runs
through misread letters, other words for the same thing and small cuts.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.flat import runs, stretches
from newsnorm.dedup.words import Flags, Hashes, Places, Words, joined

GAP, SLANT = 24, 8
"""Words without an anchor that a passage may run through, and by how many the two sides may differ there."""
LONG_GAP, LONG_SLANT = 64, 3
"""The same for a stretch whose length agrees closely: a rewritten sentence."""
FAR = 72
"""An anchor so many words away from its neighbour, or `SLANT` off its course, stands alone; alone on both sides it goes."""
REPEATING = 0.3
"""A text in which fewer of its neighbours stand once is printed twice: a page with two versions of itself."""
_BITS = 17
"""Slots of the table that anchors are looked up in: 2 ** 17, so that it fits a processor's cache."""
_KEPT = 8192
"""Texts whose anchors are kept at hand: a bound on memory alone."""


@attrs.frozen(eq=False, kw_only=True)
class Passages:
    """Aligned passages of some pairs of texts, pair by pair, in the order of the left text. Places count all words of `Words`."""

    pair: Places
    left_start: Places
    left_end: Places
    right_start: Places
    right_end: Places
    anchors: Places
    """How many anchors hold it."""
    swapped: Places
    """For each pair: how many numbers stand where the other text has another one."""


def align(words: Words, pairs: Places) -> Passages:
    """
    The passages of each pair.

    >>> from newsnorm.dedup.words import words_of
    >>> words = words_of(["He said the quay will close.", "On Monday he said the quay will be closed."])
    >>> found = align(words, np.array([[0, 1]]))
    >>> found.left_start.tolist(), found.left_end.tolist(), found.right_start.tolist(), found.right_end.tolist()
    ([0], [5], [8], [13])
    """
    pair, left, right = anchors(words, pairs)
    return _passages(words, pairs, pair, left, right)


def anchors(words: Words, pairs: Places) -> tuple[Places, Places, Places]:
    """Pair, place in the left text and place in the right text of each anchor, in their order, without those met by chance."""
    return _without_strays(*_anchors(words, pairs))


def linked(pair: Places, left: Places, right: Places) -> Flags:
    """Whether each anchor belongs into one passage with the next."""
    left_step, right_step = np.diff(left), np.diff(right)
    slant = np.abs(left_step - right_step)
    near = (left_step <= GAP) & (right_step <= GAP) & (slant <= SLANT)
    together: Flags = (pair[1:] == pair[:-1]) & (right_step > 0) & (near | ((left_step <= LONG_GAP) & (slant <= LONG_SLANT)))
    return together


def _anchors(words: Words, pairs: Places) -> tuple[Places, Places, Places]:
    """Pair, place in the left text and place in the right text of each anchor."""
    hash_at, place_at = np.zeros(1 << _BITS, np.uint64), np.zeros(1 << _BITS, np.int32)
    scratch = np.zeros(1 << _BITS, np.int32)
    once: OrderedDict[int, _Once] = OrderedDict()

    def unique(text: int) -> _Once:
        found = once.get(text)
        if found is None:
            found = once[text] = _once(words, text, scratch)
            if len(once) > _KEPT:
                once.popitem(last=False)
        return found

    pair, left, right = [], [], []
    start, length = runs(pairs[:, 0])
    with np.errstate(over="ignore"):
        for begin, many in zip(start.tolist(), length.tolist(), strict=True):
            hashes, slots, places = unique(int(pairs[begin, 0]))
            others = [unique(other) for other in pairs[begin : begin + many, 1].tolist()]
            hash_at[slots], place_at[slots] = hashes, places
            theirs = others[0] if many == 1 else tuple(np.concatenate(column) for column in zip(*others, strict=True))
            met = np.flatnonzero(hash_at[theirs[1]] == theirs[0])
            left.append(place_at[theirs[1][met]])
            right.append(theirs[2][met])
            ends = np.cumsum([len(other[0]) for other in others])
            pair.append(np.full(len(met), begin) if many == 1 else begin + np.searchsorted(ends, met, "right"))
            hash_at[slots] = 0
    none = np.zeros(0, np.int64)
    return np.concatenate([none, *pair]), np.concatenate([none, *left]), np.concatenate([none, *right])


_Once: TypeAlias = tuple[Hashes, NDArray[np.int32], NDArray[np.int32]]
"""Hash, slot and place of the neighbours that stand once in a text."""


def _once(words: Words, text: int, table: NDArray[np.int32]) -> _Once:
    """What stands once in a text, or first, if the text repeats itself; two that fall into one slot are both left out."""
    begin, end = int(words.offset[text]), int(words.offset[text + 1])
    if end - begin < 2:
        return words.hash[:0], np.zeros(0, np.int32), np.zeros(0, np.int32)
    hashes = joined(words.hash[begin : end - 1], words.hash[begin + 1 : end])
    slots = (hashes >> np.uint64(64 - _BITS)).astype(np.int32)
    places = np.arange(len(hashes), dtype=np.int32)
    table[slots] = places
    late = table[slots] != places
    table[slots[late]] = -1
    kept = table[slots] == places
    if kept.sum() < REPEATING * len(places):
        table[slots[::-1]] = places[::-1]
        kept = table[slots] == places
    return hashes[kept], slots[kept], places[kept]


def _without_strays(pair: Places, left: Places, right: Places) -> tuple[Places, Places, Places]:
    """The anchors in the order of the left text, without those that agree with neither neighbour."""
    order = np.argsort((pair << 32) | left, kind="stable")
    pair, left, right = pair[order], left[order], right[order]
    for _ in range(2):
        course = right - left
        off = np.concatenate(
            [[True], (pair[1:] != pair[:-1]) | (np.abs(np.diff(course)) > SLANT) | (np.diff(left) > FAR), [True]]
        )
        kept = ~(off[1:] & off[:-1])[: len(pair)]
        pair, left, right = pair[kept], left[kept], right[kept]
    return pair, left, right


def _passages(words: Words, pairs: Places, pair: Places, left: Places, right: Places) -> Passages:
    together = linked(pair, left, right)
    start = np.flatnonzero(np.append(True, ~together)) if len(pair) else np.zeros(0, np.int64)
    end = np.append(start[1:], len(pair)) - 1 if len(start) else start
    held = end > start
    start, end = start[held], end[held]
    who = pair[start]
    left_at, right_at = words.offset[pairs[:, 0]], words.offset[pairs[:, 1]]
    even = together & (np.diff(left) == np.diff(right)) & (np.diff(left) > 2)
    swapped = _swapped(words, pairs, pair, left, right, even) + _other_numbers(words, pairs, pair, left, right, together & ~even)
    return Passages(
        pair=who,
        left_start=left[start] + left_at[who],
        left_end=left[end] + 2 + left_at[who],
        right_start=right[start] + right_at[who],
        right_end=right[end] + 2 + right_at[who],
        anchors=end - start + 1,
        swapped=swapped,
    )


def _swapped(words: Words, pairs: Places, pair: Places, left: Places, right: Places, even: Flags) -> Places:
    """How many numbers stand against other numbers in the gaps that are equally long on both sides."""
    gap = np.flatnonzero(even)
    many = left[gap + 1] - left[gap] - 2
    step = stretches(np.zeros_like(many), many)
    who = np.repeat(pair[gap], many)
    ours = np.repeat(left[gap] + 2, many) + step + words.offset[pairs[who, 0]]
    theirs = np.repeat(right[gap] + 2, many) + step + words.offset[pairs[who, 1]]
    other = words.number[ours] & words.number[theirs] & (words.hash[ours] != words.hash[theirs])
    return np.bincount(who[other], minlength=len(pairs))


def _other_numbers(words: Words, pairs: Places, pair: Places, left: Places, right: Places, uneven: Flags) -> Places:
    """How many gaps hold nothing but numbers on both sides, and not equally many: 12 million and 1.2 million."""
    gap = np.flatnonzero(uneven & (np.diff(left) > 2) & (np.diff(right) > 2))
    before = np.append(0, np.cumsum(words.number)) if len(gap) else np.zeros(1, np.int64)
    alone = np.ones(len(gap), np.bool_)
    for side, place in enumerate((left, right)):
        begin = place[gap] + 2 + words.offset[pairs[pair[gap], side]]
        end = place[gap + 1] + words.offset[pairs[pair[gap], side]]
        alone &= before[end] - before[begin] == end - begin
    return np.bincount(pair[gap[alone]], minlength=len(pairs))
