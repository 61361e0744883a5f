"""Measures by hand: words w0, w1 … of a report, and what became of them."""

from __future__ import annotations

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.dedup.text.tokens import tokenize
from newsnorm.dedup.verify.align import align
from newsnorm.dedup.verify.classify import UNRELATED, classify, is_scored, overlaps
from newsnorm.dedup.verify.measures import SYMMETRIC, Common, Measures, count_cells, measure, measure_common
from newsnorm.evidence.forest import load_forest

NAMES = [field.name for field in attrs.fields(Measures)]
REPORT = [f"w{number}" for number in range(100)]


def other(many: int) -> list[str]:
    return [f"x{number}" for number in range(many)]


def of(left: list[str], right: list[str]) -> dict[str, float]:
    words = tokenize([" ".join(left), " ".join(right)])
    pairs = np.array([[0, 1]])
    found: Measures = measure(words, pairs, align(words, pairs))
    return {name: float(getattr(found, name)[0]) for name in NAMES}


def test_a_copy_covers_both_sides() -> None:
    found = of(REPORT, REPORT)
    assert (found["left_cover"], found["right_cover"], found["lead"]) == (1, 1, 1)
    assert (found["short"], found["common"], found["longest"]) == (100, 100, 100)
    assert (found["short_head"], found["short_middle"], found["short_tail"], found["insertion"]) == (0, 0, 0, 0)
    assert found["density"] == pytest.approx(0.99)


def test_nothing_in_common_is_head_alone() -> None:
    found = of(REPORT, other(40))
    assert (found["short"], found["common"], found["short_cover"], found["lead"], found["density"]) == (40, 0, 0, 0, 0)
    assert (found["short_head"], found["short_middle"], found["short_tail"]) == (40, 0, 0)
    assert (found["long_head"], found["long_middle"], found["long_tail"]) == (100, 0, 0)
    assert (found["numbers"], found["agreeing"]) == (0, 1)


def test_the_shorter_text_is_the_one_with_fewer_words() -> None:
    cut = of(REPORT, REPORT[:25])
    assert (cut["short"], cut["common"]) == (25, 25)
    assert (cut["short_cover"], cut["long_cover"], cut["left_cover"]) == (1, 0.25, 0.25)
    assert (cut["long_head"], cut["long_tail"]) == (0, 75)
    turned = of(REPORT[:25], REPORT)
    different = {"left_cover", "right_cover", "left_coverage", "right_coverage"}
    assert {name: value for name, value in turned.items() if name not in different} == {
        name: value for name, value in cut.items() if name not in different
    }


def test_head_middle_and_tail_are_what_lies_around_passages() -> None:
    found = of(REPORT[:60], [*other(5), *REPORT[:30], *[f"y{number}" for number in range(20)], *REPORT[30:60], "z1", "z2"])
    assert (found["short_head"], found["short_middle"], found["short_tail"], found["insertion"]) == (0, 0, 0, 0)
    assert (found["long_head"], found["long_middle"], found["long_tail"]) == (5, 20, 2)
    assert found["longest"] == 30


def test_a_insertion_lies_in_the_shorter_text() -> None:
    found = of([*REPORT[:30], *other(15), *REPORT[30:60]], REPORT)
    assert (found["short"], found["insertion"], found["common"]) == (75, 15, 60)


def test_the_lead_follows_the_headline() -> None:
    assert of(REPORT, other(12) + REPORT[12:])["lead"] == 1
    assert of(REPORT, REPORT[:12] + other(88))["lead"] == 0
    assert of(REPORT, REPORT[:42] + other(58))["lead"] == pytest.approx(0.5)


def test_numbers_agree_or_not() -> None:
    def report(*numbers: int) -> list[str]:
        told = [word for number in numbers for word in (f"about{number // 10}", "fish", f"in{number // 10}", str(number), "nets")]
        return [*told, "they", "say"]

    same = of(report(11, 21, 31, 41), report(11, 21, 31, 41))
    assert (same["numbers"], same["agreeing"], same["swapped"]) == (4, 1, 0)
    changed = of(report(11, 21, 31, 41), report(11, 22, 31, 42))
    assert (changed["numbers"], changed["agreeing"], changed["swapped"]) == (4, 0.5, 2)
    assert of(REPORT, REPORT)["agreeing"] == 1


def test_misread_words_make_passages_less_dense() -> None:
    misread = [f"{word}e" if number % 3 == 0 else word for number, word in enumerate(REPORT)]
    found = of(REPORT, misread)
    assert found["density"] == pytest.approx(1 / 3, abs=0.02)
    assert found["left_cover"] > 0.95


def test_the_model_asks_for_the_measures_in_their_order() -> None:
    words = tokenize(["a1 b1 c1 d1 e1 f1", "x1 a1 b1 c1 d1 e1 f1 y1"])
    columns = measure(words, np.array([[0, 1]]), align(words, np.array([[0, 1]]))).columns()
    assert tuple(columns) == SYMMETRIC == load_forest("relations.json").names
    assert (columns["short"][0], columns["long_head"][0], columns["long_tail"][0]) == (6, 1, 1)


def stretches() -> st.SearchStrategy[list[str]]:
    """Texts made of stretches of the report and of other words."""
    cut = st.tuples(st.integers(0, 99), st.integers(0, 60), st.integers(0, 20))
    return st.lists(cut, max_size=4).map(
        lambda cuts: [word for start, many, more in cuts for word in (*REPORT[start : start + many], *other(more))]
    )


@given(st.lists(stretches(), min_size=2, max_size=5))
def test_what_is_not_measured_further_is_unrelated(texts: list[list[str]]) -> None:
    words = tokenize([" ".join(text) for text in texts])
    pairs = np.array([(left, right) for left in range(len(texts)) for right in range(len(texts)) if left != right])
    passages = align(words, pairs)
    found, common = measure(words, pairs, passages), measure_common(words, pairs, passages)
    assert all((getattr(found, field.name) == getattr(common, field.name)).all() for field in attrs.fields(Common))
    enough = is_scored(common) | overlaps(common)
    assert (classify(found).kind[~enough] == UNRELATED).all()
    rows = np.flatnonzero(enough)
    alone = measure(words, pairs[rows], passages.only(rows))
    assert all((getattr(found, name)[rows] == getattr(alone, name)).all() for name in NAMES)


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_cells_are_counted_bit_by_bit(bitmaps: list[int]) -> None:
    assert count_cells(np.array(bitmaps, np.uint32)).tolist() == [bitmap.bit_count() for bitmap in bitmaps]
