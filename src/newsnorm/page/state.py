"""What is known so far about a page: passes read it, nobody else writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias, TypeVar, cast

import attrs

from newsnorm.catalogue import Catalogue, Form, Match, Rules
from newsnorm.catalogue.rules import Side, Table
from newsnorm.records import Finding, FindingType, Line, Page, PublicationDate, Reason, Removal
from newsnorm.text.lazy_regex import lazy_regex

PROSE = 60
"""Characters of at least `WORDS` words, closed by a stop: a line of prose. Headlines are as long, but have no stop; a letter
of Chinese, Japanese or Korean counts as 2.5. Of the lines of reports 75, 74 and 71 % are prose at 40, 60 and 80, of the lines
around them 4.6, 4.2 and 3.6 % (``benchmarks/thresholds.py``, as for the next three)."""

WORDS = 8
"""4 to 8 make no difference; at 12, 72.8 % of reports' lines are prose instead of 73.8 %, of the rest 3.9 % instead of 4.2 %."""

QUESTION = 140
"""Characters that a line needs if it closes with ``?`` or ``!``, as headlines do. Reports and the rest: 75.1 and 4.5 % at 60,
73.8 and 4.2 % at 140, 73.3 and 4.1 % at 200."""

LONG_PROSE = 200
"""Characters. Prose whatever its end; and a cut never fires above a longer line. Reports and the rest: 75.1 and 5.9 % at 120,
73.8 and 4.2 % at 200, 73.3 and 4.0 % at 300."""

