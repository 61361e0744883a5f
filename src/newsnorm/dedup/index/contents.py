"""Read all articles and relations of an index, as columns."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np

from newsnorm.dedup.array_ops import Indices
from newsnorm.dedup.cluster.clusters import cluster_texts
from newsnorm.dedup.index.store import Store
from newsnorm.dedup.index.verdict_rows import unpack_verdicts
from newsnorm.dedup.membership import Membership
from newsnorm.dedup.pair_pipeline import RelatedPairs
from newsnorm.dedup.verify.classify import OVERLAP


@attrs.frozen(eq=False, kw_only=True)
class Contents:
    """The articles of an index, sorted by id and numbered in this order, and their relations."""

    ids: list[str]
    canonical: Indices
    """Article → the article with the same tokens and the smallest id, which may be itself; relations are to that one."""
    related: RelatedPairs
    size: Indices
    """Number of tokens of each canonical article; 0 if it is in no pair."""
    changes: int
    """The count of changes of the file."""

    @classmethod
    def read(cls, store: Store) -> Contents:
        """
        Read all articles and relations.

        Raises:
            DamagedIndexError: the content of the file is not what was written to it.

        """
        ids, canonical = [], []
        first_of: dict[int, int] = {}  # key of a canonical article → the number of the smallest id with its tokens
        with store.view():
            for number, (key, name, other) in enumerate(store.articles()):
                ids.append(name)
                canonical.append(first_of.setdefault(key if other is None else other, number))
            stored = list(store.relations())
            changes = store.count("changes")
        if any(left not in first_of or right not in first_of for left, right, _ in stored):
            raise store.damaged("a relation names an article that isn't there")
        pairs = np.array([(first_of[left], first_of[right]) for left, right, _ in stored], np.int64).reshape(-1, 2)
        related, size = unpack_verdicts(pairs, [data for _, _, data in stored], len(ids))
        return cls(ids=ids, canonical=np.array(canonical, np.int64), related=related, size=size, changes=changes)

    def membership(self) -> Membership:
        """Cluster the articles."""
        return Membership.of(list(cluster_texts(self.ids, self.canonical, self.size[self.canonical], self.related)))

    def exact_pairs(self) -> list[tuple[str, str]]:
        """Return the ids of articles with the same tokens, the smallest id of each group left; sorted."""
        pairs = ((first, number) for number, first in enumerate(self.canonical.tolist()) if first != number)
        return [(self.ids[left], self.ids[right]) for left, right in sorted(pairs)]

    def other_pairs(self) -> list[tuple[str, str]]:
        """Return the ids of all other related articles, the smaller id left; sorted."""
        return sorted(self._id_pairs(self.related.pairs))

    def bridges(self, membership: Membership) -> list[tuple[str, str]]:
        """Return the ids of copies that clusters overrule, the smaller id left; sorted."""
        copies = self.related.pairs[self.related.kind > OVERLAP]
        return sorted(pair for pair in self._id_pairs(copies) if not membership.are_together(*pair))

    def _id_pairs(self, pairs: Indices) -> Iterator[tuple[str, str]]:
        """Yield the two ids of each pair of articles, shape (pairs, 2); the smaller id left."""
        return ((self.ids[left], self.ids[right]) for left, right in np.sort(pairs, axis=1).tolist())
