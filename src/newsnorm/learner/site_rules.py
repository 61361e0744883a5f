"""Make rules from the lines that recur in the independent documents of a host."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set

import attrs

from newsnorm.catalogue import Context, Rule
from newsnorm.catalogue.rules import Seen, Side
from newsnorm.catalogue.slots import place
from newsnorm.grammar.dates.strict import read_date
from newsnorm.grammar.names import is_person, read_people
from newsnorm.learner.evidence import Demand, RecurringProse, count_lines, recurring_prose
from newsnorm.learner.sample import Document, SampleLine
from newsnorm.page.prose import alphabetic_length, is_prose
from newsnorm.text.sentences import ends_sentence

MIN_LETTERS = 20
"""Letters of the shortest line that is learned within a report, since subheadings are shorter and also recur. Not measured."""

MISSED = 5
"""A line has stopped recurring once this many more occurrences were expected and none came, which by chance happens in less than
1 % of cases."""

CLOSING = Demand(5, 0.5)
"""Demand on a sentence below the report (company notes, stock paragraphs): background also recurs, but not in half of a site's
documents."""

AMID = Demand(10, 0.5)
"""Demand on a line within the report, a line that looks like a name, and a line taken for the title: nobody writes half of a
site, and no headline is above half of its reports."""

OPENING = Demand(8, 0.8)
"""Demand on a sentence above the report, where series have their introductions. None of the three demands is measured."""

_QUOTES = tuple("\"'“”„‟‘’‚«»‹›「『")


@attrs.frozen
class Recurrence:
    """Where one line recurs in one zone of a host's pages."""

    key: str
    zone: Side | None
    documents: list[Document]
    text: str
    """The form in which the line is printed most often."""
    as_title: int
    """Number of documents in which it was taken for the title."""


@attrs.frozen
class HostEvidence:
    """The independent documents of a host, and the lines that recur in them."""

    documents: list[Document]
    recurrences: list[Recurrence]
    """By zone, in the order of their keys."""
    prose: RecurringProse

    @classmethod
    def of(cls, documents: list[Document], edge: Demand) -> HostEvidence:
        """Find what recurs in independent documents; `edge` is the demand on short lines above and below the report."""
        prose = recurring_prose(documents, (edge | CLOSING,))
        return cls(documents, _recurrences(documents, edge, prose.site), prose)


def learned_rules(host: str, evidence: HostEvidence, edge: Demand, context: Context) -> Iterator[Rule]:
    """Yield the rules of one host; `edge` is the demand on short lines above and below the report."""
    of = len(evidence.documents)
    amid = {each.key: len(each.documents) for each in evidence.recurrences if each.zone is None}
    for each in evidence.recurrences:
        if (
            (each.key in evidence.prose.site or not is_prose(each.text))
            and _meets_demand(each, of, edge, context)
            and not (each.zone is not None and _holds_anywhere(each, amid.get(each.key, 0), of, edge, context))
        ):
            yield _rule(host, each, evidence.documents)


def _rule(host: str, line: Recurrence, evidence: list[Document]) -> Rule:
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


def _meets_demand(line: Recurrence, of: int, edge: Demand, context: Context) -> bool:
    """Return whether a line occurs often enough in its zone; occurrences as a title count only if they meet `AMID` as well."""
    demand = _demand(line.text, line.zone, context)
    if demand is None:
        return False
    demand |= edge
    return demand.met(len(line.documents) - line.as_title, of) or (demand | AMID).met(len(line.documents), of)


def _holds_anywhere(line: Recurrence, amid: int, of: int, edge: Demand, context: Context) -> bool:
    """Return whether a line found within `amid` reports gets a rule without a zone, so that it needs no rule for this zone."""
    demand = _demand(line.text, None, context)
    return demand is not None and (edge | demand).met(amid, of)


def _demand(text: str, zone: Side | None, context: Context) -> Demand | None:
    """Return the demand on a line in a zone; None if it is never learned there."""
    tables = context.grammar
    if is_person(text, tables) or place(text, context) is not None or read_date(text, tables.calendar) is not None:
        return None
    if zone is None:
        return AMID if alphabetic_length(text) >= MIN_LETTERS else None
    if is_prose(text) and text.startswith(_QUOTES):
        return None
    if ends_sentence(text) or is_prose(text) or text.startswith(_QUOTES):
        return CLOSING if zone == "tail" else OPENING
    if read_people(re.split(r"[,|–—:(]", text)[0].strip(), tables) is not None:
        return AMID
    return Demand(0, 0.0)


def _recurrences(documents: list[Document], edge: Demand, site: Set[str]) -> list[Recurrence]:
    """Return the lines that recur, by zone, in the order of their keys; `site` has the keys of the site's paragraphs."""
    counts, of = count_lines(documents), len(documents)
    forms: dict[str, Counter[str]] = {}
    places: dict[tuple[str, Side | None], list[Document]] = {}
    as_title: Counter[tuple[str, Side | None]] = Counter()
    for document in documents:
        for line, zone in _zoned(document, site):
            if edge.met(counts[line.key], of):
                forms.setdefault(line.key, Counter())[line.text] += 1
                places.setdefault((line.key, zone), []).append(document)
                as_title[line.key, zone] += line.title
    texts = {key: _most_frequent(found) for key, found in forms.items()}
    ordered = sorted(places.items(), key=lambda item: (item[0][0], item[0][1] or ""))
    return [Recurrence(key, zone, having, texts[key], as_title[key, zone]) for (key, zone), having in ordered]


def _most_frequent(forms: Counter[str]) -> str:
    """Return the most frequent text; among equals, the first in the order of code points."""
    return min(forms, key=lambda text: (-forms[text], text))


def _zoned(document: Document, site: Set[str]) -> Iterator[tuple[SampleLine, Side | None]]:
    """
    Yield the lines of a document that may be learned, each once per zone; a line repeated within the report is a refrain.

    Args:
        document: the document.
        site: keys of the paragraphs that are not part of a report.

    """
    own = [number for number, line in enumerate(document.lines) if line.prose and line.key not in site]
    if not own:
        return
    zones: list[tuple[SampleLine, Side | None]] = [
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


def _seen(having: list[Document], evidence: Iterable[Document]) -> Seen:
    """Count how often and when a line occurred; set an end if the host continued without it for longer than chance allows."""
    every = [document.day for document in evidence]
    days = sorted(document.day for document in having if document.day)
    first, last = (days[0], days[-1]) if days else ("", "")
    within = sum(first <= day <= last for day in every if day)
    after = sum(day > last for day in every if day) if days else 0
    stopped = bool(days) and after * len(days) >= MISSED * within
    return Seen(documents=len(having), of=len(every), first=first, last=last, until=last if stopped else "")
