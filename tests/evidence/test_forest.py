"""A forest scores as a walk from node to node does, and the contributions that explain a score add up to it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.evidence.forest import UNIT, Floats, Forest, likelihood, load_forest

RELATIONS = load_forest("relations.json")
ROUNDING = UNIT * len(RELATIONS.feature)
"""Each leaf of a fitted forest is rounded by itself."""

TWO_TREES = Forest(
    names=("words", "share", "gaps"),
    feature=np.array([[0, 1, 2], [1, 0, 0]]),
    threshold=np.array([[10.0, 0.5, 3.0], [0.5, 4.0, 20.0]]),
    leaf=np.array([[1, 2, 3, 4], [100, 200, 300, 400]]),
    base=1000,
)


@pytest.mark.parametrize(
    ("row", "leaves"),
    [
        ([10.0, 0.5, 9.0], 1 + 200),
        ([10.0, 0.6, 9.0], 2 + 300),
        ([11.0, 0.5, 3.0], 3 + 200),
        ([21.0, 0.6, 4.0], 4 + 400),
        ([4.0, 0.0, 0.0], 1 + 100),
    ],
)
def test_a_row_goes_down_each_tree(row: list[float], leaves: int) -> None:
    assert TWO_TREES.score(np.array([row])) == pytest.approx([(1000 + leaves) * UNIT])


@st.composite
def forests(draw: st.DrawFn) -> Forest:
    """A small forest whose thresholds are values that its rows have, so that ties are met."""
    depth, trees, features = draw(st.sampled_from([1, 2, 3, 5])), draw(st.integers(1, 4)), draw(st.integers(1, 4))
    inner = 2**depth - 1

    def table(element: st.SearchStrategy[int], width: int) -> list[list[int]]:
        row = st.lists(element, min_size=width, max_size=width)
        return draw(st.lists(row, min_size=trees, max_size=trees))

    return Forest(
        names=tuple("abcd"[:features]),
        feature=np.array(table(st.integers(0, features - 1), inner)),
        threshold=np.array(table(st.integers(-3, 3), inner), np.float64),
        leaf=np.array(table(st.integers(-9999, 9999), inner + 1)),
        base=draw(st.integers(-99, 99)),
    )


def paths(forest: Forest, row: list[float]) -> list[list[int]]:
    """The nodes that a row visits in each tree, node by node; leaves are numbered after the inner nodes."""
    found = []
    for tree in range(len(forest.feature)):
        path = [0]
        while path[-1] < forest.feature.shape[1]:
            node = path[-1]
            goes_right = row[forest.feature[tree][node]] > forest.threshold[tree][node]
            path.append(2 * node + (2 if goes_right else 1))
        found.append(path)
    return found


def leaves_below(forest: Forest, tree: int, node: int) -> list[int]:
    inner = forest.feature.shape[1]
    if node >= inner:
        return [int(forest.leaf[tree][node - inner])]
    return leaves_below(forest, tree, 2 * node + 1) + leaves_below(forest, tree, 2 * node + 2)


def mean(values: list[int]) -> float:
    return sum(values) / len(values)


@given(forests(), st.lists(st.lists(st.integers(-4, 4), min_size=4, max_size=4), min_size=1, max_size=7), st.integers(1, 3))
def test_scores_are_those_of_a_walk_from_node_to_node(forest: Forest, drawn: list[list[int]], batch: int) -> None:
    rows = np.array(drawn, np.float64)[:, : len(forest.names)]
    inner = forest.feature.shape[1]
    expected = [
        forest.base + sum(int(forest.leaf[tree][path[-1] - inner]) for tree, path in enumerate(paths(forest, row)))
        for row in rows.tolist()
    ]
    by_name = {name: rows[:, place] for place, name in enumerate(forest.names)}
    assert forest.score(rows, batch=batch).tolist() == [total * UNIT for total in expected]
    assert forest.score(by_name).tolist() == [total * UNIT for total in expected]


@given(forests(), st.lists(st.integers(-4, 4), min_size=4, max_size=4))
def test_contributions_are_the_steps_along_the_paths(forest: Forest, drawn: list[int]) -> None:
    row = [float(value) for value in drawn[: len(forest.names)]]
    steps = dict.fromkeys(forest.names, 0.0)
    for tree, path in enumerate(paths(forest, row)):
        for node, child in pairwise(path):
            moved = mean(leaves_below(forest, tree, child)) - mean(leaves_below(forest, tree, node))
            steps[forest.names[forest.feature[tree][node]]] += moved * UNIT
    found = forest.explain(np.array(row), most=4)
    told = {each.name: each.log_odds for each in found}
    assert {name: told.get(name, 0.0) for name in forest.names} == pytest.approx(steps, abs=1e-9)
    start = (forest.base + sum(mean(leaves.tolist()) for leaves in forest.leaf)) * UNIT
    assert start + sum(told.values()) == pytest.approx(float(forest.score(np.array([row]))[0]), abs=1e-9)
    assert [abs(each.log_odds) for each in found] == sorted((abs(each.log_odds) for each in found), reverse=True)
    assert forest.explain({name: np.array([value]) for name, value in zip(forest.names, row, strict=True)}, most=1) == found[:1]


@given(forests(), st.lists(st.lists(st.integers(-4, 4), min_size=4, max_size=4), min_size=1, max_size=9))
def test_both_ways_of_finding_leaves_find_the_leaf_of_each_path(forest: Forest, drawn: list[list[int]]) -> None:
    rows = np.array(drawn, np.float64)[:, : len(forest.names)]
    inner = forest.feature.shape[1]
    slow = [[path[-1] - inner for path in paths(forest, row)] for row in rows.tolist()]
    assert forest._leaves_by_walking(rows).tolist() == forest._leaves_by_exclusion(rows).tolist() == slow


@given(forests(), st.lists(st.lists(st.integers(-4, 4), min_size=4, max_size=4), min_size=1, max_size=5))
def test_what_speaks_against_rows_is_what_lowers_their_scores_most(forest: Forest, drawn: list[list[int]]) -> None:
    rows = np.array(drawn, np.float64)[:, : len(forest.names)]
    alone = forest.compare(rows, forest.leaves(rows), range(len(rows)), np.zeros(len(rows), np.bool_))
    for row, named in zip(rows, alone.against(2), strict=True):
        lowering = sorted(each.log_odds for each in forest.explain(row, most=9) if each.log_odds < 0)
        assert [each.amount for each in named] == pytest.approx(lowering[:2])


def test_what_a_row_shares_with_others_does_not_speak_against_it() -> None:
    rows = np.array([[11.0, 0.6, 3.0], [11.0, 0.5, 3.0]])
    ((only,),) = TWO_TREES.compare(rows, TWO_TREES.leaves(rows), [1], np.array([True, False])).against(3)
    assert only.feature == "share"
    assert only.amount == pytest.approx(-200 * UNIT)


def test_a_likelihood_is_rounded_so_that_machines_agree() -> None:
    rows = np.array([[10.0, 0.5, 9.0], [21.0, 0.6, 4.0]])
    expected = [round(float(1 / (1 + np.exp(-score))), 6) for score in TWO_TREES.score(rows)]
    assert likelihood(TWO_TREES, rows).tolist() == expected


def test_no_rows_have_no_scores() -> None:
    assert TWO_TREES.score(np.zeros((0, 3))).tolist() == []


def test_a_missing_column_is_named() -> None:
    with pytest.raises(KeyError, match="share"):
        TWO_TREES.score({"words": np.array([1.0])})


def test_a_matrix_of_other_features_is_no_input() -> None:
    with pytest.raises(ValueError, match="4 columns for 3 features"):
        TWO_TREES.score(np.zeros((2, 4)))


def test_the_trees_that_come_with_newsnorm_are_whole() -> None:
    many, inner = RELATIONS.feature.shape
    assert (RELATIONS.threshold.shape, RELATIONS.leaf.shape) == ((many, inner), (many, inner + 1))
    assert inner + 1 == 1 << inner.bit_length()
    assert RELATIONS.feature.min() >= 0
    assert RELATIONS.feature.max() < len(RELATIONS.names)


def random_rows(seed: int, many: int) -> Floats:
    shares = {"short_cover", "long_cover", "density", "lead", "agreeing"}
    draw = np.random.Generator(np.random.PCG64(seed))
    columns = [draw.random(many) if name in shares else np.floor(draw.exponential(60, many)) for name in RELATIONS.names]
    return np.stack(columns, axis=1)


@pytest.mark.parametrize("name", ["short_cover", "long_cover", "longest", "lead", "agreeing"])
def test_more_in_common_never_makes_a_copy_less_likely(name: str) -> None:
    rows = random_rows(1, 400)
    more = rows.copy()
    more[:, RELATIONS.names.index(name)] = more[:, RELATIONS.names.index(name)] * 1.3 + 0.05
    before, after = RELATIONS.score(rows), RELATIONS.score(more)
    assert (after >= before - ROUNDING).all()
    assert (after > before).any()


@pytest.mark.parametrize("name", ["swapped", "insertion"])
def test_more_that_disagrees_never_makes_a_copy_more_likely(name: str) -> None:
    rows = random_rows(2, 400)
    more = rows.copy()
    more[:, RELATIONS.names.index(name)] += 5
    before, after = RELATIONS.score(rows), RELATIONS.score(more)
    assert (after <= before + ROUNDING).all()
    assert (after < before).any()
