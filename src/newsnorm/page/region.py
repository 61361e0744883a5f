"""Find the part of a page of HTML that holds the report, by the element around its prose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import attrs

from newsnorm.records import Line, Page
from newsnorm.records.markup import Markup

MOST_PROSE = 0.8
"""Smallest share of the prose that the innermost element around the report must hold. Chosen, not measured."""

HEAD = 12
"""Lines with text above the report within which its lead picture may be, if there is no main heading. Chosen, not measured."""


class SizedLine(Protocol):
    """A line with text, as a layout describes it."""

    @property
    def line(self) -> Line: ...  # noqa: D102
    @property
    def size(self) -> int: ...  # noqa: D102


class LaidOutPage(Protocol):
    """
    The part of `PageLayout` that the search for the region uses; the class is not imported, since layouts hold their
    region.
    """

    @property
    def page(self) -> Page: ...  # noqa: D102
    @property
    def whole_page(self) -> Page: ...  # noqa: D102
    @property
    def lines(self) -> Sequence[SizedLine]: ...  # noqa: D102
    @property
    def prose(self) -> Sequence[bool]: ...  # noqa: D102


@attrs.frozen
class ReportRegion:
    """The element around the report, and the lines above the report from the main heading on."""

    markup: Markup
    container: int
    """Index of the element; 0, the root, if there is no prose."""
    start: int
    """The `Line.number` from which lines above the report belong to its head."""
    first: int
    """The `Line.number` of the first prose."""
    last: int
    """The `Line.number` of the last prose."""

    @classmethod
    def of(cls, layout: LaidOutPage) -> ReportRegion:
        """Find the region of the report on a page; the region of a plain text is empty."""
        markup = layout.page.markup
        prose = [view for view in layout.lines if layout.prose[view.line.number]]
        if not prose or not markup.elements:
            return cls(markup, 0, 0, -1, -1)
        sizes = [0] * len(markup.elements)
        for view in prose:
            mark = markup.of_line(view.line.number)
            sizes[mark.element if mark is not None else 0] += view.size
        held = markup.sums(sizes)
        most = MOST_PROSE * held[0]
        container = max(index for index, size in enumerate(held) if size >= most)  # the inner ones have higher indices
        first = prose[0].line.number
        return cls(markup, container, _head(layout, first), first, prose[-1].line.number)

    def holds(self, element: int, number: int) -> bool:
        """
        Return whether something belongs to the report or its head.

        Args:
            element: index of the element that it is in.
            number: the `Line.number` of its line or of the next one; -1 below all lines.

        """
        if self.start <= number <= self.first:
            return True
        elements = self.markup.elements
        while element > self.container:
            if elements[element].tag in ("nav", "footer"):
                return False
            element = elements[element].parent
        return self.first >= 0 and element == self.container and (self.container > 0 or self.first <= number <= self.last)


def _head(layout: LaidOutPage, first: int) -> int:
    """Return the number of the line where the head begins of a report that begins in line `first`."""
    page = layout.whole_page
    above = [line.number for line in page.lines[:first] if line.text]
    markup = page.markup
    head = markup.innermost(markup.tagged({"h1"}))
    for number in reversed(above):
        mark = markup.lines[number]
        if mark is not None and head[mark.element]:
            return above[max(0, above.index(number) - HEAD // 2)]
    return above[-HEAD] if len(above) >= HEAD else 0
