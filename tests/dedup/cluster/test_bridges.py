"""What clusters say of pairs, by hand: reports of made-up words, each sentence of a story standing in that story alone."""

from __future__ import annotations

import numpy as np
import pytest

from newsnorm.dedup import deduplicate, open_index
from newsnorm.dedup.cluster.bridges import (
    MAX_OWN_SHARE,
    MIN_STORY_CELLS,
    MIN_STORY_SHARE,
    TEMPLATE_CLUSTERS,
    TEMPLATE_DISCOUNT,
    WHOLE_STORY_SHARE,
    find_bridges,
    weigh_pairs,
)
from newsnorm.dedup.cluster.furniture import MIN_REST_SHARE
from newsnorm.dedup.pair_pipeline import RelatedPairs
from newsnorm.dedup.verify.measures import CELLS

WORDS = 100
ALL = (1 << CELLS) - 1


def cells(first: int, last: int) -> int:
    return (1 << last) - (1 << first)


def related(*rows: tuple[int, int, int, int, float, float]) -> RelatedPairs:
    """Pairs of texts with log odds of 1: left, right, the cells of both, the covers of both."""
    return RelatedPairs(
        pairs=np.array([row[:2] for row in rows], np.int64).reshape(-1, 2),
        kind=np.zeros(len(rows), np.int8),
        log_odds=np.ones(len(rows)),
        left_cover=np.array([row[4] for row in rows], np.float64),
        right_cover=np.array([row[5] for row in rows], np.float64),
        coverage=np.array([row[2:4] for row in rows], np.uint32).reshape(-1, 2),
        span_offset=np.zeros(len(rows) + 1, np.int64),
        spans=np.zeros((0, 4), np.int32),
    )


def cut(pairs: RelatedPairs, labels: list[int]) -> list[list[int]]:
    many = len(labels)
    found = find_bridges(pairs, np.full(many, WORDS), np.ones(many, np.int64), np.array(labels, np.int64))
    return [[left, right] for left, right in pairs.pairs[found].tolist()]


HALF = CELLS // 2
ROUND_UP = (0, 1, cells(0, HALF), ALL, 0.5, 0.6)
"""Text 0 has its first half from text 1, of which it holds three fifths."""
OTHER = (0, 2, cells(HALF, CELLS), ALL, 0.5, 0.6)


def test_a_text_of_two_stories_is_no_member_of_either() -> None:
    assert cut(related(ROUND_UP, OTHER), [0, 0, 2]) == [[0, 1]]
    assert cut(related(ROUND_UP), [0, 0, 2]) == []
    assert cut(related(), [0, 0, 2]) == []


def test_a_report_with_a_paragraph_of_another_is_a_copy() -> None:
    whole = (0, 1, cells(0, HALF), ALL, 0.5, MAX_OWN_SHARE + 0.01)
    assert cut(related(whole, OTHER), [0, 0, 2]) == []
    assert cut(related(whole, (0, 2, cells(HALF, CELLS), ALL, 0.5, WHOLE_STORY_SHARE)), [0, 0, 2]) == [[0, 1]], (
        "two whole reports"
    )


def test_a_quotation_is_no_story() -> None:
    assert cut(related(ROUND_UP, (0, 2, cells(HALF, CELLS), ALL, 0.5, MIN_STORY_SHARE - 0.01)), [0, 0, 2]) == []
    assert cut(related(ROUND_UP, (0, 2, cells(HALF, HALF + MIN_STORY_CELLS - 1), ALL, 0.1, 0.6)), [0, 0, 2]) == []
    assert cut(related(ROUND_UP, (0, 2, cells(HALF, HALF + MIN_STORY_CELLS), ALL, 0.1, 0.6)), [0, 0, 2]) == [[0, 1]]


def test_what_the_cluster_has_too_is_no_other_story() -> None:
    assert cut(related(ROUND_UP, (0, 2, cells(0, HALF), ALL, 0.5, 0.6)), [0, 0, 2]) == []


def test_what_many_clusters_have_is_no_story() -> None:
    tail = cells(HALF, CELLS)
    others = [(0, 2 + number, tail, ALL, 0.5, 0.6) for number in range(TEMPLATE_CLUSTERS)]
    labels = [0, 0, *range(2, 2 + TEMPLATE_CLUSTERS)]
    assert cut(related(ROUND_UP, *others[1:]), labels) == [[0, 1]]
    assert cut(related(ROUND_UP, *others), labels) == []


FIRST, SECOND = cells(0, HALF), cells(HALF, CELLS)


def test_a_story_that_two_round_ups_end_with_is_no_furniture() -> None:
    story = (0, 2, SECOND, FIRST, 0.5, 0.6)
    another_round_up = ((0, 3, SECOND, SECOND, 0.5, 0.5), (2, 3, FIRST, SECOND, 0.6, 0.5))
    assert cut(related(ROUND_UP, story, *another_round_up), [0, 0, 2, 3]) == [[0, 1]]
    assert cut(related(ROUND_UP, another_round_up[0]), [0, 0, 2, 3]) == []


