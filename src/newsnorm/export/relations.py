"""Write relations and clusters as JSON lines."""

from __future__ import annotations

import json

from newsnorm.records import Cluster, Relation


def dumps_relation(relation: Relation, *, bridge: bool = False) -> str:
    """
    Write a relation as one line of JSON, without the line break.

    A passage is written as four numbers: start and end in the left text, start and end in the right text, in code points.

    Args:
        relation: the relation.
        bridge: whether clusters overrule it (`newsnorm.dedup.Deduplication.bridges`).

    >>> print(dumps_relation(Relation(left="a", right="b", kind="overlap", left_cover=0.5, right_cover=0.25, passages=())))
    {"left": "a", "right": "b", "kind": "overlap", "bridge": false, "left_cover": 0.5, "right_cover": 0.25, "passages": []}

    """
    passages = [[each.left.start, each.left.end, each.right.start, each.right.end] for each in relation.passages]
    row = {
        "left": relation.left,
        "right": relation.right,
        "kind": relation.kind,
        "bridge": bridge,
        "left_cover": relation.left_cover,
        "right_cover": relation.right_cover,
        "passages": passages,
    }
    return json.dumps(row, ensure_ascii=False)


def dumps_cluster(cluster: Cluster) -> str:
    """
    Write a cluster as one line of JSON, without the line break.

    >>> print(dumps_cluster(Cluster(id="a", members=("a", "b"), representative="b")))
    {"id": "a", "representative": "b", "members": ["a", "b"]}
    """
    row = {"id": cluster.id, "representative": cluster.representative, "members": list(cluster.members)}
    return json.dumps(row, ensure_ascii=False)
