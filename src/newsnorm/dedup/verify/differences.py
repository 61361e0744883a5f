"""
Where do two related texts part? Other figures, other names, other words, and what only one of them has.

Passages are walked from anchor to anchor; what lies between two of them on both sides, equal words at its ends aside, differs.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from newsnorm.dedup.text.comparable import Comparable, named
from newsnorm.dedup.text.tokens import Words, words_of
from newsnorm.dedup.verify.align import anchors, linked
from newsnorm.records import Difference, DifferenceKind, Span

NAME = 4
"""A replaced stretch of capitalised words is a name, and one with other numbers a number, if neither side has more words."""


def differences(left: Comparable, right: Comparable) -> tuple[Difference, ...]:
    """
    What differs between two texts that have passages in common, in the order of the left text; nothing, if they have none.

    Args:
        left: an article (its report), an id and a text, or a text.
        right: what is compared with it; spans count in each of the two texts.

    Raises:
        InputError: something is no text.

    >>> old = "The harbour master Tom Hay closed the northern quay on Monday after 12 moorings had broken in the storm."
    >>> new = "The harbour master Ann Lee closed the northern quay on Monday after 14 moorings had broken in the storm, he said."
    >>> for each in differences(old, new):
    ...     print(each.kind, repr(each.left.of(old)), repr(each.right.of(new)))
    name 'Tom Hay' 'Ann Lee'
    number '12' '14'
    added '' 'he said'

    """
    (_, our_text), (_, their_text) = named(left), named(right)
    words = words_of([our_text, their_text])
    pair, ours, theirs = (column.astype(np.int64) for column in anchors(words, np.array([[0, 1]])))
    together = linked(pair, ours, theirs)
    start = np.flatnonzero(np.append(True, ~together)) if len(pair) else np.zeros(0, np.int64)
    end = np.append(start[1:], len(pair)) - 1 if len(start) else start
    held = [(int(begin), int(last)) for begin, last in zip(start, end, strict=True) if last > begin]
    if not held:
        return ()
    texts = _Pair(words, our_text, their_text)
    inner = (
        texts.parted(int(ours[at]) + 2, int(ours[at + 1]), int(theirs[at]) + 2, int(theirs[at + 1]))
        for begin, last in held
        for at in range(begin, last)
        if ours[at + 1] - ours[at] > 1 or theirs[at + 1] - theirs[at] > 1
    )
    passages = [(int(ours[begin]), int(ours[last]) + 2, int(theirs[begin]), int(theirs[last]) + 2) for begin, last in held]
    found = [each for each in inner if each is not None]
    found += texts.outside(passages)
    return tuple(sorted(found, key=lambda each: (each.left.start, each.right.start, each.left.end, each.right.end)))


class _Pair:
    """The words of two texts, counted in each from 0."""

    def __init__(self, words: Words, left: str, right: str) -> None:
        self._sides = (words.only(0), words.only(1))
        self._texts = (left, right)
        self._sizes = tuple(len(side.hash) for side in self._sides)

    def parted(self, ours: int, our_end: int, theirs: int, their_end: int) -> Difference | None:
        """What differs between two stretches of words; nothing, if they are equal."""
        left, right = self._sides
        ours, theirs = min(ours, our_end), min(theirs, their_end)
        while ours < our_end and theirs < their_end and left.hash[ours] == right.hash[theirs]:
            ours, theirs = ours + 1, theirs + 1
        while ours < our_end and theirs < their_end and left.hash[our_end - 1] == right.hash[their_end - 1]:
            our_end, their_end = our_end - 1, their_end - 1
        if ours == our_end and theirs == their_end:
            return None
        return Difference(
            kind=self._kind(ours, our_end, theirs, their_end),
            left=self._span(0, ours, our_end),
            right=self._span(1, theirs, their_end),
        )

    def outside(self, passages: list[tuple[int, int, int, int]]) -> Iterator[Difference]:
        """What lies between the passages: replaced, if both sides have something at one place, else added or left out."""
        in_order = sorted(passages) == sorted(passages, key=lambda passage: passage[2])
        if in_order:
            edges = [(0, 0, 0, 0), *sorted(passages), (self._sizes[0], self._sizes[0], self._sizes[1], self._sizes[1])]
            gaps = [(before[1], after[0], before[3], after[2]) for before, after in itertools.pairwise(edges)]
        else:
            gaps = [*self._uncovered(passages, 0), *self._uncovered(passages, 1)]
        for gap in gaps:
            found = self.parted(gap[0], max(gap[:2]), gap[2], max(gap[2:]))
            if found is not None:
                yield found

    def _uncovered(self, passages: list[tuple[int, int, int, int]], side: int) -> Iterator[tuple[int, int, int, int]]:
        """The stretches of one side that no passage covers, where passages changed places."""
        here = 2 * side
        reached = 0
        for passage in sorted(passages, key=lambda passage: passage[here]):
            if passage[here] > reached:
                yield (reached, passage[here], 0, 0) if side == 0 else (0, 0, reached, passage[here])
            reached = max(reached, passage[here + 1])
        if reached < self._sizes[side]:
            yield (reached, self._sizes[0], 0, 0) if side == 0 else (0, 0, reached, self._sizes[1])

    def _kind(self, ours: int, our_end: int, theirs: int, their_end: int) -> DifferenceKind:
        if ours == our_end:
            return "added"
        if theirs == their_end:
            return "left-out"
        left, right = self._sides
        if max(our_end - ours, their_end - theirs) > NAME:
            return "wording"
        numbers = [
            left.hash[ours:our_end][left.number[ours:our_end]].tolist(),
            right.hash[theirs:their_end][right.number[theirs:their_end]].tolist(),
        ]
        if all(numbers) and numbers[0] != numbers[1]:
            return "number"
        return "name" if self._capital(0, ours, our_end) and self._capital(1, theirs, their_end) else "wording"

    def _capital(self, side: int, start: int, end: int) -> bool:
        words, text = self._sides[side], self._texts[side]
        return all(text[words.start[place]].isupper() or text[words.start[place]].istitle() for place in range(start, end))

    def _span(self, side: int, start: int, end: int) -> Span:
        words = self._sides[side]
        if start < end:
            return Span(int(words.start[start]), int(words.end[end - 1]))
        at = int(words.end[start - 1]) if start else 0
        return Span(at, at)
