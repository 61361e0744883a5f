"""
Word why nothing was learned about a host.

A note is a code, a colon and a sentence, as on articles: the code is for filters, the sentence for people.
"""

from __future__ import annotations

from math import ceil

from newsnorm.learner.evidence import Demand
from newsnorm.learner.sample import HostSample
from newsnorm.learner.site_rules import HostEvidence, Recurrence
from newsnorm.text.counting import many

SHOWN = 60
"""Most code points of a line that are quoted."""


def note_few_documents(host: str, sample: HostSample, edge: Demand) -> str:
    """Word that a host has too few documents, or too few distinct ones."""
    given = f"{host} has {many(sample.pages, 'document')}"
    if sample.pages > len(sample):
        return f"only-copies: {given}, but copies count once, which leaves {len(sample)}; at least {edge.documents} are needed"
    return f"few-documents: {given}; at least {edge.documents} are needed"


def note_nothing_learned(host: str, sample: HostSample, evidence: HostEvidence, edge: Demand) -> str:
    """
    Word why nothing was learned from enough documents: they are versions of each other, or nothing recurs outside of
    reports.
    """
    reports = len(evidence.documents)
    if reports < edge.documents:
        told = f"tell {reports} reports" if reports > 1 else "are alike"
        documents = many(len(sample), "document")
        return f"versions: the {documents} of {host} {told}; at least {edge.documents} unrelated ones are needed"
    most = max(evidence.recurrences, key=lambda each: (len(each.documents), each.key), default=None)
    if most is None:
        least = max(edge.documents, ceil(edge.share * reports))
        return f"nothing-recurs: no line is on {least} of the {reports} reports of {host}"
    example = f"{_quoted(most)} on {len(most.documents)} of {reports} reports"
    if most.key in evidence.prose.of_reports:
        return f"same-topic: what recurs on {host} speaks of what its reports speak of, such as {example}"
    return f"in-reports: what recurs on {host} may be part of its reports, as the opening of a series is, such as {example}"


def note_without_host(documents: int) -> str:
    """Word that documents were ignored because their host is unknown."""
    return f"no-url: ignored, since lines are counted by host: {many(documents, 'document')} without a URL"


def note_unread(records: int) -> str:
    """Word that records could not be read."""
    return f"unread: {many(records, 'record')} could not be read"


def _quoted(line: Recurrence) -> str:
    """Quote the beginning of a line."""
    return f"“{line.text[:SHOWN]}{'…' if len(line.text) > SHOWN else ''}”"