@pytest.mark.parametrize(("rest", "expected"), [(1.0, []), (MIN_REST_SHARE, []), (MIN_REST_SHARE - 0.1, [[0, 1]])])
def test_what_a_short_excerpt_of_a_story_lacks_is_no_furniture(rest: float, expected: list[list[int]]) -> None:
    story = (0, 2, SECOND, FIRST, 0.5, 0.6)
    excerpt = (2, 3, cells(CELLS - int(rest * HALF), CELLS), ALL, rest / 2, 1.0)
    assert cut(related(ROUND_UP, story, excerpt), [0, 0, 2, 2]) == expected


def test_copies_of_a_round_up_stay_together() -> None:
    copies = (0, 3, ALL, ALL, 1.0, 1.0)
    theirs = ((1, 3, ALL, cells(0, HALF), 0.6, 0.5), (2, 3, ALL, cells(HALF, CELLS), 0.6, 0.5))
    long = np.array([WORDS, 3 * WORDS, 3 * WORDS, WORDS])
    pairs = related(ROUND_UP, OTHER, copies, *theirs)
    found = find_bridges(pairs, long, np.ones(4, np.int64), np.array([0, 0, 2, 0]))
    assert pairs.pairs[found].tolist() == [[0, 1], [1, 3]]


def test_a_report_that_a_round_up_took_from_keeps_its_copies() -> None:
    copies = [(0, 3, ALL, ALL, 1.0, 1.0), (0, 4, cells(0, 8), ALL, 0.2, 0.6), (2, 3, ALL, cells(HALF, CELLS), 0.6, 0.5)]
    assert cut(related(OTHER, *copies), [0, 1, 2, 0, 0]) == []


def test_template_in_common_says_little() -> None:
    tail = cells(HALF, CELLS)
    copies = (0, 1, ALL, ALL, 1.0, 1.0)
    others = [(0, 2 + number, tail, ALL, 0.5, 0.6) for number in range(TEMPLATE_CLUSTERS)]
    labels = np.array([0, 0, *range(2, 2 + TEMPLATE_CLUSTERS)])
    pairs = related(copies, *others)
    left = weigh_pairs(pairs, np.full(len(labels), WORDS), labels)
    assert left.tolist() == [1 - TEMPLATE_DISCOUNT / 2, *(1 - TEMPLATE_DISCOUNT for _ in others)]
    fewer = related(copies, *others[1:])
    assert weigh_pairs(fewer, np.full(len(labels), WORDS), labels).tolist() == [1.0] * TEMPLATE_CLUSTERS


def test_excerpts_of_a_report_are_no_stories() -> None:
    heads = [(0, number, cells(0, 8), ALL, 0.2, 1.0) for number in (1, 2)]
    tails = [(0, number, cells(20, CELLS), ALL, 0.4, 1.0) for number in (3, 4)]
    texts = [0] * 7
    assert cut(related(*heads, *tails), texts) == [[0, 1], [0, 2], [0, 3], [0, 4]]
    assert cut(related(*heads, *tails[:1]), texts) == []
    assert cut(related(*heads, *tails, (2, 3, ALL, ALL, 0.5, 0.5)), texts) == []
    again = [(6, right, left_cells, ALL, cover, 1.0) for _, right, left_cells, _, cover, _ in heads + tails]
    assert cut(related(*heads, *tails, (0, 6, ALL, ALL, 1.0, 1.0), *again), texts) == [], "printed as often as its excerpts"


def test_a_text_that_was_printed_twice_counts_twice() -> None:
    pairs = related((0, 1, cells(0, HALF), ALL, 0.5, 1.0), (0, 2, cells(HALF, CELLS), ALL, 0.5, 1.0))
    size, labels = np.full(3, WORDS), np.zeros(3, np.int64)
    assert find_bridges(pairs, size, np.array([1, 2, 2]), labels).tolist() == [0, 1]
    assert find_bridges(pairs, size, np.array([1, 2, 1]), labels).tolist() == []
    assert find_bridges(pairs, size, np.array([2, 2, 2]), labels).tolist() == []


def story(name: str, sentences: int) -> list[str]:
    return [" ".join(f"{name}{number}word{place}" for place in range(12)) + "." for number in range(sentences)]


@pytest.mark.parametrize("kept", [(4, 4), (6, 6), (4, 6)])
def test_a_round_up_joins_nothing(kept: tuple[int, int]) -> None:
    ferry, whale = story("ferry", 6), story("whale", 6)
    texts = {
        "ferry-1": " ".join(ferry),
        "ferry-2": "Islands cut off. " + " ".join(ferry),
        "ferry-3": " ".join(ferry[:5]),
        "round-up-1": " ".join(ferry[: kept[0]] + whale[: kept[1]]),
        "round-up-2": "The week in short. " + " ".join(ferry[: kept[0]] + whale[: kept[1]]),
        "whale-1": " ".join(whale),
        "whale-2": "Seen at sea. " + " ".join(whale),
        "whale-3": " ".join(whale[1:]),
    }
    found = deduplicate(texts.items())
    assert [cluster.members for cluster in found.clusters] == [
        ("ferry-1", "ferry-2", "ferry-3"),
        ("round-up-1", "round-up-2"),
        ("whale-1", "whale-2", "whale-3"),
    ]
    assert all("round-up" in each.left or "round-up" in each.right for each in found.bridges())
    with open_index(":memory:") as index:
        list(index.add_all(reversed(texts.items())))
        assert index.clusters() == found.clusters
