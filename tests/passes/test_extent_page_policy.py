"""Which units of a page of HTML stay, given how likely each is part of the report."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from pages import REPORT, page_of

import newsnorm
from newsnorm.page.state import Found
from newsnorm.page.unit_features import extract_features
from newsnorm.page.units import scan_units
from newsnorm.passes.extent_page import keep_likely

LONG = tuple(f"On day {number}: {text}" for number in range(4) for text in REPORT)
LINK = "Harbour board elects a new chair"
TIMES = tuple(f"Line {number}: every {number + 3} minutes from the north pier" for number in range(9))


def stays(lines: Sequence[str], likely: Sequence[float]) -> list[bool]:
    page = page_of(*lines)
    features = extract_features(scan_units(Found(page, newsnorm.Catalogue.default())))
    assert len(features.units) == len(likely)
    is_sentence = features.signals["closed"] > 0
    kept: list[bool] = keep_likely(np.array(likely), features.free, is_sentence, features.size).tolist()
    return kept


def test_a_few_words_in_doubt_go() -> None:
    likely = [0.98] * len(LONG)
    assert stays((*LONG, LINK), [*likely, 0.7]) == [*([True] * len(LONG)), False]
    assert all(stays((*LONG, LINK), [*likely, 0.85]))


def test_a_list_in_doubt_stays() -> None:
    assert all(stays((*REPORT, *TIMES), [*([0.98] * len(REPORT)), *([0.7] * len(TIMES))]))


@pytest.mark.parametrize(("likely", "kept"), [(0.95, True), (0.55, True), (0.35, False)])
def test_a_sentence_stays_unless_it_is_unlikely(likely: float, kept: bool) -> None:
    assert stays(LONG, [likely, *([0.98] * (len(LONG) - 1))])[0] is kept


def test_where_nothing_is_likely_the_likeliest_stay() -> None:
    assert stays((*REPORT, LINK), [*([0.3] * len(REPORT)), 0.05]) == [*([True] * len(REPORT)), False]


def test_nothing_stays_of_a_page_without_units() -> None:
    assert stays((), ()) == []
