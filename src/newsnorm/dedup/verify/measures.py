"""Measure the similarity of two texts: named numbers for each pair, computed from its passages."""

from __future__ import annotations

from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.array_ops import Flags, Floats, Hashes, Indices, largest_by_group, runs, slices
from newsnorm.dedup.text.tokens import TokenBatch
from newsnorm.dedup.verify.align import Passages

Bitmaps: TypeAlias = NDArray[np.uint32]
"""Coverage bitmaps: one bit for each of `CELLS` equal parts (cells) of a text, the first cell in the lowest bit."""

CELLS = 32
LEAD_START, LEAD_END = 12, 72
"""The lead consists of the tokens from 12 to below 72; the tokens before it leave room for a headline."""
_NUMBER_BITS = 36
"""Bits of a number's hash in a key whose higher bits are the pair."""


@attrs.frozen(eq=False, kw_only=True)
class Measures:
    """
    The measures of some pairs: columns, one entry per pair. Counts are in tokens.

    The shorter text is the one with fewer tokens, or the left one if both have equally many.
    """

    left_cover: Floats
    """Share of the left text's tokens that lie in passages."""
    right_cover: Floats
    short: Indices
    """Tokens of the shorter text."""
    common: Indices
    """Tokens of the shorter text that lie in passages."""
    short_cover: Floats
    long_cover: Floats
    density: Floats
    """Number of anchors per token of the passages: nearly 1 for equal tokens, less for misread or rewritten ones."""
    longest: Indices
    """Tokens of the longest passage, counted in the text where it is shorter."""
    lead: Floats
    """Share of the lead that lies in passages; the larger share of the two texts."""
    insertion: Indices
    """Tokens of the shorter text in the largest gap between two of its passages."""
    numbers: Indices
    """Distinct numbers in passages; the smaller count of the two texts."""
    agreeing: Floats
    """Share of these numbers that occur in the passages of both texts; 1 if there are none."""
    swapped: Indices
    """Numbers that have another number in the same place of the other text."""
    renamed: Indices
    """Names that have another name in the same place of the other text."""
    short_head: Indices
    """Tokens of the shorter text before its first passage; all of them if there is no passage."""
    short_middle: Indices
    """Tokens between its passages."""
    short_tail: Indices
    """Tokens after its last passage."""
    long_head: Indices
    long_middle: Indices
    long_tail: Indices
    left_coverage: Bitmaps
    """Where the passages are in the left text."""
    right_coverage: Bitmaps

    def columns(self, rows: Indices | slice = slice(None)) -> dict[str, Floats | Indices]:
        """Return the symmetric measures of some pairs by name, for a model of evidence."""
        return {name: getattr(self, name)[rows] for name in SYMMETRIC}


SYMMETRIC = tuple(field.name for field in attrs.fields(Measures) if not field.name.startswith(("left_", "right_")))
"""The measures that don't depend on which text is called left."""


@attrs.frozen(eq=False, kw_only=True)
class Common:
    """The measures that say whether two texts have enough in common to measure more: columns, one entry per pair."""

    common: Indices
    short_cover: Floats
    density: Floats


def measure_common(tokens: TokenBatch, pairs: Indices, passages: Passages) -> Common:
    """
    Measure how much the texts of each pair have in common; `measure`, which takes the same arguments, repeats these measures.

    >>> from newsnorm.dedup.text.tokens import tokenize
    >>> from newsnorm.dedup.verify.align import align
    >>> tokens, pairs = tokenize(["The quay will close.", "He said the quay will close."]), np.array([[0, 1]])
    >>> found = measure_common(tokens, pairs, align(tokens, pairs))
    >>> found.common.tolist(), found.short_cover.tolist(), found.density.tolist()
    ([4], [1.0], [0.75])

    """
    count = len(pairs)
    left_size, right_size = tokens.sizes[pairs[:, 0]], tokens.sizes[pairs[:, 1]]
    left = np.bincount(passages.pair, passages.left_end - passages.left_start, count)
    right = np.bincount(passages.pair, passages.right_end - passages.right_start, count)
    right_is_shorter = right_size < left_size
    short = np.where(right_is_shorter, right_size, left_size)
    common = np.minimum(np.where(right_is_shorter, right, left).astype(np.int64), short)
    anchors = np.bincount(passages.pair, passages.anchors, count)
    return Common(
        common=common,
        short_cover=common / np.maximum(1, short),
        density=np.minimum(1, anchors / np.maximum(1, left)),
    )


