"""Relations and clusters as JSON lines: a line each, with all that they say."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

import newsnorm
from newsnorm import Cluster, Passage, Relation, Span
from newsnorm.export.relations import dumps_cluster, dumps_relation

REPORT = "The harbour master closed the northern quay on Monday evening after a storm had damaged several moorings there."
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
SPANS = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda ends: Span(min(ends), max(ends)))
COVERS = st.floats(0, 1).map(lambda cover: round(cover, 3))
RELATIONS = st.builds(
    Relation,
    left=NAMES,
    right=NAMES,
    kind=st.sampled_from(("exact", "near", "excerpt", "update", "overlap")),
    left_cover=COVERS,
    right_cover=COVERS,
    passages=st.lists(st.builds(Passage, left=SPANS, right=SPANS), max_size=3).map(tuple),
)


@given(RELATIONS, st.booleans())
def test_a_relation_can_be_made_again_of_its_line(relation: Relation, bridge: bool) -> None:
    line = dumps_relation(relation, bridge=bridge)
    assert len(line.split("\n")) == 1
    row = json.loads(line)
    assert row.pop("bridge") is bridge
    passages = tuple(Passage(left=Span(*ends[:2]), right=Span(*ends[2:])) for ends in row.pop("passages"))
    assert Relation(passages=passages, **row) == relation


@given(st.lists(NAMES, min_size=2, max_size=4, unique=True))
def test_a_cluster_can_be_made_again_of_its_line(names: list[str]) -> None:
    members = tuple(sorted(names))
    cluster = Cluster(id=members[0], members=members, representative=members[-1])
    line = dumps_cluster(cluster)
    assert len(line.split("\n")) == 1
    row = json.loads(line)
    assert Cluster(id=row["id"], members=tuple(row["members"]), representative=row["representative"]) == cluster


def test_passages_cut_both_texts() -> None:
    later = f"Storm. {REPORT} Nobody was hurt, a spokesman said."
    relation = newsnorm.compare(("a", REPORT), ("b", later))
    assert relation is not None
    ((left_start, left_end, right_start, right_end),) = json.loads(dumps_relation(relation))["passages"]
    assert REPORT[left_start:left_end] == later[right_start:right_end] == REPORT.removesuffix(".")


def test_names_are_written_as_they_are() -> None:
    assert '"東京"' in dumps_cluster(Cluster(id="a", members=("a", "東京"), representative="a"))
    assert '"東京"' in dumps_relation(Relation(left="a", right="東京", kind="near", left_cover=1.0, right_cover=0.9, passages=()))
