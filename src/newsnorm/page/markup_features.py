"""What the markup of a page says of each of its lines, as named features."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.records import Page

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]


@attrs.frozen(eq=False)
class MarkupFeatures:
    """The features of the lines with text of a page."""

    lines: tuple[int, ...]
    """The `Line.number` of each row."""
    columns: Mapping[str, Floats]
    """Feature name → its value for each row, shape (rows,)."""


def extract_markup_features(page: Page) -> MarkupFeatures:
    """Return the features of the lines of a page."""
    numbers = tuple(line.number for line in page.lines if line.text)
    lines = [page.lines[number].text for number in numbers]
    of = [page.markup.lines[number] for number in numbers]
    linked = [mark.linked / len(text) if mark else 0.0 for mark, text in zip(of, lines, strict=True)]
    return MarkupFeatures(numbers, {"linked": np.array(linked), "words": np.array([len(text.split()) for text in lines], float)})


def likelihood(features: MarkupFeatures) -> Floats:
    """Return how likely each line is part of the report. Shape (rows,)."""
    return np.where((features.columns["linked"] > 0.5) & (features.columns["words"] < 30), 0.0, 1.0)


def keep_mask(likely: Floats) -> Flags:
    """Return which lines passes are shown. Shape (rows,)."""
    kept: Flags = likely > 0.03
    return kept
