"""
Align the passages that texts have in common, for many pairs of texts at once.

An anchor is a pair of neighbouring tokens that occurs exactly once in each of two texts. Anchors that follow one another in both
texts, over gaps of about equal length, form a passage; an anchor that fits neither neighbour is a coincidence and dropped. So a
passage runs through misread letters, synonyms and small cuts, and takes a sort instead of a table of all tokens by all tokens.

Throughout, `left` and `right` are positions of an anchor's first token in its two texts, in tokens, and an anchor is two tokens
long.
"""

from __future__ import annotations

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.array_ops import Flags, Hashes, Indices, blocks, distinct, runs, slices
from newsnorm.dedup.hashing import GOLDEN_RATIO, HashLookup, combine_hashes
from newsnorm.dedup.text.tokens import TokenBatch

ANCHOR = 2
"""Length of an anchor in tokens."""
MAX_GAP, MAX_SLANT = 24, 8
"""The largest step between two anchors of a passage, in tokens, and the largest difference of the steps in the two texts."""
MAX_EVEN_GAP, MAX_EVEN_SLANT = 64, 3
"""The limits for longer steps, as over a rewritten sentence, which are allowed if both texts agree more closely."""
MAX_STRAY_GAP = 72
"""An anchor does not fit a neighbour that is further away than this, in tokens, or more than `MAX_SLANT` off its course."""
MAX_NAME_GAP = 8
"""The longest gap within a passage in which a name stands for another, in tokens; a longer one was rewritten."""
LOOSE_ENDS = ((MAX_GAP, 3), (12, 2))
"""Steps in tokens, and the fewest anchors at an end of a passage that may be linked to the rest over a longer step."""
MIN_UNIQUE_SHARE = 0.3
"""A text is repetitive if a smaller share of its neighbouring pairs is unique, as on a page that prints its report twice. Then
the first occurrence of a repeated pair may be an anchor."""
_LOOKUPS = 16_384
"""Number of pairs of neighbours that are looked up at once, to fit the processor's cache."""


@attrs.frozen(eq=False)
class Anchors:
    """The anchors of some pairs of texts, by pair and then by their position in the left text."""

    pair: Indices
    """Index of the pair of texts."""
    left: Indices
    right: Indices

    def linked(self) -> Flags:
        """Return for each anchor but the last whether it belongs to the same passage as the next: shape (anchors - 1,)."""
        left_step, right_step = np.diff(self.left), np.diff(self.right)
        slant = np.abs(left_step - right_step)
        near = (left_step <= MAX_GAP) & (right_step <= MAX_GAP) & (slant <= MAX_SLANT)
        even = (left_step <= MAX_EVEN_GAP) & (slant <= MAX_EVEN_SLANT)
        together: Flags = (self.pair[1:] == self.pair[:-1]) & (right_step > 0) & (near | even)
        return together

    def chains(self) -> tuple[Indices, Indices]:
        """Return the indices of the first and the last anchor of each passage; two linked anchors make a passage."""
        if not len(self.pair):
            return self.pair, self.pair
        start = np.flatnonzero(np.append(True, ~self.linked()))
        last = np.append(start[1:], len(self.pair)) - 1
        is_passage = last > start
        return start[is_passage], last[is_passage]


@attrs.frozen(eq=False, kw_only=True)
class Passages:
    """The passages of some pairs, sorted by pair and by position in the left text. Columns, one entry per passage."""

    pair: Indices
    left_start: Indices
    """Index of the first token in the `TokenBatch`, not within the text; so are the three below."""
    left_end: Indices
    right_start: Indices
    right_end: Indices
    anchors: Indices
    """Number of anchors."""
    swapped: Indices
    """Shape (pairs,): how many numbers of a pair have another number in the same place of the other text."""
    renamed: Indices
    """Shape (pairs,): how many names of a pair have another name in the same place of the other text."""

    def only(self, rows: Indices) -> Passages:
        """Return the passages of some pairs, given ascending, and number these pairs from 0."""
        number = np.full(len(self.swapped), -1, np.int64)
        number[rows] = np.arange(len(rows))
        kept = np.flatnonzero(number[self.pair] >= 0)
        return Passages(
            pair=number[self.pair[kept]],
            left_start=self.left_start[kept],
            left_end=self.left_end[kept],
            right_start=self.right_start[kept],
            right_end=self.right_end[kept],
            anchors=self.anchors[kept],
            swapped=self.swapped[rows],
            renamed=self.renamed[rows],
        )


