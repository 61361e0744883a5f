"""What lies stranded between lines that are known?"""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.catalogue import Rules
from newsnorm.passes.found import CodeRule, Found, closes
from newsnorm.records import Line, Page, Removal

STRANDED = CodeRule("structure.stranded", "A short line below the report, between two removals, that is no sentence.")
COUNTER = CodeRule("structure.counter", "A line without a letter above the report, between two lines that are known.")
CODE_RULES = (STRANDED, COUNTER)

LEFTOVER = 40
"""Characters: a counter, a name of a network, a form field."""


def find_stranded(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """
    Runs last and looks only at what lies between lines that are known: certain first, doubtful from its neighbours.

    Below the report, short lines between two removals go; above it, only lines without a letter (how often it was read or
    shared) between any two findings.
    """
    yield from _between(page.lines[: found.body_start], found, COUNTER)
    yield from _between(page.lines[found.body_end :] if found.body_end else (), found, STRANDED)


def _between(lines: tuple[Line, ...], found: Found, rule: CodeRule) -> Iterator[Removal]:
    waiting: list[Line] = []
    known_above = False
    for line in lines:
        if not line.text:
            continue
        taken = found.taken(line.number)
        if taken is None:
            if _is_leftover(line.text, rule):
                waiting += [line] if known_above else []
            else:
                waiting, known_above = [], False
            continue
        known_above = rule is COUNTER or isinstance(taken, Removal)
        for left in waiting if known_above else ():
            span = left.raw_span(0, len(left.text))
            yield Removal(line=left.number, span=span, text=left.text, rule=rule.id, reason="stranded")
        waiting = []


def _is_leftover(text: str, rule: CodeRule) -> bool:
    if rule is COUNTER:
        return len(text) <= LEFTOVER and not any(map(str.isalpha, text))
    return len(text) <= LEFTOVER and not closes(text)
