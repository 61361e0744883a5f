"""
Is the first line of a text its headline?

That is all that a text without a frame shows: a headline is short, has no full stop, and stands above sentences. A URL that tells
the headline settles it. ``score.py`` of the corpora benchmark prints how many headlines are right and how many are made up.
"""

from __future__ import annotations

from newsnorm.catalogue.slots import place
from newsnorm.grammar.byline_markers import opening_marker
from newsnorm.grammar.credit import read_credit
from newsnorm.grammar.dateline import read_dateline
from newsnorm.grammar.names import is_person
from newsnorm.page.date_standing import DATE_SHARE, date_share
from newsnorm.page.layout import SLUG_MATCH, LineView, is_sentence
from newsnorm.page.state import Found
from newsnorm.page.title_cues import LONGEST_PARAGRAPH, SHORTEST
from newsnorm.page.url_slug import is_address
from newsnorm.text.folding import fold_numbers
from newsnorm.text.lazy_regex import lazy_regex

FEWEST, UNPROVEN, UNPROVEN_WORDS = 3, 120, 19
"""Words, code points and words again of a first line that nothing else calls the headline: the name of a site is shorter, a
standfirst longer. Chosen, not measured."""

BACKED, WHOLE_MATCH = 0.3, 0.8
"""How similar to a telling URL a headline is at least, and one that ends with a stop. First lines of reports mostly share a few
words with their URL, too."""

SOON, SOON_IN_FRAME = 6, 3
"""Lines below the first one, among which a sentence stands: a subhead and a caption may come between. In a frame a line so far
above the report is as likely the name of a section."""

MARKED = 30
"""Code points of a line that opens with a byline marker and names nobody whom we know. A headline may open with "By", too."""

_STOPPED = lazy_regex(r"(?<![A-ZÀ-Þ])[.。।۔]\Z")
"""A full stop at the end, but not that of initials (``EE.UU.``)."""
_OPEN_END = frozenset(":：,;")
_QUESTION = frozenset("?？؟")
_CRUMBS = lazy_regex(r"\s[>›»/]\s")


def first_line_headline(found: Found) -> LineView | None:
    """
    Return the first line of a page, if it reads like a headline, the URL does not contradict it and a sentence follows.

    >>> from newsnorm import Parser
    >>> parser = Parser()
    >>> page = parser.page("Quay closed after storm\\n\\nThe quay was closed on Monday, the port authority said.")
    >>> first_line_headline(Found(page, parser.catalogue)).text
    'Quay closed after storm'
    """
    layout, learned = found.layout, found.rules.learned
    lines = (view for view in layout.lines if not is_address(view.text))
    view = next((view for view in lines if fold_numbers(view.line.text) not in learned), None)
    if view is None or not _reads_like_headline(found, view) or _is_something_else(found, view):
        return None
    soon = SOON if found.frame.kind == "none" else SOON_IN_FRAME
    return view if any(map(is_sentence, layout.lines[view.position + 1 : view.position + 1 + soon])) else None


def reads_alone(found: Found, view: LineView) -> bool:
    """Return whether a line reads like a headline by itself, whatever stands below it."""
    return _reads_like_headline(found, view) and not _is_something_else(found, view)


def _reads_like_headline(found: Found, view: LineView) -> bool:
    """Return whether a line has the length and the ends of a headline; the better the URL backs it, the less else it needs."""
    text, words = view.text, view.text.count(" ") + 1
    if not SHORTEST < view.size <= LONGEST_PARAGRAPH or text[0].islower() or view.bullet or text[-1] in _OPEN_END:
        return False
    stops, asks = _STOPPED.search(text) is not None, text[-1] in _QUESTION
    backing = _backing(found, view)
    if backing is not None:
        least = WHOLE_MATCH if stops else SLUG_MATCH if asks or view.size > UNPROVEN else BACKED
        return backing >= (least / 2 if _dateline_follows(found, view) else least)
    return not stops and view.size <= UNPROVEN and (view.size > len(text) or FEWEST <= words <= UNPROVEN_WORDS)


def _backing(found: Found, view: LineView) -> float | None:
    """Return how similar a line is to the URL slug, from 0 to 1; None if its words are too few to say anything."""
    slug = found.layout.slug
    return slug.similarity(view.text) if slug.is_telling else None


def _dateline_follows(found: Found, view: LineView) -> bool:
    """Return whether the next line opens with a dateline, as the first one of a report does."""
    context, below = found.rules.context, found.layout.lines[view.position + 1 : view.position + 2]
    return any(read_dateline(other.text, context.grammar, context.languages) is not None for other in below)


def _is_something_else(found: Found, view: LineView) -> bool:
    """Return whether a line is taken, known to a rule, a date, a byline, a credit, a name, a trail of sections or a place."""
    if not found.is_free(view.line.number) or found.matches_any(view.line) or _is_signature(found, view):
        return True
    context = found.rules.context
    if read_credit(view.text, context.grammar, context.languages) is not None:
        return True
    if is_person(view.text, context.grammar) or read_dateline(view.text, context.grammar, context.languages) is not None:
        return True
    return len(_CRUMBS.findall(view.text)) > 1 or place(view.text, context) is not None


def _is_signature(found: Found, view: LineView) -> bool:
    """Return whether a line is a byline or a date: without a frame only a marked byline, and a date that fills the line."""
    reading = found.layout.bylines.get(view.position)
    if found.frame.kind != "none":
        return reading is not None or bool(view.dates)
    if view.size <= MARKED and opening_marker(view.text, found.rules.markers)[0] is not None:
        return True
    return date_share(view) >= DATE_SHARE or (reading is not None and reading.kind != "bare")
