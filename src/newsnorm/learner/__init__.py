"""
Learn which lines a site prints on every page: lines that recur on the documents of one host become rules.

Learning takes one pass and bounded memory. The result depends only on the set of documents, not on their order or on copies. For
each host, the documents with the smallest hashes are kept (`sample`), so that the sample of a large host does not depend on the
order; within the sample, lines are counted exactly.

How a line becomes a rule (decision 10 in `docs/decisions` gives the reasons):

1. The passes before `find_learned` look at each page; only lines that they leave can be learned. So bylines, dates, credits
   and datelines are never learned, nor is anything that looks like a name, a date or a place. One exception: a title that
   was chosen by its form may be learned if it occurs on half of the site, since it is then the site's name.
2. Copies and versions of a report count once (`evidence`): documents are compared without the paragraphs of their site.
3. A paragraph that speaks of what its reports speak of is part of them, however often it recurs.
4. The report reaches from the first line of a document's own prose to the last; other lines are above, below or within it.
5. A line becomes a rule for the zones in which it meets the demand, which is weak for short lines above and below the report,
   and strong for lines that may be a sentence of it (`site_rules`).

A host of which nothing was learned gets a note that says why (`notes`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import attrs

from newsnorm.catalogue import Catalogue, Context, Rule
from newsnorm.errors import InputError
from newsnorm.learner.evidence import Demand, independent_documents
from newsnorm.learner.notes import note_few_documents, note_nothing_learned, note_unread, note_without_host
from newsnorm.learner.sample import HostSample, MarkedLines, fitting_limit, marked_lines
from newsnorm.learner.site_rules import HostEvidence, learned_rules
from newsnorm.page.state import day_of, host_of_page
from newsnorm.parser import Parser
from newsnorm.passes import Pass, find_all, find_learned
from newsnorm.records import Page

MIN_DOCUMENTS = 3
MIN_SHARE = 0.2
"""Smallest share of a host's documents. Both defaults are chosen, not measured."""

MAX_PER_HOST = 500
"""Most documents that are kept of one host."""

MAX_KEPT = 200_000
"""Most documents that are kept of all hosts; beyond it, fewer are kept of each. 5,600 letters take about 3 kB."""

MIN_PER_HOST = 20
"""Number of documents that are always kept of each host, however many hosts there are."""


@attrs.frozen
class MarkedPage:
    """What learning needs of a page."""

    host: str
    """Empty if it has no URL."""
    day: str
    """ISO 8601; empty if unknown."""
    lines: MarkedLines | None
    """The lines that the passes leave; None if there are none."""


@attrs.frozen
class PageMarker:
    """Extracts from a page what learning needs; picklable."""

    catalogue: Catalogue
    passes: tuple[Pass, ...]
    """The passes before `find_learned`."""

    def __call__(self, page: Page) -> MarkedPage:
        """Run the passes over a page, and mark the lines that they leave."""
        host = host_of_page(page)
        if not host:
            return MarkedPage("", "", None)
        findings = find_all(page, self.catalogue, self.passes)
        return MarkedPage(host, day_of(page, findings), marked_lines(page, findings))


