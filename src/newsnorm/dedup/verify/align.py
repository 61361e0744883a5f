"""
Which passages do two texts have in common? Many pairs at once.

Anchors are pairs of neighbouring words that stand once in each of the two texts. Anchors that follow one another on both sides,
with small gaps of about one size, make a passage; one that agrees with neither neighbour is chance. So a passage runs
through misread letters, other words for the same thing and small cuts.
"""

from __future__ import annotations

import attrs
import numpy as np

from newsnorm.dedup.array_ops import Lookup, parts, stretches
from newsnorm.dedup.text.tokens import Flags, Hashes, Places, Words, joined

GAP, SLANT = 24, 8
"""Words without an anchor that a passage may run through, and by how many the two sides may differ there."""
LONG_GAP, LONG_SLANT = 64, 3
"""The same for a stretch whose length agrees closely: a rewritten sentence."""
FAR = 72
"""An anchor so many words away from its neighbour, or `SLANT` off its course, stands alone; alone on both sides it goes."""
REPEATING = 0.3
"""A text in which fewer of its neighbours stand once is printed twice: a page with two versions of itself."""
_ASKED = 16_384
"""Neighbours that are looked up at once: what fits a processor's cache."""
_SALT = np.uint64(0x9E3779B97F4A7C15)
"""Tells the neighbours of one text from those of another."""


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

    >>> from newsnorm.dedup.text.tokens import words_of
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
    texts, at = np.unique(pairs, return_inverse=True)
    lookup = Lookup(min(_ASKED, int(np.diff(words.offset)[texts].sum())))
    once = _once(lookup, words, texts)
    at = at.reshape(pairs.shape)
    found = [_met(lookup, once, at[begin:end], begin) for begin, end in parts(once.many[at].max(axis=1), _ASKED)]
    none = np.zeros(0, np.int64)
    pair, left, right = (np.concatenate([none, *column]) for column in zip(*found, strict=True)) if found else (none,) * 3
    return pair, left, right


@attrs.frozen(eq=False)
class _Once:
    """The neighbours that stand once in each of some texts, in the order of the text."""

    hash: Hashes
    place: Places
    first: Places
    """Where those of each text begin."""
    many: Places


def _met(lookup: Lookup, once: _Once, pairs: Places, begin: int) -> tuple[Places, Places, Places]:
    """The anchors of some pairs."""
    left, which = np.unique(pairs[:, 0], return_inverse=True)
    right = pairs[:, 1]
    many, asked_many = once.many[left], once.many[right]
    ours, theirs = stretches(once.first[left], many), stretches(once.first[right], asked_many)
    with np.errstate(over="ignore"):
        keys = once.hash[ours] + np.repeat(np.arange(len(left), dtype=np.uint64) * _SALT, many)
        asked = once.hash[theirs] + np.repeat(which.astype(np.uint64) * _SALT, asked_many)
        found = lookup.places(keys, asked)
    met = np.flatnonzero(found >= 0)
    owner = np.repeat(np.arange(len(pairs)), asked_many)[met]
    return owner + begin, once.place[ours[found[met]]], once.place[theirs[met]]


def _once(lookup: Lookup, words: Words, texts: Places) -> _Once:
    """What stands once in each of some texts, or first, if the text repeats itself."""
    many = np.maximum(0, np.diff(words.offset)[texts] - 1)
    hashes, places, sizes = [], [], []
    for begin, end in parts(many, _ASKED):
        some, count = words.offset[texts[begin:end]], many[begin:end]
        at = stretches(some, count)
        owner = np.repeat(np.arange(end - begin), count)
        with np.errstate(over="ignore"):
            pair = joined(words.hash[at], words.hash[at + 1])
            keys = pair + owner.astype(np.uint64) * _SALT
            first = lookup.places(keys, keys)
        alone = np.bincount(first, minlength=len(first)) == 1
        repeating = np.bincount(owner[alone], minlength=end - begin) < REPEATING * count
        kept = alone | (repeating[owner] & (first == np.arange(len(first))))
        hashes.append(pair[kept])
        places.append((at - np.repeat(some, count))[kept])
        sizes.append(np.bincount(owner[kept], minlength=end - begin))
    none = np.zeros(0, np.int64)
    size = np.concatenate([none, *sizes])
    return _Once(np.concatenate([np.zeros(0, np.uint64), *hashes]), np.concatenate([none, *places]), np.cumsum(size) - size, size)


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
    alone = np.ones(len(gap), np.bool_)
    for side, place in enumerate((left, right)):
        begin = place[gap] + 2 + words.offset[pairs[pair[gap], side]]
        end = place[gap + 1] + words.offset[pairs[pair[gap], side]]
        alone &= np.searchsorted(words.numbers, end) - np.searchsorted(words.numbers, begin) == end - begin
    return np.bincount(pair[gap[alone]], minlength=len(pairs))
