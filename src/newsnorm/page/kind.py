"""
Determine what kind of text was passed in: a page, an article, a text alone, or something without an article.

The named kinds (consent wall, check for robots, error page, wall in front of a report) are recognised by their phrases, and only
if there is little other prose: a report about cookie walls is a report. So is a single sentence that begins with such a phrase
and goes on to name a speaker or a weekday. The other kinds are recognised by the frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, groupby, pairwise
from typing import cast

import attrs

from newsnorm.grammar import Grammar
from newsnorm.page.frame import SHORT as LABEL
from newsnorm.page.frame import is_short
from newsnorm.page.layout import LineView
from newsnorm.page.listing import PageClaim, claim_of, is_listing, teasers_of
from newsnorm.page.prose import alphabetic_length, is_prose
from newsnorm.page.state import Found
from newsnorm.records import Byline, Layout, LayoutKind, Page, PublicationDate, Reason, Removal, Title
from newsnorm.resources import DataFiles, Toml, all_strings, directory_of
from newsnorm.text.folding import fold
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import is_spaced
from newsnorm.text.sentences import ends_clause, ends_sentence
from newsnorm.text.words import count_spaced

STUB = 1000
"""Letters of prose. A longer report is not one that a wall cut after its lede, whatever the walls around it say."""

NOTHING = 200
"""Most letters of prose beside a wall, an error or a form that only the markup or lines set aside show. Chosen, not measured."""

LEAD = 30
"""Code points of a long sentence within which a phrase must begin, since a report names the speaker first."""

WALL = 400
"""Most letters of prose beside two sentences of a wall; `_Wall.rest` is the limit beside a single one."""

HEADLINES, BARE = 6, 10
"""Fewest headlines of an index: on a page, and without any frame, where captions and verses look like headlines."""

LIST_SHARE = 0.6
"""Smallest share of an index's letters that are in headlines and teasers."""

TEASERS, TEASER = 3, 300
"""Fewest lines of prose in an index that has any, and most letters of the longest: fewer lines, or a longer one, may be a
report."""

CUT_SHARE, APART_SHARE = 0.25, 0.75
"""Smallest shares of an index's teasers that end with an ellipsis, and that stand apart. Chosen, not measured."""

HEADLINE = 140
"""Code points. A longer line is not a headline, nor is one shorter than a label."""

ADJACENT = 3
"""Fewest consecutive short lines in the furniture of a page; subheadings and captions of a report come alone or in twos."""

SHORT_HEADLINE, HEADLINE_WORDS = 30, 5
"""Code points and words of a headline shorter than `LABEL`: labels of that length have fewer words. Chosen, not measured."""

WEEKDAY = 5
"""Letters of the shortest weekday name that is not an abbreviation and hardly another word, in scripts with spaces between
words."""

PAYWALL = 200
"""Letters of the longest sentence that says what the reader has to pay for."""

_ELLIPSES = ("…", "...")
_QUOTED = lazy_regex('[“"„«「『《][^“”"„»«」』》\n]{3,}[”"“»«」』》]')
_SENTENCE_END = lazy_regex(r"(?<=[.!?…؟۔।])\s{1,99}|(?<=[。！？])")
_PART_END = lazy_regex(r"(?<!\s)\s{1,9}[-–—|•·›»]{1,9}\s{1,9}|[|｜]")


