"""Who supplied the text or its pictures, and what does the paper say about its own mistakes?"""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.catalogue import Rules
from newsnorm.passes.found import Found
from newsnorm.records import Correction, Credit, Page

CODE_RULES = ()


def find_credits(page: Page, found: Found, rules: Rules) -> Iterator[Credit | Correction]:
    """
    Source credits stand above or below the report, photo credits anywhere on a line of their own.

    A correction is marked and stays in the body: it may hold the only new fact.
    """
    for line in page.lines:
        if not found.is_free(line.number):
            continue
        span = line.raw_span(0, len(line.text))
        for match in found.matches("correction", line):
            yield Correction(line=line.number, span=span, text=line.text, rule=match.rule.id, takes_line=False)
            break
        for match in found.matches("credit", line):
            rule, fields = match.rule, match.fields
            name = fields.source or fields.agency or ", ".join(person.name for person in fields.people)
            if name and (rule.credit == "photo" or found.zone(line.number) is not None):
                yield Credit(line=line.number, span=span, text=line.text, rule=rule.id, name=name, kind=rule.credit)
                break
