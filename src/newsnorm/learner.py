"""
Learn which lines a site prints on every page: lines that recur on the documents of one host become rules.

Learning takes one pass and bounded memory. The result depends only on the set of documents, not on their order or on copies. For
each host the documents with the smallest hashes are kept, so that the sample of a large host does not depend on the order;
within the sample, lines are counted exactly.

How a line becomes a rule (decision 10 in `docs/decisions` gives the reasons):

1. The passes before `find_learned` look at each page; only lines that they leave can be learned. So bylines, dates, credits
   and datelines are never learned, nor is anything that looks like a name, a date or a place. One exception: a title that
   was chosen by its form may be learned if it occurs on half of the site, since it is then the site's name.
2. A document that shares most of its prose with other documents is a version of them, and does not count as evidence.
3. The report reaches from the first line of a document's own prose to the last; other lines are above, below or within it.
4. A line becomes a rule for the zones in which it meets the demand, which is weak for short lines above and below the report,
   and strong for lines that may be a sentence of it.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import attrs

from newsnorm.catalogue import Catalogue, Context, Rule
from newsnorm.catalogue.rules import Seen, Side
from newsnorm.catalogue.slots import place
from newsnorm.catalogue.templates import is_template
from newsnorm.errors import InputError
from newsnorm.grammar.dates.strict import read_date
from newsnorm.grammar.names import is_person, read_people
from newsnorm.page.prose import alphabetic_length, is_prose
from newsnorm.page.state import day_of, host_of
from newsnorm.parser import Parser
from newsnorm.passes import find_all, find_learned
from newsnorm.passes.title import FIRST_LINE, WEIGHED
from newsnorm.records import Finding, Page, Title
from newsnorm.text.folding import fold_numbers
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.sentences import ends_sentence

MIN_DOCUMENTS = 3
MIN_SHARE = 0.2
"""Share of a host's documents. Both defaults are chosen, not measured."""

MAX_PER_HOST = 500
"""The most documents that are kept of one host."""

MAX_KEPT = 200_000
"""The most documents that are kept of all hosts; beyond it, fewer are kept of each. 5,600 letters take about 3 kB."""

MIN_PER_HOST = 20
"""The number of documents that are kept of each host, however many hosts there are."""

MAX_LINE = 1_000
"""The longest line that is learned, in code points."""

MAX_LINES = 500
"""The most lines of a document that are used from either end."""

MIN_LETTERS = 20
"""The shortest line that is learned within a report, in letters: subheadings are shorter, and recur too. Not measured."""

MISSED = 5
"""A line has stopped once this many more were expected and none came, which happens by chance less than once in 100 times."""


@attrs.frozen
class Demand:
    """How often a line must occur: the number of documents of its host, and their share."""

    documents: int
    share: float

    def met(self, documents: int, of: int) -> bool:
        """Return whether `documents` out of `of` are enough."""
        return documents >= self.documents and documents >= self.share * of

    def __or__(self, other: Demand) -> Demand:
        """Take the stronger of two demands in each respect."""
        return Demand(max(self.documents, other.documents), max(self.share, other.share))


CLOSING = Demand(5, 0.5)
"""For a sentence below the report (company notes, stock paragraphs): background recurs too, but not on half of a site."""

AMID = Demand(10, 0.5)
"""For a line within the report, a line that looks like a name, and a line taken for the title: nobody writes half of a site,
and no headline is above half of its reports."""

OPENING = Demand(10, 0.8)
"""For a sentence above the report, where series have their introductions. None of the three demands is measured."""


@attrs.frozen
class _Line:
    """A line that the passes left."""

    text: str
    key: str
    """The folded line; empty if it can't be learned."""
    prose: bool
    title: bool = False
    """Whether it was taken for the title by its form."""


@attrs.frozen
class _Document:
    """The lines that the passes left of a page."""

    day: str
    """ISO 8601; empty if unknown."""
    lines: tuple[_Line, ...]


@attrs.frozen
class _Occurrences:
    """Where one line recurs in one zone of a host's pages."""

    key: str
    zone: Side | None
    documents: list[_Document]
    text: str
    """The form in which the line is printed most often."""
    as_title: int
    """Number of documents on which it was taken for the title."""


class _HostSample:
    """The documents of one host with the smallest hashes."""

    def __init__(self) -> None:
        self.keys: list[int] = []
        self.documents: dict[int, tuple[str, bytes]] = {}
        self.partial = False

    def shrink(self, limit: int) -> int:
        """Drop all documents beyond `limit`; return their number."""
        gone = self.keys[limit:]
        del self.keys[limit:]
        for key in gone:
            del self.documents[key]
        self.partial = self.partial or bool(gone)
        return len(gone)