@attrs.frozen
class NoArticle:
    """How pages of one kind without an article are recognised."""

    kind: LayoutKind
    lines: frozenset[str]
    """Folded texts of whole lines, or of parts between bars."""
    phrases: tuple[str, ...]
    """Folded parts of sentences."""
    reading: tuple[str, ...] = ()
    """Names of what is behind the wall ("this article", "continue reading"), folded."""
    paying: tuple[str, ...] = ()
    """Names of what opens the wall ("subscribers", "log in"), folded; a sentence with one of each is of this kind."""

    def narrow(self, text: str) -> NoArticle:
        """Return the kind with only those phrases that occur in a folded text."""
        phrases, reading, paying = (
            tuple(phrase for phrase in every if phrase in text) for every in (self.phrases, self.reading, self.paying)
        )
        return attrs.evolve(self, phrases=phrases, reading=reading, paying=paying if reading else ())

    def says(self, sentence: Sentence) -> bool:
        """Return whether pages of this kind print a sentence."""
        return sentence.folded in self.lines or any(phrase in sentence.folded for phrase in self.phrases)

    def opens(self, sentence: Sentence) -> bool:
        """Return whether a sentence contains a phrase of this kind; a long sentence must begin with it."""
        if not is_prose(sentence.text):
            return self.says(sentence)
        return any(0 <= sentence.folded.find(phrase) <= LEAD for phrase in self.phrases)

    def asks_to_pay(self, sentence: Sentence) -> bool:
        """Return whether a sentence names what is behind the wall, and what opens it."""
        if alphabetic_length(sentence.text) > PAYWALL:
            return False
        text = f" {sentence.folded} "
        return any(_begins_word(text, word) for word in self.reading) and any(_begins_word(text, word) for word in self.paying)


@attrs.frozen
class Sentence:
    """A sentence, or a part of one between bars or dashes, without quotations."""

    view: LineView
    """The line it stands in."""
    text: str
    folded: str
    whole: str
    """The folded sentence that it is part of."""

    def is_reported(self, grammar: Grammar) -> bool:
        """Return whether the sentence names a speaker or a weekday, as reports mostly do and walls never do."""
        if grammar.attribution.stands_in(self.whole):
            return True
        text = f" {self.whole}"
        return any(_begins_word(text, name) for name in _weekdays())


@attrs.frozen
class _Wall:
    """A kind that is recognised by phrases, and the conditions for it."""

    kind: LayoutKind
    share: float
    """Smallest share of the page's letters that are in its sentences: a notice in the footer is not a wall."""
    rest: float = 2.0
    """Most letters of prose beside a single sentence of it, per letter of that sentence."""
    amid: bool = False
    """Whether its phrases may be anywhere in a sentence, as in long sentences on consent."""
    reason: Reason | None = None
    """The reason for which other lines of such a page may have been removed."""


WALLS = (_Wall("bot-check", 0.2), _Wall("not-found", 0.0), _Wall("consent", 0.1, rest=1.0, amid=True, reason="consent"))


def layout_of(found: Found) -> Layout:
    """
    Return the kind of a text, judged from its lines and from what all passes found.

    >>> from newsnorm.catalogue import Catalogue
    >>> from newsnorm.page.state import run_passes
    >>> from newsnorm.read import raw_article, read
    >>> def kind(text): return layout_of(run_passes(read(raw_article(text)), Catalogue.default(), ())).kind
    >>> kind("It rained in Ulm."), kind("404 - Page not found"), kind("")
    ('text', 'not-found', 'empty')
    """
    markup = found.layout.markup
    if markup is not None:
        return _layout_of_page(found, markup.page)
    if not found.layout.lines:
        return Layout("empty", "the text is empty")
    return _walled(found) or _index(found) or _cut_teasers(found) or _framed(found)


def _walled(found: Found) -> Layout | None:
    """Return the layout of a wall, an error page, or a report cut by a wall, judged from the shown lines."""
    if any(size > STUB for size in accumulate(_prose_sizes(found))):
        return None  # most reports, by their first lines
    sentences = [sentence for view in found.layout.lines for sentence in _sentences(view)]
    return _wall(found, sentences) or _stub(found, sentences)


def _report_size(found: Found) -> float:
    """Return the number of letters of prose left in the report."""
    return sum(_prose_sizes(found))


def _prose_sizes(found: Found) -> Iterator[float]:
    """Yield the number of letters of each line of prose left in the report."""
    return (alphabetic_length(view.text) for view in _report_prose(found))


def _report_prose(found: Found) -> Iterator[LineView]:
    """Yield the lines of prose that are left in the report."""
    prose = found.layout.prose
    return (view for view in found.layout.lines if prose[view.line.number] and _is_left(found, view))


