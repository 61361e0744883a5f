"""Make relation records from the columns of related pairs."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.array_ops import Indices
from newsnorm.dedup.pair_pipeline import RelatedPairs, compare_pairs, text_extents
from newsnorm.dedup.text.tokens import TokenBatch
from newsnorm.dedup.verify.classify import kind_name
from newsnorm.records import Passage, Relation, Span


@attrs.frozen(eq=False)
class TextEnd:
    """One of the two texts of an exact relation."""

    id: str
    extent: NDArray[np.int32]
    """Shape (2,): where its first token starts and its last one ends, in code points."""


def exact_relation(one: TextEnd, other: TextEnd) -> Relation:
    """Make the relation of two texts with the same tokens: one passage over all of them."""
    left, right = sorted((one, other), key=lambda end: end.id)
    passage = Passage(Span(*left.extent.tolist()), Span(*right.extent.tolist()))
    return Relation(left=left.id, right=right.id, kind="exact", left_cover=1.0, right_cover=1.0, passages=(passage,))


def pair_relation(left_id: str, right_id: str, pairs: RelatedPairs, row: int) -> Relation:
    """Make the relation of a row of `pairs`, the smaller id left; covers are rounded to four digits."""
    spans = pairs.spans[pairs.span_offset[row] : pairs.span_offset[row + 1]].tolist()
    left_cover, right_cover = round(float(pairs.left_cover[row]), 4), round(float(pairs.right_cover[row]), 4)
    if right_id < left_id:
        left_id, right_id, left_cover, right_cover = right_id, left_id, right_cover, left_cover
        spans = sorted(([start, end, left_start, left_end] for left_start, left_end, start, end in spans), key=itemgetter(0))
    return Relation(
        left=left_id,
        right=right_id,
        kind=kind_name(int(pairs.kind[row])),
        left_cover=left_cover,
        right_cover=right_cover,
        passages=tuple([Passage(Span(a, b), Span(c, d)) for a, b, c, d in spans]),
    )


def relate_known_pairs(ids: Sequence[str], tokens: TokenBatch, pairs: Indices) -> list[Relation]:
    """
    Compare pairs that are known to be related, and make their relations.

    Args:
        ids: the id of each text.
        tokens: the tokens of each text.
        pairs: indices of texts, shape (pairs, 2).

    """
    is_exact = np.array([have_equal_tokens(tokens, left, right) for left, right in pairs.tolist()], np.bool_)
    other = np.flatnonzero(~is_exact)
    rows, found = compare_pairs(tokens, pairs[other])
    row_of = {row: number for number, row in enumerate(other[rows].tolist())}
    extent = text_extents(tokens)
    relations = []
    for row, (left, right) in enumerate(pairs.tolist()):
        if is_exact[row]:
            relations.append(exact_relation(TextEnd(ids[left], extent[left]), TextEnd(ids[right], extent[right])))
        elif row in row_of:
            relations.append(pair_relation(ids[left], ids[right], found, row_of[row]))
    return relations


def have_equal_tokens(tokens: TokenBatch, left: int, right: int) -> bool:
    """Return whether two texts of a batch have the same tokens, and any at all, so that they are exact duplicates."""
    hashes = tokens.hashes_of(right)
    return len(hashes) > 0 and bool(np.array_equal(tokens.hashes_of(left), hashes))
