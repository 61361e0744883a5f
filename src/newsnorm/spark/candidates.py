"""
Find all pairs of texts that share enough features, as `newsnorm.dedup.propose.candidates` does, by joins.

Each text looks up its features among those of larger texts, but skips its commonest ones at first; these are counted for the few
pairs that the others leave in doubt. So no feature is too common to be counted, and what all texts of a site have in common is
not joined with itself.
"""

from __future__ import annotations

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as sql

from newsnorm.spark.checkpoints import settled


def candidate_pairs(fingerprints: DataFrame) -> DataFrame:
    """
    Return the pairs of texts to compare, as the columns ``small`` and ``large``, both keys.

    Args:
        fingerprints: of texts none of which has the tokens of another.

    """
    size = sql.size("features").alias("size")
    postings = fingerprints.select("key", size, "needed", "skipped", sql.explode("features").alias("feature"))
    frequency = postings.groupBy("feature").agg(sql.count("key").alias("frequency")).where("frequency > 1")
    of_a_text = Window.partitionBy("key")
    plan = postings.join(frequency, "feature").select(
        "*",
        sql.row_number().over(of_a_text.orderBy(sql.desc("frequency"), "feature")).alias("turn"),
        sql.count("feature").over(of_a_text).alias("shared"),
    )
    times = _count_meetings(plan.where("turn > skipped and shared >= needed"), postings)
    counted = settled(times.where("times >= needed - skipped"))
    in_doubt = _count_left_out(counted.where("times < needed"), plan.where("turn <= skipped"), fingerprints)
    return counted.where("times >= needed").select("small", "large").union(in_doubt)


def _count_meetings(asked: DataFrame, postings: DataFrame) -> DataFrame:
    """Count the looked-up features that each text shares with each larger one."""
    others = postings.select("feature", sql.col("size").alias("other_size"), sql.col("key").alias("large"))
    is_larger = (sql.col("other_size") > sql.col("size")) | (
        (sql.col("other_size") == sql.col("size")) & (sql.col("large") > sql.col("key"))
    )
    met = asked.join(others, "feature").where(is_larger)
    return met.groupBy(sql.col("key").alias("small"), "large", "needed", "skipped").agg(sql.count("feature").alias("times"))


def _count_left_out(pairs: DataFrame, left_out: DataFrame, fingerprints: DataFrame) -> DataFrame:
    """Return the pairs that share enough features with those that the smaller text skipped."""
    skipped = left_out.groupBy(sql.col("key").alias("small")).agg(sql.collect_list("feature").alias("skipped_features"))
    theirs = fingerprints.select(sql.col("key").alias("large"), "features")
    shared = sql.size(sql.array_intersect("skipped_features", "features"))
    return (
        pairs.join(skipped, "small")
        .join(theirs, "large")
        .where(sql.col("times") + shared >= sql.col("needed"))
        .select("small", "large")
    )