def _is_left(found: Found, view: LineView) -> bool:
    """Return whether a line is part of the article's text."""
    taker = found.taken(view.line.number)
    return taker is None or taker.in_text


# pages of HTML


def _layout_of_page(found: Found, page: Page) -> Layout:
    """
    Return the layout of a page of HTML, judged from its markup and its lines.

    A page that claims to be an article and shows some prose is not a wall, an error page or an index.
    """
    claim, teasers = claim_of(page.markup), teasers_of(page)
    if is_listing(claim, teasers) and found.frame.bylines != 1:
        claimed = ", claims to be a list" if claim.is_listing else ""
        return Layout("index", f"headlines that are links: {len(teasers.headlines)}, no report{claimed}")
    size = _report_size(found)
    layout = _walled(found) or _behind(found, page, claim, size)
    if layout is not None and (layout.kind == "stub" or size <= NOTHING or not claim.is_article):
        return layout
    by_shape = None if claim.is_article else _index(found) or _cut_teasers(found)
    return by_shape or _framed(found)


def _behind(found: Found, page: Page, claim: PageClaim, size: float) -> Layout | None:
    """
    Return the layout for what a page shows instead of a report or below its lede, by its lines, title and text without scripts.

    Lines that the markup sets aside count, since the markup takes the words of a wall for furniture.
    """
    if size > (STUB if claim.is_closed else NOTHING):
        return None
    views = [LineView(-1, line, line.text, False, False, False, False, len(line.text), ()) for line in page.lines if line.text]
    sentences = [sentence for view in views for sentence in _sentences(view)]
    if claim.is_closed and (stub := _stub(found, sentences)) is not None:
        return stub
    if size > NOTHING:
        return None
    titles = [claim.value for claim in page.markup.claims if claim.source == "title"]
    if not claim.is_article:
        titles += page.markup.without_scripts.splitlines()
    named = [sentence for title in titles for sentence in _sentences(_titled(page, title))]
    if layout := _wall(found, [*sentences, *named]) or _stub(found, sentences):
        return layout
    if "password" in page.markup.signs:
        return Layout("login", "a form asks for a password, no report")
    return Layout("empty", "the page sends its reader on at once, no report") if "refresh" in page.markup.signs else None


def _titled(page: Page, title: str) -> LineView:
    """Return a view of a page's title, as if it were the first line."""
    return LineView(-1, page.lines[0], title, False, False, False, False, len(title), ())


# walls


def _wall(found: Found, sentences: Sequence[Sentence]) -> Layout | None:
    """Return the first kind of wall or error page whose phrases account for most of the page's prose."""
    if any(byline.people for byline in found.all(Byline)):
        return None
    total = sum(alphabetic_length(view.text) for view in found.layout.lines)
    for wall in WALLS:
        heard = _weigh(found, wall, sentences)
        if heard.cues and heard.said >= wall.share * total and heard.rest <= heard.room(wall):
            return Layout(wall.kind, f"says: {heard.cues[0]}")
    return None


@attrs.frozen
class _Heard:
    """The evidence for a wall on a page, and the prose beside it."""

    cues: Sequence[str]
    """The sentences of such a wall, each once."""
    said: float
    """Number of letters in these sentences and in lines removed for the wall's reason."""
    rest: float
    """Number of letters of prose left in the report beside them."""

    def room(self, wall: _Wall) -> float:
        """Return the most letters of prose that may stand beside these sentences."""
        return WALL if len(self.cues) > 1 else min(WALL, wall.rest * self.said)


def _weigh(found: Found, wall: _Wall, sentences: Sequence[Sentence]) -> _Heard:
    """Weigh the sentences of a wall against the prose beside them."""
    known = _known(wall.kind, sentences)
    grammar = found.rules.context.grammar
    cues: dict[str, str] = {}
    said = rest = 0.0
    for sentence in sentences:
        taker = found.taken(sentence.view.line.number)
        is_cue = known.says(sentence) if wall.amid else known.opens(sentence)
        if is_cue and not sentence.is_reported(grammar):
            cues.setdefault(sentence.folded, sentence.text)
            said += alphabetic_length(sentence.text)
        elif wall.reason is not None and isinstance(taker, Removal) and taker.reason == wall.reason:
            said += alphabetic_length(sentence.text)
        elif found.layout.prose[sentence.view.line.number] and _is_left(found, sentence.view):
            rest += alphabetic_length(sentence.text)
    return _Heard(tuple(cues.values()), said, rest)