def measure(tokens: TokenBatch, pairs: Indices, passages: Passages) -> Measures:
    """
    Measure each pair.

    Args:
        tokens: the tokens of the texts.
        pairs: indices of texts, shape (pairs, 2).
        passages: the passages of these pairs.

    """
    count = len(pairs)
    left = _measure_side(tokens, pairs[:, 0], passages.pair, passages.left_start, passages.left_end)
    right = _measure_side(tokens, pairs[:, 1], passages.pair, passages.right_start, passages.right_end)
    right_is_shorter = right.size < left.size
    short, long = _choose(right_is_shorter, right, left), _choose(right_is_shorter, left, right)
    shared = measure_common(tokens, pairs, passages)
    left_length, right_length = passages.left_end - passages.left_start, passages.right_end - passages.right_start
    fewer_numbers = np.minimum(_count_by_pair(left.numbers, count), _count_by_pair(right.numbers, count))
    shared_numbers = _count_by_pair(np.intersect1d(left.numbers, right.numbers, assume_unique=True), count)
    return Measures(
        left_cover=left.cover,
        right_cover=right.cover,
        short=short.size,
        common=shared.common,
        short_cover=shared.short_cover,
        long_cover=long.cover,
        density=shared.density,
        longest=largest_by_group(np.minimum(left_length, right_length), passages.pair, count),
        lead=np.maximum(left.lead, right.lead),
        insertion=short.insertion,
        numbers=fewer_numbers,
        agreeing=np.where(fewer_numbers > 0, shared_numbers / np.maximum(1, fewer_numbers), 1.0),
        swapped=passages.swapped,
        renamed=passages.renamed,
        short_head=short.head,
        short_middle=short.middle,
        short_tail=short.tail,
        long_head=long.head,
        long_middle=long.middle,
        long_tail=long.tail,
        left_coverage=left.coverage,
        right_coverage=right.coverage,
    )


@attrs.frozen(eq=False, kw_only=True)
class _Side:
    """One text of each pair: columns with one entry per pair, except `numbers`."""

    size: Indices
    covered: Indices
    lead: Floats
    insertion: Indices
    head: Indices
    middle: Indices
    tail: Indices
    coverage: Bitmaps
    numbers: Hashes
    """Keys of the distinct numbers in passages, each of pair and number; ascending, with any number of entries per pair."""

    @property
    def cover(self) -> Floats:
        share: Floats = self.covered / np.maximum(1, self.size)
        return share


def _choose(condition: Flags, where_true: _Side, where_false: _Side) -> _Side:
    """Take each pair's entries from one side or the other; `numbers` of the result are empty."""
    return _Side(
        size=np.where(condition, where_true.size, where_false.size),
        covered=np.where(condition, where_true.covered, where_false.covered),
        lead=np.where(condition, where_true.lead, where_false.lead),
        insertion=np.where(condition, where_true.insertion, where_false.insertion),
        head=np.where(condition, where_true.head, where_false.head),
        middle=np.where(condition, where_true.middle, where_false.middle),
        tail=np.where(condition, where_true.tail, where_false.tail),
        coverage=np.where(condition, where_true.coverage, where_false.coverage),
        numbers=where_true.numbers[:0],
    )


