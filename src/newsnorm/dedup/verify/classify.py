"""
Of what kind is the relation of two texts?

Copies are told from texts that merely share passages by `forest`; the kind of a copy follows from its covers and its numbers.
"""

from __future__ import annotations

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.dedup.text.tokens import Flags, Places
from newsnorm.dedup.verify.measures import Measures, Numbers
from newsnorm.evidence.forest import load_forest
from newsnorm.records import RelationKind

NONE, OVERLAP, EXCERPT, UPDATE, NEAR, EXACT = range(6)
_KINDS: tuple[RelationKind, ...] = ("overlap", "excerpt", "update", "near", "exact")

WORDS = 12
"""A passage of fewer words proves nothing: a name with a title and a verb of saying is shorter."""
SHARE = 0.3
"""Less of the shorter text in common is a quotation or old background; the trees are not asked."""
MOSTLY = 0.45
"""With less of the shorter text in common, two texts are parts of each other at best: no copy, whatever the trees say."""
OVERLAPPING = 20
"""Words in common that are reported, if two texts are no copies: about a sentence."""
HELD = 0.2
"""Anchors for each word of the passages of an overlap: fewer are met by chance."""
CLEAN = 0.6
"""Density of anchors above which no letters were misread, so that other numbers mean other facts."""
AGREEING = 0.9
ALIKE = 0.7
"""Share of the longer text in passages from which two texts are near copies, and below which the shorter one is an excerpt."""
HALF = 0.5
"""Less of the longer text in passages makes an excerpt, whatever its numbers say."""
CUT, AT_END, WHOLE = 0.12, 0.8, 0.97
"""A text whose `WHOLE` is in passages, while the other one goes on for `CUT` of itself, most of it at its end, was cut off."""
CUT_WORDS = 20
"""Fewer words at the end are a sentence more, and no cut."""


@attrs.frozen(eq=False, kw_only=True)
class Verdicts:
    """What became of each pair."""

    kind: NDArray[np.int8]
    odds: Numbers
    """Log odds that the two are copies of one report; minus infinity, if they have too little in common."""


def kind_of(number: int) -> RelationKind:
    """The name of a kind."""
    return _KINDS[number - 1]


def judge(measures: Measures) -> Verdicts:
    """The kind of each pair of different texts."""
    odds = np.full(len(measures.common), -np.inf)
    asked = np.flatnonzero((measures.common >= WORDS) & (measures.short_cover >= SHARE))
    odds[asked] = load_forest("relations.json").score(measures.columns(asked))
    odds = no_parts(measures, odds)
    copies = odds > 0
    kind = np.where(overlapping(measures), OVERLAP, NONE)
    kind[copies] = _copies(measures)[copies]
    return Verdicts(kind=kind.astype(np.int8), odds=odds)


def no_parts(measures: Measures, odds: Numbers) -> Numbers:
    """Log odds without those that would make copies of texts that hold too little of each other."""
    return np.where(measures.short_cover < MOSTLY, np.minimum(odds, 0), odds)


def overlapping(measures: Measures) -> Flags:
    """Whether two texts have enough in common to be told, copies or not."""
    enough: Flags = (measures.common >= OVERLAPPING) & (measures.density >= HELD)
    return enough


def _copies(measures: Measures) -> Places:
    long = measures.long_cover
    partial = (long < ALIKE) | _cut(measures)
    return np.where(_changed(measures) & (long >= HALF), UPDATE, np.where(partial, EXCERPT, NEAR))


def _cut(measures: Measures) -> Flags:
    """Whether the shorter text is the longer one without its end."""
    missing = measures.long_head + measures.long_middle + measures.long_tail
    at_end = (measures.long_tail >= CUT_WORDS) & (measures.long_tail >= AT_END * missing)
    cut: Flags = at_end & (measures.long_cover <= 1 - CUT) & (measures.short_cover >= WHOLE)
    return cut


def _changed(measures: Measures) -> Flags:
    """Whether cleanly copied passages tell other numbers."""
    clean = measures.density >= CLEAN
    return clean & ((measures.swapped >= 1) | ((measures.agreeing < AGREEING) & (measures.numbers >= 3)))
