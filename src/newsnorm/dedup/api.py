"""Relate and cluster texts in memory: `deduplicate` for many texts, `compare` for two. `newsnorm.open_index` works on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import overload

import attrs

from newsnorm.dedup.cluster.clusters import cluster_texts
from newsnorm.dedup.membership import Membership
from newsnorm.dedup.notes import note_long_texts, note_repeated_ids
from newsnorm.dedup.pair_pipeline import Progress, RelatedTexts, relate_texts
from newsnorm.dedup.params import BatchSizes, Params
from newsnorm.dedup.relation_records import TextEnd, exact_relation, pair_relation
from newsnorm.dedup.text.comparable import Comparable, Texts, id_and_text
from newsnorm.errors import InputError
from newsnorm.records import Cluster, Relation


@attrs.frozen(eq=False)
class Relations(Sequence[Relation]):
    """
    A sequence of `Relation` records: exact ones first, then sorted by the ids of left and right.

    Each record is created on access, so that ten million relations take little memory.

    >>> relations = deduplicate([("a", "Rain fell in Ulm."), ("b", "RAIN FELL IN ULM"), ("c", "Snow.")]).relations
    >>> len(relations), relations[0].kind
    (1, 'exact')
    """

    _ids: Sequence[str]
    _related: RelatedTexts
    _exact: Sequence[tuple[int, int]]
    """Pairs of the index of a canonical text and the index of a duplicate of it, ascending."""

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
    """
    The relations and clusters that `deduplicate` found.

    >>> found = deduplicate([("a", "Rain fell in Ulm."), ("b", "RAIN FELL IN ULM"), ("c", "Snow.")])
    >>> found.clusters[0].members, found.representative("b"), list(found.bridges()), found.notes
    (('a', 'b'), 'a', [], ())
    """

    relations: Relations
    """Exact ones first, then sorted by the ids of left and right. Of several texts with the same words, only the one with the
    smallest id is related to other texts, and the others are `exact` to it."""
    clusters: tuple[Cluster, ...]
    """Clusters of two members or more, sorted by id."""
    repeated_ids: tuple[str, ...]
    """The ids that were given with different texts, sorted; only the first text of each was compared."""
    notes: tuple[str, ...]
    """A note on repeated ids, if there are any, and one on each text of which only the beginning was compared."""
    _membership: Membership = attrs.field(repr=False)

    def representative(self, id: str) -> str:
        """Return the id of the representative of a text's cluster; a text in no cluster represents itself."""
        return self._membership.representative(id)

    def bridges(self) -> Iterator[Relation]:
        """Yield the relations that clusters overrule, for instance between a round-up and a report that it prints."""
        return filter(self._membership.is_bridge, self.relations)


def deduplicate(
    given: Iterable[Comparable] | Mapping[str, str], *, params: Params | None = None, progress: Progress | None = None
) -> Deduplication:
    """
    Find all pairs of texts that have passages in common, and cluster texts that carry the same report.

    A relation depends only on its two texts, not on other texts or their order; clusters depend on the set of texts. Everything
    is held in memory.

    A text that is given twice under one id counts once. Of different texts with one id, only the first is compared; the id is
    listed in ``repeated_ids``, and ``notes`` quote two of its texts.

    Args:
        given: articles (their reports are compared), pairs of id and text, a mapping of id to text, or texts (their ids are
            digests of their content).
        params: how candidates are found.
        progress: called from time to time with the amount of work done and the total.

    Returns:
        The relations and clusters. Spans count code points of the texts that were compared.

    Raises:
        InputError: an item is not text.

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
    """Relate and cluster collected texts, with a choice of batch sizes; see `deduplicate`."""
    ids = sorted(texts.kept)
    compared = [texts.kept[name] for name in ids]
    found = relate_texts(compared, params, progress, sizes)
    exact = [(int(first), text) for text, first in enumerate(found.canonical) if first != text]
    membership = Membership.of(list(cluster_texts(ids, found.canonical, found.size, found.pairs)))
    return Deduplication(
        relations=Relations(ids, found, sorted(exact)),
        clusters=membership.clusters,
        repeated_ids=tuple(sorted(texts.left_out)),
        notes=(*note_repeated_ids(texts.kept, texts.left_out), *note_long_texts(zip(ids, compared, strict=True))),
        membership=membership,
    )


def compare(left: Comparable, right: Comparable, *, params: Params | None = None) -> Relation | None:
    """
    Return the relation of two texts, or None if they have too little in common.

    `deduplicate` finds the same relation, whatever other texts it is given.

    Args:
        left: an article (its report is compared), a pair of id and text, or a text, which gets the id ``left``.
        right: another one; a text gets the id ``right``.
        params: how candidates are found.

    Raises:
        InputError: both texts have the same id, or an argument is not text.

    >>> report = "The harbour master closed the northern quay on Monday evening after a storm had damaged several moorings there."
    >>> compare(report, report + " Nobody was hurt, a spokesman said.").kind
    'near'
    >>> compare(report, "Rain in Ulm.") is None
    True

    """
    sides = (("left", left), ("right", right))
    pair = [id_and_text((side, given) if isinstance(given, str) else given) for side, given in sides]
    if pair[0][0] == pair[1][0]:
        raise InputError(f"both texts have the id {pair[0][0]!r}; pass their texts alone, or pairs with ids of your own")
    return next(iter(deduplicate(pair, params=params).relations), None)
