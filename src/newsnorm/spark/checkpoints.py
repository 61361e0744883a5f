"""Compute a data frame once."""

from __future__ import annotations

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession


def settled(df: DataFrame) -> DataFrame:
    """
    Return the same rows, computed now and kept, so that nothing computes them again and no plan grows from round to round.

    They are in the checkpoint folder of the session if it has one, and survive the loss of executors there; otherwise they are
    with the executors, and a lost one fails the job.
    """
    return df.checkpoint() if _has_folder(df.sparkSession) else df.localCheckpoint()


def _has_folder(session: SparkSession) -> bool:
    try:
        return session.sparkContext.getCheckpointDir() is not None
    except PySparkException:  # a session of Spark Connect has no context
        return session.conf.get("spark.checkpoint.dir", None) is not None
