"""How are two texts alike? A few numbers for each pair, from its passages."""

from __future__ import annotations

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.array_ops import stretches
from newsnorm.dedup.text.tokens import Places, Words
from newsnorm.dedup.verify.align import Passages

Numbers = NDArray[np.float64]
Cells = NDArray[np.uint32]
"""One bit for each `CELLS`-th part of a text, the first one lowest: whether its middle lies in a passage."""

LEAD = (12, 72)
"""Which words are the lead: a headline of usual length is left out."""
CELLS = 32


@attrs.frozen(eq=False, kw_only=True)
class Measures:
    """What the passages of each pair say. The shorter text is the one with fewer words, the left one if they are equal."""

    left_cover: Numbers
    """Share of the left text's words that lie in passages."""
    right_cover: Numbers
    short: Places
    """Words of the shorter text."""
    common: Places
    """Words of the shorter text that lie in passages."""
    short_cover: Numbers
    long_cover: Numbers
    density: Numbers
    """Anchors for each word of a passage: 1 for the same words, less for misread or rewritten ones."""
    longest: Places
    """Words of the longest passage."""
    lead: Numbers
    """Share of a lead that lies in passages; of the two texts the one with more."""
    insertion: Places
    """Words of the shorter text that lie in the largest gap between two passages."""
    numbers: Places
    """Different numbers in passages; of the two texts the one with fewer."""
    agreeing: Numbers
    """Share of them that the other text's passages have too; 1, if there are none."""
    swapped: Places
    """Numbers that stand where the other text has another one."""
    short_head: Places
    """Words of the shorter text before its first passage; all of them, if there is none."""
    short_middle: Places
    """Words between its passages."""
    short_tail: Places
    """Words after its last passage."""
    long_head: Places
    long_middle: Places
    long_tail: Places
    left_cells: Cells
    """Where in the left text the passages lie."""
    right_cells: Cells

    def columns(self, rows: NDArray[np.int64] | slice = slice(None)) -> dict[str, NDArray[np.float64] | NDArray[np.int64]]:
        """Return the scalar measures of some pairs by name, as evidence models take them."""
        return {name: getattr(self, name)[rows] for name in MEASURES}


MEASURES = tuple(field.name for field in attrs.fields(Measures) if not field.name.startswith(("left_", "right_")))
"""The measures that are equal whichever text is called left."""


def measure(words: Words, pairs: Places, passages: Passages) -> Measures:
    """The measures of each pair."""
    left = _side(words, pairs[:, 0], passages.pair, passages.left_start, passages.left_end)
    right = _side(words, pairs[:, 1], passages.pair, passages.right_start, passages.right_end)
    right_shorter = right.size < left.size
    span = np.bincount(passages.pair, passages.left_end - passages.left_start, len(pairs))
    held = np.bincount(passages.pair, passages.anchors, len(pairs))
    fewest = np.minimum(_each(left.numbers, len(pairs)), _each(right.numbers, len(pairs)))
    both = _each(np.intersect1d(left.numbers, right.numbers, assume_unique=True), len(pairs))
    run = np.minimum(passages.left_end - passages.left_start, passages.right_end - passages.right_start)
    left_cover, right_cover = left.covered / np.maximum(1, left.size), right.covered / np.maximum(1, right.size)
    return Measures(
        left_cover=left_cover,
        right_cover=right_cover,
        short=np.where(right_shorter, right.size, left.size),
        common=np.where(right_shorter, right.covered, left.covered),
        short_cover=np.where(right_shorter, right_cover, left_cover),
        long_cover=np.where(right_shorter, left_cover, right_cover),
        density=np.minimum(1, held / np.maximum(1, span)),
        longest=_greatest(run, passages.pair, len(pairs)),
        lead=np.maximum(left.lead, right.lead),
        insertion=np.where(right_shorter, right.insertion, left.insertion),
        numbers=fewest,
        agreeing=np.where(fewest > 0, both / np.maximum(1, fewest), 1.0),
        swapped=passages.swapped,
        short_head=np.where(right_shorter, right.head, left.head),
        short_middle=np.where(right_shorter, right.middle, left.middle),
        short_tail=np.where(right_shorter, right.tail, left.tail),
        long_head=np.where(right_shorter, left.head, right.head),
        long_middle=np.where(right_shorter, left.middle, right.middle),
        long_tail=np.where(right_shorter, left.tail, right.tail),
        left_cells=left.cells,
        right_cells=right.cells,
    )


