"""Align and classify pairs of texts, and name their relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute
from pyspark.sql import DataFrame
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema

from newsnorm.dedup.array_ops import Indices, blocks, offsets
from newsnorm.dedup.cluster.clusters import is_bridge
from newsnorm.dedup.pair_pipeline import RelatedPairs, compare_pairs
from newsnorm.dedup.relation_records import TextEnd, exact_relation, pair_relation
from newsnorm.dedup.text.tokens import tokenize
from newsnorm.export.arrow import RELATIONS, arrow_schema, table_of_lines
from newsnorm.export.relations import dumps_relation
from newsnorm.records import Relation

VERDICTS = pa.schema(
    {
        "left": pa.int64(),
        "right": pa.int64(),
        "left_id": pa.string(),
        "right_id": pa.string(),
        "kind": pa.int32(),
        "log_odds": pa.float64(),
        "left_cover": pa.float64(),
        "right_cover": pa.float64(),
        "left_coverage": pa.int64(),
        "right_coverage": pa.int64(),
        "spans": pa.list_(pa.int32()),
    }
)
"""A related pair: the columns of `RelatedPairs`, with the keys and ids of its texts. A passage is four of its ``spans``."""

BLOCK = 8_000_000
"""Code points of texts that are compared at once."""
ROWS = 1_000
"""Relations that are handed to Spark at once."""


def compare_candidates(pairs: DataFrame, texts: DataFrame) -> DataFrame:
    """
    Return the verdicts on pairs of texts that are related, the text with the smaller id left.

    Args:
        pairs: the columns ``small`` and ``large``, both keys.
        texts: the columns ``key``, ``id`` and ``text``.

    """
    text = sql.struct("id", "key", "text")
    with_small = pairs.join(texts.select(sql.col("key").alias("small"), text.alias("one")), "small")
    with_both = with_small.join(texts.select(sql.col("key").alias("large"), text.alias("other")), "large")
    sides = with_both.select(sql.least("one", "other").alias("left"), sql.greatest("one", "other").alias("right"))
    columns = [sql.col(f"{side}.{name}").alias(f"{side}_{name}") for side in ("left", "right") for name in ("id", "key", "text")]
    return sides.select(*columns).mapInArrow(compare_batches, from_arrow_schema(VERDICTS))


def compare_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the verdicts on some batches of pairs, with their texts."""
    for batch in batches:
        lengths = [pa.compute.utf8_length(batch.column(name)).to_numpy().astype(np.int64) for name in ("left_text", "right_text")]
        for begin, end in blocks(lengths[0] + lengths[1], BLOCK):
            yield _compare(batch.slice(begin, end - begin))


def _compare(batch: pa.RecordBatch) -> pa.RecordBatch:
    left, right = (batch.column(f"{side}_key").to_numpy() for side in ("left", "right"))
    _, first, number = np.unique(np.concatenate([left, right]), return_index=True, return_inverse=True)
    texts = [*batch.column("left_text").to_pylist(), *batch.column("right_text").to_pylist()]
    rows, found = compare_pairs(tokenize(texts[place] for place in first.tolist()), number.reshape(2, -1).T)
    kept = batch.take(pa.array(rows))
    return pa.record_batch(
        {
            "left": kept.column("left_key"),
            "right": kept.column("right_key"),
            "left_id": kept.column("left_id"),
            "right_id": kept.column("right_id"),
            "kind": found.kind.astype(np.int32),
            "log_odds": found.log_odds,
            "left_cover": found.left_cover,
            "right_cover": found.right_cover,
            "left_coverage": found.coverage[:, 0].astype(np.int64),
            "right_coverage": found.coverage[:, 1].astype(np.int64),
            "spans": pa.ListArray.from_arrays((4 * found.span_offset).astype(np.int32), found.spans.reshape(-1)),
        },
        schema=VERDICTS,
    )


def related_pairs(verdicts: pa.Table | pa.RecordBatch, pairs: Indices) -> RelatedPairs:
    """
    Return verdicts as columns of related pairs.

    Args:
        verdicts: has the columns of `VERDICTS`, but for keys and ids.
        pairs: indices of the left and the right text of each, shape (verdicts, 2).

    """
    column = {name: verdicts.column(name).to_numpy(zero_copy_only=False) for name in _NUMBERS} if len(pairs) else _NOTHING
    spans = [np.zeros(0, np.int32), *(np.asarray(each, np.int32) for each in verdicts.column("spans").to_pylist())]
    return RelatedPairs(
        pairs=pairs,
        kind=column["kind"].astype(np.int8),
        log_odds=column["log_odds"].astype(np.float64),
        left_cover=column["left_cover"].astype(np.float64),
        right_cover=column["right_cover"].astype(np.float64),
        coverage=np.stack([column["left_coverage"], column["right_coverage"]], 1).astype(np.uint32),
        span_offset=offsets(np.array([len(each) // 4 for each in spans[1:]], np.int64)),
        spans=np.concatenate(spans).reshape(-1, 4),
    )


_NUMBERS = ("kind", "log_odds", "left_cover", "right_cover", "left_coverage", "right_coverage")
_NOTHING = {name: np.zeros(0) for name in _NUMBERS}


def name_relations(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the relations of verdicts, whose texts are in the clusters ``left_cluster`` and ``right_cluster``, or in none."""
    for batch in batches:
        for begin in range(0, batch.num_rows, ROWS):
            part = batch.slice(begin, ROWS)
            pairs = related_pairs(part, np.zeros((part.num_rows, 2), np.int64))
            ids = zip(part.column("left_id").to_pylist(), part.column("right_id").to_pylist(), strict=True)
            relations = (pair_relation(left, right, pairs, row) for row, (left, right) in enumerate(ids))
            yield _rows(relations, _homes(part))


def name_exact_relations(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the relations of exact duplicates, given with ids and extents of both texts."""
    for batch in batches:
        for begin in range(0, batch.num_rows, ROWS):
            part = batch.slice(begin, ROWS)
            relations = (exact_relation(*ends) for ends in zip(_ends(part, "left"), _ends(part, "right"), strict=True))
            yield _rows(relations, ({} for _ in range(part.num_rows)))


def _ends(batch: pa.RecordBatch, side: str) -> Iterator[TextEnd]:
    """Yield the text on one side of each row."""
    columns = (batch.column(f"{side}_{name}").to_pylist() for name in ("id", "start", "end"))
    for name, start, end in zip(*columns, strict=True):
        yield TextEnd(name, np.array([start, end], np.int32))


def _homes(batch: pa.RecordBatch) -> Iterator[Mapping[str, str]]:
    """Yield for each row the clusters of its texts by their ids."""
    for row in batch.select(["left_id", "left_cluster", "right_id", "right_cluster"]).to_pylist():
        yield {row[f"{side}_id"]: row[f"{side}_cluster"] for side in ("left", "right") if row[f"{side}_cluster"] is not None}


def _rows(relations: Iterable[Relation], homes: Iterable[Mapping[str, str]]) -> pa.RecordBatch:
    lines = [  # exact duplicates are in one cluster, whichever it is
        dumps_relation(relation, bridge=relation.kind != "exact" and is_bridge(relation, home)).encode()
        for relation, home in zip(relations, homes, strict=True)
    ]
    schema = arrow_schema(RELATIONS)
    if not lines:
        return pa.RecordBatch.from_pylist([], schema)
    return table_of_lines(b"\n".join(lines), schema).to_batches()[0]
