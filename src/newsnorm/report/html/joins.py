"""Lay two texts of a cluster side by side: what they share in the same row, and what differs marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import TypeAlias

import attrs

from newsnorm.records import Cluster, Difference, Relation, Span
from newsnorm.records.schema import Json

PARAGRAPH = "\n\n"
"""Stands between the paragraphs of a report."""

Piece: TypeAlias = tuple[str, str]
"""What a stretch is (empty if both texts have it, else the kind of difference), and its text."""


@attrs.define
class _Row:
    left: list[Piece] = attrs.field(factory=list)
    right: list[Piece] = attrs.field(factory=list)


@attrs.frozen(kw_only=True)
class JoinedMember:
    """A member of a cluster beside its representative."""

    id: str
    relation: Relation | None
    """How the two are related; None if only other members connect them."""
    left: str
    """The report of the representative."""
    right: str
    """The report of the member."""
    differences: Sequence[Difference]


def cluster_row(cluster: Cluster, members: Sequence[JoinedMember]) -> dict[str, Json]:
    """Return what is shown of a cluster; members beyond those given are named only."""
    return {
        "id": cluster.id,
        "representative": cluster.representative,
        "members": list(cluster.members),
        "pairs": [_pair(member) for member in members],
    }


def _pair(member: JoinedMember) -> Json:
    relation = member.relation
    return {
        "id": member.id,
        "kind": relation.kind if relation else "",
        "covers": [round(100 * relation.left_cover), round(100 * relation.right_cover)] if relation else [],
        "counts": _counts(member.differences),
        "rows": [[_pieces(row.left), _pieces(row.right)] for row in aligned(member.left, member.right, member.differences)],
    }


def _counts(differences: Sequence[Difference]) -> dict[str, Json]:
    """Return kind of difference → number of them."""
    kinds = [each.kind for each in differences]
    return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}


def _pieces(pieces: Sequence[Piece]) -> list[Json]:
    return [list(piece) for piece in pieces if piece[1]]


def aligned(left: str, right: str, differences: Sequence[Difference]) -> list[_Row]:
    """
    Cut two texts into rows that stand beside each other.

    A row ends with each paragraph. Texts whose common passages are in another order are one row.

    Args:
        left: the left text.
        right: the right text.
        differences: where they differ, in the order of the left text.

    >>> import newsnorm
    >>> old, new = "The quay closes on Monday at 9 for repairs.", "The quay closes on Monday at 7 for repairs."
    >>> aligned(old, new, newsnorm.differences(old, new))[0].right
    [('', 'The quay closes on Monday at '), ('number', '7'), ('', ' for repairs.')]

    """
    if not _is_in_order(differences):
        return [
            _Row(_marked(left, [(d.kind, d.left) for d in differences]), _marked(right, [(d.kind, d.right) for d in differences]))
        ]
    rows = [_Row()]
    for kind, here, there in _stretches(left, right, differences):
        parts = list(zip_longest(here.split(PARAGRAPH), there.split(PARAGRAPH), fillvalue=""))
        for number, (one, other) in enumerate(parts):
            if number:
                rows.append(_Row())
            if one:
                _side([row.left for row in rows], one).append((kind, one))
            if other:
                _side([row.right for row in rows], other).append((kind, other))
    return [row for row in rows if row.left or row.right]


def _side(cells: Sequence[list[Piece]], text: str) -> list[Piece]:
    """Return the cell that a stretch belongs in: the last, or if it is a mere sign, the last one with text."""
    is_sign = not any(map(str.isalnum, text))
    return next((cell for cell in reversed(cells) if cell or not is_sign), cells[-1])


def _stretches(left: str, right: str, differences: Sequence[Difference]) -> Iterator[tuple[str, str, str]]:
    """Yield the stretches of both texts in order, what both have and what differs in turn, with the kind of difference."""
    at, there = 0, 0
    for each in differences:
        yield "", left[at : each.left.start], right[there : each.right.start]
        yield each.kind, each.left.of(left), each.right.of(right)
        at, there = each.left.end, each.right.end
    yield "", left[at:], right[there:]


def _is_in_order(differences: Sequence[Difference]) -> bool:
    """Return whether differences follow each other in both texts."""
    return all(
        before.left.end <= after.left.start and before.right.end <= after.right.start for before, after in pairwise(differences)
    )


def _marked(text: str, spans: Sequence[tuple[str, Span]]) -> list[Piece]:
    """Mark the stretches of one text that the other lacks or words otherwise."""
    pieces: list[Piece] = []
    at = 0
    for kind, span in sorted((each for each in spans if each[1]), key=lambda each: (each[1].start, each[1].end)):
        pieces += [("", text[at : span.start]), (kind, text[max(at, span.start) : span.end])]
        at = max(at, span.end)
    return [*pieces, ("", text[at:])]
