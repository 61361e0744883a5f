"""
Compute features of the units of a page of HTML from their markup, their text, and the scores of nearby lines by markup alone.

A feature's name tells where it comes from: ``text_…`` is a feature or signal of `newsnorm.page.unit_features`, ``opinion…`` how
likely lines are part of the report by their markup alone; all others are `newsnorm.page.markup_features`, of a unit's first line.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from newsnorm.page.marked_lines import Floats
from newsnorm.page.markup_view import MarkupView
from newsnorm.page.unit_features import UNIT, UnitFeatures

TEXT, OPINION = "text_", "opinion"

TEXT_FEATURES = (
    "closed", "words5", "words20", "words60", "usual", "digits", "title_case", "opens", "colon", "bracket", "ellipsis",
    "capitals", "name", "quote", "asking", "interface", "standing", "you", "rights", "author", "author_named", "signed",
    "address", "site_named", "site_tail", "address_tail", "author_end", "signed_end", "standing_near", "addressed_near",
    "addressed_more", "title_words", "title_words_long", "title_words_near", "like_title", "told", "told_near", "told_above",
    "told_below", "shared", "repeated", "repeated_near", "again", "dated_near", "dated_short", "name_near", "ellipsis_near",
    "phrase_near", "phrase_1", "phrase1", "taken_1", "taken1", "related_1", "weak_related", "weak_furniture", "rights_above",
    "comments_above", "byline_above", "above_title", "before", "place", "prose_8", "prose8", "run_words", "prosaic",
    "prosaic_closed", "noisy", "noisy_closed",
)  # fmt: skip
"""The features and signals of a unit's text that improve results; `newsnorm.page.unit_features` defines them."""

ALL = 10**6
AROUND = {
    "above_1_1": (-1, -1), "below_1_1": (1, 1), "above_2_2": (-2, -2), "below_2_2": (2, 2), "above_4_1": (-4, -1),
    "below_1_4": (1, 4), "above_12_1": (-12, -1), "below_1_12": (1, 12), "above_all": (-ALL, -1), "below_all": (1, ALL),
}  # fmt: skip
"""Windows of lines around each line, by first and last offset, whose mean opinion is a feature."""

MOST_WORDS = 60
"""Most words of a line that count in such a mean."""


def feature_names(markup_names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of all features, given those of markup."""
    return (*markup_names, *_opinion_names(), *(TEXT + name for name in (*TEXT_FEATURES, "evidence", "joined")))


def _opinion_names() -> tuple[str, ...]:
    return (OPINION, *(f"{OPINION}_{name}" for name in (*AROUND, "passed", "left", "total")))


def extract_extent_features(markup: MarkupView, features: UnitFeatures, names: Sequence[str]) -> Floats:
    """
    Return those features of a page's units that a model uses.

    Args:
        markup: what the markup says about the page.
        features: of its units.
        names: of the features, as `feature_names` lists them.

    Returns:
        Shape (units, features).

    """
    row_of = {number: row for row, number in enumerate(markup.features.numbers)}
    rows = [row_of[unit.lines[0].number] for unit in features.units]
    places, text = _by_origin(tuple(names))
    of_lines = {**markup.features.columns, **_opinions(markup)}
    matrix = np.empty((len(names), len(rows)))
    matrix[places[0]] = np.array([of_lines[names[place]] for place in places[0]])[:, rows]
    matrix[places[1]] = _text(features, text)
    return np.ascontiguousarray(matrix.T)


@cache
def _by_origin(names: tuple[str, ...]) -> tuple[tuple[list[int], list[int]], tuple[str, ...]]:
    """Return the positions of features of lines and of features of text, and the names of the latter."""
    of_text = [place for place, name in enumerate(names) if name.startswith(TEXT)]
    of_lines = [place for place, name in enumerate(names) if not name.startswith(TEXT)]
    return (of_lines, of_text), tuple(names[place].removeprefix(TEXT) for place in of_text)


def _text(features: UnitFeatures, names: tuple[str, ...]) -> Floats:
    """Return features of the text of the units. Shape (features, units)."""
    signals = features.signals
    known = {
        "evidence": np.asarray(features.evidence, float),
        "joined": np.array([len(unit.lines) for unit in features.units], float),
    }
    asked = tuple(name for name in names if name not in known)
    rows = dict(zip(asked, signals.rows(asked, UNIT).values, strict=True))
    return np.array([rows[name] if name in rows else known[name] for name in names])


def _opinions(markup: MarkupView) -> dict[str, Floats]:
    """Return how likely the lines around each line are part of the report, by their markup alone; arrays of shape (lines,)."""
    likely, size = markup.likely, markup.features.lines.size
    count, weight = len(likely), np.minimum(size, MOST_WORDS) + 1.0
    mass, total = np.zeros(count + 1), np.zeros(count + 1)
    np.cumsum(likely * weight, out=mass[1:])
    np.cumsum(weight, out=total[1:])
    low, high = _windows(count)
    means = (mass[high] - mass[low]) / np.maximum(total[high] - total[low], 1e-6)  # shape (windows, lines)
    passed = mass[1:] / max(float(mass[-1]), 1e-6)
    left = 1 - passed + likely * weight / max(float(mass[-1]), 1e-6)
    columns = (likely, *means, passed, left, np.full(count, mass[-1]))
    return dict(zip(_opinion_names(), columns, strict=True))


def _windows(count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first and last index (exclusive) of each window around each line; arrays of shape (windows, lines)."""
    at, around = np.arange(count), np.array(list(AROUND.values()))
    return np.clip(at + around[:, :1], 0, count), np.clip(at + around[:, 1:] + 1, 0, count)
