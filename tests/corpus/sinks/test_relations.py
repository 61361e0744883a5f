"""``relations.jsonl`` and ``clusters.jsonl``: what a job writes down about its articles."""

from __future__ import annotations

import json
from pathlib import Path

from newsnorm import Cluster, Relation
from newsnorm.corpus.sinks.folder import OutputFolder
from newsnorm.corpus.sinks.relations import CLUSTERS, RELATIONS, cluster_sink, relation_sink

NEAR = Relation(left="a", right="b", kind="near", left_cover=1.0, right_cover=0.9, passages=())
EXCERPT = Relation(left="a", right="ć", kind="excerpt", left_cover=0.3, right_cover=1.0, passages=())


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_relation_says_whether_it_is_a_bridge(tmp_path: Path) -> None:
    folder = OutputFolder.prepare(tmp_path, inputs=[], names=[RELATIONS])
    with relation_sink(folder, lambda relation: relation is EXCERPT) as sink:
        sink.write(NEAR)
        sink.write(EXCERPT)
    folder.commit([RELATIONS])
    written = rows(tmp_path / "relations.jsonl")
    assert [(row["left"], row["right"], row["kind"], row["bridge"]) for row in written] == [
        ("a", "b", "near", False),
        ("a", "ć", "excerpt", True),
    ]
    assert [(row["left_cover"], row["right_cover"]) for row in written] == [(1.0, 0.9), (0.3, 1.0)]


def test_each_cluster_names_its_members(tmp_path: Path) -> None:
    folder = OutputFolder.prepare(tmp_path, inputs=[], names=[CLUSTERS])
    with cluster_sink(folder) as sink:
        sink.write(Cluster(id="a", members=("a", "b", "ć"), representative="b"))
    folder.commit([CLUSTERS])
    assert rows(tmp_path / "clusters.jsonl") == [{"id": "a", "representative": "b", "members": ["a", "b", "ć"]}]


def test_the_two_files_are_told_apart(tmp_path: Path) -> None:
    folder = OutputFolder.prepare(tmp_path, inputs=[], names=[RELATIONS, CLUSTERS])
    with relation_sink(folder, lambda _: False), cluster_sink(folder):
        pass
    folder.commit([RELATIONS, CLUSTERS])
    assert sorted(each.name for each in tmp_path.iterdir()) == ["clusters.jsonl", "relations.jsonl"]
