"""
Decide whether the first line of a text is its headline.

A text without a frame offers no other evidence than this: a headline is short, has no full stop, and stands above sentences. A
URL that contains the headline settles the question; if the URL says something else, the line must be about the report.
``score.py`` of the corpora benchmark prints how many headlines are right and how many are made up.
"""

from __future__ import annotations

from itertools import pairwise

from newsnorm.catalogue.slots import place
from newsnorm.grammar import Grammar
from newsnorm.grammar.byline_markers import opening_marker
from newsnorm.grammar.credit import read_credit
from newsnorm.grammar.credit_names import find_agency
from newsnorm.grammar.dateline import read_dateline
from newsnorm.grammar.names import is_person
from newsnorm.page.date_standing import DATE_SHARE, date_share
from newsnorm.page.layout import SLUG_MATCH, LineView, is_sentence
from newsnorm.page.state import Found
from newsnorm.page.title_cues import LONGEST, LONGEST_PARAGRAPH, SHORTEST
from newsnorm.records import Reason
from newsnorm.text.folding import fold_numbers
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import SOUTH_EAST_ASIAN, has_case
from newsnorm.text.web_address import is_address
from newsnorm.text.words import count_spaced

FEWEST, UNPROVEN, UNPROVEN_WORDS = 3, 120, 19
"""Limits of a first line without other evidence of being the headline: fewest words (a site's name has fewer), most code points
and most words (a standfirst has more). Chosen, not measured."""

BACKED, WHOLE_MATCH = 0.3, 0.8
"""How similar to a telling URL a headline is at least, and one that ends with a stop. First lines of reports mostly share a few
words with their URL, too."""

ON_TOPIC, ON_TOPIC_BRIEFLY = 0.2, 0.5
"""Smallest share of a headline's stems that the report must use if the URL says something else, and if the headline has two
words."""

SOON, SOON_IN_FRAME = 6, 3
"""Lines below the first one within which a sentence must stand: a subhead and a caption may come between. In a frame, a line that
far above the report is as likely the name of a section."""

MARKED = 30
"""Code points of a line that opens with a byline marker or ends with an agency, and names nobody whom we know. Headlines may open
with "By", too."""

FLAT, FLAT_RATIO = 300, 3
"""Code points of a report without line breaks, and how often as long as its headline it is."""

MIXED = 0.1
"""Largest share of a text's line breaks that may be as large as the one below its headline."""

UNSPACED, BRIEF_WIDE = 12, 16
"""Fewest code points of a headline in scripts without spaces between words, and its size in Chinese, Japanese or Korean."""

ORIGIN_WORDS = 3
"""Most words of a paper's name in front of a place, and of the place."""

ABBREVIATED = 5
"""Letters of the longest abbreviation that ends with a full stop."""

_PICTURE_REASONS: frozenset[Reason] = frozenset(("caption", "player"))
_STOPPED = lazy_regex(r"(?<![A-ZÀ-Þ])[.。।۔።]\Z")
"""A full stop at the end, other than of initials (``EE.UU.``)."""
_INNER_STOP = lazy_regex(r"\w{2}[.!?।۔።]\s|[。！？]\S")
_OPEN_END = frozenset(":：,;،؛、，；")
_GREEK_QUESTION = lazy_regex("[\u0370-\u03ff].{0,3};\\Z")
"""A Greek question mark, which is a semicolon."""
_QUESTION = frozenset("?？؟")
_TIME = lazy_regex(r"\d{1,2}[.:h]\d{2}\b")
_CRUMBS = lazy_regex(r"\s[>›»/]\s")
_AMID_SENTENCE = ",;:)،؛"
"""Signs that may follow the stop of an abbreviation."""
_DASH = lazy_regex(r"\s[-–—]\s")
_UNSPACED = lazy_regex(f"[{SOUTH_EAST_ASIAN}]")


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
    lines = (view for view in layout.lines if not is_address(view.text) and any(map(str.isalnum, view.text)))
    view = next((view for view in lines if fold_numbers(view.line.text) not in learned), None)
    if view is None or not _reads_like_headline(found, view) or _is_something_else(found, view):
        return None
    soon = SOON if found.frame.kind == "none" else SOON_IN_FRAME
    below = layout.lines[view.position + 1 : view.position + 1 + soon]
    return view if any(is_sentence(other) or layout.prose[other.line.number] for other in below) else None