def _known(kind: LayoutKind, sentences: Sequence[Sentence]) -> NoArticle:
    """Return a kind, narrowed to the phrases that occur in the sentences."""
    return no_articles()[kind].narrow("\n".join(sentence.folded for sentence in sentences))


def units(text: str) -> list[str]:
    """
    Split a line into sentences and into parts between bars or dashes, without quotations.

    >>> units("Page not found | Harbour News")
    ['Page not found', 'Harbour News']
    """
    return [unit for sentence in _SENTENCE_END.split(_QUOTED.sub(" ", text)) for unit in _parts(sentence)]


def _parts(sentence: str) -> list[str]:
    """Split a sentence at bars and dashes."""
    return [part.strip() for part in _PART_END.split(sentence) if part.strip()]


def _sentences(view: LineView) -> list[Sentence]:
    """Return the units of a line."""
    wholes = _SENTENCE_END.split(_QUOTED.sub(" ", view.text))
    return [Sentence(view, part, fold(part), fold(whole)) for whole in wholes for part in _parts(whole)]


def _stub(found: Found, sentences: Sequence[Sentence]) -> Layout | None:
    """Return the layout of a report cut by a subscription wall after its lede."""
    for removal in found.all(Removal):
        if removal.truncates and (removal.reason == "paywall" or _breaks_off(found)):
            return Layout("stub", f"cut: {removal.text}")
    known, grammar = _known("stub", sentences), found.rules.context.grammar
    for sentence in sentences:
        is_cue = known.opens(sentence) or (known.asks_to_pay(sentence) and not _is_plea(found, sentence))
        if is_cue and not sentence.is_reported(grammar):
            return Layout("stub", f"cut: {sentence.text}")
    return None


def _is_plea(found: Found, sentence: Sentence) -> bool:
    """Return whether a sentence asks for a subscription to something other than the article, such as a newsletter."""
    taker = found.taken(sentence.view.line.number)
    return isinstance(taker, Removal) and taker.reason != "paywall"


def _breaks_off(found: Found) -> bool:
    """Return whether the last line of the report ends with an ellipsis."""
    left = [view.text for view in found.layout.lines if _is_left(found, view)]
    return bool(left) and left[-1].endswith(_ELLIPSES)


# shapes


def _index(found: Found) -> Layout | None:
    """Return the layout of a list of headlines, each perhaps with a teaser, without a report."""
    lines = found.layout.lines
    if found.frame.bylines == 1:
        return None
    headlines = [view for view in lines if _is_headline(found, view)]
    if len(headlines) < HEADLINES:
        return None
    teasers = [view for view in lines if found.layout.prose[view.line.number]]
    brief = [view for view in lines if _is_brief_teaser(found, view)]
    if found.frame.kind != "page" and (teasers or brief or len(headlines) < BARE):
        return None
    if teasers and not _are_teasers(teasers, len(headlines)):
        return None
    listed = sum(alphabetic_length(view.text) for view in (*headlines, *teasers, *brief))
    if listed < LIST_SHARE * sum(alphabetic_length(view.text) for view in lines):
        return None
    return Layout("index", f"headlines: {len(headlines)}, teasers: {len(teasers) + len(brief)}, no report")


def _cut_teasers(found: Found) -> Layout | None:
    """Return the layout of a list of beginnings of other texts, cut off with an ellipsis and separated by short lines."""
    if found.frame.kind != "page":
        return None
    teasers = [view for view in found.layout.lines if found.layout.prose[view.line.number]]
    cut = sum(view.text.endswith(_ELLIPSES) for view in teasers)
    if cut < HEADLINES or cut < CUT_SHARE * len(teasers):
        return None
    apart = sum(above.position + 1 < below.position for above, below in pairwise(teasers))
    if apart < APART_SHARE * (len(teasers) - 1):
        return None
    return Layout("index", f"teasers: {len(teasers)}, cut short: {cut}, no report")


