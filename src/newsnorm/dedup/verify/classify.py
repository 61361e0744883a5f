"""
Classify the relation of two texts.

A forest separates copies of one report from texts that merely share passages; the kind of copy follows from covers and numbers.
"""

from __future__ import annotations

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.array_ops import Flags, Floats, Indices
from newsnorm.dedup.verify.measures import Common, Measures
from newsnorm.evidence.forest import load_forest
from newsnorm.records import RelationKind

UNRELATED, OVERLAP, EXCERPT, UPDATE, NEAR, EXACT = range(6)
"""Kinds as numbers, for arrays and for indexes on disk."""
_KINDS: tuple[RelationKind, ...] = ("overlap", "excerpt", "update", "near", "exact")

MODEL = "relations.json"
"""The forest that recognises copies, fitted by ``tools/fit_relations.py``."""

MIN_COPY_WORDS = 12
"""The fewest tokens that copies have in common: a name with a title and a verb of saying is shorter, and proves nothing."""
MIN_SCORED_COVER = 0.3
"""The smallest cover of the shorter text for which the forest is used; less is a quotation or old background."""
MIN_COPY_COVER = 0.45
"""The smallest cover of the shorter text with which two texts can be copies, whatever the forest says."""
MIN_OVERLAP_WORDS = 20
"""The fewest tokens in common with which texts that are not copies are related at all: about a sentence."""
MIN_OVERLAP_DENSITY = 0.2
"""The smallest density of the passages of an overlap; sparser ones arise by chance."""
MIN_CLEAN_DENSITY = 0.6
"""The smallest density at which no letters were misread, so that another number is another fact."""
MIN_AGREEING_NUMBERS = 0.9
"""Share of numbers that must agree in copies without other figures…"""
MIN_NUMBERS = 3
"""… if there are at least this many numbers."""
MIN_FORM_NAMES = 2
"""The fewest names of a form that was filled in twice that have another name in their place…"""
FORM_LIMITS = ((0.65, 0.02), (0.5, 0.05))
"""… and their smallest number per token in common, from each density on: the fewer words are the same, the more names may just
be misread."""
MIN_NEAR_COVER = 0.7
"""The smallest cover of the longer text with which two copies are near; below it, the shorter text is an excerpt."""
MIN_UPDATE_COVER = 0.5
"""Cover of the longer text below which a copy is an excerpt, whatever its numbers."""


@attrs.frozen(kw_only=True)
class CutOff:
    """When the shorter text is the longer one without its end, and so an excerpt, although most of the longer one is covered."""

    missing: float = 0.12
    """The smallest share of the longer text that is missing."""
    at_end: float = 0.8
    """The smallest share of the missing tokens that is at the end."""
    end_words: int = 20
    """The fewest tokens missing at the end; less is about a sentence."""
    cover: float = 0.97
    """The smallest cover of the shorter text."""


CUT_OFF = CutOff()


@attrs.frozen(eq=False, kw_only=True)
class Verdicts:
    """The verdict on each pair: columns, one entry per pair."""

    kind: NDArray[np.int8]
    log_odds: Floats
    """Log odds that the two are copies of one report, capped for forms, but not by cover; minus infinity if they have too little
    in common to be scored."""


def kind_name(kind: int) -> RelationKind:
    """
    Return the name of a kind.

    >>> kind_name(NEAR)
    'near'
    """
    return _KINDS[kind - 1]


def classify(measures: Measures) -> Verdicts:
    """Classify each pair of texts that are not exact duplicates."""
    log_odds = np.full(len(measures.common), -np.inf)
    asked = np.flatnonzero(is_scored(measures))
    log_odds[asked] = load_forest(MODEL).score(measures.columns(asked))
    log_odds = cap_forms(measures, log_odds)
    kind = np.where(overlaps(measures), OVERLAP, UNRELATED)
    copies = cap_partial_copies(measures.short_cover, log_odds) > 0
    kind[copies] = _kinds_of_copies(measures)[copies]
    return Verdicts(kind=kind.astype(np.int8), log_odds=log_odds)


def is_scored(measures: Measures | Common) -> Flags:
    """Return whether each pair has enough in common to be scored by the forest."""
    scored: Flags = (measures.common >= MIN_COPY_WORDS) & (measures.short_cover >= MIN_SCORED_COVER)
    return scored


def cap_partial_copies(short_cover: Floats, log_odds: Floats) -> Floats:
    """
    Cap the log odds at 0 where too little of the shorter text is covered for a copy.

    >>> cap_partial_copies(np.array([0.4, 0.5]), np.array([2.0, 2.0])).tolist()
    [0.0, 2.0]
    """
    return np.where(short_cover < MIN_COPY_COVER, np.minimum(log_odds, 0), log_odds)


def cap_forms(measures: Measures, log_odds: Floats) -> Floats:
    """Cap the log odds of each pair at 0 if other names and other numbers stand in the same places: a form filled in twice."""
    has_other_names = np.zeros(len(log_odds), np.bool_)
    for density, share in FORM_LIMITS:
        enough = measures.renamed >= np.maximum(MIN_FORM_NAMES, share * measures.common)
        has_other_names |= enough & (measures.density >= density)
    return np.where(has_other_names & _have_other_numbers(measures), np.minimum(log_odds, 0), log_odds)


def overlaps(measures: Measures | Common) -> Flags:
    """Return whether each pair has enough in common to be related, copy or not."""
    enough: Flags = (measures.common >= MIN_OVERLAP_WORDS) & (measures.density >= MIN_OVERLAP_DENSITY)
    return enough


def _kinds_of_copies(measures: Measures) -> Indices:
    cover = measures.long_cover
    is_excerpt = (cover < MIN_NEAR_COVER) | _is_cut_off(measures)
    is_clean = measures.density >= MIN_CLEAN_DENSITY
    is_update = is_clean & _have_other_numbers(measures) & (cover >= MIN_UPDATE_COVER)
    return np.where(is_update, UPDATE, np.where(is_excerpt, EXCERPT, NEAR))


def _is_cut_off(measures: Measures) -> Flags:
    missing = measures.long_head + measures.long_middle + measures.long_tail
    at_end = (measures.long_tail >= CUT_OFF.end_words) & (measures.long_tail >= CUT_OFF.at_end * missing)
    cut: Flags = at_end & (measures.long_cover <= 1 - CUT_OFF.missing) & (measures.short_cover >= CUT_OFF.cover)
    return cut


def _have_other_numbers(measures: Measures) -> Flags:
    disagree = (measures.agreeing < MIN_AGREEING_NUMBERS) & (measures.numbers >= MIN_NUMBERS)
    return disagree | (measures.swapped >= 1)
