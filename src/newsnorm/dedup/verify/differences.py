"""
List where two related texts differ: other numbers, other names, other wording, and stretches that only one of them has.

The passages are walked from anchor to anchor. The tokens between two anchors, or between two passages, differ, apart from equal
tokens at their ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import attrs
import numpy as np

from newsnorm.dedup.text.comparable import Comparable, id_and_text
from newsnorm.dedup.text.tokens import TokenBatch, tokenize
from newsnorm.dedup.verify.align import ANCHOR, Anchors, find_anchors
from newsnorm.records import Difference, DifferenceKind, Span

MAX_NAME_WORDS = 4
"""The longest replaced stretch that may be a name or a number, in tokens on its longer side."""


@attrs.frozen(order=True)
class _Stretch:
    """A stretch of one text, from token `start` to below token `end`, counted from the start of the text."""

    start: int
    end: int


@attrs.frozen
class _Aligned:
    """A stretch of the left text and the corresponding stretch of the right text."""

    left: _Stretch
    right: _Stretch


def differences(left: Comparable, right: Comparable) -> tuple[Difference, ...]:
    """
    List the differences of two texts that have passages in common; empty if they have none.

    Args:
        left: an article (its report is compared), a pair of id and text, or a text.
        right: the text to compare it with, in the same forms.

    Returns:
        The differences, in the order of the left text; `left` and `right` of each are spans in code points of that text.

    Raises:
        InputError: an argument is not text.

    >>> old = "The harbour master Tom Hay closed the northern quay on Monday after 12 moorings had broken in the storm."
    >>> new = "The harbour master Ann Lee closed the northern quay on Monday after 14 moorings had broken in the storm, he said."
    >>> for each in differences(old, new):
    ...     print(each.kind, repr(each.left.of(old)), repr(each.right.of(new)))
    name 'Tom Hay' 'Ann Lee'
    number '12' '14'
    added '' 'he said'

    """
    (_, left_text), (_, right_text) = id_and_text(left), id_and_text(right)
    tokens = tokenize([left_text, right_text])
    anchors = find_anchors(tokens, np.array([[0, 1]]))
    passages = list(_passages(anchors))
    if not passages:
        return ()
    pair = _Pair(_Text(tokens.only(0), left_text), _Text(tokens.only(1), right_text))
    found = [*pair.differing(_gaps_within(anchors)), *pair.differing(pair.gaps_between(passages))]
    return tuple(sorted(found, key=lambda each: (each.left.start, each.right.start, each.left.end, each.right.end)))


def _passages(anchors: Anchors) -> Iterator[_Aligned]:
    for first, last in zip(*anchors.chains(), strict=True):
        yield _Aligned(
            _Stretch(int(anchors.left[first]), int(anchors.left[last]) + ANCHOR),
            _Stretch(int(anchors.right[first]), int(anchors.right[last]) + ANCHOR),
        )


def _gaps_within(anchors: Anchors) -> Iterator[_Aligned]:
    """Yield the gaps between neighbouring anchors of a passage, unless both texts simply continue."""
    for first, last in zip(*anchors.chains(), strict=True):
        for at in range(int(first), int(last)):
            left, right = anchors.left[at : at + 2].tolist(), anchors.right[at : at + 2].tolist()
            if left[1] - left[0] > 1 or right[1] - right[0] > 1:
                yield _Aligned(_Stretch(left[0] + ANCHOR, left[1]), _Stretch(right[0] + ANCHOR, right[1]))


@attrs.frozen(eq=False)
class _Text:
    tokens: TokenBatch
    """Of this text alone."""
    text: str

    @property
    def size(self) -> int:
        return len(self.tokens.hash)

    def span(self, stretch: _Stretch) -> Span:
        """Return the span of a stretch in code points; an empty stretch is placed at the end of the token before it."""
        if stretch.start < stretch.end:
            return Span(int(self.tokens.start[stretch.start]), int(self.tokens.end[stretch.end - 1]))
        at = int(self.tokens.end[stretch.start - 1]) if stretch.start else 0
        return Span(at, at)

    def numbers(self, stretch: _Stretch) -> list[int]:
        """Return the hashes of the numbers in a stretch."""
        within = slice(stretch.start, stretch.end)
        hashes: list[int] = self.tokens.hash[within][self.tokens.is_number[within]].tolist()
        return hashes

    def is_capitalised(self, stretch: _Stretch) -> bool:
        """Return whether every token of a stretch begins with a capital."""
        initials = (self.text[start] for start in self.tokens.start[stretch.start : stretch.end].tolist())
        return all(initial.isupper() or initial.istitle() for initial in initials)

    def gaps(self, covered: Iterable[_Stretch]) -> Iterator[_Stretch]:
        """Yield the stretches of the text that `covered` stretches, which may overlap, leave uncovered."""
        reached = 0
        for stretch in sorted(covered):
            if stretch.start > reached:
                yield _Stretch(reached, stretch.start)
            reached = max(reached, stretch.end)
        if reached < self.size:
            yield _Stretch(reached, self.size)


@attrs.frozen(eq=False)
class _Pair:
    left: _Text
    right: _Text

    def differing(self, gaps: Iterable[_Aligned]) -> Iterator[Difference]:
        """Yield a difference for each gap that is not equal on both sides."""
        for gap in gaps:
            trimmed = self._trimmed(gap)
            if trimmed.left.start < trimmed.left.end or trimmed.right.start < trimmed.right.end:
                yield Difference(
                    kind=self._kind(trimmed), left=self.left.span(trimmed.left), right=self.right.span(trimmed.right)
                )

    def gaps_between(self, passages: list[_Aligned]) -> Iterator[_Aligned]:
        """Yield the gaps before, between and after the passages; if passages are in another order, for each text separately."""
        by_left = sorted(passages, key=lambda passage: passage.left)
        if by_left == sorted(passages, key=lambda passage: passage.right):
            start = _Aligned(_Stretch(0, 0), _Stretch(0, 0))
            end = _Aligned(_Stretch(self.left.size, self.left.size), _Stretch(self.right.size, self.right.size))
            for before, after in pairwise([start, *by_left, end]):
                yield _Aligned(
                    _Stretch(before.left.end, max(before.left.end, after.left.start)),
                    _Stretch(before.right.end, max(before.right.end, after.right.start)),
                )
            return
        nothing = _Stretch(0, 0)
        for gap in self.left.gaps(passage.left for passage in passages):
            yield _Aligned(gap, nothing)
        for gap in self.right.gaps(passage.right for passage in passages):
            yield _Aligned(nothing, gap)

    def _trimmed(self, gap: _Aligned) -> _Aligned:
        """Remove equal tokens from both ends of a gap."""
        left, right = self.left.tokens.hash, self.right.tokens.hash
        left_end, right_end = gap.left.end, gap.right.end
        left_start, right_start = min(gap.left.start, left_end), min(gap.right.start, right_end)
        while left_start < left_end and right_start < right_end and left[left_start] == right[right_start]:
            left_start, right_start = left_start + 1, right_start + 1
        while left_start < left_end and right_start < right_end and left[left_end - 1] == right[right_end - 1]:
            left_end, right_end = left_end - 1, right_end - 1
        return _Aligned(_Stretch(left_start, left_end), _Stretch(right_start, right_end))

    def _kind(self, gap: _Aligned) -> DifferenceKind:
        left, right = gap.left, gap.right
        if left.start == left.end:
            return "added"
        if right.start == right.end:
            return "left-out"
        if max(left.end - left.start, right.end - right.start) > MAX_NAME_WORDS:
            return "wording"
        left_numbers, right_numbers = self.left.numbers(left), self.right.numbers(right)
        if left_numbers and right_numbers and left_numbers != right_numbers:
            return "number"
        return "name" if self.left.is_capitalised(left) and self.right.is_capitalised(right) else "wording"