@attrs.frozen(eq=False)
class Bigrams:
    """The pairs of neighbouring tokens of some texts that may be anchors: text by text, in the order of the text."""

    hash: Hashes
    position: NDArray[np.int32]
    """Position of the first of the two tokens in its text."""
    start: Indices
    """Shape (texts of the batch,): where the bigrams of each text start."""
    sizes: Indices
    """Shape (texts of the batch,): number of bigrams of each text; 0 for a text that was not asked about."""

    def of(self, texts: Indices) -> Indices:
        """Concatenate the indices of the bigrams of some texts, in the given order."""
        return slices(self.start[texts], self.sizes[texts])


def align(tokens: TokenBatch, pairs: Indices, bigrams: Bigrams | None = None) -> Passages:
    """
    Align the passages of each pair of texts.

    Args:
        tokens: the tokens of the texts.
        pairs: indices of texts, shape (pairs, 2); fastest if pairs with the same right text are neighbours, and the left texts
            are shorter.
        bigrams: the bigrams of these texts, if they are known.

    >>> from newsnorm.dedup.text.tokens import tokenize
    >>> tokens = tokenize(["He said the quay will close.", "On Monday he said the quay will be closed."])
    >>> found = align(tokens, np.array([[0, 1]]))
    >>> found.left_start.tolist(), found.left_end.tolist(), found.right_start.tolist(), found.right_end.tolist()
    ([0], [5], [8], [13])

    """
    anchors = find_anchors(tokens, pairs, bigrams)
    first, last = anchors.chains()
    pair = anchors.pair[first]
    left_offset, right_offset = tokens.offset[pairs[pair, 0]], tokens.offset[pairs[pair, 1]]
    return Passages(
        pair=pair,
        left_start=anchors.left[first] + left_offset,
        left_end=anchors.left[last] + ANCHOR + left_offset,
        right_start=anchors.right[first] + right_offset,
        right_end=anchors.right[last] + ANCHOR + right_offset,
        anchors=last - first + 1,
        swapped=_count_swapped_numbers(tokens, pairs, anchors),
        renamed=_count_other_names(tokens, pairs, anchors),
    )


def find_anchors(tokens: TokenBatch, pairs: Indices, bigrams: Bigrams | None = None) -> Anchors:
    """Find the anchors of each pair of texts, without coincidences; the arguments are those of `align`."""
    bigrams = bigrams or unique_bigrams(tokens, distinct(pairs, len(tokens)))
    anchors = _without_strays(_match_all(bigrams, pairs))
    for gap, fewest in LOOSE_ENDS:
        anchors = _without_loose_ends(anchors, gap, fewest)
    return anchors


def _salted(hashes: Hashes, number: Indices, sizes: Indices) -> Hashes:
    """Make equal hashes of texts with different numbers differ, so that many texts can share one look-up table."""
    return hashes + np.repeat(number.astype(np.uint64) * GOLDEN_RATIO, sizes)


def unique_bigrams(tokens: TokenBatch, texts: Indices) -> Bigrams:
    """
    Collect the bigrams that occur once in their text; for a repetitive text, the first occurrence of every bigram.

    Args:
        tokens: the tokens of the texts.
        texts: indices of distinct texts.

    >>> from newsnorm.dedup.text.tokens import tokenize
    >>> unique_bigrams(tokenize(["a quay by a quay on a moor"]), np.array([0])).position.tolist()
    [1, 2, 4, 5, 6]

    """
    count = np.maximum(0, tokens.sizes[texts] - 1)
    lookup = HashLookup(min(_LOOKUPS, int(count.sum())))
    hashes, positions = [np.zeros(0, np.uint64)], [np.zeros(0, np.int32)]
    sizes = np.zeros(len(tokens), np.int64)
    for begin, end in blocks(count, _LOOKUPS):
        start, many = tokens.offset[texts[begin:end]], count[begin:end]
        token = slices(start, many)
        text = np.repeat(np.arange(end - begin), many)  # the texts of the block, numbered from 0
        bigram = combine_hashes(tokens.hash[token], tokens.hash[token + 1])
        keys = _salted(bigram, np.arange(end - begin), many)
        first = lookup.first_index(keys, keys)  # for each bigram of the block, its first occurrence in the same text
        is_unique = np.bincount(first, minlength=len(first)) == 1
        is_repetitive = np.bincount(text[is_unique], minlength=end - begin) < MIN_UNIQUE_SHARE * many
        taken = is_unique | (is_repetitive[text] & (first == np.arange(len(first))))
        hashes.append(bigram[taken])
        positions.append((token - np.repeat(start, many))[taken].astype(np.int32))
        sizes[texts[begin:end]] = np.bincount(text[taken], minlength=end - begin)
    start = np.zeros(len(tokens), np.int64)
    start[texts] = np.cumsum(sizes[texts]) - sizes[texts]
    return Bigrams(np.concatenate(hashes), np.concatenate(positions), start, sizes)


