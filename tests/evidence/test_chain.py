"""The chain equals a slow reference that adds up every path, and says what moved a unit as a plain loop does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from math import exp, prod

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.evidence import Contribution
from newsnorm.evidence.chain import EMPTY, TAKEN, FeatureRows, explain, score
from newsnorm.evidence.weights import ExtentWeights

NAMES = ("bias", "short", "dated")
CAP = 30.0
"""The log odds beyond which a feature sum says no more."""

HEAD, BODY, INSERTION, TAIL = "hbit"

NEUTRAL = ExtentWeights(body={"bias": 0.0}, insertion={}, start={"bias": 0.0}, end={}, leave=0.0, back=0.0, stay=0.0)


@attrs.frozen
class Problem:
    """A page as the chain sees it."""

    units: FeatureRows
    places: FeatureRows
    free: tuple[bool, ...]
    weights: ExtentWeights

    def score(self) -> list[float]:
        likely: list[float] = score(self.units, self.places, np.array(self.free, bool), self.weights).tolist()
        return likely


def problem(weights: ExtentWeights, values: Mapping[str, Sequence[float]], free: Sequence[bool] | None = None) -> Problem:
    """A page whose units, and the places before them, have the same values; a feature without any is 0."""
    count = len(next(iter(values.values())))

    def rows(names: tuple[str, ...]) -> FeatureRows:
        return FeatureRows(names, np.array([values.get(name, [0.0] * count) for name in names], float).reshape(len(names), count))

    taken_by_nobody = tuple(free) if free is not None else (True,) * count
    return Problem(rows(weights.unit_features), rows(weights.place_features), taken_by_nobody, weights)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    count = draw(st.integers(1, 6))
    numbers = st.floats(-4, 4, allow_nan=False)
    table = st.fixed_dictionaries({"short": numbers}, optional={"bias": numbers, "dated": numbers})
    weights = ExtentWeights(
        body=draw(table), insertion=draw(table), start=draw(table), end=draw(table),
        leave=draw(numbers), back=draw(numbers), stay=draw(numbers),
    )  # fmt: skip
    row = st.lists(st.sampled_from((0.0, 0.25, 1.0, 40.0, -40.0)), min_size=count, max_size=count)
    values = {name: draw(row) for name in NAMES}
    return problem(weights, values, draw(st.lists(st.booleans(), min_size=count, max_size=count)))


def is_path(states: Sequence[str]) -> bool:
    """Head, then a report that begins and ends in its body, then tail; or nothing but head, or nothing but tail."""
    if set(states) in ({HEAD}, {TAIL}):
        return True
    core = "".join(states).lstrip(HEAD).rstrip(TAIL)
    return core != "" and set(core) <= {BODY, INSERTION} and core[0] == core[-1] == BODY


def paths(count: int) -> Iterator[tuple[str, ...]]:
    return filter(is_path, product((HEAD, BODY, INSERTION, TAIL), repeat=count))


PATHS = {count: list(paths(count)) for count in range(1, 7)}


def odds(rows: FeatureRows, weights: Mapping[str, float], at: int) -> float:
    total = sum(weights.get(name, 0.0) * rows.values[row][at] for row, name in enumerate(rows.names))
    return exp(min(max(total, -CAP), CAP))


def path_odds(page: Problem, states: Sequence[str]) -> float:
    """The product of what each unit, each place and each step between states says for one path."""
    weights = page.weights
    if BODY not in states:
        return exp(EMPTY)
    steps = {
        (BODY, INSERTION): exp(weights.leave),
        (INSERTION, BODY): exp(weights.back),
        (INSERTION, INSERTION): exp(weights.stay),
    }
    total = prod(steps.get(step, 1.0) for step in pairwise(states))
    for at, state in enumerate(states):
        above = states[at - 1] if at else HEAD
        if state == BODY:
            total *= odds(page.units, weights.body, at) if page.free[at] else exp(TAKEN)
        elif state == INSERTION:
            total *= odds(page.units, weights.insertion, at)
        if (above, state) == (HEAD, BODY):
            total *= odds(page.places, weights.start, at)
        elif (above, state) == (BODY, TAIL):
            total *= odds(page.places, weights.end, at)
    return total


def slow_score(page: Problem) -> list[float]:
    count = len(page.free)
    every = [(states, path_odds(page, states)) for states in PATHS[count]]
    total = sum(each for _, each in every)
    return [sum(each for states, each in every if states[at] == BODY) / total for at in range(count)]


def test_the_paths_of_three_units() -> None:
    assert {"".join(states) for states in PATHS[3]} == {
        "hhh", "ttt", "bbb", "bib", "hbb", "hhb", "bbt", "btt", "hbt",
    }  # fmt: skip


@given(problems())
def test_a_probability_is_the_share_of_all_paths_that_pass_through_the_body(page: Problem) -> None:
    assert page.score() == pytest.approx(slow_score(page), abs=1e-6)


def test_a_taken_unit_is_hardly_ever_body() -> None:
    free, taken = (problem(NEUTRAL, {"bias": [1.0] * 3}, [True, is_free, True]).score() for is_free in (True, False))
    assert free[1] > 0.5
    assert taken[1] < 0.01


def test_evidence_against_a_unit_lowers_it() -> None:
    weights = attrs.evolve(NEUTRAL, body={"short": -2.0})
    none, first = (problem(weights, {"short": short}).score() for short in ([0.0] * 4, [1.0, 0.0, 0.0, 0.0]))
    assert first[0] < none[0] - 0.2


@pytest.mark.parametrize(("weight", "expected"), [(99.0, 1.0), (-99.0, 0.0)])
def test_no_number_of_units_overflows(weight: float, expected: float) -> None:
    weights = attrs.evolve(NEUTRAL, body={"bias": weight}, leave=-50.0)
    assert set(problem(weights, {"bias": [1.0] * 3_000}).score()) == {expected}


def test_the_model_asks_for_each_feature_once() -> None:
    weights = attrs.evolve(
        NEUTRAL, body={"a": 1.0, "b": 1.0}, insertion={"b": 1.0, "c": 1.0}, start={"d": 1.0}, end={"d": 1.0, "a": 1.0}
    )
    assert weights.unit_features == ("a", "b", "c")
    assert weights.place_features == ("d", "a")


def slow_explain(rows: FeatureRows, weights: ExtentWeights, unit: int, most: int) -> list[Contribution]:
    """Every feature's weight times how far the unit lies from the page's mean, the most negative first."""
    every = []
    for name, weight in weights.body.items():
        row = rows.values[rows.names.index(name)]
        if name != "bias":
            every.append(Contribution(name, float((row[unit] - row.mean()) * weight)))
    every.sort(key=lambda each: (each.amount, each.feature))
    return [each for each in every[:most] if each.amount < 0]


@given(problems(), st.lists(st.integers(0, 5), max_size=4), st.integers(0, 4))
def test_contributions_are_those_of_a_plain_loop(page: Problem, drawn: list[int], most: int) -> None:
    units = [at % len(page.free) for at in drawn]
    before = page.units.values.copy()
    expected = [slow_explain(page.units, page.weights, unit, most) for unit in units]
    assert explain(page.units, page.weights, units, most) == expected
    assert (page.units.values == before).all()


def test_equal_contributions_are_named_in_the_order_of_their_names() -> None:
    weights = attrs.evolve(NEUTRAL, body={"short": -1.0, "dated": -1.0, "bias": -9.0})
    page = problem(weights, {"short": [1.0, 0.0], "dated": [1.0, 0.0], "bias": [1.0, 1.0]})
    assert explain(page.units, weights, [0, 1], 9) == [[Contribution("dated", -0.5), Contribution("short", -0.5)], []]


def test_a_model_without_features_scores_and_explains_nothing() -> None:
    empty = ExtentWeights(body={}, insertion={}, start={}, end={}, leave=0.0, back=0.0, stay=0.0)
    rows = FeatureRows((), np.empty((0, 2)))
    likely = score(rows, rows, np.array([True, True]), empty)
    assert likely.shape == (2,)
    assert explain(rows, empty, [0, 1], most=3) == [[], []]
