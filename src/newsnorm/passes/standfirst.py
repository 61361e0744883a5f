"""Find the standfirst, the summary between headline and report."""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import islice

from newsnorm.catalogue import Rules
from newsnorm.grammar.dateline import read_dateline
from newsnorm.page.layout import LineView, is_sentence
from newsnorm.page.markup_names import group_bit, groups_of
from newsnorm.page.state import CodeRule, Found
from newsnorm.records import Byline, Page, PublicationDate, Standfirst, Title
from newsnorm.records.markup import Markup
from newsnorm.text.folding import fold
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.sentences import ends_sentence

APART = CodeRule(
    "standfirst.set-apart",
    "The summary below the headline, set apart by a byline, a date or, without a full stop, a blank line. It stays a paragraph.",
)
MARKED = CodeRule(
    "standfirst.marked",
    "The summary next to the headline, recognised by its class name or by the page's own description. It stays a paragraph.",
)
CODE_RULES = (APART, MARKED)

BELOW_TITLE = 5
"""Lines below the headline within which the markup may mark one as the summary. Chosen, not measured."""

STATED_BELOW = 12
"""Lines below the headline within which the page's stated description is looked for; date, byline and buttons may come
between."""

STATED_ABOVE = 3
"""Lines above the headline within which it is looked for. Chosen, not measured."""

NO_SUMMARY = frozenset(("aside", "blockquote", "form"))
"""Elements that don't contain the summary."""

OWN = 2
"""Elements around a line, including its own, whose names may mark it as the summary."""

SHORTEST, LONGEST = 40, 400
"""Code points of the shortest and longest standfirst; a character that is a word counts for more, as in `LineView.size`."""

_STATION = lazy_regex(r"(?=[^a-z]{3})[^\W\d_a-z][^a-z–—]{2,40}[-–—]\s")
"""Capitals and a dash, as at the beginning of a dateline, whether or not its place is known."""

SUMMARY = 160
"""Code points of the longest summary of whole sentences that only a blank line separates from the report; first paragraphs are
longer."""

BEFORE = 2
"""Most lines between the standfirst and the byline or date that sets it apart."""


def find_standfirst(page: Page, found: Found, rules: Rules) -> Iterator[Standfirst]:
    """
    Find the line between headline and byline or date or, on a page, a line without a full stop above a blank line.

    In other places it can't be told from the first paragraph, nor can a line that begins with a dateline.
    """
    layout, title = found.layout, found.title_index
    if (marked := _marked(found, title)) is not None:
        line = marked.line
        yield Standfirst(line=line.number, span=line.raw_span(0, len(line.text)), text=line.text, rule=MARKED.id)
        return
    if title is None or title + 2 >= len(layout.lines) or found.is_free(layout.lines[title].line.number):
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


def _marked(found: Found, title: int | None) -> LineView | None:
    """
    Return the line that the markup of a page marks as its summary; None for plain text.

    It is below the headline, marked by the names of its elements or stated as the page's description; a stated one may also be
    right above the headline, or among the first lines if no line is the claimed headline.
    """
    markup, lines = found.page.markup, found.layout.lines
    if not markup.elements or (title is None and found.first(Title) is None):
        return None
    stated = {fold(claim.value) for claim in markup.claims if claim.field == "description"}
    title = -1 if title is None else title
    above = (view for view in lines[max(0, title - STATED_ABOVE) : max(0, title)] if _may_be_summary(found, view))
    return next((view for view in above if found.folded(view.line) in stated), None) or _marked_below(found, title, stated)


def _marked_below(found: Found, title: int, stated: Set[str]) -> LineView | None:
    """
    Return the line below the headline that its names, or the page's stated description, mark as the summary.

    Args:
        found: what is known about the page.
        title: the index of the headline; -1 if there is none, and then names are ignored.
        stated: the folded descriptions.

    """
    markup, lines = found.page.markup, found.layout.lines
    for view in lines[title + 1 : title + 1 + STATED_BELOW]:
        if not _may_be_summary(found, view):
            continue
        below = next((other for other in lines[view.position + 1 :] if found.is_prose(other.line.number)), None)
        if below is None or _names(markup, view) == _names(markup, below):
            return None  # the report has begun
        if _stands_apart(markup, view, below):
            continue
        may_be_named = title >= 0 and (view.position <= title + BELOW_TITLE or _opens_report(found, view))
        if found.folded(view.line) in stated or (may_be_named and groups_of(_names(markup, view)) & group_bit("lead")):
            return view
    return None


def _may_be_summary(found: Found, view: LineView) -> bool:
    """Return whether a line is free, as long as a summary, names no day, and is not a row of links."""
    mark = found.page.markup.of_line(view.line.number)
    is_linked = mark is not None and 2 * mark.linked > len(view.line.text)
    return found.is_free(view.line.number) and SHORTEST <= view.size <= LONGEST and not view.dates and not is_linked


def _stands_apart(markup: Markup, view: LineView, below: LineView) -> bool:
    """Return whether a line is in a form, a quotation or beside the report, and the prose `below` is not."""
    around = set(markup.around(view.line.number)).difference(markup.around(below.line.number))
    return any(markup.elements[index].tag in NO_SUMMARY for index in around)


def _opens_report(found: Found, view: LineView) -> bool:
    """Return whether a line is running text without a dateline."""
    context = found.rules.context
    is_report = read_dateline(view.line.text, context.grammar, context.languages) is not None
    return found.is_prose(view.line.number) and not is_report


def _names(markup: Markup, view: LineView) -> str:
    """Return the tags, classes and ids of the elements right around a line."""
    mark = markup.of_line(view.line.number)
    elements = (markup.elements[index] for index in islice(markup.outwards(mark.block if mark is not None else 0), OWN))
    return " ".join(f"{element.tag} {element.names}" for element in elements)


def _is_set_apart(found: Found, view: LineView) -> bool:
    """
    Return whether a byline, a date or a blank line separates a line from the report.

    A blank line also separates first paragraphs, so the line must not end a sentence, or must be short below a signed headline.
    """
    if _is_above_signature(found, view):
        return True
    is_summary = not ends_sentence(view.text) or (view.size <= SUMMARY and _is_signed_above(found, view))
    return is_summary and _is_parted(found, view)


def _is_signed_above(found: Found, view: LineView) -> bool:
    """Return whether the byline or the date is right above the headline."""
    above = found.layout.lines[max(0, view.position - 2) : max(0, view.position - 1)]
    return any(isinstance(found.taken(other.line.number), Byline | PublicationDate) for other in above)


def _is_above_signature(found: Found, view: LineView) -> bool:
    """Return whether the byline or the date follows before any other paragraph, and a paragraph follows these."""
    lines = found.layout.lines
    for other in lines[view.position + 1 : view.position + 1 + BEFORE]:
        if isinstance(found.taken(other.line.number), Byline | PublicationDate):
            return any(found.is_prose(below.line.number) or is_sentence(below) for below in lines[other.position + 1 :])
        if found.is_prose(other.line.number):
            return False
    return False


def _is_parted(found: Found, view: LineView) -> bool:
    """Return whether, within a frame, a line has a blank line below it and none above."""
    if found.frame.kind == "none" or found.layout.dense or view.gap or not view.gap_below:
        return False
    below = found.layout.lines[view.position + 1 : view.position + 2]
    return bool(below) and found.is_free(below[0].line.number) and found.is_prose(below[0].line.number)
