"""
Which lines does a site print on every page? A corpus knows: what recurs on the documents of one host becomes a rule.

One pass, in bounded memory, and a function of the set of documents: their order and copies change nothing. Of each host the
documents with the smallest hashes are kept, so a large host is known by a sample that no order can sway; lines are counted
exactly within it.

How a line becomes a rule (`docs/decisions` says why):

1. The passes before `find_learned` look at each page; what they leave can be learned. So bylines, dates, credits and
   datelines never are, and neither is what looks like a name, a date or a place. A headline by its looks alone may be one
   that stands on half of the site: its name.
2. A document whose prose mostly stands in other documents too is another version of them, and is no evidence.
3. A document's own prose, from its first line to its last, is the report; other lines stand above it, below it or amid it.
4. A line becomes a rule for the places in which it meets the demand: weak for short lines at the edges, stronger for what
   may be a sentence of the report.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from newsnorm.catalogue import Catalogue, Context, Rule
from newsnorm.catalogue.rules import Seen, Side
from newsnorm.catalogue.slots import place
from newsnorm.catalogue.templates import is_template
from newsnorm.corpus.sources import Failure, File, Input, Progress, Skipped, attempt, files, records
from newsnorm.errors import InputError
from newsnorm.grammar.dates.strict import read_date
from newsnorm.grammar.names import is_person, read_people
from newsnorm.page.prose import alphabetic_length, closes, is_prose
from newsnorm.page.state import day_of, host_of
from newsnorm.parser import Parser
from newsnorm.passes import find_all, find_learned
from newsnorm.passes.title import FIRST_LINE, WEIGHED
from newsnorm.records import Finding, Page, Title
from newsnorm.text.folding import fold_numbers
from newsnorm.text.lazy_regex import lazy_regex

MIN_DOCUMENTS = 3
SHARE = 0.2
"""Of a host's documents. Both as the data set of boilerplate lines recommends them; chosen, not measured."""

PER_HOST = 500
"""Documents of a host that are kept at most."""

KEPT = 200_000
"""Documents of all hosts together. Beyond it, each host is known by fewer; a report of 5,600 letters takes about 3 kB."""

LEAST = 20
"""Documents of a host that are kept however many hosts there are."""

LONGEST = 1_000
"""Code points. A longer line is never learned."""

LINES = 500
"""Lines of a document that are looked at from either end."""

LETTERS = 20
"""The shortest line that is removed amid a report, in letters: sub-headings are shorter, and recur too. Chosen, not measured."""

EXPECTED = 5
"""A line has stopped when so many more were to be expected, and none came: by chance, that happens less than once in 100."""


@attrs.frozen
class Demand:
    """What a line must reach: so many documents, and so large a share of the host's."""

    documents: int
    share: float

    def met(self, documents: int, of: int) -> bool:
        """Whether `documents` are enough."""
        return documents >= self.documents and documents >= self.share * of

    def __or__(self, other: Demand) -> Demand:
        """The stronger of both in each respect."""
        return Demand(max(self.documents, other.documents), max(self.share, other.share))


CLOSING = Demand(5, 0.5)
"""For a sentence below the report (company notes, standing paragraphs): background recurs as well, but not on half of a site."""

AMID = Demand(10, 0.5)
"""For a line amid the report, for what looks like a name, and for what was taken for a headline: nobody writes half of a
site, and no headline stands above half of it."""

OPENING = Demand(10, 0.8)
"""For a sentence above the report: there stand introductions of series. All three chosen, not measured."""


@attrs.frozen
class _Line:
    text: str
    key: str
    """The folded line; empty, if it can't be learned."""
    prose: bool
    title: bool = False
    """Whether it was taken for the headline, by its looks alone."""


@attrs.frozen
class _Document:
    day: str
    lines: tuple[_Line, ...]


