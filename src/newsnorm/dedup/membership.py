"""Look up the cluster of a text: who represents it, and which relations its cluster overrules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from newsnorm.dedup.cluster.clusters import is_bridge
from newsnorm.records import Cluster, Relation


@attrs.frozen(eq=False)
class Membership:
    """
    The clusters of some texts, and the cluster of each text.

    >>> membership = Membership.of([Cluster(id="a", members=("a", "b"), representative="b")])
    >>> membership.representative("a"), membership.representative("c"), len(membership)
    ('b', 'c', 2)
    """

    clusters: tuple[Cluster, ...]
    _cluster_id: Mapping[str, str]
    """Id of each clustered text → id of its cluster."""
    _representative: Mapping[str, str]
    """Id of each clustered text → id of the representative of its cluster."""

    @classmethod
    def of(cls, clusters: Sequence[Cluster]) -> Membership:
        """Look into clusters, none of which share a member."""
        return cls(
            tuple(clusters),
            {member: cluster.id for cluster in clusters for member in cluster.members},
            {member: cluster.representative for cluster in clusters for member in cluster.members},
        )

    def __len__(self) -> int:
        """Return the number of clustered texts."""
        return len(self._cluster_id)

    def representative(self, id: str) -> str:
        """Return the id of the representative of a text's cluster; a text in no cluster represents itself."""
        return self._representative.get(id, id)

    def is_bridge(self, relation: Relation) -> bool:
        """Return whether clusters overrule a relation of copies."""
        return is_bridge(relation, self._cluster_id)

    def are_together(self, left: str, right: str) -> bool:
        """Return whether two texts are in the same cluster."""
        return left in self._cluster_id and self._cluster_id[left] == self._cluster_id.get(right)
