"""Which units go, given how likely each is part of the report."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from pages import LAST, MORE, PROSE, REPORT, after, found_on, page_of

from newsnorm.page.unit_features import UnitFeatures, extract_features
from newsnorm.page.units import scan_units
from newsnorm.passes import find_curated
from newsnorm.passes.extent_policy import Decision, apply_policy, looks_like_a_page, may_have_boilerplate

FRAME = ("Home", "News", "Sport", "Sign in", "Subscribe", "Share on Facebook", "Share on Twitter", "Privacy policy")
STOCK = "By subscribing to our newsletter you agree to our terms and our cookie settings."
LONG = (*REPORT, *(f"On Tuesday: {text}" for text in REPORT), *(f"On Friday: {text}" for text in REPORT))
"""A report of nine paragraphs, of which one may go."""


def features_of(*lines: str) -> UnitFeatures:
    return extract_features(scan_units(after(page_of(*lines), find_curated)))


def decide(lines: Sequence[str], likely: Sequence[float]) -> Decision:
    features = features_of(*lines)
    assert len(features.units) == len(likely)
    return apply_policy(features, np.array(likely))


def kept(lines: Sequence[str], likely: Sequence[float]) -> list[bool]:
    mask: list[bool] = decide(lines, likely).keep_mask.tolist()
    return mask


def test_a_page_has_short_lines_and_known_ones_and_an_extract_has_not() -> None:
    assert looks_like_a_page(features_of(*FRAME, *REPORT, "Related articles", "© 2024 Example News. All rights reserved."))
    assert not looks_like_a_page(features_of(*REPORT))
    assert not looks_like_a_page(features_of("Harbour", "Malmö", "Ferries", "Pillars", *REPORT))


def test_a_report_alone_needs_no_chain() -> None:
    assert not may_have_boilerplate(scan_units(found_on(*REPORT)))
    assert may_have_boilerplate(scan_units(found_on(*REPORT, STOCK, LAST)))
    assert may_have_boilerplate(scan_units(found_on("Harbour", *REPORT)))
    assert not may_have_boilerplate(scan_units(found_on("")))


def test_all_stay_where_all_are_likely() -> None:
    assert kept(LONG, [0.99] * 9) == [True] * 9


@pytest.mark.parametrize(("likely", "stays"), [(0.2, True), (0.05, True), (0.01, False)])
def test_prose_below_a_report_goes_only_where_it_is_hardly_likely(likely: float, stays: bool) -> None:
    assert kept(LONG, [0.99] * 8 + [likely]) == [True] * 8 + [stays]


def test_prose_amid_a_report_stays_however_unlikely() -> None:
    assert kept(LONG, [0.99] * 4 + [0.0] + [0.99] * 4) == [True] * 9


@pytest.mark.parametrize(
    ("line", "likely", "stays"), [(STOCK, 0.05, True), ("© Example News", 0.05, False), ("© Example News", 0.2, True)]
)
def test_amid_a_report_a_known_line_goes_unless_it_closes_as_a_sentence(line: str, likely: float, stays: bool) -> None:
    assert kept((*LONG[:4], line, *LONG[4:]), [0.99] * 4 + [likely] + [0.99] * 5) == [True] * 4 + [stays] + [True] * 5


@pytest.mark.parametrize(("likely", "stays"), [(0.4, True), (0.3, False)])
def test_what_looks_like_boilerplate_goes_sooner(likely: float, stays: bool) -> None:
    assert kept((*LONG, STOCK), [0.99] * 9 + [likely]) == [True] * 9 + [stays]


def test_a_headline_at_the_very_top_goes_without_further_evidence() -> None:
    lines = ("Pillars crack in harbour", *LONG)
    assert kept(lines, [0.05] + [0.99] * 9) == [False] + [True] * 9
    assert kept(lines, [0.2] + [0.99] * 9) == [True] * 10


def test_where_more_than_three_tenths_of_the_words_would_go_all_stay() -> None:
    decision = decide(REPORT, [0.99, 0.99, 0.0])
    assert decision.refused
    assert decision.keep_mask.all()
    assert decide(LONG, [0.99] * 8 + [0.0]).refused is False


def test_where_nothing_is_likely_all_stay() -> None:
    assert decide(REPORT, [0.0] * 3).refused
    assert decide((PROSE, MORE), [0.01, 0.02]).keep_mask.all()


def test_a_long_paragraph_above_the_report_stays_though_it_lacks_its_stop() -> None:
    lede = " ".join((PROSE.removesuffix("."), "and that was only the beginning of it"))
    lines = (lede, "© Example News", "Harbour", *LONG)
    assert kept(lines, [0.02, 0.02, 0.02] + [0.99] * 9) == [True, False, False] + [True] * 9


def test_a_list_of_results_amid_the_report_of_a_page_stays_and_a_list_of_headlines_goes() -> None:
    foot = ("Related articles", "© 2024 Example News. All rights reserved.")

    def amid(*items: str) -> list[bool]:
        lines = (*FRAME, *REPORT, *items, LAST, *foot)
        likely = [0.0] * len(FRAME) + [0.99] * len(REPORT) + [0.2] * len(items) + [0.99] + [0.0] * len(foot)
        mask = kept(lines, likely)
        return mask[len(FRAME) + len(REPORT) : -1 - len(foot)]

    assert amid("1. Sailing club 21 9 4", "2. Rowing club 17 8 8", "3. Swimmers 3 2 20") == [True] * 3
    assert amid("Minister Opens Zoo", "Lions Eat Cake") == [False] * 2


def test_a_line_that_announces_what_follows_stays_at_the_end() -> None:
    announced = "Here is a longer look at some of what he said in those days:"
    assert kept((*LONG, announced, "Related articles"), [0.99] * 9 + [0.2, 0.0])[9]


def test_many_sentences_below_the_report_are_more_of_it_unless_most_are_known() -> None:
    boats = "boats left the inner harbour for the islands in the north of the bay at noon on that day."
    below = [f"Then {index} {boats}" for index in range(6)]
    assert kept((*LONG, STOCK, *below), [0.99] * 9 + [0.01] * 7)[9:] == [True] * 7
    terms = "you agree to our terms and our cookie settings, and so to ours."
    stocks = [f"By subscribing to newsletter {index} {terms}" for index in range(6)]
    assert kept((*LONG, *below, *stocks), [0.99] * 15 + [0.01] * 6)[15:] == [False] * 6
