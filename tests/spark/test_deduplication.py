"""`newsnorm.spark.deduplicate` finds the relations and clusters of one machine."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import polars
import pytest
from reports import corpus, report

import newsnorm.frames
import newsnorm.spark
from newsnorm.dedup import array_ops
from newsnorm.dedup.params import Params
from newsnorm.dedup.propose import candidates
from newsnorm.dedup.propose.features import sample_features
from newsnorm.dedup.text.comparable import id_and_text
from newsnorm.dedup.text.tokens import tokenize
from newsnorm.errors import InputError
from newsnorm.export.relations import dumps_cluster, dumps_relation

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Rows = list[Mapping[str, object]]


def ordered(rows: Sequence[Mapping[str, object]]) -> Rows:
    """Rows of relations or clusters, in an order of their own."""
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


def found_here(texts: Sequence[tuple[str, str]]) -> tuple[Rows, Rows]:
    """The relations and clusters of one machine, as rows."""
    found = newsnorm.deduplicate(texts)
    bridges = {(each.left, each.right) for each in found.bridges()}
    relations = [json.loads(dumps_relation(each, bridge=(each.left, each.right) in bridges)) for each in found.relations]
    return ordered(relations), ordered([json.loads(dumps_cluster(each)) for each in found.clusters])


def two_stories(seed: int) -> list[tuple[str, str]]:
    """Round-ups of two stories that were printed several times, so that clusters overrule relations."""
    one, other = report(seed, 9), report(seed + 1, 9)
    copies = [text.replace("number", f"case {number} of number") for text in (one, other) for number in range(4)]
    part = "\n\n".join([*one.split("\n\n")[:5], *other.split("\n\n")[:5]])
    return [(f"s{seed}-{number}", text) for number, text in enumerate([*copies, part])]


@pytest.mark.parametrize(("partitions", "many"), [(1, 60), (8, 60), (64, 30)])
def test_relations_and_clusters_are_those_of_one_machine(spark: SparkSession, partitions: int, many: int) -> None:
    furniture = "\n\n" + report(999, 2)  # on every report, so that its features are as frequent as can be
    texts = (
        [(name, text + furniture) for name, text in corpus(partitions, many)] + two_stories(7) + [("empty", ""), ("none", " … ")]
    )
    relations, clusters = found_here(texts)
    assert {row["kind"] for row in relations} >= {"exact", "near", "excerpt", "overlap"}
    assert any(row["bridge"] for row in relations)
    random.Random(partitions).shuffle(texts)
    found = newsnorm.spark.deduplicate(spark.createDataFrame(texts, "id string, text string").repartition(partitions))
    assert ordered(found.relations.toArrow().to_pylist()) == relations
    assert ordered(found.clusters.toArrow().to_pylist()) == clusters
    assert found.notes.count() == 0


def test_what_was_not_compared_is_noted(spark: SparkSession) -> None:
    long = "word " * 400_001
    rows = [(1, "Rain fell in Ulm."), (1, "Snow fell."), (2, None), (None, "RAIN FELL IN ULM"), (3, long)]
    found = newsnorm.spark.deduplicate(spark.createDataFrame(rows, "n int, report string"), "report", id="n")
    notes = sorted((row.id, row.note.partition(":")[0], row.note[:60]) for row in found.notes.collect())
    assert [(name, first) for name, first, _ in notes] == [("1", "1"), ("2", "2"), ("3", "3")]
    assert "different texts have this id; compared 'Rain fell" in notes[0][2]
    (cluster,) = found.clusters.collect()
    assert cluster.members == ["1", id_and_text("RAIN FELL IN ULM")[0]]


def test_a_row_without_an_id_is_named_as_by_the_other_calls(spark: SparkSession) -> None:
    rows = [("2", "Rain in Ulm."), ("b", "Snow fell."), (None, "SNOW FELL"), ("", "RAIN IN ULM")]
    found = newsnorm.spark.deduplicate(spark.createDataFrame(rows, "id string, text string"))
    in_polars = newsnorm.frames.deduplicate(polars.DataFrame(rows, ["id", "text"], orient="row"), id="id")
    here = newsnorm.deduplicate([text if not name else (name, text) for name, text in rows])
    members = sorted(list(each.members) for each in here.clusters)
    assert sorted(row.members for row in found.clusters.collect()) == members
    assert sorted(in_polars.clusters.get_column("members").to_list()) == members


def test_candidates_are_those_of_one_machine_however_common_a_feature_is(spark: SparkSession) -> None:
    from newsnorm.spark.candidates import candidate_pairs
    from newsnorm.spark.fingerprints import fingerprint

    frame = report(500, 3)
    choice = random.Random(3)
    texts = [
        f"{frame if choice.random() < 0.8 else ''} {report(choice.randrange(12), choice.randrange(1, 6))}" for _ in range(60)
    ]
    features = sample_features(tokenize(texts), Params())
    df = spark.createDataFrame(
        [(number, str(number), text) for number, text in enumerate(texts)], "key long, id string, text string"
    )
    found = {tuple(sorted(row)) for row in candidate_pairs(fingerprint(df, Params())).collect()}
    assert found == {tuple(pair) for pair in candidates.candidate_pairs(features, Params()).tolist()}
    assert 100 < len(found) < 60 * 59 / 2


@pytest.mark.parametrize("kind", ["random", "chain", "nothing"])
def test_components_are_labelled_by_their_smallest_node(spark: SparkSession, kind: str) -> None:
    from newsnorm.spark.components import connected_components

    choice = random.Random(kind)
    edges = {
        "random": [(choice.randrange(40), choice.randrange(40)) for _ in range(28)],
        "chain": [(number, number + 1) for number in choice.sample(range(30), 30)],
        "nothing": [],
    }[kind]
    found = {
        row.node: row.component for row in connected_components(spark.createDataFrame(edges, "left long, right long")).collect()
    }
    expected = array_ops.connected_components(40, np.array(edges, np.int64).reshape(-1, 2)).tolist()
    nodes = {node for edge in edges if edge[0] != edge[1] for node in edge}
    assert found == {node: expected[node] for node in nodes}


def test_a_column_of_another_type_is_refused(spark: SparkSession) -> None:
    df = spark.createDataFrame([(b"raw", 0.5, "Rain.")], "raw binary, share double, text string")
    with pytest.raises(InputError, match="there is no column 'id'"):
        newsnorm.spark.deduplicate(df)
    with pytest.raises(InputError, match="'raw' holds no strings"):
        newsnorm.spark.deduplicate(df, "raw", id="text")
    with pytest.raises(InputError, match="'share' holds no ids"):
        newsnorm.spark.deduplicate(df, id="share")
