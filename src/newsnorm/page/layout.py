"""
Make one view of a page, from the page and the rules that hold on it, before any pass has found anything.

Headline, authors and dates are chosen among candidates, and each is evidence for the others: a date near a headline, a name
near a date. So every line is read once for all who ask. A `PageLayout` never sees what passes find: what it computes on demand
depends on the page and the rules alone, so it does not matter who asks first.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import attrs

from newsnorm.catalogue import Context, LineForms, Match, Rule, Rules
from newsnorm.catalogue.rules import Table
from newsnorm.grammar.byline import LINE_LIMIT, BylineReader, BylineReading
from newsnorm.grammar.byline_markers import is_marker, opening_marker
from newsnorm.grammar.dates.search import DateMention, dates_in
from newsnorm.grammar.dates.value import DateReading
from newsnorm.page.link_joints import part_at_links
from newsnorm.page.markup_view import MarkupView, view_markup
from newsnorm.page.paragraphs import fragments_of
from newsnorm.page.prose import is_prose
from newsnorm.page.topic import Topic
from newsnorm.page.url_slug import UrlSlug
from newsnorm.records import NO_MARKUP, Line, Page, Reason
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import EAST_ASIAN, is_latin
from newsnorm.text.sentences import ends_sentence
from newsnorm.text.web_address import DayInAddress, days_in_address, is_address

if TYPE_CHECKING:
    from newsnorm.page.claimed import Claimed
    from newsnorm.page.region import ReportRegion

PARAGRAPH = 110
"""Fewest code points that make a line a paragraph if it ends like a sentence."""

WIDE = 2.4
"""Code points that a Chinese, Japanese or Korean character counts for."""

SENTENCE = 4
"""Fewest words of a sentence that serves as a paragraph in a text without paragraphs."""

WIDE_SENTENCE = 36
"""Smallest size of such a sentence in scripts without spaces between words: some fifteen characters."""

LONG_PARAGRAPH = 250
"""Fewest code points of a paragraph with any ending."""

GAP = 8
"""Lines. Paragraphs further apart belong to different texts."""

DENSE = 0.3
"""Smallest share of lines with a blank line above for blank lines to mean anything; chosen, not measured."""

COUNTED = 600
"""Code points. No paragraph counts for more, so that one long paragraph (terms of use) outweighs no report."""

ABOVE, BELOW = 120, 30
"""Lines above and below the report within which bylines are looked for."""

MARKER_ONLY_LENGTH = 24
"""Code points of the longest line with only a byline marker."""

SLUG_MATCH = 0.5
"""Smallest similarity to the URL slug of a line that may be the headline in any place."""

SHORT_SLUG_MATCH = 0.8
"""The similarity needed with a slug of few words, which many lines share a word with."""

SLUG_ABOVE, SLUG_BELOW = 6, 20
"""Lines around a line that matches the slug within which bylines are also looked for."""

DATED = 260
"""Code points. In a longer line, only the beginning is searched for dates."""

BEGINNING = 90
"""Code points of that beginning. A day further into a paragraph is the day of an event."""

LABEL = 30
"""Code points of the longest line with only a label for the date below it."""

TOPIC = 2_400
"""Code points of the first paragraphs whose words are the topic of the report."""

_BULLET = lazy_regex(r"(?:[*•·–+o▪‣>»|-]\s+|\d{1,2}[.)]\s+(?=\D))")
_HEADING = lazy_regex(r"#{1,6}\s+(?=\S)")
"""The mark of a heading in Markdown."""
_DIGIT, _ASCII_DIGIT = lazy_regex(r"\d"), lazy_regex("[0-9]")
_WIDE = lazy_regex(f"[{EAST_ASIAN}]")
_SIGNS = "*+|-o•·"
"""Characters of lines of one or two characters that mean nothing."""


class LineView(NamedTuple):
    """A line with text, as seen by the layout. (A page has hundreds; a tuple is made faster than a record.)"""

    position: int
    """Its index in `PageLayout.lines`."""
    line: Line
    text: str
    """Its text without the bullet in front."""
    bullet: bool
    gap: bool
    """Whether a blank line stands above."""
    gap_below: bool
    """Whether a blank line stands below."""
    paragraph: bool
    size: int
    """Code points; a character that is a word by itself counts for `WIDE`."""
    dates: tuple[DateMention, ...]
    """The dates in it; their places count code points of `Line.text`."""


@attrs.frozen(eq=False)
class PageLayout:
    """
    The lines of a page and what each says, independent of what passes find.

    >>> from newsnorm.catalogue import Catalogue
    >>> from newsnorm.read import raw_article, read
    >>> page = read(raw_article("Quay to close\\nBy Ana Ng\\n3 May 2024\\nThe quay closes on Monday, the port said."))
    >>> layout = PageLayout.of(page, Catalogue.default().narrow("en"))
    >>> [view.dates[0].reading.value for view in layout.dated], layout.bylines[1].people[0].name
    (['2024-05-03'], 'Ana Ng')
    """

    page: Page
    """As passes are shown it: without the text of lines that the markup sets aside."""
    rules: Rules = attrs.field(repr=False)
    host: str
    """The host of the page's URL, in lower case; empty if unknown."""
    prose: Sequence[bool]
    """For each line of the page, whether it is running text."""
    lines: Sequence[LineView]
    """The lines with text; `LineView.position` counts in it."""
    start: int
    """Index of the first line of the densest run of paragraphs; the number of lines if there is none."""
    end: int
    """Index of its last line."""
    fragments: frozenset[int] = frozenset()
    """Numbers of lines that are parts of a sentence, cut at links; no field is read from them."""
    markup: MarkupView | None = None
    """What the markup says of each line; None for plain text."""
    _opened: dict[str, tuple[Rule, ...]] = attrs.field(factory=dict, init=False, repr=False)
    """Text → the removals whose phrases open it."""

    @classmethod
    def of(cls, page: Page, rules: Rules, host: str = "", markup: MarkupView | None = None) -> PageLayout:
        """
        Read the lines of a page once.

        Args:
            page: the page.
            rules: the rules that hold on it.
            host: the host of its URL, if known.
            markup: what its markup says; by default computed.

        """
        markup = view_markup(page) if markup is None else markup
        page = page if markup is None else markup.screened()
        fragments = fragments_of(page.lines)
        lines = _views(page, rules, fragments)
        prose = [is_prose(line.text) for line in page.lines]
        start, end = _densest(lines)
        if start == len(lines):  # a notice: a headline and a few sentences
            sentences = [view.position for view in lines if is_sentence(view) or prose[view.line.number]]
            if sentences:
                start, end = sentences[0], sentences[-1]
        return cls(page, rules, host, prose, lines, start, end, fragments, markup)

    @property
    def whole_page(self) -> Page:
        """The page as it was read, with the text of every line."""
        return self.page if self.markup is None else self.markup.page

    @property
    def has_paragraphs(self) -> bool:
        """Whether there are paragraphs."""
        return self.start < len(self.lines)

    @cached_property
    def claimed(self) -> Claimed:
        """What the page claims about its report; nothing for plain text."""
        from newsnorm.page.claimed import Claimed, nothing_claimed  # not needed to read a page

        page = self.whole_page
        if page.markup is NO_MARKUP:
            return nothing_claimed()
        return Claimed.of(page, self.rules.context, self._byline_reader(), self.host)

    @cached_property
    def region(self) -> ReportRegion:
        """The element around the report; nothing is in that of a plain text."""
        from newsnorm.page.region import ReportRegion  # plain text has no use for it

        return ReportRegion.of(self)

    # rules

    @cached_property
    def forms(self) -> Mapping[str, LineForms]:
        """Text of a line → the forms that rules are matched against."""
        return LineForms.of_lines([line.text for line in self.page.lines])

    def form(self, line: Line) -> LineForms:
        """Return the forms of a line, of this page or another."""
        return self.forms.get(line.text) or LineForms(line.text)

    @cached_property
    def lines_by_folded(self) -> Mapping[str, Sequence[Line]]:
        """Folded text → the lines with that text, in their order."""
        lines: dict[str, list[Line]] = {}
        for line in self.page.lines:
            if line.text:
                lines.setdefault(self.forms[line.text].folded, []).append(line)
        return lines

    @cached_property
    def matches(self) -> Mapping[int, tuple[Match, ...]]:
        """The rules that lines match, wherever those hold, by the number of the line; lines that match none are left out."""
        found, fragments = self.rules.match_lines(self.forms.values()), self.fragments
        return {line.number: found[line.text] for line in self.page.lines if line.text in found and line.number not in fragments}

    @cached_property
    def matching_lines(self) -> Mapping[Table, Sequence[Line]]:
        """The lines that match a rule of each table, wherever that rule holds, in their order."""
        lines: dict[Table, list[Line]] = {}
        for number, matches in self.matches.items():
            for table in dict.fromkeys(match.rule.table for match in matches):
                lines.setdefault(table, []).append(self.page.lines[number])
        return lines

    def evidence(self, line: Line) -> frozenset[Reason]:
        """Return the reasons of removal rules that don't act by themselves but are evidence against a line or its opening."""
        if (opened := self._opened.get(line.text)) is None:
            opened = self._opened[line.text] = self.rules.opening_matches(self.form(line))
        matches = self.matches.get(line.number)
        if not opened and matches is None:
            return _NOTHING  # most lines end here
        rules = [match.rule for match in matches or () if match.rule.table == "removal"]
        rules += opened
        if any(rule.holds_address for rule in rules) and self.stands_among_contacts(line):
            return _NOTHING
        return frozenset([rule.reason for rule in rules if rule.reason]) if rules else _NOTHING

    def stands_among_contacts(self, line: Line) -> bool:
        """
        Return whether an address is one of the contacts of a press release, not of the author.

        A telephone number stands in a line beside it, or right above them a line announces them with a colon.
        """
        texts = [other.text for other in self.page.lines if other.text and abs(other.number - line.number) <= 2 * CONTACT_LINES]
        at = texts.index(line.text)
        beside = (text for text in texts[max(0, at - 1) : at + 2] if text != line.text and len(text) <= CONTACT)
        if any(sum(map(str.isdigit, text)) >= TELEPHONE for text in beside):
            return True
        above = texts[max(0, at - CONTACT_LINES) : at]
        return any(len(text) <= CONTACT and text.endswith((":", "：")) for text in above)

    # shape

    @cached_property
    def date_labels(self) -> frozenset[int]:
        """Indices of lines that hold nothing but a label for the date below: ``PUBLISHED:``."""
        calendar = self.rules.context.grammar.calendar
        above = (self.lines[view.position - 1] for view in self.dated if view.position > 0)
        return frozenset(
            view.position for view in above if len(view.text) <= LABEL and calendar.role_of_label(view.text) is not None
        )

    def is_amid_sentence(self, view: LineView) -> bool:
        """
        Return whether a line is part of a sentence that links cut in three or more, or the end of one.

        What looks like a sentence cut in two may be a headline and a report that begins with a small letter or a bracket.
        """
        if view.line.number not in self.fragments:
            return False
        above, below = self.lines[max(0, view.position - 1) : view.position], self.lines[view.position + 1 : view.position + 3]
        opens = not any(other.line.number in self.fragments for other in above)
        return not opens or sum(other.line.number in self.fragments for other in below) > 1

    @cached_property
    def dense(self) -> bool:
        """Whether too few lines are separated by blank lines for these to mean anything."""
        return sum(view.gap for view in self.lines) < DENSE * len(self.lines)

    @cached_property
    def dated(self) -> Sequence[LineView]:
        """The lines that name days."""
        return [view for view in self.lines if view.dates]

    # words

    @cached_property
    def text(self) -> str:
        """The text of all lines with text, joined by line breaks."""
        return "\n".join(view.line.text for view in self.lines)

    def prints(self, word: str) -> bool:
        """Return whether a word stands on the page as it is written here, with white space on both sides."""
        text = self.text
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if (at == 0 or text[at - 1].isspace()) and (end == len(text) or text[end].isspace()):
                return True
            at = text.find(word, at + 1)
        return False

    @cached_property
    def topic(self) -> Topic:
        """What the report is about: the words of the first paragraphs."""
        prose = " ".join([view.text for view in self.lines[self.start : self.end + 1] if view.paragraph])
        return Topic(prose[:TOPIC])

    # the URL

    @cached_property
    def slug(self) -> UrlSlug:
        """The words of the page's URL; none if the report is written in other letters, since then they are a transliteration."""
        slug = UrlSlug.of(self.page.raw.url)
        if not slug.words:
            return slug
        report = " ".join(view.text for view in self.lines[self.start : self.end + 1])[:TOPIC] or self.text[:TOPIC]
        return slug if is_latin(" ".join(slug.words)) == is_latin(report) else UrlSlug(frozenset())

    @cached_property
    def slug_matches(self) -> frozenset[int]:
        """Indices of lines that match the URL slug."""
        least = SLUG_MATCH if self.slug.is_telling else SHORT_SLUG_MATCH
        return frozenset(index for index, similarity in self.slug_similarity.items() if similarity >= least)

    @cached_property
    def slug_similarity(self) -> Mapping[int, float]:
        """How similar to the URL slug each line is that may be a headline, from 0 to 1, by index."""
        slug, lines = self.slug, self.lines[: self.end + 1] if self.slug.words else ()
        longest = 220 if slug.is_telling else 60
        return {
            view.position: slug.similarity(view.text, self.forms[view.line.text].words)
            for view in lines
            if 4 <= view.size <= longest
        }

    # names

    @cached_property
    def bylines(self) -> Mapping[int, BylineReading]:
        """What the lines in reach of the report say about who wrote it, by index."""
        reach = self._reach()
        reader = self._byline_reader()
        by_text: dict[str, BylineReading | None] = {}  # a text without a date says the same wherever it stands
        readings: dict[int, BylineReading] = {}
        for view in (self.lines[index] for index in reach if self.lines[index].line.number not in self.fragments):
            if view.dates or view.text not in by_text:
                by_text[view.text] = self._byline(view, reader)
            reading = by_text[view.text]
            if reading is not None and "comments" not in self.evidence(view.line):
                readings[view.position] = reading
        return {**readings, **self._below_markers(reach, readings)}

    def _below_markers(self, reach: Sequence[int], readings: Mapping[int, BylineReading]) -> Mapping[int, BylineReading]:
        """Return the readings of names right below a line with a marker alone, and of known names on the lines that follow."""
        below: dict[int, BylineReading] = {}
        for index in (index for index in reach if index in readings and readings[index].kind == "bare"):
            reading = readings[index]
            is_first = index - 1 not in readings and index - 1 in reach and self._is_marker(index - 1)
            if is_first or (index - 1 in below and reading.given and (reading.clean or reading.role)):
                below[index] = attrs.evolve(reading, kind="marker_above")
        return below

    def _byline_reader(self) -> BylineReader:
        context = self.rules.context
        return BylineReader(context.grammar, self.rules.markers, self.host, turkic=context.languages[:1] in (("tr",), ("az",)))

    def _reach(self) -> Sequence[int]:
        """Return the indices of lines in which bylines are looked for, in ascending order."""
        size = len(self.lines)
        reach = range(max(0, self.start - ABOVE), min(size, self.end + BELOW))
        around = (range(max(0, match - SLUG_ABOVE), min(size, match + SLUG_BELOW)) for match in self.slug_matches)
        beyond = [each for each in around if each.start < reach.start or each.stop > reach.stop]
        return sorted({*reach}.union(*beyond)) if beyond else reach

    def _byline(self, view: LineView, reader: BylineReader) -> BylineReading | None:
        """Read who a line names, its dates cut out; of a paragraph only the beginning, and only if a marker opens it."""
        if view.paragraph or len(view.text) > LINE_LIMIT:
            opening, markers = view.text[:BEGINNING], self.rules.markers
            first = opening.split(None, 1)[0].lower().strip(",.:")
            if first not in markers.heads or opening_marker(opening, markers)[0] is None:
                return None
            return reader.read(_without_dates(view, opening), LineForms(opening).words, dated=bool(view.dates))
        if view.dates:
            return reader.read(_without_dates(view, view.text), (), dated=True)
        reading = reader.read(view.text, self.forms[view.line.text].words)
        return reading if self.markup is None else part_at_links(reading, self.page.markup, view.line, reader)

    def _is_marker(self, index: int) -> bool:
        """Return whether a line holds a marker alone."""
        text = self.lines[index].text
        return len(text) <= MARKER_ONLY_LENGTH and is_marker(text, self.rules.markers)

    @cached_property
    def signed_below(self) -> frozenset[int]:
        """
        Indices of lines below the report that name somebody with a date or after a marker, if they name several people.

        They sign comments and teasers; two who wrote one report are named side by side.
        """
        names: dict[int, str] = {}
        for index, reading in self.bylines.items():
            near = any(view.dates for view in self.lines[max(0, index - 1) : index + 2])
            if index > self.end and reading.people and (near or reading.kind in ("marked", "marker_above")):
                names[index] = reading.people[0].name
        spread = max(names, default=0) - min(names, default=0)
        days = {view.dates[0].reading.value[:10] for index in names for view in self.lines[index : index + 2] if view.dates}
        if len(set(names.values())) < 2 or (spread <= 2 * (len(names) - 1) and len(days) < 2):  # a name and a job each
            return frozenset()
        return frozenset(index for index in names if not self._is_byline_of_the_tail(self.lines[index].line))

    def _is_byline_of_the_tail(self, line: Line) -> bool:
        """Return whether a line matches a byline rule that holds below a report."""
        matches = self.matches.get(line.number, ())
        return any(match.rule.table == "byline" and match.rule.zone in (None, "tail") for match in matches)


