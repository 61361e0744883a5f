"""Who supplied the text or its pictures?"""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.catalogue import Match, Rules
from newsnorm.grammar.credit import ALONE, CreditReading, agency_in, may_credit, read_credit, style_of
from newsnorm.page.state import CodeRule, Found
from newsnorm.records import Credit, CreditKind, Line, Page

LABEL = CodeRule("credit.label", "A word for it, a colon and a name: Quelle: ntv.de, dpa; Foto: Jane Miller.")
PHRASE = CodeRule("credit.phrase", "A phrase around a name: This story first appeared on Example News.")
AGENCY = CodeRule("credit.agency", "An agency alone, perhaps with initials: SDA/sep, (APA/dpa); Jane Miller/Getty Images.")
PEOPLE = CodeRule("credit.people", "Who helped: Reporting by Jane Miller; Editing by Tom Brown.")
CODE_RULES = (LABEL, PHRASE, AGENCY, PEOPLE)

PHOTO = 120
"""Code points of the longest line that is taken as a photo credit; a longer one is a caption."""


def find_credits(page: Page, found: Found, rules: Rules) -> Iterator[Credit]:
    """
    Find source credits above or below the report, or on short lines of their own, and photo credits on short lines anywhere.

    A rule that knows the line decides that it is a credit; the reader says of what, whom it names, and finds the rest.
    """
    at_the_edge: list[tuple[Line, CreditReading]] = []
    credited = {line.number for line in found.matching_lines("credit")}
    for line in found.free():
        rule = next(iter(found.matches("credit", line)), None) if line.number in credited else None
        reading = _read(found, rules, line)
        credit = _of_rule(found, rules, line, rule, reading) if rule is not None else None
        if credit is not None:
            yield credit
        elif reading is not None and reading.name and reading.kind != "other":
            if _stands_apart(found, line, reading):
                yield _credit(line, reading.kind, reading.name, reading.rule, rules, reading.agency)
            elif found.is_prose(line.number) and reading.kind != "photo":
                at_the_edge.append((line, reading))
    for line, reading in (*at_the_edge, *reversed(at_the_edge)):
        if found.is_free(line.number) and _is_edge(found, line):
            yield _credit(line, reading.kind, reading.name, reading.rule, rules, reading.agency)


def _read(found: Found, rules: Rules, line: Line) -> CreditReading | None:
    """Read a line that may be a credit."""
    grammar = rules.context.grammar
    if not may_credit(line.text, found.layout.form(line).words, grammar.credits):
        return None  # most lines end here
    return read_credit(line.text, grammar, rules.context.languages)


def _of_rule(found: Found, rules: Rules, line: Line, match: Match, reading: CreditReading | None) -> Credit | None:
    """Make the credit of a line that a rule matches, its kind and name as read; None if the line may be part of the report."""
    fields = match.fields
    kind = match.rule.credit
    name = fields.source or fields.agency or ", ".join(person.name for person in fields.people)
    if reading is not None and kind == "source":
        kind, name = reading.kind, reading.name or name
    if not name or (match.rule.credit != "photo" and found.zone(line.number) is None):
        return None
    return _credit(line, kind, name, match.rule.id, rules, agency_in(name, rules.context.grammar) or fields.agency)


def _stands_apart(found: Found, line: Line, reading: CreditReading) -> bool:
    """Return whether a line is surely not part of the report: a short photo credit, outside the prose, or a short source."""
    if reading.kind == "photo":
        return len(line.text) <= PHOTO
    if found.zone(line.number) is not None:
        return True
    return reading.kind == "source" and len(line.text) <= ALONE and reading.rule != PEOPLE.id


def _is_edge(found: Found, line: Line) -> bool:
    """Return whether a sentence is the first or last line of the prose, but not the only one."""
    first, last = found.body_start, found.body_end - 1
    return first != last and line.number in (first, last)


def _credit(line: Line, kind: CreditKind, name: str, rule: str, rules: Rules, agency: str | None) -> Credit:
    agency = agency or (style_of(line.text, rules.context.grammar) if kind == "people" else None)
    span = line.raw_span(0, len(line.text))
    return Credit(line=line.number, span=span, text=line.text, rule=rule, name=name, kind=kind, agency=agency)