def _measure_side(tokens: TokenBatch, text: Indices, pair: Indices, start: Indices, end: Indices) -> _Side:
    """
    Measure one text of each pair.

    Args:
        tokens: the tokens of all texts.
        text: the text of each pair on this side, shape (pairs,).
        pair: the pair of each passage, shape (passages,).
        start: index in `tokens` of each passage's first token.
        end: index after its last token.

    """
    count, size = len(text), tokens.sizes[text]
    text_start = tokens.offset[text][pair]
    first, last = start - text_start, end - text_start  # counted within the text
    covered = np.minimum(np.bincount(pair, end - start, count).astype(np.int64), size)
    in_lead = np.maximum(0, np.minimum(last, LEAD_END) - np.maximum(first, LEAD_START))
    lead_size = np.clip(size - LEAD_START, 1, LEAD_END - LEAD_START)
    head = size - largest_by_group(size[pair] - first, pair, count)
    tail = np.where(head < size, size - largest_by_group(last, pair, count), 0)
    return _Side(
        size=size,
        covered=covered,
        lead=np.minimum(1, np.bincount(pair, in_lead, count) / lead_size),
        insertion=_largest_gap(pair, first, last, count),
        head=head,
        middle=np.maximum(0, size - head - tail - covered),
        tail=tail,
        coverage=coverage_bitmap(pair, first, last, size),
        numbers=_number_keys(tokens, pair, start, end),
    )


def _largest_gap(pair: Indices, first: Indices, last: Indices, count: int) -> Indices:
    """Return for each pair the largest gap between two neighbouring passages."""
    order = np.lexsort((first, pair))
    pair, first, last = pair[order], first[order], last[order]
    followed = np.flatnonzero(pair[1:] == pair[:-1])
    return largest_by_group(first[followed + 1] - last[followed], pair[followed], count)


def coverage_bitmap(pair: Indices, start: Indices, end: Indices, size: Indices) -> Bitmaps:
    """
    Set a bit for each cell of a text whose middle lies in one of its passages.

    Args:
        pair: index into `size` of each passage.
        start: first token of each passage, counted within its text.
        end: the token after its last one.
        size: tokens of each text.

    Returns:
        one bitmap for each entry of `size`.

    >>> bitmaps = coverage_bitmap(np.array([0]), np.array([0]), np.array([10]), np.array([80, 80]))
    >>> [format(bitmap, "032b") for bitmap in bitmaps]
    ['00000000000000000000000000001111', '00000000000000000000000000000000']

    """
    # the middle of cell c is (2 * c + 1) * size / (2 * CELLS); the result is the number of cells whose middle is before an edge
    twice = 2 * size[pair]
    first, last = ((2 * CELLS * edge + twice // 2 - 1) // twice for edge in (start, end))
    below_first, below_last = ((np.uint64(1) << cell.astype(np.uint64)) - np.uint64(1) for cell in (first, last))
    bitmaps = np.zeros(len(size), np.uint32)
    np.bitwise_or.at(bitmaps, pair, (below_last & ~below_first).astype(np.uint32))
    return bitmaps


def count_cells(bitmaps: Bitmaps) -> Indices:
    """
    Count the cells that lie in passages; the result has the shape of `bitmaps`.

    >>> count_cells(np.array([0b1011, 0], np.uint32)).tolist()
    [3, 0]
    """
    pairs = bitmaps - (bitmaps >> np.uint32(1) & np.uint32(0x55555555))  # every two bits hold their sum
    fours = (pairs & np.uint32(0x33333333)) + (pairs >> np.uint32(2) & np.uint32(0x33333333))
    eights = (fours + (fours >> np.uint32(4))) & np.uint32(0x0F0F0F0F)
    count: Indices = (eights * np.uint32(0x01010101) >> np.uint32(24)).astype(np.int64)  # the highest byte of the sum of all four
    return count


def _number_keys(tokens: TokenBatch, pair: Indices, start: Indices, end: Indices) -> Hashes:
    """Return keys of the distinct numbers in the passages of each pair, each made of pair and number."""
    number = tokens.number_indices
    first = np.searchsorted(number, start)
    count = np.searchsorted(number, end) - first
    hashes = tokens.hash[number[slices(first, count)]] >> np.uint64(64 - _NUMBER_BITS)
    keys = np.sort((np.repeat(pair, count).astype(np.uint64) << np.uint64(_NUMBER_BITS)) | hashes)
    return keys[runs(keys.view(np.int64))[0]]


def _count_by_pair(keys: Hashes, count: int) -> Indices:
    return np.bincount((keys >> np.uint64(_NUMBER_BITS)).astype(np.int64), minlength=count)
