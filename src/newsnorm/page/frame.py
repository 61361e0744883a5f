"""
Determine what surrounds the report: a page's furniture, a byline and a date, or nothing.

Fields are chosen among the lines that a site prints around a report. Texts in a corpus often lack these lines, and a choice among
the report's own lines would be an invention. So each field checks the frame first.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from newsnorm.page.date_standing import is_date_line
from newsnorm.page.layout import LineView, PageLayout
from newsnorm.text.sentences import ends_sentence

FrameKind: TypeAlias = Literal["page", "article", "none"]

SHORT = 40
"""Code points. A shorter line that does not end a sentence may be a link, a label or a heading."""

FEWEST_SHORT, SHORT_SHARE = 5, 0.15
"""Fewest such lines, and their smallest share, that make a text a page. Chosen so that most whole pages and few corpus texts
qualify."""

MANY_SHORT = 8
"""Fewest short lines of a page whose head may contain paragraphs, such as a notice on cookies. Chosen, not measured."""

HEAD = 2
"""Lines from the first paragraph on within which a byline or a date still belongs to the head of the text."""


@attrs.frozen
class Frame:
    """What surrounds the report in a text."""

    kind: FrameKind
    """``page``: links, labels and headings around the report; ``article``: a byline or a date on a line of its own; ``none``."""
    short_lines: int
    date_lines: int
    bylines: int
    """Number of lines with a byline marker."""
    at_head: bool
    """Whether such a line or a date line is above the report or beside its first paragraph."""


def frame_of(layout: PageLayout) -> Frame:
    """
    Return the frame of a page.

    >>> from newsnorm.catalogue import Catalogue
    >>> from newsnorm.read import raw_article, read
    >>> rules = Catalogue.default().narrow("en")
    >>> def kind(text): return frame_of(PageLayout.of(read(raw_article(text)), rules)).kind
    >>> kind("Quay to close\\nBy Ana Ng\\nThe quay closes on Monday, the port said."), kind("It rained.\\nIt rained again.")
    ('article', 'none')
    """
    short = sum(is_short(view) for view in layout.lines if view.line.number not in layout.fragments)
    dates = [view.position for view in layout.dated if is_date_line(view)]
    bylines = [index for index, reading in layout.bylines.items() if reading.kind != "bare" and reading.people]
    if short >= FEWEST_SHORT and short > SHORT_SHARE * len(layout.lines):
        kind: FrameKind = "page"
    else:
        kind = "article" if dates or bylines else "none"
    last = len(layout.lines) - 1
    at_head = any(index <= layout.start + HEAD and index != last for index in (*dates, *bylines))
    return Frame(kind, short, len(dates), len(bylines), at_head)


def is_short(view: LineView) -> bool:
    """Return whether a line is short and does not end a sentence: a link, a label, a heading."""
    return view.size < SHORT and not ends_sentence(view.text)
