"""What the measures of a pair make of it."""

from __future__ import annotations

import attrs
import numpy as np
import pytest

from newsnorm.dedup.text.tokens import tokenize
from newsnorm.dedup.verify.align import align
from newsnorm.dedup.verify.classify import (
    EXACT,
    EXCERPT,
    FORM_LIMITS,
    MIN_COPY_WORDS,
    MIN_FORM_NAMES,
    MIN_OVERLAP_DENSITY,
    MIN_OVERLAP_WORDS,
    MIN_SCORED_COVER,
    NEAR,
    OVERLAP,
    UNRELATED,
    UPDATE,
    classify,
    kind_name,
)
from newsnorm.dedup.verify.measures import Measures, measure

REPORT = [f"w{number}" if number % 15 else str(100 + number) for number in range(150)]


def measures(left: list[str], right: list[str]) -> Measures:
    words = tokenize([" ".join(left), " ".join(right)])
    return measure(words, np.array([[0, 1]]), align(words, np.array([[0, 1]])))


def verdict(found: Measures, **other: float) -> tuple[int, float]:
    verdicts = classify(attrs.evolve(found, **{name: np.array([value]) for name, value in other.items()}))
    return int(verdicts.kind[0]), float(verdicts.log_odds[0])


COPY = measures(REPORT, REPORT)
APART = measures(REPORT, [f"x{number}" for number in range(150)])


def test_kinds_have_names() -> None:
    kinds = [kind_name(number) for number in (OVERLAP, EXCERPT, UPDATE, NEAR, EXACT)]
    assert kinds == ["overlap", "excerpt", "update", "near", "exact"]
    assert UNRELATED == 0


def test_nothing_in_common_is_no_relation() -> None:
    assert verdict(APART) == (UNRELATED, -np.inf)


def test_a_copy_is_near() -> None:
    kind, odds = verdict(COPY)
    assert kind == NEAR
    assert odds > 3


def test_the_trees_are_not_asked_about_few_words_or_a_small_share() -> None:
    assert verdict(COPY, common=MIN_COPY_WORDS - 1) == (UNRELATED, -np.inf)
    assert np.isfinite(verdict(COPY, common=MIN_COPY_WORDS)[1])
    assert verdict(COPY, short_cover=MIN_SCORED_COVER - 0.01) == (OVERLAP, -np.inf)
    assert np.isfinite(verdict(COPY, short_cover=MIN_SCORED_COVER)[1])


def test_no_copies_with_a_sentence_in_common_overlap() -> None:
    assert verdict(APART, common=MIN_OVERLAP_WORDS - 1)[0] == UNRELATED
    assert verdict(APART, common=MIN_OVERLAP_WORDS, density=MIN_OVERLAP_DENSITY)[0] == OVERLAP
    assert verdict(APART, common=MIN_OVERLAP_WORDS, density=MIN_OVERLAP_DENSITY - 0.01)[0] == UNRELATED


def test_a_cut_copy_is_an_excerpt() -> None:
    found = measures(REPORT, REPORT[:60])
    kind, odds = verdict(found)
    assert (kind, odds > 0) == (EXCERPT, True)


@pytest.mark.parametrize(("cover", "kind"), [(0.7, NEAR), (0.69, EXCERPT), (1.0, NEAR)])
def test_how_much_of_the_longer_text_makes_it_near(cover: float, kind: int) -> None:
    assert verdict(COPY, long_cover=cover)[0] == kind


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"long_cover": 0.88, "long_tail": 40}, EXCERPT),
        ({"long_cover": 0.89, "long_tail": 40}, NEAR),
        ({"long_cover": 0.88, "long_tail": 40, "long_head": 10}, EXCERPT),
        ({"long_cover": 0.88, "long_tail": 40, "long_middle": 11}, NEAR),
        ({"long_cover": 0.88, "long_tail": 40, "short_cover": 0.96}, NEAR),
        ({"long_cover": 0.88, "long_tail": 40, "swapped": 1}, UPDATE),
    ],
)
def test_a_text_without_its_end_is_an_excerpt(changes: dict[str, float], kind: int) -> None:
    assert verdict(COPY, **changes)[0] == kind


def test_other_figures_make_an_update() -> None:
    changed = [str(int(word) + 500) if number in (30, 75) else word for number, word in enumerate(REPORT)]
    assert verdict(measures(REPORT, changed))[0] == UPDATE
    assert verdict(COPY, swapped=1)[0] == UPDATE
    assert verdict(COPY, agreeing=0.89)[0] == UPDATE
    assert verdict(COPY, agreeing=0.89, numbers=2)[0] == NEAR
    assert verdict(COPY, agreeing=0.9)[0] == NEAR


@pytest.mark.parametrize(("density", "share"), FORM_LIMITS)
def test_other_names_and_other_figures_make_a_form(density: float, share: float) -> None:
    names = max(MIN_FORM_NAMES, int(np.ceil(share * COPY.common[0])))
    assert verdict(COPY, swapped=1, renamed=names, density=density) == (OVERLAP, 0)
    assert verdict(COPY, agreeing=0.5, renamed=names, density=density) == (OVERLAP, 0)
    assert verdict(COPY, swapped=1, renamed=names - 1, density=density)[1] > 0
    assert verdict(COPY, swapped=1, renamed=names, density=density - 0.01)[1] > 0
    assert verdict(COPY, renamed=names, density=density)[1] > 0


def test_where_letters_are_misread_other_figures_mean_nothing() -> None:
    assert verdict(COPY, swapped=1, density=0.5)[0] == NEAR
    assert verdict(COPY, swapped=1, density=0.6)[0] == UPDATE


def test_a_piece_with_other_figures_is_an_excerpt() -> None:
    assert verdict(COPY, swapped=1, long_cover=0.5)[0] == UPDATE
    assert verdict(COPY, swapped=1, long_cover=0.49)[0] == EXCERPT
