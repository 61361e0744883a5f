"""Say in words why nothing was learned of a host."""

from __future__ import annotations

from math import ceil

from newsnorm.learner.evidence import Demand
from newsnorm.learner.sample import HostSample
from newsnorm.learner.site_rules import HostEvidence, Recurrence

SHOWN = 60
"""Code points of a line that are quoted."""


def note_few_documents(host: str, sample: HostSample, edge: Demand) -> str:
    """Word that a host has too few documents, or too few that differ."""
    given = f"{host}: {_documents(sample.pages)}"
    if sample.pages > len(sample):
        return f"{given}, but copies count once, which leaves {len(sample)}; at least {edge.documents} are needed"
    return f"{given}; at least {edge.documents} are needed"


def note_nothing_learned(host: str, sample: HostSample, evidence: HostEvidence, edge: Demand) -> str:
    """Word why the documents of a host, though enough, taught nothing: they are alike, nothing recurs, or only in reports."""
    reports = len(evidence.documents)
    if reports < edge.documents:
        told = f"tell {reports} reports" if reports > 1 else "are alike"
        return f"{host}: its {_documents(len(sample))} {told}; at least {edge.documents} unrelated ones are needed"
    most = max(evidence.recurrences, key=lambda each: (len(each.documents), each.key), default=None)
    if most is None:
        least = max(edge.documents, ceil(edge.share * reports))
        return f"{host}: no line recurs on {least} of its {reports} reports"
    example = f"{_quoted(most)} on {len(most.documents)} of {reports} reports"
    if most.key in evidence.prose.of_reports:
        return f"{host}: what recurs speaks of what the reports speak of, such as {example}"
    return f"{host}: what recurs may be part of reports, as the opening of a series is, such as {example}"


def note_without_host(documents: int) -> str:
    """Word that documents were ignored because their host is unknown."""
    return f"without a URL, so ignored, since lines are counted by host: {_documents(documents)}"


def _documents(count: int) -> str:
    return f"{count:,} document{'' if count == 1 else 's'}"


def _quoted(line: Recurrence) -> str:
    return f'"{line.text[:SHOWN]}{"…" if len(line.text) > SHOWN else ""}"'
