from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.dedup.cluster.clusters import MAX_LOG_ODDS, MISSING_PAIR_PENALTY, Edge, contract, contract_components, groups_of

Edges = list[tuple[int, int, float]]


def join(count: int, edges: Edges, penalty: float = MISSING_PAIR_PENALTY) -> list[int]:
    return contract(count, [Edge(*edge) for edge in edges], penalty)


def test_what_nothing_joins_stays_alone() -> None:
    assert join(3, []) == [0, 1, 2]
    assert join(0, []) == []
    assert join(2, [(0, 1, -1.0)]) == [0, 1]
    assert join(2, [(0, 1, 0.0)]) == [0, 1]


def test_copies_are_joined_under_the_smallest() -> None:
    assert join(4, [(2, 3, 1.0), (1, 3, 1.0)]) == [0, 1, 1, 1]


def test_a_bridge_is_cut_where_the_others_disagree() -> None:
    stories: Edges = [(0, 1, 4.0), (3, 4, 4.0), (1, 2, 2.0), (2, 3, 1.5), (0, 3, -3.0), (1, 4, -3.0)]
    assert join(5, stories) == [0, 0, 0, 3, 3]
    assert join(5, stories[:4]) == [0, 0, 0, 3, 3]  # five pairs that were never proposed take all of 1.5


def test_a_pair_that_was_never_proposed_speaks_a_little_against() -> None:
    assert join(3, [(0, 1, 1.0), (1, 2, MISSING_PAIR_PENALTY + 0.01)]) == [0, 0, 0]
    assert join(3, [(0, 1, 1.0), (1, 2, MISSING_PAIR_PENALTY)]) == [0, 0, 2]
    assert join(3, [(0, 1, 1.0), (1, 2, 0.1)], penalty=0.0) == [0, 0, 0]


def test_one_pair_cannot_outvote_many() -> None:
    edges: Edges = [(0, 1, 99.0), (2, 3, 99.0), (0, 2, 99.0), (0, 3, -3.0), (1, 2, -3.0), (1, 3, -3.0)]
    assert join(4, edges) == [0, 0, 2, 2]
    assert MAX_LOG_ODDS < 9
    assert join(4, [*edges[:3], *((left, right, -2.0) for left, right, _ in edges[3:])]) == [0, 0, 0, 0]


def test_the_order_of_the_pairs_changes_nothing() -> None:
    edges: Edges = [(0, 1, 2.0), (1, 2, 2.0), (2, 3, 2.0), (0, 2, -1.0), (1, 3, -3.0)]
    assert len({tuple(join(4, list(order))) for order in permutations(edges)}) == 1


@given(
    st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]), st.floats(-10, 10)),
    st.data(),
)
def test_clusters_are_a_function_of_the_set(odds: dict[tuple[int, int], float], data: st.DataObject) -> None:
    edges = [(left, right, weight) for (left, right), weight in odds.items()]
    labels = join(10, edges)
    assert labels == join(10, data.draw(st.permutations(edges)))
    assert labels == join(10, [(right, left, weight) for left, right, weight in edges])
    for group in groups_of(labels):
        inside = [weight for left, right, weight in edges if left in group and right in group]
        assert len([weight for weight in inside if weight > 0]) >= len(group) - 1


def test_groups_have_two_members_or_more() -> None:
    assert list(groups_of([0, 1, 0, 3, 3, 0])) == [[0, 2, 5], [3, 4]]
    assert list(groups_of([])) == []


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]),
        st.sampled_from([-8.0, -1.0, -0.3, 0.0, 0.3, 1.0, 8.0]),
    )
)
def test_only_what_is_connected_has_a_say(odds: dict[tuple[int, int], float]) -> None:
    edges = [(left, right, weight) for (left, right), weight in odds.items()]
    found = contract_components(12, np.array(list(odds), np.int64).reshape(-1, 2), np.array(list(odds.values())))
    assert found.tolist() == join(12, edges)
