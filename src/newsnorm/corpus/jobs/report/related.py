"""Find the relations beyond clusters: draw some to show, and gather those of the articles that are shown."""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping, Sequence, Set
from heapq import nsmallest

import attrs

from newsnorm.corpus.account import stable_hash
from newsnorm.corpus.sinks.results import RunResults
from newsnorm.records import Relation
from newsnorm.report.html.index import ShownArticle
from newsnorm.report.html.related import NONE_RELATED, Related, is_bridge, seen_from

MAX_RELATED = 5
"""The most relations that are shown of one article."""


def drawn_pairs(results: RunResults, most: int) -> set[str]:
    """Draw pairs of articles that are related beyond clusters, so many, by their ids alone; return the ids."""
    pairs = ((stable_hash(f"{each.left}\n{each.right}"), each.left, each.right) for each in results.cross_relations())
    return {end for _, *ends in nsmallest(most, pairs) for end in ends}


def with_relations(results: RunResults, shown: Sequence[ShownArticle]) -> list[ShownArticle]:
    """Return the articles that are shown, in their order, with their relations beyond clusters."""
    related = _related_to(results, {each.article.id for each in shown})
    return [attrs.evolve(each, related=related.get(each.article.id, NONE_RELATED)) for each in shown]


def _related_to(results: RunResults, ids: Set[str]) -> Mapping[str, Related]:
    """Return the relations by id: those to articles that are shown come first, then those with the most words in common."""
    gathered: dict[str, _Gathered] = {}
    for relation in results.cross_relations():
        for end in {relation.left, relation.right} & ids:
            gathered.setdefault(end, _Gathered()).add(seen_from(relation, end), ids)
    return {end: each.related() for end, each in gathered.items()}


@attrs.define
class _Gathered:
    first: list[Relation] = attrs.field(factory=list)
    count: int = 0
    kinds: set[str] = attrs.field(factory=set)

    def add(self, relation: Relation, ids: Set[str]) -> None:
        """Count a relation, and keep it if it is one of the first."""
        self.count += 1
        self.kinds.add("bridge" if is_bridge(relation) else relation.kind)
        insort(self.first, relation, key=lambda each: (each.right not in ids, -each.left_cover, each.right))
        del self.first[MAX_RELATED:]

    def related(self) -> Related:
        """Return what was gathered."""
        return Related(relations=tuple(self.first), count=self.count, kinds=frozenset(self.kinds))