def _match_all(bigrams: Bigrams, pairs: Indices) -> Anchors:
    """Match the bigrams of both texts of each pair: all anchors, by pair and then by their position in the left text."""
    left_size, right_size = bigrams.sizes[pairs[:, 0]], bigrams.sizes[pairs[:, 1]]
    is_first = np.append(True, pairs[1:, 1] != pairs[:-1, 1])[: len(pairs)]  # of the neighbours with the same right text
    size = left_size + np.where(is_first, right_size, 0)
    lookup = HashLookup(min(_LOOKUPS, int(size.sum())))
    found = [_match(lookup, bigrams, pairs[begin:end], begin) for begin, end in blocks(size, _LOOKUPS)]
    none = np.zeros(0, np.int64)
    return Anchors(
        np.concatenate([none, *(each.pair for each in found)]),
        np.concatenate([none, *(each.left for each in found)]),
        np.concatenate([none, *(each.right for each in found)]),
    )


def _match(lookup: HashLookup, bigrams: Bigrams, pairs: Indices, first_pair: int) -> Anchors:
    """
    Look up the bigrams of each left text among those of the right text, which are entered once for neighbours that share it.

    Args:
        lookup: the table to use.
        bigrams: bigrams that may be anchors.
        pairs: indices of texts, shape (pairs, 2).
        first_pair: number of the first of these pairs.

    """
    left = pairs[:, 0]
    start, length = runs(pairs[:, 1])
    right = pairs[start, 1]
    keys, wanted = bigrams.of(right), bigrams.of(left)
    number = np.repeat(np.arange(len(right)), length)  # index into `right` of the right text of each pair
    found = lookup.first_index(
        _salted(bigrams.hash[keys], np.arange(len(right)), bigrams.sizes[right]),
        _salted(bigrams.hash[wanted], number, bigrams.sizes[left]),
    )
    hit = np.flatnonzero(found >= 0)
    pair = np.repeat(np.arange(first_pair, first_pair + len(pairs)), bigrams.sizes[left])[hit]
    return Anchors(pair, bigrams.position[wanted[hit]].astype(np.int64), bigrams.position[keys[found[hit]]].astype(np.int64))


def _without_strays(anchors: Anchors) -> Anchors:
    """Drop, in two rounds, anchors that fit neither the one before nor the one after."""
    pair, left, right = anchors.pair, anchors.left, anchors.right
    for _ in range(2):
        course = right - left
        misfit = (pair[1:] != pair[:-1]) | (np.abs(np.diff(course)) > MAX_SLANT) | (np.diff(left) > MAX_STRAY_GAP)
        misfit = np.concatenate([[True], misfit, [True]])  # entry i is between anchors i - 1 and i; the ends count as misfits
        fits = ~(misfit[1:] & misfit[:-1])[: len(pair)]
        pair, left, right = pair[fits], left[fits], right[fits]
    return Anchors(pair, left, right)


def _without_loose_ends(anchors: Anchors, gap: int, fewest: int) -> Anchors:
    """
    Drop, in two rounds, few anchors at an end of a passage that are linked to the others over a long step alone.

    A long step is a rewritten sentence if the passage goes on after it; a few words far from all others are a coincidence.

    Args:
        anchors: anchors without strays.
        gap: a step of more tokens is long.
        fewest: the fewest anchors that may stand after it.

    """
    for _ in range(2):
        is_long = (np.diff(anchors.left) > gap) | (np.diff(anchors.right) > gap)
        linked = np.concatenate([[False], anchors.linked(), [False]])  # entry i is between anchors i - 1 and i
        start = np.flatnonzero(~linked[:-1] | np.concatenate([[False], is_long])[: len(anchors.pair)])
        size = np.diff(np.append(start, len(anchors.pair)))
        is_end = linked[start] != linked[start + size]  # linked to the group before or to the one after, not to both
        kept = np.repeat(~(is_end & (size < fewest)), size)
        anchors = Anchors(anchors.pair[kept], anchors.left[kept], anchors.right[kept])
    return anchors


