"""When was it published, and when updated?"""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.catalogue import Rules
from newsnorm.catalogue.dates import DATE_LIMIT, read_date
from newsnorm.passes.byline import dates_in, publication_date
from newsnorm.passes.found import CodeRule, Found
from newsnorm.records import Page, PublicationDate

BARE_DATE = CodeRule("date.bare-line", "A line above the report that is a whole date, to the day at least.")
CODE_RULES = (BARE_DATE,)


def find_dates(page: Page, found: Found, rules: Rules) -> Iterator[PublicationDate]:
    """
    Dates stand above the report, or with a word that says so (``Published``) below it; never amid it.

    A bare date counts above the report only: below it, it is a comment's or a teaser's.
    """
    for line in page.lines:
        if not found.is_free(line.number) or len(line.text) > DATE_LIMIT * 2 or (zone := found.zone(line.number)) is None:
            continue
        match = next((match for match in found.matches("date", line) if match.fields.date or match.fields.updated), None)
        if match is not None:
            reading = match.fields.date or match.fields.updated
            if reading is not None:
                role = match.rule.role if match.fields.date else "updated"
                yield publication_date(line, reading, match.rule.id, role)
                if match.fields.date and match.fields.updated:
                    yield from list(dates_in(line, match))[1:]
            continue
        if zone == "head" and found.body_start < len(page.lines):
            bare = read_date(line.text, rules.context.tables.calendar, rules.context.languages, rules.context.day_first)
            if bare is not None and bare.precision not in ("year", "month"):
                yield publication_date(line, bare, BARE_DATE.id, "published")
