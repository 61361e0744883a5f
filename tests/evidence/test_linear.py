"""Scores are sums of weights; what explains a score adds up to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.evidence.linear import Candidate, active_features, best, bucket, explain, score

WEIGHTS = {"gap-above": 1.5, "near-date": 1.5, "dated": -0.5, "bullet": -2.0}

FEATURES = st.lists(st.sampled_from((*WEIGHTS, "unheard-of", "line")), unique=True)
AMOUNTS = st.dictionaries(st.sampled_from(tuple(WEIGHTS)), st.floats(-9, 9), max_size=4)


@given(FEATURES, AMOUNTS)
def test_a_score_is_the_sum_of_the_contributions_that_explain_it(features: list[str], weights: dict[str, float]) -> None:
    explained = explain(features, weights)
    assert score(features, weights) == pytest.approx(sum(each.amount for each in explained), abs=1e-6)
    assert {each.feature for each in explained} == set(features) & weights.keys()


@given(st.permutations(["gap-above", "near-date", "dated", "bullet"]), AMOUNTS)
def test_the_order_of_features_changes_nothing(features: list[str], weights: dict[str, float]) -> None:
    assert score(features, weights) == score(sorted(features), weights)
    assert explain(features, weights) == explain(sorted(features), weights)


def test_features_without_a_weight_add_nothing() -> None:
    assert score(["unheard-of"], WEIGHTS) == 0.0
    assert explain(["unheard-of"], WEIGHTS) == []
    assert score([], WEIGHTS) == 0.0


def test_the_strongest_contribution_comes_first_and_of_equals_the_first_name() -> None:
    explained = explain(["near-date", "dated", "bullet", "gap-above"], WEIGHTS)
    assert [(each.feature, each.amount) for each in explained] == [
        ("bullet", -2.0), ("gap-above", 1.5), ("near-date", 1.5), ("dated", -0.5),
    ]  # fmt: skip


def test_the_best_candidate_has_the_highest_score() -> None:
    poor, good = Candidate(0, "poor", ["bullet"]), Candidate(1, "good", ["gap-above", "dated"])
    assert best([poor, good], WEIGHTS) is good
    assert best([good, poor], WEIGHTS) is good


def test_of_equal_candidates_the_first_is_best() -> None:
    first, second = Candidate(7, "first", ["gap-above"]), Candidate(3, "second", ["near-date"])
    assert best([first, second], WEIGHTS) is first


def test_without_candidates_there_is_no_best() -> None:
    none: list[Candidate[str]] = []
    assert best(none, WEIGHTS) is None


def test_what_holds_is_named_with_hyphens() -> None:
    assert active_features(gap_above=True, dated=(), bullet=None, near_date=[1], only=1) == ["gap-above", "near-date", "only"]


@pytest.mark.parametrize(
    ("value", "name"),
    [(-99, "size<=0"), (0, "size<=0"), (0.1, "size<=0.5"), (0.5, "size<=0.5"), (15, "size<=15"), (15.01, "size>15")],
)
def test_a_value_falls_in_the_interval_up_to_the_first_edge_that_it_does_not_pass(value: float, name: str) -> None:
    assert bucket("size", value, (0, 0.5, 15)) == name


@given(st.floats(-50, 50), st.lists(st.integers(-40, 40), min_size=1, max_size=5, unique=True))
def test_an_interval_is_found_as_by_a_loop(value: float, drawn: list[int]) -> None:
    edges = tuple(map(float, sorted(drawn)))
    expected = next((f"x<={edge:g}" for edge in edges if value <= edge), f"x>{edges[-1]:g}")
    assert bucket("x", value, edges) == expected
