"""Who supplied the text or its pictures?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newsnorm.catalogue import Rules
from newsnorm.catalogue.templates import TEMPLATE_LIMIT
from newsnorm.grammar.credit import SHORT, CreditReading, read_credits
from newsnorm.grammar.credit_names import agency_in, style_of
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

    Where a rule of the catalogue knows the line, that makes it a credit, and the reader says of what and whom it names. All
    other credits are found by the reader alone.
    """
    readings = _readings(found, rules)
    at_the_edge: list[tuple[Line, CreditReading]] = []
    for line in _candidates(page, found, readings):
        if not found.is_free(line.number):
            continue
        reading = readings.get(line.text)
        credit = _by_rule(found, rules, line, reading)
        if credit is not None:
            yield credit
        elif reading is not None and reading.name and reading.kind != "other":
            if _stands_apart(found, line, reading):
                yield _by_reading(line, reading, rules)
            elif found.is_prose(line.number) and reading.kind != "photo":
                at_the_edge.append((line, reading))
    for line, reading in (*at_the_edge, *reversed(at_the_edge)):
        if found.is_free(line.number) and _is_edge(found, line):
            yield _by_reading(line, reading, rules)


def _readings(found: Found, rules: Rules) -> Mapping[str, CreditReading]:
    """Read the credits among the texts of lines; a line too long for its words to be known is read all the same."""
    words = {text: form.words for text, form in found.layout.forms.items() if form.words or len(text) > TEMPLATE_LIMIT}
    return read_credits(words, rules.context.grammar, rules.context.languages)


def _candidates(page: Page, found: Found, readings: Mapping[str, CreditReading]) -> list[Line]:
    """Return the lines that the reader or a rule takes for credits; a fragment of a sentence is none."""
    matched = {line.number for line in found.matching_lines("credit")}
    lines = (line for line in page.lines if line.text in readings or line.number in matched)
    return [line for line in lines if line.number not in found.layout.fragments]


def _by_rule(found: Found, rules: Rules, line: Line, reading: CreditReading | None) -> Credit | None:
    """Make the credit of a line that a rule matches, its kind and name as read; None if the line may be part of the report."""
    match = next(iter(found.matches("credit", line)), None)
    if match is None:
        return None
    fields, kind = match.fields, match.rule.credit
    name = fields.source or fields.agency or ", ".join(person.name for person in fields.people)
    if reading is not None and kind == "source":
        kind, name = reading.kind, reading.name or name
    if not name or (match.rule.credit != "photo" and found.zone(line.number) is None):
        return None
    return _credit(line, kind, name, match.rule.id, rules, agency_in(name, rules.context.grammar) or fields.agency)


def _by_reading(line: Line, reading: CreditReading, rules: Rules) -> Credit:
    return _credit(line, reading.kind, reading.name, reading.rule, rules, reading.agency)


def _stands_apart(found: Found, line: Line, reading: CreditReading) -> bool:
    """Return whether a line is surely not part of the report: a short photo credit, outside the prose, or a short source."""
    if reading.kind == "photo":
        return len(line.text) <= PHOTO
    if found.zone(line.number) is not None:
        return True
    return reading.kind in ("source", "contributing") and len(line.text) <= SHORT and reading.rule != PEOPLE.id


def _is_edge(found: Found, line: Line) -> bool:
    """Return whether a sentence is the first or last line of the prose, but not the only one."""
    first, last = found.body_start, found.body_end - 1
    return first != last and line.number in (first, last)


def _credit(line: Line, kind: CreditKind, name: str, rule: str, rules: Rules, agency: str | None) -> Credit:
    agency = agency or (style_of(line.text, rules.context.grammar) if kind == "people" else None)
    span = line.raw_span(0, len(line.text))
    return Credit(line=line.number, span=span, text=line.text, rule=rule, name=name, kind=kind, agency=agency)