@attrs.frozen(eq=False, kw_only=True)
class _Side:
    size: Places
    covered: Places
    lead: Numbers
    insertion: Places
    head: Places
    middle: Places
    tail: Places
    numbers: NDArray[np.uint64]
    cells: Cells


def _side(words: Words, text: Places, pair: Places, start: Places, end: Places) -> _Side:
    many = len(text)
    size = words.offset[text + 1] - words.offset[text]
    begin_of = words.offset[text]
    begin = begin_of[pair]
    covered = np.minimum(np.bincount(pair, end - start, many).astype(np.int64), size)
    inside = np.maximum(0, np.minimum(end - begin, LEAD[1]) - np.maximum(start - begin, LEAD[0]))
    lead = np.minimum(1, np.bincount(pair, inside, many) / np.clip(size - LEAD[0], 1, LEAD[1] - LEAD[0]))
    order = np.lexsort((start, pair))
    who, starts, ends = pair[order], start[order], end[order]
    next_to = np.flatnonzero(who[1:] == who[:-1])
    insertion = _greatest(starts[next_to + 1] - ends[next_to], who[next_to], many)
    head = size - _greatest(size[who] - (starts - begin_of[who]), who, many)
    tail = np.where(head < size, size - _greatest(ends - begin_of[who], who, many), 0)
    return _Side(
        size=size,
        covered=covered,
        lead=lead,
        insertion=insertion,
        head=head,
        middle=np.maximum(0, size - head - tail - covered),
        tail=tail,
        numbers=_numbers(words, pair, start, end),
        cells=_cells(pair, start - begin, end - begin, size),
    )


def _cells(pair: Places, start: Places, end: Places, size: Places) -> Cells:
    """The cells of each text whose middles lie in its passages, which begin and end at some of its words."""
    double = 2 * size[pair]
    first, last = ((2 * CELLS * edge + double // 2 - 1) // double for edge in (start, end))
    below = [(np.uint64(1) << edge.astype(np.uint64)) - np.uint64(1) for edge in (first, last)]
    cells = np.zeros(len(size), np.uint32)
    np.bitwise_or.at(cells, pair, (below[1] & ~below[0]).astype(np.uint32))
    return cells


def filled(cells: Cells) -> Places:
    """
    How many cells lie in passages.

    >>> filled(np.array([0b1011, 0], np.uint32)).tolist()
    [3, 0]
    """
    bits = np.unpackbits(np.ascontiguousarray(cells)[..., None].view(np.uint8), axis=-1)
    count: Places = bits.sum(axis=-1, dtype=np.int64)
    return count


def _numbers(words: Words, pair: Places, start: Places, end: Places) -> NDArray[np.uint64]:
    """Pair and number as one key, for the different numbers that lie in passages."""
    every = words.numbers
    first = np.searchsorted(every, start)
    count = np.searchsorted(every, end) - first
    place = stretches(first, count)
    return np.unique((np.repeat(pair, count).astype(np.uint64) << np.uint64(36)) | (words.hash[every[place]] >> np.uint64(28)))


def _each(keys: NDArray[np.uint64], many: int) -> Places:
    return np.bincount((keys >> np.uint64(36)).astype(np.int64), minlength=many)


def _greatest(values: Places, pair: Places, many: int) -> Places:
    greatest = np.zeros(many, np.int64)
    np.maximum.at(greatest, pair, values)
    return greatest
