"""A query finds the texts of an index that share enough features, wherever their postings are; counted here set by set."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.dedup.index.memtable import MemTable
from newsnorm.dedup.index.postings import CountingSizes, Postings, SegmentCache
from newsnorm.dedup.index.segments import Segment, pack
from newsnorm.dedup.params import Params
from newsnorm.dedup.propose.features import FeatureBatch
from newsnorm.dedup.text.tokens import TokenBatch, tokenize

Sets = list[set[int]]


def batch(sets: Sequence[set[int]]) -> tuple[FeatureBatch, TokenBatch]:
    """The features of some texts, and tokens that no two texts share."""
    hashes = np.array([feature for each in sets for feature in sorted(each)], np.uint64)
    offset = np.append(0, np.cumsum([len(each) for each in sets])).astype(np.int64)
    return FeatureBatch(hash=hashes, offset=offset), tokenize(f"text{number}" for number in range(len(sets)))


def index_of(segments: list[Sets], recent: Sets, cached: int, counting: CountingSizes) -> Postings:
    """An index of some segments and of recent texts; keys count from 1."""
    made: list[Segment] = []
    stored: dict[int, list[bytes]] = {}
    first = 1
    for number, texts in enumerate(segments):
        postings = sorted((feature, text) for text, each in enumerate(texts) for feature in each)
        features, owners = (np.array([posting[column] for posting in postings], np.int64) for column in (0, 1))
        begins, stored[number] = (
            pack(features.astype(np.uint64), owners, len(texts), 3) if postings else (features[:0].astype(np.uint64), [])
        )
        sizes = np.array([len(each) for each in texts], np.uint32)
        made.append(Segment(number=number, first=first, last=first + len(texts) - 1, begins=begins, sizes=sizes))
        first += len(texts)
    memtable = MemTable(first - 1)
    memtable.add(np.arange(first, first + len(recent)), *batch(recent))

    def read(segment: Segment, numbers: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Sequence[bytes]:
        return [stored[segment.number][number] for number in numbers.tolist()]

    return Postings(made, memtable, read, SegmentCache(cached), 2, counting)


texts = st.lists(st.sets(st.integers(0, 40), max_size=20), min_size=1, max_size=5)


@pytest.mark.parametrize("cached", [0, 10_000])
@pytest.mark.parametrize(
    "counting",
    [CountingSizes(), CountingSizes(probes=5, common=1, split_texts=1, size_classes=(0, 4, 7))],
    ids=["at once", "by size"],
)
@given(
    segments=st.lists(texts, max_size=2),
    recent=texts,
    queried=texts,
    least=st.integers(1, 6),
    share=st.sampled_from([0.05, 0.4, 1.0]),
)
def test_candidates_are_counted_one_by_one(
    cached: int, counting: CountingSizes, segments: list[Sets], recent: Sets, queried: Sets, least: int, share: float
) -> None:
    params = Params(least=least, share=share)
    indexed = [each for part in (*segments, recent) for each in part]
    included = np.array([number % 3 != 2 for number in range(len(queried))])
    text, key = index_of(segments, recent, cached, counting).query(*batch(queried)).candidates(params, included)
    expected = [
        (number, other)
        for number, ours in enumerate(queried)
        for other, theirs in enumerate(indexed, 1)
        if included[number] and len(ours & theirs) >= max(least, math.ceil(share * min(len(ours), len(theirs))))
    ]
    assert sorted(zip(text.tolist(), key.tolist(), strict=True)) == expected


@given(recent=texts, added=texts, least=st.integers(1, 6), share=st.sampled_from([0.05, 0.4, 1.0]))
def test_texts_that_are_in_the_index_themselves_find_the_others(recent: Sets, added: Sets, least: int, share: float) -> None:
    params = Params(least=least, share=share)
    postings = index_of([], recent, 0, CountingSizes())
    keys = np.arange(len(recent) + 1, len(recent) + 1 + len(added))
    features, tokens = batch(added)
    postings.memtable.add(keys, features, tokens)
    text, key = postings.query(features, tokens, are_added=True).candidates(params, np.ones(len(added), np.bool_))
    expected = [
        (number, other)
        for number, ours in enumerate(added)
        for other, theirs in enumerate([*recent, *added], 1)
        if other != keys[number] and len(ours & theirs) >= max(least, math.ceil(share * min(len(ours), len(theirs))))
    ]
    assert sorted(pair for pair in zip(text.tolist(), key.tolist(), strict=True) if pair[1] != keys[pair[0]]) == expected