def lacks_head(found: Found) -> bool:
    """Return whether only the first line stands above the report, ignoring links and labels below the report."""
    frame = found.frame
    if frame.kind == "page":
        return found.layout.start <= 1
    return frame.kind == "none" or not frame.at_head


def reads_alone(found: Found, view: LineView) -> bool:
    """Return whether a line reads like a headline by itself, ignoring what stands below it."""
    return _reads_like_headline(found, view) and not _is_something_else(found, view)


def _reads_like_headline(found: Found, view: LineView) -> bool:
    """
    Return whether a line has the length and the ending of a headline; the better it matches the URL, the less else is
    required.
    """
    text = view.text
    if not SHORTEST < view.size <= LONGEST or text[0].islower() or view.bullet or found.layout.is_amid_sentence(view):
        return False
    if text[-1] in _OPEN_END and _GREEK_QUESTION.search(text) is None:
        return False
    stops = _ends_with_stop(found, view)
    if _is_above_flat_report(found, view, stops):
        return True
    if view.size > LONGEST_PARAGRAPH:
        return False
    if _is_backed(found, view, stops):
        return True
    return _is_pair_of_sentences(found, view) if stops else _stands_unbacked(found, view)


def _is_backed(found: Found, view: LineView, stops: bool) -> bool:
    """Return whether the URL supports a line as the headline; a dateline below halves the similarity required."""
    slug, asks = found.layout.slug, view.text[-1] in _QUESTION
    least = WHOLE_MATCH if stops else SLUG_MATCH if asks or view.size > UNPROVEN else BACKED
    similarity = slug.similarity(view.text) if slug.is_telling else 0.0
    return similarity >= least or (similarity >= least / 2 and _dateline_follows(found, view))


def _stands_unbacked(found: Found, view: LineView) -> bool:
    """
    Return whether a line without a stop is as long as headlines are; a brief one must share words with the report.

    If the URL says something else, the line must be set off from the report, and share a word with it.
    """
    if view.size > UNPROVEN or view.text.count(" ") >= UNPROVEN_WORDS:
        return False
    share = found.layout.topic.share(view.text)
    if _is_brief(view) and (share < ON_TOPIC_BRIEFLY or _is_capitalised(view.text)):
        return False
    return not found.layout.slug.is_telling or (share >= ON_TOPIC and (_is_set_off(found, view) or _time_follows(found, view)))


def _is_pair_of_sentences(found: Found, view: LineView) -> bool:
    """Return whether a line of several sentences is set off from the report and about it: ``It rained. Now it snows.``"""
    is_pair = view.size <= UNPROVEN and _INNER_STOP.search(view.text) is not None
    return is_pair and _is_set_off(found, view) and found.layout.topic.share(view.text) >= ON_TOPIC


def _is_brief(view: LineView) -> bool:
    """Return whether a line has fewer words than most headlines."""
    if view.size > len(view.text):
        return view.size < BRIEF_WIDE
    if _UNSPACED.search(view.text) is not None:
        return len(view.text) < UNSPACED
    return count_spaced(view.text) < FEWEST


def _is_capitalised(text: str) -> bool:
    """Return whether every word begins with a capital, as in names."""
    return has_case(text) and not any(word[0].islower() for word in text.split())


def _is_set_off(found: Found, view: LineView) -> bool:
    """
    Return whether the line break below a line differs from the breaks further down.

    The breaks within a text are alike; a headline that was put in front of it may have a different one.
    """
    numbers = [other.line.number for other in found.layout.lines[view.position :]]
    breaks = [below - above for above, below in pairwise(numbers)]
    return len(breaks) > 2 and breaks.count(breaks[0]) - 1 <= MIXED * (len(breaks) - 1)


