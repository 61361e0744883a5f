"""Hold what passes have found on a page so far; passes only read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import TypeAlias, cast

import attrs

from newsnorm.catalogue import Catalogue, Match, Rules
from newsnorm.catalogue.rules import Side, Table
from newsnorm.page.frame import Frame, frame_of
from newsnorm.page.layout import LineView, PageLayout, is_sentence
from newsnorm.page.markup_view import MarkupView
from newsnorm.records import Finding, FindingType, Line, Page, PublicationDate, Reason, Removal, Title
from newsnorm.text.web_address import is_address

SIGNED = 120
"""Code points of the longest line that is removed together with the names or the date in it."""

STANDFIRST = 2
"""Lines from the start of the report that may be taken as byline or date, since the first paragraph may be a standfirst."""


class Found:
    """
    The layout of a page, the rules narrowed to it, and what earlier passes found.

    The first finding that takes a line keeps it; findings that take no line never conflict. Every answer is a function of the
    page, the rules and the findings so far; asking changes nothing.
    """

    def __init__(self, page: Page, catalogue: Catalogue, markup: MarkupView | None = None) -> None:
        self.host: str = host_of_page(page)
        self.rules: Rules = catalogue.narrow(page.language.code, self.host)
        self.layout: PageLayout = PageLayout.of(page, self.rules, self.host, markup)
        self.page: Page = self.layout.page
        self._taken: list[Finding | None] = [None] * len(page.lines)
        self._findings: list[Finding] = []
        self._by_class = defaultdict[type, list[Finding]](list)  # each finding is filed under its class and the base classes
        self._start, self._end = 0, len(page.lines)

    def add(self, finding: Finding) -> None:
        """Add a finding, unless its line is already taken."""
        if finding.takes_line:
            if self._taken[finding.line] is not None:
                return
            self._taken[finding.line] = finding
        self._findings.append(finding)
        for kind in type(finding).__mro__:
            self._by_class[kind].append(finding)

    @cached_property
    def frame(self) -> Frame:
        """What surrounds the report."""
        return frame_of(self.layout)

    # findings

    def findings(self) -> tuple[Finding, ...]:
        """Return all findings, in the order in which they were added."""
        return tuple(self._findings)

    def all(self, kind: type[FindingType]) -> Iterator[FindingType]:
        """Yield the findings of one class."""
        return iter(cast("list[FindingType]", self._by_class[kind]))

    def first(self, kind: type[FindingType]) -> FindingType | None:
        """Return the first finding of one class."""
        return next(self.all(kind), None)

    # lines

    def taken(self, number: int) -> Finding | None:
        """Return the finding that took a line, or None."""
        return self._taken[number]

    def is_free(self, number: int) -> bool:
        """Return whether a line has text and no finding has taken it."""
        return self._taken[number] is None and self.page.lines[number].text != ""

    def free(self, start: int = 0, end: int | None = None) -> Iterator[Line]:
        """Yield the free lines with text, from line `start` to before `end`."""
        taken = self._taken
        for line in self.page.lines[start:end]:
            if taken[line.number] is None and line.text:
                yield line

    def is_prose(self, number: int) -> bool:
        """Return whether a line is free running text."""
        return self.layout.prose[number] and self._taken[number] is None

    @property
    def body_start(self) -> int:
        """Number of the first line of free prose, or the number of lines; everything above is the head."""
        prose = self.layout.prose
        while self._start < len(prose) and not (prose[self._start] and self._taken[self._start] is None):
            self._start += 1  # a taken line is never free again, so this only moves on
        return self._start

    @property
    def body_end(self) -> int:
        """Number of the line after the last one of free prose, or 0; everything from here on is the tail."""
        prose = self.layout.prose
        while self._end > 0 and not (prose[self._end - 1] and self._taken[self._end - 1] is None):
            self._end -= 1
        return self._end

    def zone(self, number: int) -> Side | None:
        """Return whether a line is above or below the prose; None in between. Without any prose, every line is in the head."""
        if number < self.body_start:
            return "head"
        return "tail" if number >= self.body_end else None

    def neighbour(self, number: int, step: int) -> Line | None:
        """Return the next line with text, above (-1) or below (1), whether taken or not."""
        number += step
        while 0 <= number < len(self.page.lines):
            if self.page.lines[number].text:
                return self.page.lines[number]
            number += step
        return None

    def is_removable(self, view: LineView) -> bool:
        """
        Return whether a line is removed together with the field found in it: it is short, above or below the report, and not a
        sentence.

        The first lines of the report count too, because a standfirst may stand above a byline. A web address may be long.
        """
        number = view.line.number
        if view.paragraph or (view.size > SIGNED and not is_address(view.text)) or not self.is_free(number):
            return False
        return self.zone(number) is not None or (view.position <= self.layout.start + STANDFIRST and not is_sentence(view))

    @property
    def title_index(self) -> int | None:
        """The index of the headline in `PageLayout.lines`, once it is found."""
        title = self.first(Title)
        if title is None:
            return None
        return next((view.position for view in self.layout.lines if view.line.number == title.line), None)

    def is_removed(self, number: int, *reasons: Reason) -> bool:
        """Return whether a line was removed for one of some reasons."""
        taker = self._taken[number]
        return isinstance(taker, Removal) and taker.reason in reasons

    def is_beside(self, index: int, reason: Reason) -> bool:
        """Return whether a line, or one next to it, was removed for a reason; `index` counts in `PageLayout.lines`."""
        return any(self.is_removed(view.line.number, reason) for view in self.layout.lines[max(0, index - 1) : index + 2])

    # rules

    def folded(self, line: Line) -> str:
        """Return the folded text of a line; empty for a long line."""
        return self.layout.form(line).folded

    def matches_any(self, line: Line) -> bool:
        """Return whether a line matches any rule, ignoring the rule's zone."""
        return line.number in self.layout.matches

    def matching_lines(self, table: Table) -> Sequence[Line]:
        """Return the lines that match a rule of a table, ignoring the rule's zone, whether taken or not."""
        return self.layout.matching_lines.get(table, ())

    def matches(self, table: Table, line: Line) -> list[Match]:
        """
        Return the rules of a table that a line matches in its zone, strongest first.

        Rules of tier 2 and 3 are included in any zone; the line's neighbours decide whether they act.
        """
        known = self.layout.matches.get(line.number)
        if not known:
            return []
        zone = self.zone(line.number)
        return [
            match for match in known if match.rule.table == table and (match.rule.zone in (None, zone) or match.rule.tier > 1)
        ]

    def evidence(self, line: Line) -> frozenset[Reason]:
        """Return the reasons of removal rules that did not act but are evidence against a line or its opening."""
        return self.layout.evidence(line)


