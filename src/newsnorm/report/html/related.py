"""Articles that have passages in common with one that is shown, but carry another report: overlaps, and bridges."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from newsnorm.records import Passage, Relation
from newsnorm.records.schema import Json

MAX_QUOTED = 160
"""Code points of the longest quotation of a passage."""


@attrs.frozen(kw_only=True)
class Related:
    """The relations of an article beyond its cluster."""

    relations: Sequence[Relation] = ()
    """Those that are shown; the article is on the left."""
    count: int = 0
    """How many there are."""
    kinds: frozenset[str] = frozenset()
    """What they are: ``overlap``, ``bridge`` or both."""


NONE_RELATED = Related()


def is_bridge(relation: Relation) -> bool:
    """Return whether clusters overrule a relation beyond clusters, since its kind joins articles otherwise."""
    return relation.kind != "overlap"


def seen_from(relation: Relation, id: str) -> Relation:
    """
    Return a relation whose left text is the one with this id.

    >>> relation = Relation(left="a", right="b", kind="overlap", left_cover=0.5, right_cover=0.25, passages=())
    >>> seen_from(relation, "b").left_cover
    0.25
    """
    if relation.left == id:
        return relation
    return attrs.evolve(
        relation,
        left=relation.right,
        right=relation.left,
        left_cover=relation.right_cover,
        right_cover=relation.left_cover,
        passages=tuple(Passage(left=each.right, right=each.left) for each in relation.passages),
    )


def related_rows(related: Related, report: str) -> list[Json]:
    """
    Return what is shown of the relations of an article, whose report is given: the other's id, the kind, covers and a passage.

    >>> from newsnorm.records import Span
    >>> passages = (Passage(Span(0, 4), Span(9, 13)),)
    >>> relation = Relation(left="a", right="b", kind="overlap", left_cover=0.5, right_cover=0.25, passages=passages)
    >>> related_rows(Related(relations=[relation], count=1), "Rain in Ulm.")
    [['b', 'overlap', 50, 25, 'Rain']]
    """
    return [
        [each.right, each.kind, round(100 * each.left_cover), round(100 * each.right_cover), _quoted(each, report)]
        for each in related.relations
    ]


def _quoted(relation: Relation, report: str) -> str:
    """Return the longest passage of the left text, on one line, or its beginning."""
    longest = max((each.left for each in relation.passages), key=len, default=None)
    if longest is None:
        return ""
    words = " ".join(longest.of(report).split())
    return words if len(words) <= MAX_QUOTED else f"{words[:MAX_QUOTED]}…"
