"""Lay two texts of a cluster side by side: shared text in the same row, differences marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import TypeAlias

import attrs

from newsnorm.records import Cluster, Difference, Relation, Span
from newsnorm.records.schema import Json

PARAGRAPH = "\n\n"
"""Separates the paragraphs of a report."""

Piece: TypeAlias = tuple[str, str]
"""The kind of difference (empty if both texts have the stretch), and the text of the stretch."""


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
    """Return a cluster as data for the page; other members than those given are only named."""
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
    """Count the differences by kind."""
    kinds = [each.kind for each in differences]
    return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}


def _pieces(pieces: Sequence[Piece]) -> list[Json]:
    return [list(piece) for piece in pieces if piece[1]]


def aligned(left: str, right: str, differences: Sequence[Difference]) -> list[_Row]:
    """
    Split two texts into rows to be shown side by side.

    A row ends with each paragraph. Texts that have their common passages in a different order form a single row.

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
    """Return the cell that a stretch belongs in: the last one, or the last with text if the stretch is only punctuation."""
    is_sign = not any(map(str.isalnum, text))
    return next((cell for cell in reversed(cells) if cell or not is_sign), cells[-1])


def _stretches(left: str, right: str, differences: Sequence[Difference]) -> Iterator[tuple[str, str, str]]:
    """Yield the stretches of both texts in order, common and differing ones in turn, with the kind of difference."""
    at, there = 0, 0
    for each in differences:
        yield "", left[at : each.left.start], right[there : each.right.start]
        yield each.kind, each.left.of(left), each.right.of(right)
        at, there = each.left.end, each.right.end
    yield "", left[at:], right[there:]


def _is_in_order(differences: Sequence[Difference]) -> bool:
    """Return whether the differences come in the same order in both texts."""
    return all(
        before.left.end <= after.left.start and before.right.end <= after.right.start for before, after in pairwise(differences)
    )


def _marked(text: str, spans: Sequence[tuple[str, Span]]) -> list[Piece]:
    """Mark the stretches of one text that the other lacks or words differently."""
    pieces: list[Piece] = []
    at = 0
    for kind, span in sorted((each for each in spans if each[1]), key=lambda each: (each[1].start, each[1].end)):
        pieces += [("", text[at : span.start]), (kind, text[max(at, span.start) : span.end])]
        at = max(at, span.end)
    return [*pieces, ("", text[at:])]