class Learner:
    """
    Collects pages one at a time, in any order, and makes rules from the lines that recur.

    Args:
        min_documents: learn lines that occur in at least this many documents of their host.
        share: learn lines that occur in at least this share of them, above 0 and at most 1.
        parser: its catalogue and passes decide which lines are already known; by default the default parser.
        per_host: most documents to keep of one host.
        kept: most documents to keep of all hosts.
        least: number of documents to keep of each host in any case.

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
        self._hosts: dict[str, HostSample] = {}
        self._kept = 0
        self.pages: int = 0
        self.without_host: int = 0

    @property
    def hosts(self) -> int:
        """Number of hosts."""
        return len(self._hosts)

    @property
    def sampled(self) -> int:
        """Number of hosts for which only a sample is kept."""
        return sum(sample.partial for sample in self._hosts.values())

    @property
    def limit(self) -> int:
        """The present limit of documents per host."""
        return self._limit

    def add(self, page: Page) -> None:
        """Add a page; a page without a URL or a claimed address is only counted."""
        self.add_marked(self.marker(page))

    @property
    def marker(self) -> PageMarker:
        """The expensive half of `add`, which needs only the page, so that it can run in another process."""
        return PageMarker(self._catalogue, self._passes)

    def add_marked(self, page: MarkedPage) -> None:
        """Add a page that `marker` has read."""
        self.pages += 1
        if not page.host:
            self.without_host += 1
            return
        if page.lines is None:
            return
        sample = self._hosts.setdefault(page.host, HostSample())
        self._kept += sample.add(page.lines, page.day, self._limit)
        if self._kept > self._budget and self._limit > self._least:
            sizes = Counter(map(len, self._hosts.values()))
            self._limit = fitting_limit(sizes, self._limit, self._budget, self._least)
            self._kept -= sum(other.shrink(self._limit) for other in self._hosts.values())

    @property
    def samples(self) -> Mapping[str, HostSample]:
        """The documents kept for each host."""
        return self._hosts

    @property
    def host_learner(self) -> HostLearner:
        """The last step, which needs only the sample of one host, so that it can run in another process."""
        return HostLearner(self._catalogue, self._edge)

    def catalogue(self) -> Catalogue:
        """
        Make rules from the lines that recur; the result does not depend on the order of pages.

        Returns:
            A catalogue of learned rules; its notes say why nothing was learned about a host, or from documents without one.

        """
        learn_host = self.host_learner
        learned = [learn_host(host, sample) for host, sample in sorted(self._hosts.items())]
        return combine(learned, self._catalogue, without_host=self.without_host)


@attrs.frozen
class Learned:
    """The rules of one host, or a note that says why there are none."""

    rules: tuple[Rule, ...]
    notes: tuple[str, ...]


@attrs.frozen
class HostLearner:
    """Makes rules from the sample of a host; picklable."""

    catalogue: Catalogue
    edge: Demand
    """The demand on short lines above or below the reports."""

    def __call__(self, host: str, sample: HostSample) -> Learned:
        """Make the rules of one host, or the note that says why there are none."""
        if len(sample) < self.edge.documents:
            return Learned((), (note_few_documents(host, sample, self.edge),))
        grammar = self.catalogue.grammar
        evidence = HostEvidence.of(independent_documents(sample.documents(grammar.calendar)), self.edge)
        rules = tuple(learned_rules(host, evidence, self.edge, Context(grammar=grammar, languages=())))
        return Learned(rules, () if rules else (note_nothing_learned(host, sample, evidence, self.edge),))


def combine(learned: Iterable[Learned], known: Catalogue, *, without_host: int = 0, unread: int = 0) -> Catalogue:
    """
    Combine what was learned about each host in a catalogue.

    Args:
        learned: the results, in the order of the hosts.
        known: the catalogue of the parser that read the pages.
        without_host: number of documents without a host.
        unread: number of records that could not be read.

    """
    notes = [note_unread(unread)] if unread else []
    notes += [note_without_host(without_host)] if without_host else []
    rules: list[Rule] = []
    for each in learned:
        rules.extend(each.rules)
        notes.extend(each.notes)
    return Catalogue(rules=tuple(rules), grammar=known.grammar, notes=tuple(notes))


def learn(
    pages: Iterable[Page],
    *,
    min_documents: int = MIN_DOCUMENTS,
    share: float = MIN_SHARE,
    parser: Parser | None = None,
    progress: Callable[[int], None] | None = None,
) -> Catalogue:
    """
    Learn from pages of sites which lines and paragraphs each site prints around its reports.

    Takes one pass over the pages; their order does not matter, and copies and versions of a report count once.
    `Catalogue.save` writes the result, ``Catalogue.default() | learned`` applies it.

    Args:
        pages: pages from `Parser.page`, with their URLs, since lines are counted per host.
        min_documents: learn lines that occur in at least this many documents of their host.
        share: learn lines that occur in at least this share of them, above 0 and at most 1. Sentences need more of both.
        parser: its catalogue and passes decide which lines are already known; by default the default parser.
        progress: called after each page with the number of pages done.

    Returns:
        A catalogue of rules with ``origin = "learned"``, each with its host, zone, counts and days. Its `notes` say why a
        host has none.

    Raises:
        InputError: `min_documents` is below 2, or `share` is not above 0 and at most 1.

    >>> import newsnorm
    >>> parser = newsnorm.Parser()
    >>> reports = (
    ...     "The eastern quay closes on Monday because two of its pillars are broken, the port said in a statement.",
    ...     "Bakers have agreed on a loaf that keeps for five days without any additive, their guild announced.",
    ...     "A barn owl has raised four chicks behind the clock of the town hall, which is to stand still until June.",
    ... )
    >>> pages = [
    ...     parser.page(f"{report}\\nHarbour desk, room 12", url=f"https://example.com/{number}")
    ...     for number, report in enumerate(reports)
    ... ]
    >>> [(rule.phrases, rule.zone, rule.seen.documents) for rule in newsnorm.learn(pages).rules]
    [(('Harbour desk, room 12',), 'tail', 3)]
    >>> newsnorm.learn(pages[:2]).notes
    ('few-documents: example.com has 2 documents; at least 3 are needed',)

    """
    learner = Learner(min_documents=min_documents, share=share, parser=parser)
    for done, page in enumerate(pages, 1):
        learner.add(page)
        if progress is not None:
            progress(done)
    return learner.catalogue()
