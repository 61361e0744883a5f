from __future__ import annotations

import math

import numpy as np
import pytest

from newsnorm.dedup.params import Params
from newsnorm.dedup.propose.features import FEATURE_BITS, min_shared_features, sample_features
from newsnorm.dedup.text.tokens import tokenize

ALL = Params(sample=1)


def needed(size: int, params: Params) -> int:
    """How many features a pair must share, one by one."""
    return max(params.least, math.ceil(params.share * size))


def test_a_feature_is_two_neighbouring_content_words() -> None:
    short = sample_features(tokenize(["quay shut", "quay of the shut", "shut quay", "quay", ""]), ALL)
    assert short.sizes.tolist() == [1, 1, 1, 0, 0]
    assert short.hashes_of(0).tolist() == short.hashes_of(1).tolist()
    assert short.hashes_of(0).tolist() != short.hashes_of(2).tolist()


def test_a_feature_counts_once_and_they_rise() -> None:
    found = sample_features(tokenize(["quay shut quay shut quay shut", "harbour master closed northern quay"]), ALL)
    assert found.sizes.tolist() == [2, 4]
    for text in (0, 1):
        assert found.hashes_of(text).tolist() == sorted(set(found.hashes_of(text).tolist()))
    assert int(found.hash.max()) < 1 << FEATURE_BITS


def test_no_feature_joins_two_texts() -> None:
    assert sample_features(tokenize(["quay", "shut"]), ALL).sizes.tolist() == [0, 0]


def test_a_sample_is_a_part_of_all() -> None:
    words = tokenize([" ".join(f"word{number}" for number in range(4000))])
    every, half, third = (set(sample_features(words, Params(sample=sample)).hash.tolist()) for sample in (1, 2, 3))
    assert len(every) == 3999
    assert half < every
    assert third < every
    assert len(half) == pytest.approx(2000, abs=150)
    assert len(third) == pytest.approx(1333, abs=150)


@pytest.mark.parametrize(("size", "least"), [(0, 3), (3, 3), (30, 3), (31, 4), (40, 4), (41, 5), (1000, 100)])
def test_how_many_features_two_texts_must_share(size: int, least: int) -> None:
    params = Params(share=0.1, least=3)
    assert needed(size, params) == least
    assert min_shared_features(np.array([size]), params).tolist() == [least]


def test_one_and_many_need_the_same() -> None:
    for share in (0.07, 0.1, 0.29, 1.0):
        params = Params(share=share, least=2)
        assert min_shared_features(np.arange(3000), params).tolist() == [needed(size, params) for size in range(3000)]