def _is_headline(found: Found, view: LineView) -> bool:
    """
    Return whether a line may be the headline of another page: longer than a label, not numbers, and not a sentence or a part
    of one.
    """
    if view.size > HEADLINE or found.layout.prose[view.line.number] or not (view.size >= LABEL or _has_headline_words(view)):
        return False
    if view.text[0].islower() or ends_clause(view.text) or view.text.endswith(","):
        return False
    return 3 * sum(map(str.isdigit, view.text)) < len(view.text)


def _has_headline_words(view: LineView) -> bool:
    """Return whether a line has the length and the words of a short headline."""
    words = count_spaced(view.text)
    return view.size >= SHORT_HEADLINE and (words >= HEADLINE_WORDS or not is_spaced(view.text[0]))


def _is_brief_teaser(found: Found, view: LineView) -> bool:
    """Return whether a line is a short sentence right below a headline."""
    if view.position == 0 or found.layout.prose[view.line.number] or not ends_sentence(view.text):
        return False
    return _is_headline(found, found.layout.lines[view.position - 1])


def _are_teasers(prose: Sequence[LineView], headlines: int) -> bool:
    """Return whether lines of prose are short and stand alone, with at most two for each headline."""
    alone = all(above.position + 1 < below.position for above, below in pairwise(prose))
    short = all(alphabetic_length(view.text) <= TEASER and not view.text[0].islower() for view in prose)
    return alone and short and TEASERS <= len(prose) <= 2 * headlines


def _framed(found: Found) -> Layout:
    """Return the layout of a report, judged from what surrounds it."""
    frame = found.frame
    if not any(_is_left(found, view) for view in found.layout.lines):
        return Layout("empty", "every line is something else")
    if frame.kind == "page" and _has_furniture(found):
        return Layout("page", f"{frame.short_lines} of {len(found.layout.lines)} lines are links, labels or headings")
    dates = max(frame.date_lines, len({date.line for date in found.all(PublicationDate)}))
    if dates or frame.bylines:
        return Layout("article", f"lines with a date: {dates}, with a byline: {frame.bylines}")
    if found.first(Title) is not None:
        return Layout("titled", "a headline, no byline, no date")
    return Layout("text", "no headline, no byline, no date")


def _has_furniture(found: Found) -> bool:
    """Return whether links or labels are on consecutive lines."""
    fragments = found.layout.fragments
    labels = (is_short(view) and view.line.number not in fragments for view in found.layout.lines)
    runs = (sum(1 for _ in run) for label, run in groupby(labels) if label)
    return max(runs, default=0) >= ADJACENT


@cache
def _weekdays() -> frozenset[str]:
    """Return the names of weekdays in all languages, folded, without abbreviations."""
    names = (fold(name) for days in Grammar.default().calendar.weekdays.values() for name in days)
    return frozenset(name for name in names if len(name) >= (WEEKDAY if is_spaced(name[:1]) else 2))


@cache
def no_articles() -> dict[str, NoArticle]:
    """Return kind → how it is recognised, in any language, for the kinds without an article."""
    content = DataFiles.read(directory_of("page", "data"), "no-articles").table("no-articles")
    return {kind: _read(cast("LayoutKind", kind), forms) for kind, forms in content.items() if isinstance(forms, dict)}


def _read(kind: LayoutKind, forms: Toml) -> NoArticle:
    lines, phrases, reading, paying = (
        tuple(dict.fromkeys(map(fold, all_strings(forms.get(form, {}), f"no-articles, {kind}"))))
        for form in ("line", "within", "reading", "paying")
    )
    return NoArticle(kind, frozenset(lines), phrases, reading, paying)


def _begins_word(text: str, word: str) -> bool:
    """Return whether a folded text, with a space in front, contains a word or a word that begins with it."""
    return (f" {word}" if is_spaced(word[0]) else word) in text