def _count_swapped_numbers(tokens: TokenBatch, pairs: Indices, anchors: Anchors) -> Indices:
    """Count for each pair the numbers that differ between the two texts in the gaps of its passages."""
    linked = anchors.linked()
    left_step, right_step = np.diff(anchors.left), np.diff(anchors.right)
    even = np.flatnonzero(linked & (left_step == right_step) & (left_step > ANCHOR))
    uneven = np.flatnonzero(linked & (left_step != right_step) & (left_step > ANCHOR) & (right_step > ANCHOR))
    return _count_in_even_gaps(tokens, pairs, anchors, even) + _count_in_uneven_gaps(tokens, pairs, anchors, uneven)


def _count_in_even_gaps(tokens: TokenBatch, pairs: Indices, anchors: Anchors, gap: Indices) -> Indices:
    """Compare gaps of equal length token by token, and count numbers that differ; gap `i` follows anchor ``gap[i]``."""
    length = anchors.left[gap + 1] - anchors.left[gap] - ANCHOR
    pair = np.repeat(anchors.pair[gap], length)
    left = slices(anchors.left[gap] + ANCHOR, length) + tokens.offset[pairs[pair, 0]]  # indices into `tokens`
    right = slices(anchors.right[gap] + ANCHOR, length) + tokens.offset[pairs[pair, 1]]
    swapped = tokens.is_number[left] & tokens.is_number[right] & (tokens.hash[left] != tokens.hash[right])
    return np.bincount(pair[swapped], minlength=len(pairs))


def _count_in_uneven_gaps(tokens: TokenBatch, pairs: Indices, anchors: Anchors, gap: Indices) -> Indices:
    """Count gaps of unequal length with nothing but numbers on both sides, as in 12 million and 1.2 million."""
    numbers_alone = np.ones(len(gap), np.bool_)
    for side, position in enumerate((anchors.left, anchors.right)):
        text_start = tokens.offset[pairs[anchors.pair[gap], side]]
        begin, end = position[gap] + ANCHOR + text_start, position[gap + 1] + text_start
        numbers = np.searchsorted(tokens.number_indices, end) - np.searchsorted(tokens.number_indices, begin)
        numbers_alone &= numbers == end - begin
    return np.bincount(anchors.pair[gap[numbers_alone]], minlength=len(pairs))


def _count_other_names(tokens: TokenBatch, pairs: Indices, anchors: Anchors) -> Indices:
    """Count for each pair the names that only one text has in a gap in which the other one has a name of its own."""
    steps = np.stack([np.diff(anchors.left), np.diff(anchors.right)])
    short = (steps.min(axis=0) > ANCHOR) & (steps.max(axis=0) <= ANCHOR + MAX_NAME_GAP)
    gap = np.flatnonzero(anchors.linked() & short)
    left, right = (_names_in_gaps(tokens, pairs, anchors, gap, side) for side in (0, 1))
    only_left, only_right = (
        np.bincount(ours.gap[~np.isin(ours.key, theirs.key)], minlength=len(gap))
        for ours, theirs in ((left, right), (right, left))
    )
    return np.bincount(anchors.pair[gap], np.minimum(only_left, only_right), len(pairs)).astype(np.int64)


@attrs.frozen(eq=False)
class _NamesInGaps:
    """The names in some gaps on one side: columns, one entry per name."""

    gap: Indices
    key: Hashes
    """Made of the gap and the name, so that equal keys are the same name in the same gap."""


def _names_in_gaps(tokens: TokenBatch, pairs: Indices, anchors: Anchors, gap: Indices, side: int) -> _NamesInGaps:
    """Find the names in the gaps of the left (0) or the right (1) text; gap `i` follows anchor ``gap[i]``."""
    position, text_start = (anchors.left, anchors.right)[side], tokens.offset[pairs[anchors.pair[gap], side]]
    first = np.searchsorted(tokens.name_indices, position[gap] + ANCHOR + text_start)
    count = np.searchsorted(tokens.name_indices, position[gap + 1] + text_start) - first
    names = tokens.hash[tokens.name_indices[slices(first, count)]]
    return _NamesInGaps(np.repeat(np.arange(len(gap)), count), _salted(names, np.arange(len(gap)), count))
