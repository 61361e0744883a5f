"""Fingerprint texts: their features, and what else is asked of a text without reading it again; and find exact duplicates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema

from newsnorm.dedup.array_ops import Indices
from newsnorm.dedup.pair_pipeline import text_extents
from newsnorm.dedup.params import BatchSizes, Params
from newsnorm.dedup.propose.features import min_shared_features, sample_features, skippable_features
from newsnorm.dedup.relation_records import have_equal_tokens
from newsnorm.dedup.text.tokens import tokenize

FINGERPRINTS = pa.schema(
    {
        "key": pa.int64(),
        "id": pa.string(),
        "size": pa.int64(),
        "text_hash": pa.int64(),
        "features": pa.list_(pa.int32()),
        "needed": pa.int64(),
        "skipped": pa.int64(),
        "start": pa.int32(),
        "end": pa.int32(),
    }
)
"""A text: its key and id, the number of its tokens and a hash of them, its features, how many of them it must share with a larger
text and how many it may skip at first, and where its first token starts and its last one ends."""

EXACT = pa.schema({"key": pa.int64(), "canonical": pa.int64()})
"""A text, and the one with the smallest id that has the same tokens."""


def fingerprint(texts: DataFrame, params: Params) -> DataFrame:
    """Fingerprint texts, given with the columns ``key``, ``id`` and ``text``."""
    return texts.select("key", "id", "text").mapInArrow(Fingerprinter(params), from_arrow_schema(FINGERPRINTS))


@attrs.frozen
class Fingerprinter:
    """Fingerprints the texts of a partition; picklable, since Spark sends it to its workers."""

    params: Params

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield the fingerprints of some batches of texts."""
        most = BatchSizes().texts
        for batch in batches:
            for begin in range(0, batch.num_rows, most):
                yield self._fingerprints(batch.slice(begin, most))

    def _fingerprints(self, texts: pa.RecordBatch) -> pa.RecordBatch:
        tokens = tokenize(texts.column("text").to_pylist())
        features = sample_features(tokens, self.params)
        needed = min_shared_features(features.sizes, self.params)
        extent = text_extents(tokens)
        return pa.record_batch(
            {
                "key": texts.column("key"),
                "id": texts.column("id"),
                "size": tokens.sizes,
                "text_hash": tokens.text_hash.view(np.int64),
                "features": pa.ListArray.from_arrays(features.offset.astype(np.int32), features.hash.astype(np.int32)),
                "needed": needed,
                "skipped": skippable_features(needed),
                "start": extent[:, 0],
                "end": extent[:, 1],
            },
            schema=FINGERPRINTS,
        )


def exact_duplicates(texts: DataFrame, fingerprints: DataFrame) -> DataFrame:
    """Return the texts that have the tokens of another, each with the key of the one with the smallest id."""
    some = fingerprints.where("size > 0")
    first = sql.min(sql.struct("id", "key"))["key"].alias("canonical")
    groups = some.groupBy("text_hash").agg(first, sql.count("key").alias("many")).where("many > 1")
    others = some.join(groups, "text_hash").where("key != canonical").select("key", "canonical")
    own = others.join(texts.select("key", "text"), "key")
    both = own.join(texts.select(sql.col("key").alias("canonical"), sql.col("text").alias("canonical_text")), "canonical")
    return both.mapInArrow(confirm_duplicates, from_arrow_schema(EXACT))


def confirm_duplicates(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the pairs of texts, of those with equal hashes, that have the same tokens."""
    for batch in batches:
        many = batch.num_rows
        tokens = tokenize([*batch.column("text").to_pylist(), *batch.column("canonical_text").to_pylist()])
        are_equal = [have_equal_tokens(tokens, number, many + number) for number in range(many)]
        rows: Indices = np.flatnonzero(are_equal)
        yield batch.select(EXACT.names).take(pa.array(rows)).cast(EXACT)