CONTACT, CONTACT_LINES, TELEPHONE = 60, 3, 6
"""Code points of a line of contacts, lines between an address and what announces it, and digits of a telephone number."""

_NOTHING: frozenset[Reason] = frozenset()


def is_sentence(view: LineView) -> bool:
    """Return whether a line is a paragraph, or closes as a sentence and has words enough for one."""
    if view.paragraph:
        return True
    has_words = view.text.count(" ") >= SENTENCE - 1 or (view.size > len(view.text) and view.size >= WIDE_SENTENCE)
    return has_words and not view.bullet and ends_sentence(view.text)


def _without_dates(view: LineView, text: str) -> str:
    """Return the text of a line, or its beginning, with a bar in place of each date."""
    offset = len(view.line.text) - len(view.text)
    for mention in reversed(view.dates):
        text = f"{text[: max(0, mention.start - offset)]} | {text[max(0, mention.end - offset) :]}"
    return text


def _views(page: Page, rules: Rules, fragments: Container[int]) -> Sequence[LineView]:
    """Return the lines with text."""
    context = rules.context
    views: list[LineView] = []
    numbers = [line.number for line in page.lines if len(line.text) > 2 or line.text.strip(_SIGNS)]
    last = len(numbers) - 1
    for index, number in enumerate(numbers):
        line = page.lines[number]
        text = line.text
        factor = WIDE if not text.isascii() and _WIDE.search(text, 0, 40) else 1
        size = int(len(text) * factor)
        paragraph = _is_paragraph(text, size)
        beginning = text[:BEGINNING] if paragraph or size > DATED else text
        dates = _dates(beginning, context, page.raw.fetched)
        if dates:
            dates = _labelled(_stated(dates, text, number in fragments), views[-2:], context)
        mark = None if text[0].isupper() else _BULLET.match(text) or _HEADING.match(text)
        bullet = False
        if mark is not None and not (dates and dates[0].start < mark.end()):
            bullet = text[0] != "#"
            text, paragraph = text[mark.end() :], paragraph and not bullet
            size = int(len(text) * factor)
        gap = index == 0 or numbers[index - 1] != number - 1
        gap_below = index == last or numbers[index + 1] != number + 1
        views.append(LineView(index, line, text, bullet, gap, gap_below, paragraph, size, dates))
    return views


