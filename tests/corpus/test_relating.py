"""Reports are related on disk as `deduplicate` relates them in memory."""

from __future__ import annotations

from collections.abc import Iterator

from corpora import corpora
from hypothesis import given, settings

from newsnorm.corpus.relating import Relating, RelationSinks
from newsnorm.dedup import deduplicate, open_index
from newsnorm.export.relations import dumps_cluster, dumps_relation


@settings(max_examples=20)
@given(corpora())
def test_relations_are_those_of_deduplicate(texts: dict[str, str]) -> None:
    relations: list[bytes] = []
    clusters: list[bytes] = []
    with open_index(":memory:") as index:
        relating = Relating(index, shared=False)
        items = list(texts.items())
        for begin in range(0, len(items), 3):
            relating.add(items[begin : begin + 3])
        relating.add(items[:2])

        def reports() -> Iterator[tuple[str, str]]:
            return iter(items)

        counts = relating.write(reports, [], RelationSinks(relation=relations.append, cluster=clusters.append))
    expected = deduplicate(texts)
    bridges = set(expected.bridges())
    rows = [dumps_relation(each, bridge=each in bridges) for each in expected.relations]
    assert [line.decode() for line in relations] == [f"{row}\n" for row in rows]
    assert [line.decode() for line in clusters] == [f"{dumps_cluster(each)}\n" for each in expected.clusters]
    assert counts.bridges == len(bridges)