class _Sample:
    """The documents of one host with the smallest hashes."""

    def __init__(self) -> None:
        self.keys: list[int] = []
        self.documents: dict[int, tuple[str, bytes]] = {}
        self.partial = False

    def shrink(self, limit: int) -> int:
        """Leave no more than `limit`; how many went."""
        gone = self.keys[limit:]
        del self.keys[limit:]
        for key in gone:
            del self.documents[key]
        self.partial = self.partial or bool(gone)
        return len(gone)


class Learner:
    """Collects pages, one at a time and in any order, and tells what recurs on them."""

    def __init__(
        self,
        *,
        min_documents: int = MIN_DOCUMENTS,
        share: float = SHARE,
        parser: Parser | None = None,
        per_host: int = PER_HOST,
        kept: int = KEPT,
        least: int = LEAST,
    ) -> None:
        if min_documents < 2:
            raise InputError(f"min_documents = {min_documents}: a line of one document does not recur; 2 is the least")
        if not 0 < share <= 1:
            raise InputError(f"share = {share}: a share of documents is above 0 and at most 1")
        parser = parser or Parser()
        unlearned = tuple(rule for rule in parser.catalogue.rules if rule.origin != "learned")
        self._catalogue = attrs.evolve(parser.catalogue, rules=unlearned)
        known = find_learned in parser.passes
        self._passes = parser.passes[: parser.passes.index(find_learned)] if known else parser.passes
        self._edge = Demand(min_documents, share)
        self._limit, self._budget, self._least = per_host, kept, least
        self._hosts: dict[str, _Sample] = {}
        self._kept = 0
        self.pages = self.without_host = 0

    @property
    def hosts(self) -> int:
        """Hosts that were met."""
        return len(self._hosts)

    @property
    def sampled(self) -> int:
        """Hosts of which not all documents are known."""
        return sum(sample.partial for sample in self._hosts.values())

    @property
    def limit(self) -> int:
        """Documents of a host that are kept at most, by now."""
        return self._limit

    def add(self, page: Page) -> None:
        """Look at a page; one without a URL tells nothing."""
        self.pages += 1
        host = host_of(page.raw.url)
        if not host:
            self.without_host += 1
            return
        findings = find_all(page, self._catalogue, self._passes)
        marks = {finding.line: _mark(finding) for finding in findings}
        lines = [(marks.get(line.number, FREE), line.text) for line in page.lines if line.text]
        lines = [(mark, text) for mark, text in lines if mark != TAKEN]
        seen = lines if len(lines) <= 2 * LINES else [*lines[:LINES], *lines[-LINES:]]
        text = "\n".join(mark + text[: LONGEST + 1] for mark, text in seen)
        key = "\n".join(fold_numbers(text) for mark, text in lines if mark != HEADLINE)
        if key:
            self._keep(host, _hash(key), day_of(page, findings), text)

    def _keep(self, host: str, key: int, day: str, text: str) -> None:
        sample = self._hosts.setdefault(host, _Sample())
        if key in sample.documents:  # a copy: of all, the one of the earliest day is kept
            other_day, other = sample.documents[key]
            if (not day, day, text) < (not other_day, other_day, _unpacked(other)):
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
        """What recurs, as rules: sorted, and the same for any order of pages."""
        context = Context(tables=self._catalogue.tables, languages=())
        rules: list[Rule] = []
        for host, sample in sorted(self._hosts.items()):
            if len(sample.keys) >= self._edge.documents:
                documents = [_document(*sample.documents[key]) for key in sample.keys]
                rules.extend(_rules(host, documents, self._edge, context))
        return Catalogue(rules=tuple(rules), tables=self._catalogue.tables)


