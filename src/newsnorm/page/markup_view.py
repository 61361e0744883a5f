"""
Set lines of a page aside by their markup, before any pass reads them.

Most lines of a web page are menus, teasers and forms, and its markup says so. Passes don't see these lines, which saves most of
the time that a page takes; each still has its fate in the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

import attrs

from newsnorm.records import Line, Page
from newsnorm.records.page import untouched_line

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from newsnorm.evidence import Contribution
    from newsnorm.evidence.forest import Comparison, Forest
    from newsnorm.page.markup_features import MarkupFeatures

MODEL = "markup.json"
"""The forest that scores lines by their markup alone."""

REPORT = 0.5
"""Probability from which a line counts as likely, so that others are compared with it."""

FURNITURE = ("nav", "footer", "form", "button")
"""Elements whose content is never part of a report."""


@attrs.frozen(eq=False)
class MarkupView:
    """What the markup says about the lines of a page."""

    page: Page
    """The page as it was read, with the text of every line."""
    features: MarkupFeatures
    likely: NDArray[np.float64]
    """How likely each line is part of the report, by its markup alone. Shape (lines with text,), as `MarkupFeatures.lines`."""
    set_aside: tuple[Line, ...]
    """The lines that no pass sees."""
    compared: Comparison | None = None
    """These lines compared with likely ones, for explanations."""

    @cached_property
    def furniture(self) -> frozenset[int]:
        """The numbers of lines in elements that are for menus, footers, forms or buttons."""
        columns = (self.features.columns[f"in_{element}"].tolist() for element in FURNITURE)
        return frozenset(number for number, *inside in zip(self.features.numbers, *columns, strict=True) if any(inside))

    @property
    def set_aside_likely(self) -> list[float]:
        """The probability of each line that is set aside."""
        row_of = {number: row for row, number in enumerate(self.features.numbers)}
        likely: list[float] = self.likely[[row_of[line.number] for line in self.set_aside]].tolist()
        return likely

    def against(self, most: int) -> Callable[[], Sequence[Sequence[Contribution]]]:
        """
        Return a function that names the strongest evidence against each line that is set aside; it holds little of the
        page.
        """
        nothing: Sequence[Sequence[Contribution]] = [()] * len(self.set_aside)
        return partial(self.compared.against, most) if self.compared is not None else lambda: nothing

    def screened(self) -> Page:
        """Return the page that passes see: lines that were set aside keep their place, but not their text."""
        lines = list(self.page.lines)
        for line in self.set_aside:
            lines[line.number] = untouched_line(line.number, line.span, "", line.span.start)
        return attrs.evolve(self.page, lines=tuple(lines))


def view_markup(page: Page, forest: Forest | None = None) -> MarkupView | None:
    """
    Return what the markup of a page says; None for plain text.

    Args:
        page: the page as it was read.
        forest: scores how likely lines are part of the report; by default the shipped one.

    """
    if not page.markup.elements:
        return None
    from newsnorm.evidence.forest import load_forest, probability  # these need numpy
    from newsnorm.page.markup_features import extract_markup_features
    from newsnorm.page.markup_screen import keep_mask

    features = extract_markup_features(page)
    forest = forest or load_forest(MODEL)
    matrix = features.matrix(forest.names)
    leaves = forest.leaves(matrix)
    likely = probability(forest.score_leaves(leaves))
    aside = (~keep_mask(features, likely)).nonzero()[0].tolist()
    compared = forest.compare(matrix, leaves, aside, likely > REPORT)
    return MarkupView(page, features, likely, tuple(page.lines[features.numbers[row]] for row in aside), compared)
