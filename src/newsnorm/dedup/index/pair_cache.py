"""Keep the related pairs that an index found last with their passages, so that relations read soon are not aligned again."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from newsnorm.dedup.pair_pipeline import RelatedPairs
from newsnorm.dedup.relation_records import pair_relation
from newsnorm.records import Relation


@attrs.frozen(eq=False)
class _Place:
    """A related pair: the batch that it was found in, and its row there."""

    pairs: RelatedPairs
    row: int
    left: int
    """The key of the left article."""


class PairCache:
    """
    The related pairs of canonical articles by their keys, whichever comes first; all are forgotten when there are too many.

    A pair stays what it is for ever: the text under a key does not change, and no key is used twice.
    """

    def __init__(self, most: int) -> None:
        """Keep up to `most` pairs and passages, about 100 bytes each."""
        self._most = most
        self._held = 0
        """Number of pairs and passages that are kept."""
        self._places: dict[tuple[int, int], _Place] = {}

    def put(self, keys: Sequence[int], pairs: RelatedPairs) -> None:
        """Keep related pairs, given the key of each text that they number."""
        more = len(pairs) + len(pairs.spans)
        if self._held + more > self._most:
            self.clear()
        if not len(pairs) or more > self._most:
            return
        self._held += more
        for row, (left, right) in enumerate(pairs.pairs.tolist()):
            self._places[_ordered(keys[left], keys[right])] = _Place(pairs, row, keys[left])

    def clear(self) -> None:
        """Forget all pairs."""
        self._places.clear()
        self._held = 0

    def relation(self, one: tuple[int, str], other: tuple[int, str]) -> Relation | None:
        """Make the relation of two articles, each given by its key and its id; None if the pair is not kept."""
        place = self._places.get(_ordered(one[0], other[0]))
        if place is None:
            return None
        left, right = (one, other) if place.left == one[0] else (other, one)
        return pair_relation(left[1], right[1], place.pairs, place.row)


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