def _is_above_flat_report(found: Found, view: LineView, stops: bool) -> bool:
    """
    Return whether the rest of the text is one long line.

    A text that has lost its line breaks has one only where a headline was put in front of it.
    """
    below = found.layout.lines[view.position + 1 :]
    if len(below) != 1 or (_is_brief(view) and (" " not in view.text or _is_capitalised(view.text))):
        return False
    times = FLAT_RATIO * (2 if stops else 1)
    return below[0].size >= max(FLAT, times * view.size)


def _ends_with_stop(found: Found, view: LineView) -> bool:
    """Return whether a line ends with a full stop other than an abbreviation's."""
    return _STOPPED.search(view.text) is not None and not _ends_abbreviated(found, view)


def _ends_abbreviated(found: Found, view: LineView) -> bool:
    """Return whether the last word is an abbreviation: it contains a stop, or the report has it in mid-sentence."""
    word = view.text.rsplit(None, 1)[-1]
    if len(word) > ABBREVIATED + 1:
        return False
    after = found.layout.text.split(f" {word}")[1:]
    return "." in word[:-1] or any(rest[0] in _AMID_SENTENCE or rest.lstrip()[:1].islower() for rest in after if rest)


def _dateline_follows(found: Found, view: LineView) -> bool:
    """Return whether the next line begins with a dateline, as the first line of a report does."""
    context, below = found.rules.context, found.layout.lines[view.position + 1 : view.position + 2]
    return any(read_dateline(other.text, context.grammar, context.languages) is not None for other in below)


def _time_follows(found: Found, view: LineView) -> bool:
    """Return whether the next line begins with a time, as the entries of a live blog do."""
    below = found.layout.lines[view.position + 1 : view.position + 2]
    return any(_TIME.match(other.text) is not None for other in below)


def _is_something_else(found: Found, view: LineView) -> bool:
    """
    Return whether a line is taken, matches a rule, or is a date, a byline, a credit, a name, a trail of sections or a
    place.
    """
    if not found.is_free(view.line.number) or found.matches_any(view.line) or _is_signature(found, view):
        return True
    context = found.rules.context
    if read_credit(view.text, context.grammar, context.languages) is not None or _is_about_picture(found, view):
        return True
    if _names_somebody(view.text, context.grammar) or read_dateline(view.text, context.grammar, context.languages) is not None:
        return True
    return len(_CRUMBS.findall(view.text)) > 1 or place(view.text, context) is not None or _is_origin(found, view)


def _names_somebody(text: str, grammar: Grammar) -> bool:
    """Return whether a line is a name, or a name and an office in capitals: ``Harbour Master, Captain Ana Ng``."""
    if is_person(text, grammar):
        return True
    parts = text.split(", ")
    return len(parts) == 2 and _is_capitalised(text) and any(is_person(" ".join(part.split()[-2:]), grammar) for part in parts)


def _is_origin(found: Found, view: LineView) -> bool:
    """Return whether a line says which paper reports from which place: ``Harbour Weekly – Kuwait``."""
    parts = _DASH.split(view.text)
    if len(parts) != 2 or max(len(part.split()) for part in parts) > ORIGIN_WORDS:
        return False
    return any(place(part, found.rules.context) is not None for part in parts)


def _is_about_picture(found: Found, view: LineView) -> bool:
    """Return whether a line contains a site's label for captions, or begins with a phrase of a media player."""
    tables, lowered = found.rules.context.grammar.credits, view.text.lower()
    is_labelled = lowered.startswith(tables.picture_openings) or any(mark in lowered for mark in tables.caption_marks)
    return is_labelled or not _PICTURE_REASONS.isdisjoint(found.evidence(view.line))


def _is_signature(found: Found, view: LineView) -> bool:
    """Return whether a line is a byline or a date: without a head, only a marked byline or a date that fills the line."""
    reading = found.layout.bylines.get(view.position)
    if not lacks_head(found):
        return reading is not None or bool(view.dates)
    if view.size <= MARKED:
        closes_with_agency = find_agency(view.text.split()[-1], found.rules.context.grammar) is not None
        if closes_with_agency or opening_marker(view.text, found.rules.markers)[0] is not None:
            return True
    return date_share(view) >= DATE_SHARE or (reading is not None and reading.kind != "bare")
