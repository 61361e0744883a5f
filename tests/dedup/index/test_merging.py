from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.dedup.array_ops import Hashes, Indices
from newsnorm.dedup.index.merging import FAN_IN, MergeSource, count_mergeable, merge_postings
from newsnorm.dedup.index.segments import MAX_SEGMENT_TEXTS, Segment, pack

Postings = list[tuple[int, int]]

TEXTS = 6
features = st.one_of(st.integers(0, 12), st.integers(0, (1 << 32) - 1))
postings = st.lists(st.tuples(features, st.integers(0, TEXTS - 1)), max_size=30, unique=True).map(sorted)


def columns(found: Postings) -> tuple[Hashes, Indices]:
    return np.array([feature for feature, _ in found], np.uint64), np.array([key for _, key in found], np.int64)


def source(found: Postings, first: int, gone: set[int], block: int) -> MergeSource:
    begins, blocks = pack(*columns(found), TEXTS, block) if found else (np.zeros(0, np.uint64), [])
    segment = Segment(number=1, first=first, last=first + TEXTS - 1, begins=begins, sizes=np.ones(TEXTS, np.uint32))

    def read(asked: Segment, low: int, high: int) -> Sequence[bytes]:
        assert asked is segment
        return blocks[low : high + 1]

    return MergeSource(segment, np.array([text not in gone for text in range(TEXTS)]), read)


@given(st.lists(postings, max_size=3), postings, st.sets(st.integers(0, TEXTS - 1)), st.integers(1, 4), st.integers(1, 5))
def test_segments_are_merged_as_if_they_were_one(
    parts: list[Postings], newer: Postings, gone: set[int], block: int, stretch: int
) -> None:
    sources = [source(found, 1 + TEXTS * number, gone, block) for number, found in enumerate(parts)]
    last = 1 + TEXTS * len(parts)
    got = list(merge_postings(sources, *columns([(feature, text + last) for feature, text in newer]), stretch))
    wanted = [
        (feature, text + 1 + TEXTS * number) for number, found in enumerate(parts) for feature, text in found if text not in gone
    ]
    wanted = sorted([*wanted, *((feature, text + last) for feature, text in newer)])
    assert [pair for found, keys in got for pair in zip(found.tolist(), keys.tolist(), strict=True)] == wanted
    ends = [set(found.tolist()) for found, _ in got]
    assert all(not (left & right) for left, right in pairwise(ends)), "a feature is in one stretch"


def sized(*sizes: int) -> list[Segment]:
    return [
        Segment(number=1, first=1, last=size, begins=np.zeros(0, np.uint64), sizes=np.zeros(size, np.uint32)) for size in sizes
    ]


def test_segments_of_one_size_are_merged_by_fours() -> None:
    assert FAN_IN == 4
    assert count_mergeable(sized(8, 8), 8) == 0
    assert count_mergeable(sized(8, 8, 8), 8) == 3
    assert count_mergeable(sized(64, 8, 8, 8), 8) == 3
    assert count_mergeable(sized(64, 8, 8), 8) == 0
    assert count_mergeable(sized(8, 8, 8), MAX_SEGMENT_TEXTS) == 0, "texts of a segment have to be told apart"
