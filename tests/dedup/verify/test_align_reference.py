"""`align` finds what a slow version finds that walks one pair of lists of words, anchor by anchor."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import attrs
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.dedup.text.tokens import tokenize
from newsnorm.dedup.verify.align import (
    MAX_EVEN_GAP,
    MAX_EVEN_SLANT,
    MAX_GAP,
    MAX_SLANT,
    MAX_STRAY_GAP,
    MIN_UNIQUE_SHARE,
    align,
)
from newsnorm.dedup.verify.measures import CELLS, coverage_bitmap

Anchor = tuple[int, int]
"""Position in the left and in the right text."""


@attrs.frozen
class Slow:
    passages: list[tuple[int, int, int, int, int]]
    """Start and end on the left, start and end on the right, number of anchors."""
    swapped: int


def anchor_positions(words: list[str]) -> dict[tuple[str, str], int]:
    """Where each pair of neighbours stands that may be an anchor."""
    bigrams = list(pairwise(words))
    counts = Counter(bigrams)
    unique = {bigram for bigram, count in counts.items() if count == 1}
    if len(unique) < MIN_UNIQUE_SHARE * len(bigrams):
        unique = set(bigrams)
    return {bigram: bigrams.index(bigram) for bigram in unique}


def fits(one: Anchor, other: Anchor) -> bool:
    return abs((one[1] - one[0]) - (other[1] - other[0])) <= MAX_SLANT and other[0] - one[0] <= MAX_STRAY_GAP


def links(one: Anchor, other: Anchor) -> bool:
    left, right = other[0] - one[0], other[1] - one[1]
    slant = abs(left - right)
    near = left <= MAX_GAP and right <= MAX_GAP and slant <= MAX_SLANT
    return right > 0 and (near or (left <= MAX_EVEN_GAP and slant <= MAX_EVEN_SLANT))


def slow_align(left: list[str], right: list[str]) -> Slow:
    ours, theirs = anchor_positions(left), anchor_positions(right)
    anchors = sorted((ours[bigram], theirs[bigram]) for bigram in ours.keys() & theirs.keys())
    for _ in range(2):
        anchors = [
            anchor
            for place, anchor in enumerate(anchors)
            if (place > 0 and fits(anchors[place - 1], anchor)) or (place + 1 < len(anchors) and fits(anchor, anchors[place + 1]))
        ]
    chains: list[list[Anchor]] = []
    for anchor in anchors:
        if chains and links(chains[-1][-1], anchor):
            chains[-1].append(anchor)
        else:
            chains.append([anchor])
    chains = [chain for chain in chains if len(chain) > 1]
    passages = [(chain[0][0], chain[-1][0] + 2, chain[0][1], chain[-1][1] + 2, len(chain)) for chain in chains]
    return Slow(passages, sum(swapped_numbers(left, right, *step) for chain in chains for step in pairwise(chain)))


def swapped_numbers(left: list[str], right: list[str], one: Anchor, other: Anchor) -> int:
    ours, theirs = left[one[0] + 2 : other[0]], right[one[1] + 2 : other[1]]
    if other[0] - one[0] == other[1] - one[1]:
        return sum(a.isdigit() and b.isdigit() and a != b for a, b in zip(ours, theirs, strict=True))
    return int(bool(ours) and bool(theirs) and all(word.isdigit() for word in (*ours, *theirs)))


WORDS = st.sampled_from([f"word{number}" for number in range(40)] + [str(number) for number in range(6)])


@st.composite
def pairs_of_texts(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Two texts, the second made of stretches of the first and of other words."""
    left = [f"w{number}" if number % 7 else str(number % 3) for number in range(draw(st.integers(0, 160)))]
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(left)))
        left[at:at] = draw(st.lists(WORDS, max_size=12))
    right: list[str] = []
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(left)))
        right += left[start : start + draw(st.integers(0, 70))]
        right += draw(st.lists(WORDS, max_size=12))
    return left, right


@given(st.lists(pairs_of_texts(), min_size=1, max_size=3))
def test_passages_are_those_of_a_slow_alignment(texts: list[tuple[list[str], list[str]]]) -> None:
    tokens = tokenize(" ".join(words) for pair in texts for words in pair)
    pairs = np.arange(2 * len(texts)).reshape(-1, 2)
    found = align(tokens, pairs)
    for number, (left, right) in enumerate(texts):
        expected = slow_align(left, right)
        mine = found.pair == number
        left_start, right_start = tokens.offset[pairs[number]].tolist()
        columns = (
            found.left_start[mine] - left_start,
            found.left_end[mine] - left_start,
            found.right_start[mine] - right_start,
            found.right_end[mine] - right_start,
            found.anchors[mine],
        )
        assert list(zip(*(column.tolist() for column in columns), strict=True)) == expected.passages
        assert found.swapped[number] == expected.swapped


@given(st.integers(1, 200), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=4))
def test_a_cell_is_covered_if_its_middle_is(size: int, drawn: list[tuple[int, int]]) -> None:
    passages = [(min(pair) % size, max(min(pair) % size, min(size, max(pair)))) for pair in drawn]
    start, end = (np.array([passage[side] for passage in passages], np.int64) for side in (0, 1))
    (bitmap,) = coverage_bitmap(np.zeros(len(passages), np.int64), start, end, np.array([size])).tolist()
    middles = [(2 * cell + 1) * size / (2 * CELLS) for cell in range(CELLS)]
    covered = [any(first <= middle < last for first, last in passages) for middle in middles]
    assert [bool(bitmap >> cell & 1) for cell in range(CELLS)] == covered
