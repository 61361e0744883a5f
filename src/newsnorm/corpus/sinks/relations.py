"""``relations.jsonl`` and ``clusters.jsonl``: how the articles are related."""

from __future__ import annotations

from collections.abc import Callable

from newsnorm.corpus.sinks.folder import LineSink, OutputFolder
from newsnorm.export.relations import dumps_cluster, dumps_relation
from newsnorm.records import Cluster, Relation

RELATIONS = "relations.jsonl"
CLUSTERS = "clusters.jsonl"


def relation_sink(folder: OutputFolder, is_bridge: Callable[[Relation], bool]) -> LineSink[Relation]:
    """Open the file of relations; `is_bridge` says which relations the clusters overrule."""
    return LineSink(folder, RELATIONS, lambda relation: dumps_relation(relation, bridge=is_bridge(relation)))


def cluster_sink(folder: OutputFolder) -> LineSink[Cluster]:
    """Open the file of clusters."""
    return LineSink(folder, CLUSTERS, dumps_cluster)