class Learner:
    """
    Collects pages one at a time, in any order, and makes rules from the lines that recur.

    Args:
        min_documents: learn lines that occur on at least this many documents of their host.
        share: learn lines that occur on at least this share of them, above 0 and at most 1.
        parser: its catalogue and passes decide which lines are already known; the default parser unless given.
        per_host: the most documents that are kept of one host.
        kept: the most documents that are kept of all hosts.
        least: the number of documents that are kept of each host, however many hosts there are.

    Raises:
        InputError: a number is out of range.

    """

    def __init__(
        self,
        *,
        min_documents: int = MIN_DOCUMENTS,
        share: float = MIN_SHARE,
        parser: Parser | None = None,
        per_host: int = MAX_PER_HOST,
        kept: int = MAX_KEPT,
        least: int = MIN_PER_HOST,
    ) -> None:
        if min_documents < 2:
            raise InputError(f"min_documents = {min_documents}: must be at least 2, since a line on one document does not recur")
        if not 0 < share <= 1:
            raise InputError(f"share = {share}: must be above 0 and at most 1")
        parser = parser or Parser()
        unlearned = tuple(rule for rule in parser.catalogue.rules if rule.origin != "learned")
        self._catalogue = attrs.evolve(parser.catalogue, rules=unlearned)
        known = find_learned in parser.passes
        self._passes = parser.passes[: parser.passes.index(find_learned)] if known else parser.passes
        self._edge = Demand(min_documents, share)
        self._limit, self._budget, self._least = per_host, kept, least
        self._hosts: dict[str, _HostSample] = {}
        self._kept = 0
        self.pages = self.without_host = 0

    @property
    def hosts(self) -> int:
        """Number of hosts."""
        return len(self._hosts)

    @property
    def sampled(self) -> int:
        """Number of hosts of which only a sample is kept."""
        return sum(sample.partial for sample in self._hosts.values())

    @property
    def limit(self) -> int:
        """The present limit of documents per host."""
        return self._limit

    def add(self, page: Page) -> None:
        """Add a page; a page without a URL is only counted."""
        self.pages += 1
        host = host_of(page.raw.url)
        if not host:
            self.without_host += 1
            return
        findings = find_all(page, self._catalogue, self._passes)
        marks = {finding.line: _mark(finding) for finding in findings}
        marked = [(marks.get(line.number, FREE), line.text) for line in page.lines if line.text]
        lines = [(mark, text) for mark, text in marked if mark != TAKEN]
        key = "\n".join(fold_numbers(text) for mark, text in lines if mark != HEADLINE)
        if key:
            edges = lines if len(lines) <= 2 * MAX_LINES else [*lines[:MAX_LINES], *lines[-MAX_LINES:]]
            text = "\n".join(mark + text[: MAX_LINE + 1] for mark, text in edges)
            self._keep(host, _hash(key), day_of(page, findings), text)

    def _keep(self, host: str, key: int, day: str, text: str) -> None:
        sample = self._hosts.setdefault(host, _HostSample())
        if key in sample.documents:  # of several copies, the one from the earliest day is kept
            known_day, known = sample.documents[key]
            if (not day, day, text) < (not known_day, known_day, _unpacked(known)):
                sample.documents[key] = (day, _packed(text))
            return
        if len(sample.keys) >= self._limit and key > sample.keys[-1]:
            sample.partial = True
            return
        insort(sample.keys, key)
        sample.documents[key] = (day, _packed(text))
        self._kept += 1 - sample.shrink(self._limit)
        while self._kept > self._budget and self._limit > self._least:
            self._limit -= 1
            self._kept -= sum(other.shrink(self._limit) for other in self._hosts.values())

    def catalogue(self) -> Catalogue:
        """Make rules from the lines that recur; the result does not depend on the order of pages."""
        context = Context(grammar=self._catalogue.grammar, languages=())
        rules: list[Rule] = []
        for host, sample in sorted(self._hosts.items()):
            if len(sample.keys) >= self._edge.documents:
                documents = [_document(*sample.documents[key]) for key in sample.keys]
                rules.extend(_learned_rules(host, documents, self._edge, context))
        return Catalogue(rules=tuple(rules), grammar=self._catalogue.grammar)