_STOP = lazy_regex(r"(?:[.…。।۔։።]|[!?！？؟])[\"'”’»›)\]」』）】\s]*\Z")
_SHOUT = lazy_regex(r"[!?！？؟][\"'”’»›)\]」』）】\s]*\Z")
_WIDE = lazy_regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_STOPLESS = lazy_regex("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


def weight(text: str) -> float:
    """The length of `text` in letters of an alphabet."""
    return float(len(text)) if text.isascii() else len(text) + 1.5 * len(_WIDE.findall(text[:LONG_PROSE]))


def closes(text: str) -> bool:
    """
    Whether `text` ends as a sentence does, quotes and brackets aside.

    >>> closes("“It rained.”"), closes("Rain in Malmö")
    (True, False)
    """
    return _STOP.search(text[-8:]) is not None


def is_prose(text: str) -> bool:
    """
    Whether a line is running text.

    >>> is_prose("The bridge was closed on Monday after a lorry had damaged two of its pillars, the harbour office said.")
    True
    >>> is_prose("Bridge closed on Monday")
    False
    """
    size = len(text)
    if size >= LONG_PROSE:
        return True
    if size * 2.5 < PROSE or (size := int(weight(text))) < PROSE:
        return False
    if size >= LONG_PROSE or _STOPLESS.search(text):
        return True
    if _WIDE.search(text) is None and text.count(" ") < WORDS - 1:
        return False
    return closes(text) and (size >= QUESTION or _SHOUT.search(text[-8:]) is None)


Kept = TypeVar("Kept")


class Found:
    """
    The page, the rules narrowed to it, and what earlier passes found.

    The first finding to take a line keeps it; one that only sits in a line never conflicts.
    """

    def __init__(self, page: Page, catalogue: Catalogue) -> None:
        self.page = page
        self.host = host_of(page.raw.url)
        self.rules: Rules = catalogue.narrow(page.language.code, self.host)
        self._taken: list[Finding | None] = [None] * len(page.lines)
        self._findings: list[Finding] = []
        self._forms: dict[int, Form] = {}
        self._matches: dict[int, tuple[Match, ...]] = {}
        self._kept: dict[type, object] = {}
        self._meeting: dict[Table, list[Line]] | None = None
        self._prose = [is_prose(line.text) for line in page.lines]
        self._start, self._end = 0, len(page.lines)

    def add(self, finding: Finding) -> None:
        """Note a finding; one for a line that is taken is ignored."""
        if finding.takes_line:
            if self._taken[finding.line] is not None:
                return
            self._taken[finding.line] = finding
        self._findings.append(finding)

    # what passes ask

    def findings(self) -> tuple[Finding, ...]:
        """All of them, in the order they were stated."""
        return tuple(self._findings)

    def all(self, kind: type[FindingType]) -> Iterator[FindingType]:
        """The findings of one class."""
        return (finding for finding in self._findings if isinstance(finding, kind))

    def first(self, kind: type[FindingType]) -> FindingType | None:
        """The first finding of one class."""
        return next(self.all(kind), None)

    def taken(self, number: int) -> Finding | None:
        """What took the line."""
        return self._taken[number]

    def is_free(self, number: int) -> bool:
        """Whether the line has text that nobody took."""
        return self._taken[number] is None and self.page.lines[number].text != ""

    def free(self, start: int = 0, end: int | None = None) -> Iterator[Line]:
        """The free lines with text, from line `start` to before `end`."""
        taken = self._taken
        for line in self.page.lines[start:end]:
            if taken[line.number] is None and line.text:
                yield line

    def is_prose(self, number: int) -> bool:
        """Whether the line is free running text."""
        return self._prose[number] and self._taken[number] is None

    @property
    def body_start(self) -> int:
        """The first line of free prose, else the number of lines: what stands above is the head."""
        while self._start < len(self._prose) and not self.is_prose(self._start):
            self._start += 1  # a taken line is never free again, so this only moves on
        return self._start

    @property
    def body_end(self) -> int:
        """The line after the last one of free prose, else 0: what stands from here on is the tail."""
        while self._end > 0 and not self.is_prose(self._end - 1):
            self._end -= 1
        return self._end

    def zone(self, number: int) -> Side | None:
        """Whether a line stands above or below the prose; None: amid it. Without any prose, all is head."""
        if number < self.body_start:
            return "head"
        return "tail" if number >= self.body_end else None

    def neighbour(self, number: int, step: int) -> Line | None:
        """The next line with text, above (-1) or below (1), whoever took it."""
        number += step
        while 0 <= number < len(self.page.lines):
            if self.page.lines[number].text:
                return self.page.lines[number]
            number += step
        return None

    def once(self, kind: type[Kept], make: Callable[[], Kept]) -> Kept:
        """What several passes need and one works out: made when it is first asked for."""
        if kind not in self._kept:
            self._kept[kind] = make()
        return cast("Kept", self._kept[kind])

    def form(self, line: Line) -> Form:
        """The forms of a line that rules are held against."""
        if (form := self._forms.get(line.number)) is None:
            form = self._forms[line.number] = Form(line.text)
        return form

    def folded(self, line: Line) -> str:
        """The folded text of a line; of a long one, nothing."""
        return self.form(line).folded

    def _met(self, line: Line) -> tuple[Match, ...]:
        known = self._matches.get(line.number)
        if known is None:
            known = self._matches[line.number] = self.rules.matches(self.form(line))
        return known

    def meets(self, line: Line) -> bool:
        """Whether the line meets any rule, wherever that holds."""
        return bool(self._met(line))

    def meeting(self, table: Table) -> Sequence[Line]:
        """The lines that meet a rule of a table, wherever that holds, and were free when this was first asked."""
        if self._meeting is None:
            self._meeting = {}
            for line in self.free():
                if known := self._met(line):
                    for of in dict.fromkeys(match.rule.table for match in known):
                        self._meeting.setdefault(of, []).append(line)
        return self._meeting.get(table, ())

    def matches(self, table: Table, line: Line) -> list[Match]:
        """
        The rules of a table that the line meets where it stands, strongest first.

        Those of tier 2 and 3 are among them wherever they stand: whether they act, their neighbours decide.
        """
        known = self._met(line)
        if not known:
            return []
        zone = self.zone(line.number)
        return [
            match for match in known if match.rule.table == table and (match.rule.zone in (None, zone) or match.rule.tier > 1)
        ]

    def evidence(self, line: Line) -> frozenset[Reason]:
        """The reasons for which removal rules that did not act speak against a line, or against its opening."""
        rules = [match.rule for match in self._met(line) if match.rule.table == "removal"]
        rules += self.rules.opened(line.text)
        return frozenset([rule.reason for rule in rules if rule.reason]) if rules else _NOTHING


_NOTHING: frozenset[Reason] = frozenset()

Pass: TypeAlias = Callable[[Page, Found, Rules], Iterable[Finding]]
"""One question: a page, what is known so far, and the rules that hold on it; findings come out."""


def find_all(page: Page, catalogue: Catalogue, passes: Iterable[Pass]) -> tuple[Finding, ...]:
    """Run the passes over a page, each seeing what the ones before it found."""
    found = Found(page, catalogue)
    for find in passes:
        for finding in find(page, found, found.rules):
            found.add(finding)
    return found.findings()


def host_of(url: str | None) -> str:
    """The host of a URL, in lower case; empty, if it has none."""
    if not url:
        return ""
    from urllib.parse import urlsplit

    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def day_of(page: Page, findings: Iterable[Finding]) -> str:
    """
    The day of a page's layout, as ISO 8601: when it was fetched, else as published; empty, if neither is known.

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


def removed(line: Line, rule: CodeRule, reason: Reason, why: str = "") -> Removal:
    """The removal of a whole line by a rule that code decides."""
    span = line.raw_span(0, len(line.text))
    return Removal(line=line.number, span=span, text=line.text, rule=rule.id, reason=reason, why=why)
