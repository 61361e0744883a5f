"""Choose the lines of a page that passes see: those that may be part of the report, and those that may hold its fields."""

from __future__ import annotations

import numpy as np

from newsnorm.page.marked_lines import Flags, Floats
from newsnorm.page.markup_features import MarkupFeatures

SURE = 0.05
"""Probability of being part of the report, by its markup, up to which a line is certain not to be."""

FIELD = 30
"""Words of the longest line that may hold a field."""

ABOVE, BELOW = 12, 25
"""Lines above and below the headline within which fields marked by their markup are looked for."""

NEAR = 5
"""Lines around the headline within which all fields are looked for."""

TITLE = 0.5
"""Smallest similarity to a stated title of a line that may be the headline."""


BLOCK_WORDS = 1_500
"""Fewest words of a line that is kept whatever its markup: no paragraph is as long, so it is a block of lines that were not read
one by one (`newsnorm.read.limits`)."""


def keep_mask(features: MarkupFeatures, likely: Floats) -> Flags:
    """Return which lines passes see. Shape (lines,)."""
    kept: Flags = (likely > SURE) | _may_hold_field(features) | (features.lines.size >= BLOCK_WORDS)
    return kept


def _may_hold_field(features: MarkupFeatures) -> Flags:
    """Return which lines may hold the headline, a byline or a date. Shape (lines,)."""
    of = features.columns
    marks = of["near_author"] + of["near_time"] + of["is_time"] + of["named"] > 0
    heads = (of["is_h1"] > 0) | (of["like_stated_title"] > TITLE)
    from_headline = np.round(30 * of["from_headline"])
    has_headline = bool(from_headline.any())
    is_beside = has_headline & (np.abs(from_headline) <= NEAR)
    is_around = has_headline & (from_headline >= -ABOVE) & (from_headline <= BELOW) | (of["in_core"] > 0)
    return np.asarray((of["words"] <= FIELD) & (heads | is_beside | (is_around & marks)))
