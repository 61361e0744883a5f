"""A cache of pairs makes the relations that an alignment makes, and keeps no more than it may."""

from __future__ import annotations

import numpy as np
import pytest
from reports import report

from newsnorm.dedup import deduplicate
from newsnorm.dedup.index.pair_cache import PairCache
from newsnorm.dedup.pair_pipeline import RelatedPairs, compare_pairs
from newsnorm.dedup.text.tokens import tokenize

TEXTS = (report(1), f"At noon. {report(1)}", f"{report(1)} Nobody was hurt.")


def pairs_of_all() -> RelatedPairs:
    return compare_pairs(tokenize(TEXTS), np.array([[0, 1], [2, 0], [1, 2]]))[1]


@pytest.mark.parametrize("names", ["abc", "cba", "bca"])
def test_a_relation_is_that_of_an_alignment_whatever_the_ids(names: str) -> None:
    cache = PairCache(100)
    cache.put([7, 8, 9], pairs_of_all())
    for one, other in ((0, 1), (1, 0), (2, 0), (0, 2), (2, 1)):
        wanted = deduplicate([(names[one], TEXTS[one]), (names[other], TEXTS[other])]).relations
        assert [cache.relation((7 + one, names[one]), (7 + other, names[other]))] == list(wanted)
    assert cache.relation((7, "a"), (10, "d")) is None


def test_all_are_forgotten_when_there_are_too_many() -> None:
    pairs = pairs_of_all()
    cache = PairCache(len(pairs) + len(pairs.spans))
    cache.put([1, 2, 3], pairs)
    assert cache.relation((1, "a"), (2, "b")) is not None
    cache.put([4, 5, 6], pairs)
    assert cache.relation((1, "a"), (2, "b")) is None
    assert cache.relation((4, "a"), (5, "b")) is not None
    PairCache(1).put([1, 2, 3], pairs)