def learn(
    pages: Iterable[Page],
    *,
    min_documents: int = MIN_DOCUMENTS,
    share: float = SHARE,
    parser: Parser | None = None,
    progress: Callable[[int], None] | None = None,
) -> Catalogue:
    """
    Learn from pages of sites which lines each site prints around its reports.

    One pass; the result is the same for any order of pages, and copies of a page count once. `Catalogue.save` writes it,
    ``Catalogue.default() | learned`` applies it.

    Args:
        pages: as `Parser.page` makes them, with their URLs: what recurs is counted by host.
        min_documents: on how many documents of a host a line must stand, at least.
        share: on what share of them, above 0 and at most 1. Sentences need more of both.
        parser: whose catalogue and passes say what is known already; the default one unless given.
        progress: called with the number of pages done, after each.

    Returns:
        A catalogue of rules with ``origin = "learned"``, each with its host, place, counts and days.

    Raises:
        InputError: `min_documents` is below 2, or `share` is no share.

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


@attrs.frozen(kw_only=True)
class Account:
    """What learning from files did."""

    read: int
    failed: int
    skipped: tuple[str, ...]
    without_host: int
    """Documents without a URL, which taught nothing."""
    hosts: int
    hosts_learned: int
    """Hosts that a rule was learned for."""
    hosts_sampled: int
    """Hosts of which a sample of the documents was counted."""
    sample: int
    """Documents of such a host that were counted."""
    rules: int
    errors: Mapping[str, int]
    """Code → how many records failed with it."""
    failures: tuple[Failure, ...]
    """The first of them, ten at most."""


def learn_files(
    inputs: Iterable[str | Path],
    *,
    min_documents: int = MIN_DOCUMENTS,
    share: float = SHARE,
    parser: Parser | None = None,
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> tuple[Catalogue, Account]:
    """
    Learn from folders and files, as `newsnorm.corpus.jobs.normalise.run` reads them; a record that can't be read is counted.

    Raises:
        InputError: an input does not exist, or a number is out of its range.

    """
    found = files(inputs)
    parser = parser or Parser()
    learner = Learner(min_documents=min_documents, share=share, parser=parser)

    def teach(record: Input) -> None:
        learner.add(parser.page(record.raw, **record.known))

    errors: Counter[str] = Counter()
    failures: list[Failure] = []
    for record in records([item for item in found if isinstance(item, File)], mapping, progress):
        taught = record if isinstance(record, Failure) else attempt(record, teach)
        if taught is not None:
            errors[taught.code] += 1
            failures += [taught] if len(failures) < 10 else []
    catalogue = learner.catalogue()
    return catalogue, Account(
        read=learner.pages + sum(errors.values()),
        failed=sum(errors.values()),
        skipped=tuple(item.source for item in found if isinstance(item, Skipped)),
        without_host=learner.without_host,
        hosts=learner.hosts,
        hosts_learned=len({rule.host for rule in catalogue.rules}),
        hosts_sampled=learner.sampled,
        sample=learner.limit,
        rules=len(catalogue.rules),
        errors=dict(sorted(errors.items())),
        failures=tuple(failures),
    )


# from here on: what the documents of one host teach

FREE, SAT_IN, HEADLINE, TAKEN = "+-=."
"""What the passes left of a line, as it is noted in front of it."""


def _mark(finding: Finding) -> str:
    if isinstance(finding, Title) and finding.rule in (WEIGHED.id, FIRST_LINE.id):
        return HEADLINE
    return TAKEN if finding.takes_line else SAT_IN


def _hash(text: str) -> int:
    """A number for `text` that is the same in every process and version."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).digest(), "big")


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def _unpacked(data: bytes) -> str:
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


