"""Make removals by rules of the catalogue."""

from __future__ import annotations

from newsnorm.catalogue import Rule
from newsnorm.records import Line, Reason, Removal


def removal(line: Line, rule: Rule) -> Removal:
    """Make the removal of a whole line by a rule of the catalogue."""
    reason: Reason = rule.reason or "stranded"
    return Removal(
        line=line.number,
        span=line.raw_span(0, len(line.text)),
        text=line.text,
        rule=rule.id,
        reason=reason,
        truncates=rule.truncates,
    )
