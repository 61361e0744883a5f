"""
Which units of a page of HTML stay? A forest sees the markup of each, its text, and what markup alone says of the lines around.

Markup says more than text does, so what is unlikely to be part of the report goes, without the restraint of
`newsnorm.passes.extent_policy`.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from newsnorm.evidence.forest import Forest, load_forest, probability
from newsnorm.page.extent_features import extract_extent_features
from newsnorm.page.markup_screen import BLOCK_WORDS
from newsnorm.page.markup_view import MarkupView
from newsnorm.page.unit_features import extract_features
from newsnorm.page.units import UnitCues
from newsnorm.passes.extent_structure import LEAST_LIKELY, keep_alike, keep_structure
from newsnorm.passes.verdict import Verdict

MODEL = "page-extent.json"

KEEP, KEEP_SENTENCE = 0.5, 0.4
"""The probability from which a unit stays, and from which one that closes as a sentence does: losing it would be worse than
keeping it (``tools/fit_markup.py --folds`` prints both for all units)."""

SHARE = 0.5
"""Where no unit reaches it: the share of the highest probability on the page from which units stay."""


def judge_page(cues: UnitCues, markup: MarkupView, forest: Forest | None = None) -> Verdict:
    """
    Decide which units of a page of HTML stay.

    Args:
        cues: of the units.
        markup: what the markup says of the page.
        forest: says how likely units are part of the report; the one that ships with newsnorm unless given.

    """
    forest, features = forest or load_forest(MODEL), extract_features(cues)
    rows = extract_extent_features(markup, features, forest.names)
    leaves, free = forest.leaves(rows), features.free
    likely = probability(forest.score_leaves(leaves))
    most_likely = float(likely.max(initial=0.0, where=free))
    least = np.minimum(np.where(features.signals["closed"] > 0, KEEP_SENTENCE, KEEP), SHARE * most_likely)
    kept = ((likely > least) | (features.size >= BLOCK_WORDS)) & free
    kept = keep_alike(kept, free & ~features.evidence & (likely > LEAST_LIKELY), cues.units, markup.page.markup)
    kept = keep_structure(kept, free, cues.units, markup.page.markup)
    return Verdict(
        units=cues.units,
        likely=likely,
        keep_mask=kept,
        free=free,
        reasons=lambda units, most: partial(forest.compare(rows, leaves, units, kept).against, most),
    )
