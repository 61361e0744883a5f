"""What passes have found on a page so far: passes read it, nobody else writes it."""

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
"""Code points of a line that goes with the names or the date in it."""

STANDFIRST = 2
"""Lines. So far into the report a line may be taken as byline or date: the first paragraph may be a standfirst."""


class Found:
    """
    The layout of a page, the rules narrowed to it, and what earlier passes found.

    The first finding to take a line keeps it; one that only sits in a line never conflicts. Every answer is a function of the
    page, the rules and the findings noted so far: asking changes nothing.
    """

    def __init__(self, page: Page, catalogue: Catalogue, markup: MarkupView | None = None) -> None:
        self.host: str = host_of_page(page)
        self.rules: Rules = catalogue.narrow(page.language.code, self.host)
        self.layout: PageLayout = PageLayout.of(page, self.rules, self.host, markup)
        self.page: Page = self.layout.page
        self._taken: list[Finding | None] = [None] * len(page.lines)
        self._findings: list[Finding] = []
        self._by_class = defaultdict[type, list[Finding]](list)  # each finding stands under its class and the bases of that
        self._start, self._end = 0, len(page.lines)

    def add(self, finding: Finding) -> None:
        """Note a finding; ignore one for a line that is taken."""
        if finding.takes_line:
            if self._taken[finding.line] is not None:
                return
            self._taken[finding.line] = finding
        self._findings.append(finding)
        for kind in type(finding).__mro__:
            self._by_class[kind].append(finding)

    @cached_property
    def frame(self) -> Frame:
        """What stands around the report."""
        return frame_of(self.layout)

    # findings

    def findings(self) -> tuple[Finding, ...]:
        """Return all findings, in the order they were stated."""
        return tuple(self._findings)

    def all(self, kind: type[FindingType]) -> Iterator[FindingType]:
        """Yield the findings of one class."""
        return iter(cast("list[FindingType]", self._by_class[kind]))

    def first(self, kind: type[FindingType]) -> FindingType | None:
        """Return the first finding of one class."""
        return next(self.all(kind), None)

    # lines

    def taken(self, number: int) -> Finding | None:
        """Return the finding that took a line."""
        return self._taken[number]

    def is_free(self, number: int) -> bool:
        """Return whether a line has text that nobody took."""
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
        """The first line of free prose, else the number of lines: what stands above is the head."""
        prose = self.layout.prose
        while self._start < len(prose) and not (prose[self._start] and self._taken[self._start] is None):
            self._start += 1  # a taken line is never free again, so this only moves on
        return self._start

    @property
    def body_end(self) -> int:
        """The line after the last one of free prose, else 0: what stands from here on is the tail."""
        prose = self.layout.prose
        while self._end > 0 and not (prose[self._end - 1] and self._taken[self._end - 1] is None):
            self._end -= 1
        return self._end

    def zone(self, number: int) -> Side | None:
        """Return whether a line stands above or below the prose; None amid it. Without any prose, all is head."""
        if number < self.body_start:
            return "head"
        return "tail" if number >= self.body_end else None

    def neighbour(self, number: int, step: int) -> Line | None:
        """Return the next line with text, above (-1) or below (1), whoever took it."""
        number += step
        while 0 <= number < len(self.page.lines):
            if self.page.lines[number].text:
                return self.page.lines[number]
            number += step
        return None

    def is_removable(self, view: LineView) -> bool:
        """
        Return whether a line goes with the field that was found in it: short, above or below the report, and no sentence.

        The first lines of the report count too, because a standfirst may stand above a byline. A web address may be long.
        """
        number = view.line.number
        if view.paragraph or (view.size > SIGNED and not is_address(view.text)) or not self.is_free(number):
            return False
        return self.zone(number) is not None or (view.position <= self.layout.start + STANDFIRST and not is_sentence(view))

    @property
    def title_index(self) -> int | None:
        """The index in `PageLayout.lines` of the headline, once it is found."""
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
        """Return the folded text of a line; of a long one, nothing."""
        return self.layout.form(line).folded

    def matches_any(self, line: Line) -> bool:
        """Return whether a line matches any rule, wherever that holds."""
        return line.number in self.layout.matches

    def matching_lines(self, table: Table) -> Sequence[Line]:
        """Return the lines that match a rule of a table, wherever that rule holds and whoever took them."""
        return self.layout.matching_lines.get(table, ())

    def matches(self, table: Table, line: Line) -> list[Match]:
        """
        Return the rules of a table that a line matches where it stands, strongest first.

        Rules of tier 2 and 3 are among them wherever the line stands: whether they act, its neighbours decide.
        """
        known = self.layout.matches.get(line.number)
        if not known:
            return []
        zone = self.zone(line.number)
        return [
            match for match in known if match.rule.table == table and (match.rule.zone in (None, zone) or match.rule.tier > 1)
        ]

    def evidence(self, line: Line) -> frozenset[Reason]:
        """Return the reasons for which removal rules that did not act speak against a line, or against its opening."""
        return self.layout.evidence(line)


Pass: TypeAlias = Callable[[Page, Found, Rules], Iterable[Finding]]
"""One question: given a page, what is known so far and the rules that hold on it, yield findings."""


def run_passes(page: Page, catalogue: Catalogue, passes: Iterable[Pass], markup: MarkupView | None = None) -> Found:
    """
    Run passes over a page, each seeing what the ones before it found, and return what is known then.

    Args:
        page: the page.
        catalogue: the rules.
        passes: in their order.
        markup: what its markup says, by other models than those that ship with newsnorm.

    """
    found = Found(page, catalogue, markup)
    for find in passes:
        for finding in find(found.page, found, found.rules):
            found.add(finding)
    return found


def find_all(page: Page, catalogue: Catalogue, passes: Iterable[Pass]) -> tuple[Finding, ...]:
    """Run passes over a page and return all findings, in the order they were stated."""
    return run_passes(page, catalogue, passes).findings()


def host_of_page(page: Page) -> str:
    """
    Return the host of a page in lower case: that of its URL, else of the address that it claims as its own; empty if unknown.

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
    Return the day of a page's layout as ISO 8601: when it was fetched, else published; empty if neither is known.

    What a site prints around a report is of the day on which the page was fetched, however old the report is.
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
    """A rule that is decided by code: its id and a sentence for ``docs/rules.md``."""

    id: str
    says: str
    is_sure: bool = False
    """Whether a line that it removes says itself what it is: nothing depends on where it stands or on how likely something is."""


def removed(line: Line, rule: CodeRule, reason: Reason, why: str = "") -> Removal:
    """Make the removal of a whole line by a rule that code decides."""
    text = line.text
    return Removal(line=line.number, span=line.raw_span(0, len(text)), text=text, rule=rule.id, reason=reason, why=why)
