"""Find what the paper says about its own mistakes."""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.catalogue import Rules
from newsnorm.page.state import Found
from newsnorm.records import Correction, Page


def find_corrections(page: Page, found: Found, rules: Rules) -> Iterator[Correction]:
    """Mark corrections and editors' notes; they stay in the body, because they may contain the only new fact."""
    for line in found.matching_lines("correction"):
        match = next(iter(found.matches("correction", line)), None) if found.is_free(line.number) else None
        if match is not None:
            span = line.raw_span(0, len(line.text))
            yield Correction(line=line.number, span=span, text=line.text, rule=match.rule.id, takes_line=False)
