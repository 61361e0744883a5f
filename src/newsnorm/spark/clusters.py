"""
Cluster texts, component by component.

Clusters depend on related pairs alone, so texts that no chain of relations connects have nothing to do with each other: many
small components go to `newsnorm.dedup.cluster` at once, and a large one alone.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema

from newsnorm.dedup.array_ops import Indices
from newsnorm.dedup.cluster.clusters import cluster_texts
from newsnorm.export.arrow import CLUSTERS, arrow_schema
from newsnorm.spark.verdicts import related_pairs

GROUP_TEXTS = 50_000
"""About how many texts are clustered at once, unless one component has more."""


def cluster_components(texts: DataFrame, verdicts: DataFrame, components: DataFrame) -> DataFrame:
    """
    Return the clusters, as the columns of `newsnorm.export.arrow.CLUSTERS`.

    Args:
        texts: the columns ``key``, ``id``, ``size``, and ``canonical``: the key of the text of smallest id with the same tokens.
        verdicts: those on all related pairs.
        components: the columns ``node``, a key, and ``component``.

    """
    groups = 1 + components.count() // GROUP_TEXTS
    group = sql.pmod(sql.xxhash64("component"), sql.lit(groups))
    nodes = texts.join(components.select(sql.col("node").alias("key"), group.alias("text_group")), "key")
    sides = components.select(sql.col("node").alias("left"), group.alias("pair_group"))
    pairs = verdicts.drop("left_id", "right_id").join(sides, "left")
    both = nodes.groupBy("text_group").cogroup(pairs.groupBy("pair_group"))
    return both.applyInArrow(lambda left, right: cluster_group(left, right), from_arrow_schema(arrow_schema(CLUSTERS)))


def cluster_group(texts: pa.Table, verdicts: pa.Table) -> pa.Table:
    """Cluster the texts of some components, given with all verdicts on their pairs."""
    names: list[str] = texts.column("id").to_pylist()
    order = sorted(range(len(names)), key=names.__getitem__)
    keys, canonical, size = (texts.column(name).to_numpy()[order] for name in ("key", "canonical", "size"))
    index = _Index(keys)
    pairs = np.stack([index.of(verdicts.column(side).to_numpy()) for side in ("left", "right")], 1)
    rows = np.lexsort((pairs[:, 1], pairs[:, 0]))
    found = related_pairs(verdicts.take(pa.array(rows)).combine_chunks(), pairs[rows])
    clusters = cluster_texts([names[place] for place in order], index.of(canonical), size, found)
    return pa.Table.from_pylist(
        [{"id": each.id, "representative": each.representative, "members": list(each.members)} for each in clusters],
        arrow_schema(CLUSTERS),
    )


class _Index:
    """Finds the place of each of some distinct keys."""

    def __init__(self, keys: Indices) -> None:
        self._order = np.argsort(keys)
        self._sorted = keys[self._order]

    def of(self, keys: Indices) -> Indices:
        """Return the place of each of some keys, all of which are there."""
        places: Indices = self._order[np.searchsorted(self._sorted, keys)]
        return places