def learn(
    pages: Iterable[Page],
    *,
    min_documents: int = MIN_DOCUMENTS,
    share: float = MIN_SHARE,
    parser: Parser | None = None,
    progress: Callable[[int], None] | None = None,
) -> Catalogue:
    """
    Learn from pages of sites which lines each site prints around its reports.

    Takes one pass over the pages; their order does not matter, and copies of a page count once. `Catalogue.save` writes the
    result, ``Catalogue.default() | learned`` applies it.

    Args:
        pages: pages from `Parser.page`, with their URLs, since lines are counted by host.
        min_documents: learn lines that occur on at least this many documents of their host.
        share: learn lines that occur on at least this share of them, above 0 and at most 1. Sentences need more of both.
        parser: its catalogue and passes decide which lines are already known; the default parser unless given.
        progress: called after each page with the number of pages done.

    Returns:
        A catalogue of rules with ``origin = "learned"``, each with its host, zone, counts and days.

    Raises:
        InputError: `min_documents` is below 2, or `share` is not above 0 and at most 1.

    >>> import newsnorm
    >>> parser = newsnorm.Parser()
    >>> report = "The {} was closed on Monday because two of its pillars are broken, the port said in a statement."
    >>> texts = {name: report.format(name) + "\\nHarbour desk, room 12" for name in ("quay", "bridge", "lock")}
    >>> learned = newsnorm.learn(parser.page(text, url=f"https://example.com/{name}") for name, text in texts.items())
    >>> [(rule.phrases, rule.zone, rule.seen.documents) for rule in learned.rules]
    [(('Harbour desk, room 12',), 'tail', 3)]

    """
    learner = Learner(min_documents=min_documents, share=share, parser=parser)
    for done, page in enumerate(pages, 1):
        learner.add(page)
        if progress is not None:
            progress(done)
    return learner.catalogue()


FREE, SAT_IN, HEADLINE, TAKEN = "+-=."
"""Marks in front of a line for what the passes did: nothing; took a part; took it as the title, by its form; took it."""


def _mark(finding: Finding) -> str:
    if isinstance(finding, Title) and finding.rule in (WEIGHED.id, FIRST_LINE.id):
        return HEADLINE
    return TAKEN if finding.takes_line else SAT_IN


def _hash(text: str) -> int:
    """Hash `text` to 96 bits, alike in every process and version."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).digest(), "big")


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def _unpacked(data: bytes) -> str:
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


_LETTER = lazy_regex(r"[^\W\d_]")
_UNFIT = lazy_regex("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Characters that no text file can hold."""


def _document(day: str, data: bytes) -> _Document:
    return _Document(day, tuple(_line(row[:1], row[1:]) for row in _unpacked(data).split("\n")))


def _line(mark: str, text: str) -> _Line:
    learnable = mark != SAT_IN and len(text) <= MAX_LINE and not _UNFIT.search(text) and not is_template(text)
    key = fold_numbers(text) if learnable and len(_LETTER.findall(text)) > 1 else ""
    return _Line(text, key, is_prose(text) and mark != HEADLINE, mark == HEADLINE)


def _learned_rules(host: str, documents: list[_Document], edge: Demand, context: Context) -> Iterator[Rule]:
    """Yield the rules of one host; `edge` is the demand on short lines above and below the report."""
    evidence = _independent(documents, edge)
    occurrences = _occurrences(evidence, edge)
    amid = {each.key: len(each.documents) for each in occurrences if each.zone is None}
    for each in occurrences:
        if _meets_demand(each, len(evidence), edge, context) and not (
            each.zone is not None and _holds_anywhere(each, amid.get(each.key, 0), len(evidence), edge, context)
        ):
            yield _rule(host, each, evidence)


def _rule(host: str, line: _Occurrences, evidence: list[_Document]) -> Rule:
    name = hashlib.blake2b(f"{host}\0{line.zone}\0{line.key}".encode(), digest_size=5).hexdigest()
    return Rule(
        id=f"learned.removal.{host.replace('.', '-')}-{name}",
        table="removal",
        kind="line",
        phrases=(line.text,),
        reason="repetition",
        zone=line.zone,
        host=host,
        origin="learned",
        seen=_seen(line.documents, evidence),
    )


def _meets_demand(line: _Occurrences, of: int, edge: Demand, context: Context) -> bool:
    """Return whether a line occurs often enough in its zone; occurrences as a title count only if they meet `AMID` as well."""
    demand = _demand(line.text, line.zone, context)
    if demand is None:
        return False
    demand |= edge
    return demand.met(len(line.documents) - line.as_title, of) or (demand | AMID).met(len(line.documents), of)


