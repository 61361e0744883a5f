"""Find the standfirst, the summary between headline and report."""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.catalogue import Rules
from newsnorm.grammar.dateline import read_dateline
from newsnorm.page.layout import LineView
from newsnorm.page.state import CodeRule, Found
from newsnorm.records import Byline, Page, PublicationDate, Standfirst
from newsnorm.text.lazy_regex import lazy_regex

APART = CodeRule(
    "standfirst.set-apart",
    "The summary below the headline, set apart by a byline, a date or, on a page, a blank line. It stays a paragraph.",
)
CODE_RULES = (APART,)

SHORTEST, LONGEST = 40, 400
"""Code points of a standfirst; a sign that is a word counts for more, as in `LineView.size`."""

_STATION = lazy_regex(r"(?=[^a-z]{3})[^\W\d_a-z][^a-z–—]{2,40}[-–—]\s")
"""Capitals and a dash, as a dateline opens, whether or not its place is known."""

BEFORE = 2
"""Lines between it and the byline or date that sets it apart."""


def find_standfirst(page: Page, found: Found, rules: Rules) -> Iterator[Standfirst]:
    """
    Find the line below the headline that is set apart by a byline or date or, on a page, by a blank line that the headline lacks.

    Otherwise it can't be distinguished from the first paragraph; neither can a line that opens with a dateline.
    """
    layout, title = found.layout, found.title_index
    if title is None or title + 2 >= len(layout.lines):
        return
    view = layout.lines[title + 1]
    line, context = view.line, rules.context
    if not found.is_free(line.number) or not SHORTEST <= view.size <= LONGEST or view.bullet or view.dates:
        return
    if (
        _STATION.match(line.text)
        or not _is_set_apart(found, view)
        or read_dateline(line.text, context.grammar, context.languages) is not None
    ):
        return
    yield Standfirst(line=line.number, span=line.raw_span(0, len(line.text)), text=line.text, rule=APART.id)


def _is_set_apart(found: Found, view: LineView) -> bool:
    """Return whether a byline or a date follows or, within a frame, a blank line that the headline lacks."""
    below = found.layout.lines[view.position + 1 : view.position + 1 + BEFORE]
    if any(isinstance(found.taken(other.line.number), Byline | PublicationDate) for other in below):
        return True
    if found.frame.kind == "none" or found.layout.dense or view.gap or not view.gap_below:
        return False
    return bool(below) and below[0].gap and found.is_free(below[0].line.number) and found.is_prose(below[0].line.number)
