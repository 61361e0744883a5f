"""
What does each line of a page show?

Headline, authors and dates are chosen among candidates, and each is evidence for the others: a date near a headline, a name
near a date. So the lines are looked at once, before anything is chosen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, cached_property
from typing import NamedTuple

import attrs

from newsnorm.grammar.byline import LINE_LIMIT, BylineReading, is_marker, opening_marker, read_byline_in
from newsnorm.grammar.dates.search import DateMention, dates_in
from newsnorm.page.state import Found
from newsnorm.page.url_slug import BEYOND_LATIN, LATIN, Address
from newsnorm.records import Line, Page, Reason, Removal, Title
from newsnorm.text.lazy_regex import lazy_regex

PARAGRAPH = 110
"""Code points of a line that closes as a sentence, from which it is a paragraph."""

WIDE = 2.4
"""Code points that a sign of Chinese, Japanese or Korean counts for."""

SENTENCE = 4
"""Words of a line that closes as a sentence, by which a text without paragraphs is read."""

LONG_PARAGRAPH = 250
"""Code points of a paragraph whatever its end."""

GAP = 8
"""Lines. Paragraphs further apart are no one report."""

DENSE = 0.3
"""The share of lines with a blank line above, under which blank lines say nothing; chosen, not measured."""

COUNTED = 600
"""Code points. No paragraph counts for more, so that one long paragraph (terms of use) outweighs no report."""

ABOVE, BELOW = 120, 30
"""Lines above and below the report in which bylines are looked for."""

SIGNED = 120
"""Code points of a line that goes with the names or the date in it."""

INTO = 6
"""Lines. So far into the report bylines and dates may stand: the first paragraphs may be a standfirst, a summary."""

TOGETHER = 3
"""Lines. Bylines of one report, a line each, stand no further apart."""

STANDFIRST = 2
"""Lines. So far into the report a line may be taken as byline or date: the first paragraph may be a standfirst."""

SOLE = 24
"""Code points of a line with nothing but a marker."""

TOLD = 0.5
"""How like the address a line is that may be the headline wherever it stands."""

WHOLE = 0.8
"""The same for an address of few words, which many lines share a word with."""

TOLD_ABOVE, TOLD_BELOW = 6, 20
"""Lines around such a line in which bylines are looked for too."""

DATED = 260
"""Code points. Of a longer line only the beginning is looked at for dates."""

BEGINNING = 90
"""Code points: that beginning. What stands further in a paragraph is the day of an event."""

_CLOSED = lazy_regex(r"[.!?…。！？։।؟۔][\"”»)’'“』」\]]{0,3}\Z")
_BULLET = lazy_regex(r"(?:[*•·–+o▪‣>»|-]\s+|\d{1,2}[.)]\s+(?=\D))")
_DIGIT, _ASCII_DIGIT = lazy_regex(r"\d"), lazy_regex("[0-9]")
_WIDE = lazy_regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_STEM, _LATIN_STEM = lazy_regex(r"([^\W\d_]{4,6})[^\W\d_]*"), lazy_regex(f"([{LATIN}]{{4,6}})[{LATIN}]*")
_MARKED = lazy_regex(r"[\u0900-\u0dff\u0e31-\u0e4e]")
_MARKED_STEM = lazy_regex(r"([^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff\u0e31-\u0e4e]){3,5})")


class Seen(NamedTuple):
    """A line with text, as it is seen; a page has hundreds, and a tuple is made faster than a record."""

    number: int
    """Its place among the lines with text."""
    line: Line
    text: str
    """Without the bullet before it."""
    bullet: bool
    gap: bool
    """Whether a blank line stands above."""
    after: bool
    """Whether one stands below."""
    paragraph: bool
    size: int
    """Code points; a sign that is a word counts for `WIDE`."""
    dates: tuple[DateMention, ...]
    """In code points of `Line.text`."""


@attrs.frozen(eq=False)
class Sight:
    """A page, as it is seen."""

    lines: Sequence[Seen]
    start: int
    """The first line of the densest run of paragraphs; the number of lines, if there is none."""
    end: int
    """Its last line."""
    page: Page
    found: Found

    @property
    def any(self) -> bool:
        """Whether there are paragraphs."""
        return self.start < len(self.lines)

    def goes_with(self, seen: Seen) -> bool:
        """
        Whether a line goes with the field that was found in it: short, above or below the report, and no sentence.

        The first lines of the report count too: a standfirst may stand above a byline.
        """
        number = seen.line.number
        if seen.paragraph or seen.size > SIGNED or not self.found.is_free(number):
            return False
        return self.found.zone(number) is not None or (seen.number <= self.start + STANDFIRST and not self.is_sentence(seen))

    @staticmethod
    def is_sentence(seen: Seen) -> bool:
        """Whether a line closes as a sentence and has words enough for one; or is a paragraph."""
        if seen.paragraph:
            return True
        return (
            not seen.bullet and _CLOSED.search(seen.text, len(seen.text) - 6) is not None and seen.text.count(" ") >= SENTENCE - 1
        )

    @cached_property
    def dense(self) -> bool:
        """Whether blank lines part too few lines to say anything."""
        return sum(seen.gap for seen in self.lines) < DENSE * len(self.lines)

    @cached_property
    def dated(self) -> Sequence[Seen]:
        """The lines that name days."""
        return [seen for seen in self.lines if seen.dates]

    @cached_property
    def text(self) -> str:
        """All lines."""
        return "\n".join(seen.line.text for seen in self.lines)

    @cached_property
    def words(self) -> frozenset[str]:
        """All words as they are written."""
        return frozenset(self.text.split())

    def writes(self, word: str) -> bool:
        """Whether a word stands anywhere as it is written here."""
        return word in self.text and word in self.words

    @cached_property
    def topic(self) -> frozenset[str]:
        """The stems of the first paragraphs: what the report speaks of."""
        prose = " ".join(seen.text for seen in self.lines[self.start : self.end + 1] if seen.paragraph)
        return stems(prose[:2400])

    @cached_property
    def address(self) -> Address:
        """What the address of the page says about its headline."""
        return Address.of(self.page.raw.url)

    @cached_property
    def told(self) -> frozenset[int]:
        """The lines that say what the address says, by their place."""
        least = TOLD if self.address.tells else WHOLE
        return frozenset(number for number, likeness in self.likeness.items() if likeness >= least)

    @cached_property
    def likeness(self) -> dict[int, float]:
        """How like the address each line is that may be a headline, by their place."""
        address = self.address
        lines = self.lines[: self.end + 1] if address.words else ()
        longest = 220 if address.tells else 60
        short = (seen for seen in lines if 4 <= seen.size <= longest)
        return {seen.number: address.likeness(seen.text) if self._may_be_like(seen) else 0.0 for seen in short}

    def _may_be_like(self, seen: Seen) -> bool:
        """A cheap look that most lines end with: whether one of its words, which are known already, stands in the address."""
        text = seen.line.text
        if not text.isascii() or _ASCII_DIGIT.search(text) is not None:
            return True
        return not self.address.words.isdisjoint(self.found.form(seen.line).words)

    @cached_property
    def bylines(self) -> dict[int, BylineReading]:
        """What the lines in reach of the report say about who wrote it, by their place."""
        found = self.found
        rules, tables = found.rules, found.rules.context.tables
        turkic = rules.context.languages[:1] in (("tr",), ("az",))
        readings: dict[int, BylineReading] = {}
        sole = -2
        reach = {*range(max(0, self.start - ABOVE), min(len(self.lines), self.end + BELOW))}
        for told in self.told:
            reach.update(range(max(0, told - TOLD_ABOVE), min(len(self.lines), told + TOLD_BELOW)))
        for seen in (self.lines[number] for number in sorted(reach)):
            text = seen.text
            offset = len(seen.line.text) - len(text)
            if seen.paragraph or len(text) > LINE_LIMIT:
                first = text[:SOLE].split(None, 1)[0].lower().strip(",.:")
                if first not in rules.markers.heads or opening_marker(text[:BEGINNING], rules.markers)[0] is None:
                    continue
                text = text[:BEGINNING]
            for mention in reversed(seen.dates):
                text = f"{text[: max(0, mention.start - offset)]} | {text[max(0, mention.end - offset) :]}"
            reading = read_byline_in(text, tables, rules.markers, found.host, dated=bool(seen.dates), turkic=turkic)
            if reading is None:
                sole = seen.number if len(text) <= SOLE and is_marker(text, rules.markers) else sole
            elif "comments" not in found.evidence(seen.line):
                if reading.kind == "bare" and sole == seen.number - 1:
                    reading = attrs.evolve(reading, kind="below")
                readings[seen.number] = reading
        return readings

    @cached_property
    def signed_below(self) -> frozenset[int]:
        """
        The lines below the report that name somebody with a date, or behind a marker, if they name several in different places.

        Those are comments and teasers; two who wrote one report are named side by side.
        """
        told: dict[int, str] = {}
        for number, reading in self.bylines.items():
            near = any(seen.dates for seen in self.lines[max(0, number - 1) : number + 2])
            if number > self.end and reading.people and (near or reading.kind in ("marked", "below")):
                told[number] = reading.people[0].name
        spread = max(told, default=0) - min(told, default=0)
        days = {seen.dates[0].reading.value[:10] for number in told for seen in self.lines[number : number + 2] if seen.dates}
        if len(set(told.values())) < 2 or (spread <= 2 * (len(told) - 1) and len(days) < 2):  # a name and a job each
            return frozenset()
        return frozenset(number for number in told if not self.found.matches("byline", self.lines[number].line))

    @property
    def title(self) -> int | None:
        """The place of the headline, once it is found."""
        title = self.found.first(Title)
        return next((seen.number for seen in self.lines if title is not None and seen.line.number == title.line), None)

    def beside(self, number: int, reason: Reason) -> bool:
        """Whether a line, or one next to it, was removed for a reason."""
        takers = (self.found.taken(seen.line.number) for seen in self.lines[max(0, number - 1) : number + 2])
        return any(isinstance(taker, Removal) and taker.reason == reason for taker in takers)


def sight(page: Page, found: Found) -> Sight:
    """The lines of a page, looked at once: `Found` keeps it for the passes that follow."""
    return found.once(Sight, lambda: _look(page, found))


def _look(page: Page, found: Found) -> Sight:
    context = found.rules.context
    lines: list[Seen] = []
    numbers = [line.number for line in page.lines if len(line.text) > 2 or line.text.strip("*+|-o•·")]
    for place, number in enumerate(numbers):
        line = page.lines[number]
        text = line.text
        ascii_ = text.isascii()
        factor = WIDE if not ascii_ and _WIDE.search(text, 0, 40) else 1
        size = int(len(text) * factor)
        paragraph = size >= PARAGRAPH and (size > LONG_PARAGRAPH or _CLOSED.search(text, len(text) - 6) is not None)
        dates: tuple[DateMention, ...] = ()
        window = text[:BEGINNING] if paragraph or size > DATED else text
        if (_ASCII_DIGIT if ascii_ else _DIGIT).search(window) is not None:
            dates = dates_in(window, context.tables.calendar, context.languages, context.day_first, page.raw.fetched)
        cut = None if text[0].isupper() else _BULLET.match(text)
        bullet = cut is not None and not (dates and dates[0].start < cut.end())
        if cut is not None and bullet:
            text, paragraph = text[cut.end() :], False
            size = int(len(text) * factor)
        gap = place == 0 or numbers[place - 1] != number - 1
        after = place + 1 == len(numbers) or numbers[place + 1] != number + 1
        lines.append(Seen(place, line, text, bullet, gap, after, paragraph, size, dates))
    start, end = _densest(lines)
    if start == len(lines):  # a notice: a headline and a few sentences
        sentences = [seen.number for seen in lines if Sight.is_sentence(seen) or found.is_prose(seen.line.number)]
        if sentences:
            start, end = sentences[0], sentences[-1]
    return Sight(lines, start, end, page, found)


def _densest(lines: Sequence[Seen]) -> tuple[int, int]:
    """The first and last line of the run of paragraphs that says most."""
    best, start, end = 0, len(lines), len(lines)
    run = first = 0
    last = -GAP - 1
    for seen in lines:
        if seen.paragraph:
            if seen.number - last > GAP:
                run, first = 0, seen.number
            run, last = run + min(seen.size, COUNTED), seen.number
            if run > best:
                best, start, end = run, first, last
    return start, end


def stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words of a text; where no spaces part words, its pairs of signs."""
    folded = text.casefold()
    if BEYOND_LATIN.search(folded) is None:
        return frozenset(_LATIN_STEM.findall(folded))
    if _WIDE.search(text, 0, 60):
        return frozenset(text[at : at + 2] for at in range(len(text) - 1))
    return frozenset((_MARKED_STEM if _MARKED.search(text) else _STEM).findall(folded))


def bucket(name: str, value: float, edges: tuple[float, ...]) -> str:
    """The feature that `value` falls in: the first edge that it does not pass."""
    return _buckets(name, edges)[bisect_left(edges, value)]


@cache  # a row for each feature that is one of these
def _buckets(name: str, edges: tuple[float, ...]) -> tuple[str, ...]:
    return (*(f"{name}<={edge:g}" for edge in edges), f"{name}>{edges[-1]:g}")
