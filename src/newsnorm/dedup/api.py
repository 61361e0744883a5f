"""Some texts in, their relations and clusters out. Everything is in memory; `newsnorm.open_index` keeps it on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias, overload

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.cluster.clusters import clustered, is_bridge
from newsnorm.dedup.pair_pipeline import Pairs, Progress, Related, related
from newsnorm.dedup.params import Params
from newsnorm.dedup.text.comparable import Comparable, Texts
from newsnorm.dedup.text.tokens import LONGEST, Words
from newsnorm.dedup.verify.classify import kind_of
from newsnorm.records import Cluster, Passage, Relation, Span

Extent: TypeAlias = NDArray[np.int32]


@attrs.frozen(eq=False)
class Relations(Sequence[Relation]):
    """The relations of some texts, in the order of their ids. They are made when asked for, so ten million cost little."""

    _ids: Sequence[str]
    _related: Related
    _exact: Sequence[tuple[int, int]]

    def __len__(self) -> int:
        return len(self._exact) + len(self._related.pairs)

    @overload
    def __getitem__(self, place: int) -> Relation: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Relation]: ...
    def __getitem__(self, place: int | slice) -> Relation | Sequence[Relation]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError("no such relation")
        place %= len(self)
        if place < len(self._exact):
            left, right = self._exact[place]
            return exact_relation(self._ids[left], self._ids[right], self._related.extent[left], self._related.extent[right])
        row = place - len(self._exact)
        left, right = self._related.pairs.pairs[row].tolist()
        return relation_of(self._ids[left], self._ids[right], self._related.pairs, row)


def relation_of(ours: str, theirs: str, pairs: Pairs, row: int) -> Relation:
    """A verdict on two texts as a record, the smaller id left; covers are rounded to four digits."""
    spans = pairs.spans[pairs.first[row] : pairs.first[row + 1]].tolist()
    covers = round(float(pairs.left_cover[row]), 4), round(float(pairs.right_cover[row]), 4)
    passages = [Passage(Span(a, b), Span(c, d)) for a, b, c, d in spans]
    turned = theirs < ours
    if turned:
        passages = sorted((Passage(each.right, each.left) for each in passages), key=lambda each: each.left.start)
    return Relation(
        left=min(ours, theirs),
        right=max(ours, theirs),
        kind=kind_of(int(pairs.kind[row])),
        left_cover=covers[turned],
        right_cover=covers[not turned],
        passages=tuple(passages),
    )


def exact_relation(ours: str, theirs: str, our_extent: Extent, their_extent: Extent) -> Relation:
    """The relation of two texts of the same words."""
    (left, start), (right, end) = sorted(((ours, our_extent), (theirs, their_extent)), key=lambda side: side[0])
    passage = Passage(Span(*start.tolist()), Span(*end.tolist()))
    return Relation(left=left, right=right, kind="exact", left_cover=1.0, right_cover=1.0, passages=(passage,))


def same_words(words: Words, left: int, right: int) -> bool:
    """Whether a text has the words of another one, and at least one."""
    theirs = words.of(right)
    return len(theirs) > 0 and bool(np.array_equal(words.of(left), theirs))


@attrs.frozen(eq=False, kw_only=True)
class Deduplication:
    """What `deduplicate` found."""

    relations: Relations
    """Exact ones first, then by the ids of left and right. Texts of the same words are related to the one with the smallest id
    alone, and by that one to the others."""
    clusters: tuple[Cluster, ...]
    """Of two members or more, in the order of their ids."""
    notes: tuple[str, ...]
    """What was cut short."""
    _home: dict[str, Cluster] = attrs.field(repr=False)

    def representative(self, id: str) -> str:
        """The id of the text that stands for the one named; itself, if it has no copy among those compared."""
        cluster = self._home.get(id)
        return cluster.representative if cluster else id

    def bridges(self) -> Iterator[Relation]:
        """The relations whose two texts are alike enough for one report, but whose clusters speak against it (a round-up)."""
        home = {member: cluster.id for member, cluster in self._home.items()}
        return (relation for relation in self.relations if is_bridge(relation, home))


def deduplicate(given: Iterable[Comparable], *, params: Params | None = None, progress: Progress | None = None) -> Deduplication:
    """
    Relate every two of some texts that have passages in common, and put those that tell one report into clusters.

    Neither the order nor the number of the texts changes the relation of two of them; clusters are a function of the set.

    Args:
        given: articles, pairs of id and text, or texts.
        params: what the relations depend on.
        progress: told from time to time how much is done, and of how much.

    Raises:
        InputError: two texts bear one id, or something is no text.

    >>> report = "The harbour master closed the northern quay on Monday evening after a storm had damaged several moorings there."
    >>> found = deduplicate([("a", report), ("b", report.upper()), ("c", "Rain in Ulm.")])
    >>> [(relation.left, relation.right, relation.kind) for relation in found.relations]
    [('a', 'b', 'exact')]
    >>> found.clusters[0].members, found.representative("b"), found.representative("c")
    (('a', 'b'), 'a', 'c')

    """
    texts = Texts.of(given)
    found = related(texts.texts, params or Params(), progress)
    exact = [(int(first), text) for text, first in enumerate(found.twin) if first != text]
    clusters = tuple(clustered(texts.ids, found.twin, found.size, found.pairs))
    return Deduplication(
        relations=Relations(texts.ids, found, sorted(exact)),
        clusters=clusters,
        notes=cut_short(zip(texts.ids, texts.texts, strict=True)),
        home={member: cluster for cluster in clusters for member in cluster.members},
    )


def cut_short(texts: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """A note on each text that is longer than what is compared."""
    return tuple(f"{name}: compared up to code point {LONGEST:,}" for name, text in texts if len(text) > LONGEST)


def compare(left: Comparable, right: Comparable, *, params: Params | None = None) -> Relation | None:
    """
    The relation of two texts: what `deduplicate` says of them, whatever else there is. Bare texts are called left and right.

    Raises:
        InputError: two different texts bear one id, or something is no text.

    >>> report = "The harbour master closed the northern quay on Monday evening after a storm had damaged several moorings there."
    >>> compare(report, report + " Nobody was hurt, a spokesman said.").kind
    'near'
    >>> compare(report, "Rain in Ulm.") is None
    True

    """
    pair = [(side, given) if isinstance(given, str) else given for side, given in (("left", left), ("right", right))]
    return next(iter(deduplicate(pair, params=params).relations), None)
