"""Relate and cluster texts in memory: `deduplicate` for many, `compare` for two. `newsnorm.open_index` does so on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import attrs

from newsnorm.dedup.cluster.clusters import cluster_texts, is_bridge
from newsnorm.dedup.pair_pipeline import Progress, RelatedTexts, relate_texts
from newsnorm.dedup.params import BatchSizes, Params
from newsnorm.dedup.relation_records import TextEnd, exact_relation, pair_relation
from newsnorm.dedup.text.comparable import Comparable, Texts
from newsnorm.dedup.text.tokens import MAX_TEXT_LENGTH
from newsnorm.records import Cluster, Relation


@attrs.frozen(eq=False)
class Relations(Sequence[Relation]):
    """
    The relations of some texts, in the order of their ids.

    A relation is made when it is asked for, so that ten million of them cost little.
    """

    _ids: Sequence[str]
    _related: RelatedTexts
    _exact: Sequence[tuple[int, int]]
    """Index of a canonical text and of a text that duplicates it; ascending."""

    def __len__(self) -> int:
        return len(self._exact) + len(self._related.pairs)

    @overload
    def __getitem__(self, index: int) -> Relation: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Relation]: ...
    def __getitem__(self, index: int | slice) -> Relation | Sequence[Relation]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError("no such relation")
        index %= len(self)
        if index < len(self._exact):
            left, right = self._exact[index]
            return exact_relation(self._end(left), self._end(right))
        row = index - len(self._exact)
        left, right = self._related.pairs.pairs[row].tolist()
        return pair_relation(self._ids[left], self._ids[right], self._related.pairs, row)

    def _end(self, text: int) -> TextEnd:
        return TextEnd(self._ids[text], self._related.extent[text])


@attrs.frozen(eq=False, kw_only=True)
class Deduplication:
    """What `deduplicate` found."""

    relations: Relations
    """Exact ones first, then by the ids of left and right. Of texts with the same words, each is related as `exact` to the one
    with the smallest id, and only that one to other texts."""
    clusters: tuple[Cluster, ...]
    """The clusters, of two members or more, in the order of their ids."""
    notes: tuple[str, ...]
    """A note on each text that was compared in part."""
    _home: dict[str, Cluster] = attrs.field(repr=False)

    def representative(self, id: str) -> str:
        """Return the id of the text that represents a text's cluster; a text without a cluster represents itself."""
        cluster = self._home.get(id)
        return cluster.representative if cluster else id

    def bridges(self) -> Iterator[Relation]:
        """Yield the relations of copies that the clusters overrule: a round-up and a report that it prints, for instance."""
        home = {member: cluster.id for member, cluster in self._home.items()}
        return (relation for relation in self.relations if is_bridge(relation, home))


def deduplicate(given: Iterable[Comparable], *, params: Params | None = None, progress: Progress | None = None) -> Deduplication:
    """
    Relate every two texts that have passages in common, and cluster those that tell one report.

    The relation of two texts depends on neither the order of the texts nor on other texts; clusters are a function of the set.

    Args:
        given: articles, pairs of id and text, or texts.
        params: what the relations depend on.
        progress: called from time to time with the work done and the work there is.

    Raises:
        InputError: two different texts have one id, or something is not comparable.

    >>> report = "The harbour master closed the northern quay on Monday evening after a storm had damaged several moorings there."
    >>> found = deduplicate([("a", report), ("b", report.upper()), ("c", "Rain in Ulm.")])
    >>> [(relation.left, relation.right, relation.kind) for relation in found.relations]
    [('a', 'b', 'exact')]
    >>> found.clusters[0].members, found.representative("b"), found.representative("c")
    (('a', 'b'), 'a', 'c')

    """
    return deduplicate_texts(Texts.of(given), params or Params(), progress)


def deduplicate_texts(
    texts: Texts, params: Params, progress: Progress | None = None, sizes: BatchSizes | None = None
) -> Deduplication:
    """Do what `deduplicate` does, with a choice of how much to work on at once."""
    found = relate_texts(texts.texts, params, progress, sizes)
    exact = [(int(first), text) for text, first in enumerate(found.canonical) if first != text]
    clusters = tuple(cluster_texts(texts.ids, found.canonical, found.size, found.pairs))
    return Deduplication(
        relations=Relations(texts.ids, found, sorted(exact)),
        clusters=clusters,
        notes=note_long_texts(zip(texts.ids, texts.texts, strict=True)),
        home={member: cluster for cluster in clusters for member in cluster.members},
    )


def note_long_texts(texts: Iterable[tuple[str, str]], limit: int = MAX_TEXT_LENGTH) -> tuple[str, ...]:
    """
    Note each text that is longer than what is compared.

    >>> note_long_texts([("a", "Rain in Ulm."), ("b", "Rain")], limit=10)
    ('a: compared up to code point 10',)
    """
    return tuple(f"{name}: compared up to code point {limit:,}" for name, text in texts if len(text) > limit)


def compare(left: Comparable, right: Comparable, *, params: Params | None = None) -> Relation | None:
    """
    Return the relation of two texts, or None if they have too little in common.

    It is the relation that `deduplicate` finds among whatever other texts. Bare texts get the ids ``left`` and ``right``.

    Raises:
        InputError: two different texts have one id, or something is not comparable.

    >>> report = "The harbour master closed the northern quay on Monday evening after a storm had damaged several moorings there."
    >>> compare(report, report + " Nobody was hurt, a spokesman said.").kind
    'near'
    >>> compare(report, "Rain in Ulm.") is None
    True

    """
    pair = [(side, given) if isinstance(given, str) else given for side, given in (("left", left), ("right", right))]
    return next(iter(deduplicate(pair, params=params).relations), None)