def _holds_anywhere(line: _Occurrences, amid: int, of: int, edge: Demand, context: Context) -> bool:
    """Return whether a line found within `amid` reports gets a rule without a zone, so that it needs no rule for this zone."""
    demand = _demand(line.text, None, context)
    return demand is not None and (edge | demand).met(amid, of)


def _occurrences(documents: list[_Document], edge: Demand) -> list[_Occurrences]:
    """Return the lines that recur, by zone, in the order of their keys."""
    counts, of = _counts(documents), len(documents)
    standing = {key for key, count in counts.items() if (edge | CLOSING).met(count, of)}
    forms: dict[str, Counter[str]] = {}
    places: dict[tuple[str, Side | None], list[_Document]] = {}
    as_title: Counter[tuple[str, Side | None]] = Counter()
    for document in documents:
        for line, zone in _zoned(document, standing):
            if edge.met(counts[line.key], of):
                forms.setdefault(line.key, Counter())[line.text] += 1
                places.setdefault((line.key, zone), []).append(document)
                as_title[line.key, zone] += line.title
    texts = {key: _most_frequent(found) for key, found in forms.items()}
    ordered = sorted(places.items(), key=lambda item: (item[0][0], item[0][1] or ""))
    return [_Occurrences(key, zone, having, texts[key], as_title[key, zone]) for (key, zone), having in ordered]


def _most_frequent(forms: Counter[str]) -> str:
    """Return the most frequent text; among equals, the first in the order of code points."""
    return min(forms, key=lambda text: (-forms[text], text))


def _counts(documents: Iterable[_Document]) -> Counter[str]:
    """Count the documents on which each line occurs."""
    return Counter(key for document in documents for key in {line.key for line in document.lines if line.key})


def _independent(documents: list[_Document], edge: Demand) -> list[_Document]:
    """
    Return the documents that are not versions of each other.

    Versions share most of their prose. Prose shared by half of the host's documents is not counted: no story is so frequent.
    """
    counts, of = _counts(documents), len(documents)
    independent = []
    for document in documents:
        prose = [line for line in document.lines if line.prose]
        fresh = sum(len(line.text) for line in prose if counts[line.key] < edge.documents)
        common = sum(len(line.text) for line in prose if counts[line.key] >= edge.documents and AMID.met(counts[line.key], of))
        if fresh and 2 * fresh >= sum(len(line.text) for line in prose) - common:
            independent.append(document)
    return independent


def _zoned(document: _Document, standing: set[str]) -> Iterator[tuple[_Line, Side | None]]:
    """
    Yield the lines of a document that may be learned, each once per zone; a line repeated within the report is a refrain.

    Args:
        document: the document.
        standing: keys of lines that recur too often to be prose of a report.

    """
    own = [number for number, line in enumerate(document.lines) if line.prose and line.key not in standing]
    if not own:
        return
    zones: list[tuple[_Line, Side | None]] = [
        (line, "head" if number < own[0] else "tail" if number > own[-1] else None)
        for number, line in enumerate(document.lines)
        if line.key
    ]
    amid = Counter(line.key for line, zone in zones if zone is None)
    done: set[tuple[str, Side | None]] = set()
    for line, zone in zones:
        if amid[line.key] < 2 and (line.key, zone) not in done:
            done.add((line.key, zone))
            yield line, zone


_QUOTES = tuple("\"'“”„‟‘’‚«»‹›「『")


def _demand(text: str, zone: Side | None, context: Context) -> Demand | None:
    """Return the demand on a line in a zone; None if it is never learned there."""
    tables = context.grammar
    if is_person(text, tables) or place(text, context) is not None or read_date(text, tables.calendar) is not None:
        return None
    if zone is None:
        return AMID if alphabetic_length(text) >= MIN_LETTERS else None
    if ends_sentence(text) or is_prose(text) or text.startswith(_QUOTES):
        return CLOSING if zone == "tail" else OPENING
    if read_people(re.split(r"[,|–—:(]", text)[0].strip(), tables) is not None:
        return AMID
    return Demand(0, 0.0)


def _seen(having: list[_Document], evidence: list[_Document]) -> Seen:
    """Count how often and when a line occurred; set an end if the host continued without it for longer than chance allows."""
    days = sorted(document.day for document in having if document.day)
    first, last = (days[0], days[-1]) if days else ("", "")
    within = sum(first <= document.day <= last for document in evidence if document.day)
    after = sum(document.day > last for document in evidence if document.day) if days else 0
    stopped = bool(days) and after * len(days) >= MISSED * within
    return Seen(documents=len(having), of=len(evidence), first=first, last=last, until=last if stopped else "")