Pass: TypeAlias = Callable[[Page, Found, Rules], Iterable[Finding]]
"""Answers one question: given a page, what was found so far and the rules that hold on it, yields findings."""


def run_passes(page: Page, catalogue: Catalogue, passes: Iterable[Pass], markup: MarkupView | None = None) -> Found:
    """
    Run passes over a page, each of which sees what earlier ones found, and return everything found.

    Args:
        page: the page.
        catalogue: the rules.
        passes: the passes, in order.
        markup: what its markup says according to models other than the shipped ones.

    """
    found = Found(page, catalogue, markup)
    for find in passes:
        for finding in find(found.page, found, found.rules):
            found.add(finding)
    return found


def find_all(page: Page, catalogue: Catalogue, passes: Iterable[Pass]) -> tuple[Finding, ...]:
    """Run passes over a page and return all findings, in the order in which they were added."""
    return run_passes(page, catalogue, passes).findings()


def host_of_page(page: Page) -> str:
    """
    Return the host of a page in lower case, from its URL or else from the address that it states as its own; empty if unknown.

    >>> import newsnorm
    >>> html = "<!doctype html><link rel=canonical href='https://www.harbournews.example/quay'><p>The quay closes."
    >>> host_of_page(newsnorm.Parser().page(html))
    'www.harbournews.example'
    """
    if page.raw.url:
        return host_of(page.raw.url)
    addresses = [claim for claim in page.markup.claims if claim.field == "url"]
    links_first = sorted(addresses, key=lambda claim: claim.source != "link")
    return next((host for claim in links_first if (host := host_of(claim.value.strip()))), "")


def host_of(url: str | None) -> str:
    """
    Return the host of a URL in lower case; empty if it has none.

    >>> host_of("https://News.Example.com/quay"), host_of(None)
    ('news.example.com', '')
    """
    if not url:
        return ""
    from urllib.parse import urlsplit

    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def day_of(page: Page, findings: Iterable[Finding]) -> str:
    """
    Return the day of a page's layout as ISO 8601: the day it was fetched, or else published; empty if neither is known.

    What a site prints around a report dates from the day on which the page was fetched, however old the report is.
    """
    published = (finding.value for finding in findings if isinstance(finding, PublicationDate) and finding.role == "published")
    return next((day[:10] for day in (page.raw.fetched or "", *published) if _is_day(day[:10])), "")


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@attrs.frozen
class CodeRule:
    """A rule implemented in code: its id and a sentence for ``docs/rules.md``."""

    id: str
    says: str
    is_sure: bool = False
    """Whether a removed line shows by itself what it is, independent of its place and of probabilities."""


def removed(line: Line, rule: CodeRule, reason: Reason, why: str = "") -> Removal:
    """Make the removal of a whole line by a rule implemented in code."""
    text = line.text
    return Removal(line=line.number, span=line.raw_span(0, len(text)), text=text, rule=rule.id, reason=reason, why=why)
