"""
Find the connected components of a graph of rows.

Alternating large and small stars (Kiveris et al., SoCC 2014): every node passes the smallest node that it knows on to its larger,
then to its smaller neighbours, until each component is a star around its smallest node. Each round is two joins, and the number
of rounds grows with the logarithm of the size; nothing is held in one process.
"""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from newsnorm.spark.checkpoints import settled


def connected_components(edges: DataFrame) -> DataFrame:
    """
    Label each node with the smallest node of its component.

    Args:
        edges: the columns ``left`` and ``right``, both nodes; in any order, and perhaps several times.

    Returns:
        the columns ``node`` and ``component``, a row for each node that has an edge to another.

    """
    first = edges.select(sql.greatest("left", "right").alias("node"), sql.least("left", "right").alias("hub"))
    stars = settled(first.where("node != hub").distinct())
    while not _are_stars(stars):
        stars = settled(_small_stars(_large_stars(stars)))
    hubs = stars.select(sql.col("hub").alias("node"), "hub").distinct()
    return stars.union(hubs).withColumnRenamed("hub", "component")


def _are_stars(edges: DataFrame) -> bool:
    """Return whether no node has two hubs, and no hub is a node of another."""
    several = edges.groupBy("node").count().where("count > 1").select("node")
    nested = edges.select(sql.col("hub").alias("node")).join(edges, "node", "left_semi")
    return len(several.union(nested).take(1)) == 0


def _large_stars(edges: DataFrame) -> DataFrame:
    """Connect the larger neighbours of each node to the smallest node that it knows."""
    both = edges.union(edges.select("hub", "node")).toDF("node", "neighbour")
    least = both.groupBy("node").agg(sql.least(sql.min("neighbour"), sql.col("node")).alias("hub"))
    return both.where("neighbour > node").join(least, "node").select(sql.col("neighbour").alias("node"), "hub").distinct()


def _small_stars(edges: DataFrame) -> DataFrame:
    """Connect the smaller neighbours of each node, and the node, to the smallest of them."""
    least = edges.groupBy("node").agg(sql.min("hub").alias("least"))
    moved = edges.join(least, "node").where("hub != least").select(sql.col("hub").alias("node"), sql.col("least").alias("hub"))
    return moved.union(least.toDF("node", "hub")).distinct()