_LETTER = lazy_regex(r"[^\W\d_]")
_UNFIT = lazy_regex("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What no file of text can hold."""


def _document(day: str, data: bytes) -> _Document:
    return _Document(day, tuple(_line(row[:1], row[1:]) for row in _unpacked(data).split("\n")))


def _line(mark: str, text: str) -> _Line:
    learnable = mark != SAT_IN and len(text) <= LONGEST and not _UNFIT.search(text) and not is_template(text)
    key = fold_numbers(text) if learnable and len(_LETTER.findall(text)) > 1 else ""
    return _Line(text, key, is_prose(text) and mark != HEADLINE, mark == HEADLINE)


def _rules(host: str, documents: list[_Document], edge: Demand, context: Context) -> Iterator[Rule]:
    evidence = _evidence(documents, edge)
    counts = _counts(evidence)
    of = len(evidence)
    standing = {key for key, count in counts.items() if (edge | CLOSING).met(count, of)}
    forms: dict[str, Counter[str]] = {}
    places: dict[tuple[str, Side | None], list[_Document]] = {}
    titled: Counter[tuple[str, Side | None]] = Counter()
    for document in evidence:
        for line, zone in _placed(document, standing):
            if edge.met(counts[line.key], of):
                forms.setdefault(line.key, Counter())[line.text] += 1
                places.setdefault((line.key, zone), []).append(document)
                titled[line.key, zone] += line.title
    for (key, zone), having in sorted(places.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        text = min(forms[key], key=lambda text: (-forms[key][text], text))
        demand = _demand(text, zone, context)
        anywhere = places.get((key, None), [])
        covered = zone is not None and (amid := _demand(text, None, context)) is not None and (edge | amid).met(len(anywhere), of)
        if demand is None or covered:
            continue
        untitled = (edge | demand).met(len(having) - titled[key, zone], of)
        if not untitled and not (edge | demand | AMID).met(len(having), of):
            continue
        name = hashlib.blake2b(f"{host}\0{zone}\0{key}".encode(), digest_size=5).hexdigest()
        yield Rule(
            id=f"learned.removal.{host.replace('.', '-')}-{name}",
            table="removal",
            kind="line",
            phrases=(text,),
            reason="repetition",
            zone=zone,
            host=host,
            origin="learned",
            seen=_seen(having, evidence),
        )


def _counts(documents: Iterable[_Document]) -> Counter[str]:
    """On how many documents each line stands."""
    return Counter(key for document in documents for key in {line.key for line in document.lines if line.key})


def _evidence(documents: list[_Document], edge: Demand) -> list[_Document]:
    """
    The documents that are no versions of each other.

    Versions share most of their prose. What half of the host's documents share is no story's, though.
    """
    counts, of = _counts(documents), len(documents)
    evidence = []
    for document in documents:
        prose = [line for line in document.lines if line.prose]
        fresh = sum(len(line.text) for line in prose if counts[line.key] < edge.documents)
        common = sum(len(line.text) for line in prose if counts[line.key] >= edge.documents and AMID.met(counts[line.key], of))
        if fresh and 2 * fresh >= sum(len(line.text) for line in prose) - common:
            evidence.append(document)
    return evidence


def _placed(document: _Document, standing: set[str]) -> Iterator[tuple[_Line, Side | None]]:
    """The lines of a document that may be learned, each with its place; one that comes again amid the report is a refrain."""
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
    """What a line must reach to be learned for a place; None: it never is."""
    tables = context.tables
    if is_person(text, tables) or place(text, context) is not None or read_date(text, tables.calendar) is not None:
        return None
    if zone is None:
        return AMID if alphabetic_length(text) >= LETTERS else None
    if closes(text) or is_prose(text) or text.startswith(_QUOTES):
        return CLOSING if zone == "tail" else OPENING
    if read_people(re.split(r"[,|–—:(]", text)[0].strip(), tables) is not None:
        return AMID
    return Demand(0, 0.0)


def _seen(having: list[_Document], evidence: list[_Document]) -> Seen:
    """How often and when; and until when, if the host went on without the line for longer than chance allows."""
    days = sorted(document.day for document in having if document.day)
    first, last = (days[0], days[-1]) if days else ("", "")
    within = sum(first <= document.day <= last for document in evidence if document.day)
    after = sum(document.day > last for document in evidence if document.day) if days else 0
    stopped = bool(days) and after * len(days) >= EXPECTED * within
    return Seen(documents=len(having), of=len(evidence), first=first, last=last, until=last if stopped else "")
