from __future__ import annotations

import numpy as np
import pytest

from newsnorm.dedup.text.tokens import words_of
from newsnorm.dedup.verify.align import align
from newsnorm.dedup.verify.measures import measure
from newsnorm.evidence.forest import MEASURES, UNIT, Forest, columns_of, forest

ROUNDING = UNIT * len(forest().measure)
"""Leaves are rounded, one by one."""

TWO_TREES = Forest(
    measure=np.array([[0, 1, 2], [1, 0, 0]]),
    limit=np.array([[10.0, 0.5, 3.0], [0.5, 4.0, 20.0]]),
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
    assert TWO_TREES.log_odds(np.array([row])) == pytest.approx([(1000 + leaves) * UNIT])


def test_many_rows_go_as_each_alone() -> None:
    rows = np.array([[number % 25, number % 3 / 2, number % 7] for number in range(1200)], np.float64)
    together = TWO_TREES.log_odds(rows)
    assert together.tolist() == [float(TWO_TREES.log_odds(rows[number : number + 1])[0]) for number in range(1200)]
    assert TWO_TREES.log_odds(rows[:0]).tolist() == []


def test_the_trees_that_come_with_newsnorm_are_whole() -> None:
    trees = forest()
    many, inner = trees.measure.shape
    assert (trees.limit.shape, trees.leaf.shape) == ((many, inner), (many, inner + 1))
    assert inner + 1 == 1 << inner.bit_length()
    assert trees.measure.min() >= 0
    assert trees.measure.max() < len(MEASURES)


def random_rows(seed: int, many: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    shares = {"short_cover", "long_cover", "density", "lead", "agreeing"}
    draw = np.random.Generator(np.random.PCG64(seed))
    columns = [draw.random(many) if name in shares else np.floor(draw.exponential(60, many)) for name in MEASURES]
    return np.stack(columns, axis=1)


@pytest.mark.parametrize("name", ["short_cover", "long_cover", "longest", "lead", "agreeing"])
def test_more_in_common_never_makes_a_copy_less_likely(name: str) -> None:
    rows = random_rows(1, 400)
    more = rows.copy()
    more[:, MEASURES.index(name)] = more[:, MEASURES.index(name)] * 1.3 + 0.05
    before, after = forest().log_odds(rows), forest().log_odds(more)
    assert (after >= before - ROUNDING).all()
    assert (after > before).any()


@pytest.mark.parametrize("name", ["swapped", "hole"])
def test_more_that_disagrees_never_makes_a_copy_more_likely(name: str) -> None:
    rows = random_rows(2, 400)
    more = rows.copy()
    more[:, MEASURES.index(name)] += 5
    before, after = forest().log_odds(rows), forest().log_odds(more)
    assert (after <= before + ROUNDING).all()
    assert (after < before).any()


def test_columns_stand_in_the_order_of_the_measures() -> None:
    words = words_of(["a1 b1 c1 d1 e1 f1", "x1 a1 b1 c1 d1 e1 f1 y1"])
    found = measure(words, np.array([[0, 1]]), align(words, np.array([[0, 1]])))
    (row,) = columns_of(found).tolist()
    assert dict(zip(MEASURES, row, strict=True))["short"] == 6
    assert dict(zip(MEASURES, row, strict=True))["long_head"] == 1
    assert dict(zip(MEASURES, row, strict=True))["long_tail"] == 1
