"""A relation is a function of its two texts, clusters are one of the set, whatever the order, the batches and the company."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from corpora import corpora
from hypothesis import example, given, settings
from hypothesis import strategies as st

import newsnorm
from newsnorm.dedup import Deduplication, Params
from newsnorm.dedup.api import deduplicate_texts
from newsnorm.dedup.params import BatchSizes
from newsnorm.dedup.propose.candidates import candidate_pairs
from newsnorm.dedup.propose.features import FeatureBatch, sample_features
from newsnorm.dedup.text.comparable import Texts
from newsnorm.dedup.text.tokens import tokenize

pytestmark = pytest.mark.slow  # laws over random corpora


def needed(size: int, params: Params) -> int:
    """How many features a pair must share, one by one."""
    return max(params.least, math.ceil(params.share * size))


Kept = tuple[str, dict[str, float]] | None


def everything(found: Deduplication) -> tuple[list[newsnorm.Relation], tuple[newsnorm.Cluster, ...]]:
    return list(found.relations), found.clusters


def between(found: Deduplication, left: str, right: str) -> Kept:
    """Kind and covers of two texts; a text of the same words as another one is related by that one."""
    first = {relation.right: relation.left for relation in found.relations if relation.kind == "exact"}
    ours, theirs = first.get(left, left), first.get(right, right)
    if ours == theirs:
        return "exact", {left: 1.0, right: 1.0}
    for relation in found.relations:
        if {relation.left, relation.right} == {ours, theirs}:
            covers = {relation.left: relation.left_cover, relation.right: relation.right_cover}
            return relation.kind, {left: covers[ours], right: covers[theirs]}
    return None


@given(corpora(), st.data())
def test_the_order_of_the_texts_changes_nothing(texts: dict[str, str], data: st.DataObject) -> None:
    ordered = sorted(texts.items())
    shuffled = data.draw(st.permutations(ordered))
    assert everything(newsnorm.deduplicate(shuffled)) == everything(newsnorm.deduplicate(ordered))


@given(corpora(least=3), st.data())
def test_a_part_is_related_as_in_the_whole(texts: dict[str, str], data: st.DataObject) -> None:
    part = data.draw(st.sets(st.sampled_from(sorted(texts)), min_size=2))
    whole = newsnorm.deduplicate(texts.items())
    alone = newsnorm.deduplicate((name, texts[name]) for name in part)
    for left, right in combinations(sorted(part), 2):
        assert between(alone, left, right) == between(whole, left, right)
    if not any(relation.kind == "exact" for relation in whole.relations):
        within = [relation for relation in whole.relations if {relation.left, relation.right} <= part]
        assert list(alone.relations) == within


@given(corpora(), st.data())
def test_names_change_nothing(texts: dict[str, str], data: st.DataObject) -> None:
    renamed = dict(zip(texts, data.draw(st.permutations(sorted(texts))), strict=True))
    found = newsnorm.deduplicate(texts.items())
    again = newsnorm.deduplicate((renamed[name], text) for name, text in texts.items())
    for left, right in combinations(texts, 2):
        kept = between(found, left, right)
        named = kept and (kept[0], {renamed[name]: cover for name, cover in kept[1].items()})
        assert between(again, renamed[left], renamed[right]) == named


@given(corpora())
def test_two_texts_compare_as_they_are_related(texts: dict[str, str]) -> None:
    found = {(relation.left, relation.right): relation for relation in newsnorm.deduplicate(texts.items()).relations}
    same = {relation.right for relation in found.values() if relation.kind == "exact"}
    for left, right in combinations(sorted(texts), 2):
        relation = newsnorm.compare((left, texts[left]), (right, texts[right]))
        assert relation == newsnorm.compare((right, texts[right]), (left, texts[left]))
        if not same & {left, right} or (left, right) in found:
            assert relation == found.get((left, right))


@given(corpora(), st.integers(1, 7))
def test_the_size_of_batches_changes_nothing(texts: dict[str, str], size: int) -> None:
    at_once = everything(newsnorm.deduplicate(texts.items()))
    small = BatchSizes(texts=size, kept_tokens=0, probes=size, pairs=size, aligned_tokens=40 * size)
    assert everything(deduplicate_texts(Texts.of(texts.items()), Params(), sizes=small)) == at_once


@given(corpora(), st.sampled_from([Params(), Params(sample=1), Params(sample=1, least=1, share=0.01), Params(share=0.7)]))
def test_who_shares_enough_features_is_proposed(texts: dict[str, str], params: Params) -> None:
    features = sample_features(tokenize(texts.values()), params)
    assert candidate_pairs(features, params).tolist() == counted(features, params)


@given(
    st.lists(st.sets(st.integers(0, 40), max_size=30), max_size=12),
    st.builds(Params, share=st.sampled_from([0.05, 0.1, 0.4, 1.0]), least=st.integers(1, 5)),
    st.integers(1, 50),
)
@example([set(range(30))] * 3 + [{0, 1, 2}], Params(), 1)
def test_proposals_are_counted_one_by_one(sets: list[set[int]], params: Params, probes: int) -> None:
    hashes = np.array([feature for each in sets for feature in sorted(each)], np.uint64)
    features = FeatureBatch(hash=hashes, offset=np.append(0, np.cumsum([len(each) for each in sets])).astype(np.int64))
    assert candidate_pairs(features, params, BatchSizes(probes=probes)).tolist() == counted(features, params)


def counted(features: FeatureBatch, params: Params) -> list[list[int]]:
    sets = [set(features.hashes_of(text).tolist()) for text in range(len(features.sizes))]
    pairs = combinations(range(len(sets)), 2)
    return [[a, b] for a, b in pairs if len(sets[a] & sets[b]) >= needed(min(len(sets[a]), len(sets[b])), params)]


@settings(max_examples=200)
@given(corpora(least=4))
def test_a_cluster_is_held_together_by_relations(texts: dict[str, str]) -> None:
    found = newsnorm.deduplicate(texts.items())
    related = [(relation.left, relation.right) for relation in found.relations]
    for cluster in found.clusters:
        reached, grown = {cluster.members[0]}, True
        while grown:
            more = {name for pair in related if reached & set(pair) for name in pair} & set(cluster.members)
            grown = not more <= reached
            reached |= more
        assert reached == set(cluster.members)
        assert cluster.id == cluster.members[0]
        assert list(cluster.members) == sorted(set(cluster.members))
        assert cluster.representative in cluster.members
        assert {found.representative(member) for member in cluster.members} == {cluster.representative}
    members = [member for cluster in found.clusters for member in cluster.members]
    assert len(members) == len(set(members))
    assert all(found.representative(name) == name for name in set(texts) - set(members))


@given(corpora())
def test_texts_of_the_same_words_share_a_cluster(texts: dict[str, str]) -> None:
    found = newsnorm.deduplicate(texts.items())
    for relation in found.relations:
        if relation.kind == "exact":
            assert found.representative(relation.left) == found.representative(relation.right)
            assert (relation.left_cover, relation.right_cover) == (1.0, 1.0)


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_text_can_be_compared(texts: list[str]) -> None:
    found = newsnorm.deduplicate((str(number), text) for number, text in enumerate(texts))
    for relation in found.relations:
        for passage in relation.passages:
            assert 0 <= passage.left.start < passage.left.end <= len(texts[int(relation.left)])
            assert 0 <= passage.right.start < passage.right.end <= len(texts[int(relation.right)])
