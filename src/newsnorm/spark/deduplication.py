"""Relate and cluster the texts of a data frame, as `newsnorm.deduplicate` does those in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import IntegralType, StringType

from newsnorm.dedup.notes import note_long_text, note_repeated_ids, note_without_text
from newsnorm.dedup.params import Params
from newsnorm.dedup.text.tokens import MAX_TEXT_LENGTH
from newsnorm.errors import InputError
from newsnorm.export.arrow import RELATIONS, arrow_schema
from newsnorm.records.page import ID_LENGTH
from newsnorm.spark.candidates import candidate_pairs
from newsnorm.spark.checkpoints import settled
from newsnorm.spark.clusters import cluster_components
from newsnorm.spark.columns import check_columns, column_of
from newsnorm.spark.components import connected_components
from newsnorm.spark.fingerprints import exact_duplicates, fingerprint
from newsnorm.spark.verdicts import compare_candidates, name_exact_relations, name_relations

NOTES = pa.schema({"id": pa.string(), "note": pa.string()})


@attrs.frozen(eq=False, kw_only=True)
class DeduplicationFrames:
    """The result of `deduplicate` as data frames, whose rows are in no particular order."""

    relations: DataFrame
    """One row per related pair, with the keys of ``relations.jsonl`` as columns."""
    clusters: DataFrame
    """One row per cluster of two or more members, with the keys of ``clusters.jsonl`` as columns."""
    notes: DataFrame
    """The columns ``id`` and ``note``: ids with different texts, texts of which only the beginning was compared, rows without
    text."""


def deduplicate(df: DataFrame, text: str = "text", *, id: str = "id", params: Params | None = None) -> DeduplicationFrames:
    """
    Find all pairs of texts that have passages in common, and cluster texts that carry the same report.

    Finds what `newsnorm.deduplicate` finds, independent of partitions and order. A row without text, such as
    one that `newsnorm.spark.parse` could not parse, is left out. Of different texts with one id, the smallest is compared, since
    rows have no order.

    Most of the work is done during the call, step by step. The result of each step is kept in the session's checkpoint folder if
    there is one, otherwise with the executors.

    Args:
        df: one row per text, for instance the articles of `newsnorm.spark.parse`.
        text: the column of the texts to compare.
        id: the column of their ids, strings or whole numbers; a row without one is named by its content, as a text without an
            id is by `newsnorm.deduplicate`.
        params: how candidates are found.

    Raises:
        InputError: there is no such column, or it is of another type.
        MissingExtraError: the extra ``spark`` is not installed.

    """
    given = _texts(df, text, id)
    texts = settled(_by_id(given.where("text is not null")).withColumn("key", sql.monotonically_increasing_id()))
    fingerprints = settled(fingerprint(texts, params or Params()))
    exact = settled(exact_duplicates(texts, fingerprints))
    pairs = candidate_pairs(fingerprints.join(exact, "key", "left_anti"))
    verdicts = settled(compare_candidates(pairs, texts))
    edges = verdicts.select("left", "right").union(exact.select("key", "canonical"))
    sized = fingerprints.join(exact, "key", "left").select(
        "key", "id", "size", sql.coalesce("canonical", "key").alias("canonical")
    )
    clusters = settled(cluster_components(sized, verdicts, connected_components(edges)))
    return DeduplicationFrames(
        relations=_relations(verdicts, clusters).union(_exact_relations(exact, fingerprints)),
        clusters=clusters,
        notes=_notes(given.where("text is null").select("id", "text"), texts),
    )


def _texts(df: DataFrame, text: str, id: str) -> DataFrame:
    """Return ids and texts as strings in UTF-8."""
    check_columns(df, (text, id))
    rows = df.select(column_of(df, id).alias("id"), column_of(df, text).alias("text"))
    if not isinstance(rows.schema["text"].dataType, StringType):
        raise InputError(f"the column {text!r} holds no strings; parse raw texts first, and compare their reports")
    if not isinstance(rows.schema["id"].dataType, (StringType, IntegralType)):
        raise InputError(f"the column {id!r} holds no ids; they must be strings or whole numbers")
    valid = sql.make_valid_utf8("text").alias("text")
    return rows.select(sql.make_valid_utf8(sql.col("id").cast("string")).alias("id"), valid).select(_id_or_digest(), "text")


def _id_or_digest() -> Column:
    """Return the id, or where there is none or an empty one, the digest that `newsnorm.deduplicate` takes for one."""
    digest = sql.substring(sql.sha2("text", 256), 1, ID_LENGTH)
    return sql.coalesce(sql.nullif("id", sql.lit("")), digest).alias("id")


def _by_id(texts: DataFrame) -> DataFrame:
    """Return one text of each id, and another one where there are several."""
    first, last = sql.min("text"), sql.max("text")
    return texts.groupBy("id").agg(first.alias("text"), sql.when(first != last, last).alias("other"))


def _relations(verdicts: DataFrame, clusters: DataFrame) -> DataFrame:
    members = clusters.select(sql.col("id").alias("cluster"), sql.explode("members").alias("member"))
    for side in ("left", "right"):
        homes = members.select(sql.col("member").alias(f"{side}_id"), sql.col("cluster").alias(f"{side}_cluster"))
        verdicts = verdicts.join(homes, f"{side}_id", "left")
    return verdicts.mapInArrow(name_relations, from_arrow_schema(arrow_schema(RELATIONS)))


def _exact_relations(exact: DataFrame, fingerprints: DataFrame) -> DataFrame:
    ends = [
        fingerprints.select(
            sql.col("key").alias(key), *(sql.col(name).alias(f"{side}_{name}") for name in ("id", "start", "end"))
        )
        for key, side in (("canonical", "left"), ("key", "right"))
    ]
    both = exact.join(ends[0], "canonical").join(ends[1], "key")
    return both.mapInArrow(name_exact_relations, from_arrow_schema(arrow_schema(RELATIONS)))


def _notes(without_text: DataFrame, texts: DataFrame) -> DataFrame:
    odd = texts.where(sql.col("other").isNotNull() | (sql.length("text") > MAX_TEXT_LENGTH)).select("id", "text", "other")
    rows = odd.union(without_text.withColumn("other", sql.lit(None).cast("string")))
    return rows.mapInArrow(_note_batches, from_arrow_schema(NOTES))


def _note_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        notes = [{"id": row["id"], "note": note} for row in batch.to_pylist() for note in _notes_on(**row)]
        yield pa.RecordBatch.from_pylist(notes, NOTES)


def _notes_on(id: str | None, text: str | None, other: str | None) -> Iterator[str]:
    if text is None:
        yield note_without_text(id or "a row without an id")
        return
    name = str(id)
    if other is not None:
        yield from note_repeated_ids({name: text}, {name: other})
    if len(text) > MAX_TEXT_LENGTH:
        yield note_long_text(name)
