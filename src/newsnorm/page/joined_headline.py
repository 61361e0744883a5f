"""
Find a headline that was joined to the beginning of the first line.

Some corpora join headline and text with a space. Only the URL, if it contains all words of the headline, tells where it ends.
"""

from __future__ import annotations

from newsnorm.page.layout import LineView
from newsnorm.page.state import Found
from newsnorm.page.title_cues import LONGEST
from newsnorm.page.topic import stems
from newsnorm.text.scripts import has_case
from newsnorm.text.web_address import is_address

WHOLE_SLUG = 5
"""Fewest words of a URL that can tell where a headline ends."""

LEDE, REPEATED = 400, 0.25
"""Code points after the headline, and the smallest share of its stems that they must repeat. Chosen, not measured."""


def joined_headline(found: Found) -> tuple[LineView, int] | None:
    """
    Return the first line of a page and the offset at which the headline at its beginning ends; None if there is none.

    The beginning must contain all words of the URL; the text must continue with a capital and soon repeat words of the headline.

    >>> from newsnorm import Parser
    >>> parser, url = Parser(), "https://example.com/storm-closes-the-old-quay"
    >>> text = "Storm closes the old quay The quay was closed on Monday after a storm, the port said, and the ferries stay there."
    >>> view, end = joined_headline(Found(parser.page(text, url=url), parser.catalogue))
    >>> view.text[:end]
    'Storm closes the old quay'
    """
    layout = found.layout
    if len(layout.slug.words) < WHOLE_SLUG:
        return None
    view = next((view for view in layout.lines if not is_address(view.text)), None)
    if view is None or not view.paragraph or view.bullet or not found.is_free(view.line.number):
        return None
    end = layout.slug.end_of_prefix(view.text[:LONGEST])
    return (view, end) if end and _begins_anew(view.text[:end], view.text[end : end + LEDE]) else None


def _begins_anew(headline: str, rest: str) -> bool:
    """Return whether the text after a headline begins with a capital and repeats some of the headline's words."""
    if not rest[:1].isspace() or rest.lstrip()[:1].islower() or not has_case(rest):
        return False
    own = stems(headline)
    return len(own & stems(rest)) >= REPEATED * max(2, len(own))