def _stated(dates: tuple[DateMention, ...], text: str, is_fragment: bool) -> tuple[DateMention, ...]:
    """
    Return the dates of a line; none for a part of a sentence, unless the line states a date.

    Such a line largely is a date, and has a time of day or a word that marks it.
    """
    first = dates[0]
    is_marked = first.role is not None or "T" in first.reading.value
    return dates if not is_fragment or (is_marked and first.end - first.start > len(text) / 3) else ()


def _labelled(dates: tuple[DateMention, ...], views: Sequence[LineView], context: Context) -> tuple[DateMention, ...]:
    """
    Return the dates of a line; the first one has the role of the label above, if that is all that the line above says.

    Args:
        dates: those of the line.
        views: the one or two lines above, if any. Where the upper one ends with a date without a role, the label may be its own.
        context: what the grammar needs to know of the page.

    """
    if not dates or not views:
        return dates
    above, upper = views[-1].text, views[0] if len(views) > 1 else None
    if upper is not None and upper.dates and upper.dates[-1].role is None:
        return dates
    if dates[0].role is not None or len(above) > LABEL:
        return dates
    role = context.grammar.calendar.role_of_label(above)
    return dates if role is None else (attrs.evolve(dates[0], role=role), *dates[1:])


def _is_paragraph(text: str, size: int) -> bool:
    """Return whether a line is long enough for a paragraph and closes as a sentence, or is very long."""
    return size >= PARAGRAPH and (size > LONG_PARAGRAPH or ends_sentence(text)) and not is_address(text)


def _dates(text: str, context: Context, fetched: str | None) -> tuple[DateMention, ...]:
    """Return the dates in a text; of a web address, the days that it names."""
    if is_address(text):
        return tuple(map(_mention_in_address, days_in_address(text)))
    has_digit = (_ASCII_DIGIT if text.isascii() else _DIGIT).search(text) is not None
    if not has_digit and (fetched is None or not context.grammar.calendar.relative.may_count(text)):
        return ()  # most lines end here
    return dates_in(text, context.grammar.calendar, context.languages, context.day_first, fetched)


def _mention_in_address(day: DayInAddress) -> DateMention:
    return DateMention(start=day.start, end=day.end, reading=DateReading(value=day.value, precision="day"), how="iso")


def _densest(lines: Sequence[LineView]) -> tuple[int, int]:
    """Return the indices of the first and last line of the run of paragraphs with the most text."""
    best, start, end = 0, len(lines), len(lines)
    run = first = 0
    last = -GAP - 1
    for view in lines:
        if view.paragraph:
            if view.position - last > GAP:
                run, first = 0, view.position
            run, last = run + min(view.size, COUNTED), view.position
            if run > best:
                best, start, end = run, first, last
    return start, end
