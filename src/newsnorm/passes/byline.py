"""Who wrote it?"""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.catalogue import Form, Match, Rules
from newsnorm.catalogue.dates import DateReading
from newsnorm.catalogue.names import read_people
from newsnorm.catalogue.slots import person
from newsnorm.folding import fold
from newsnorm.passes.found import CodeRule, Found
from newsnorm.records import Byline, DateRole, Line, Page, PublicationDate, Title

BARE_NAME = CodeRule("byline.bare-name", "A name alone on a line between title and report, beginning with a known given name.")
MARKER_ABOVE = CodeRule(
    "byline.marker-above", "A line with the name alone, below a line with the marker alone (By / María Pérez)."
)
NAME_AGAIN = CodeRule("byline.name-again", "A line that is the name of somebody whom a byline of the page names.")
CODE_RULES = (BARE_NAME, MARKER_ABOVE, NAME_AGAIN)

MARKER = 20
"""Characters: the longest marker that stands on a line of its own."""


def find_bylines(page: Page, found: Found, rules: Rules) -> Iterator[Byline | PublicationDate]:
    """Bylines stand above the first prose or below the last, and never amid the report."""
    for line in page.lines:
        if not found.is_free(line.number) or found.zone(line.number) is None:
            continue
        match = next(iter(found.matches("byline", line)), None)
        if match is not None:
            yield from byline(line, match)
        elif len(line.text) <= MARKER:
            yield from _below_marker(page, found, rules, line)


def byline(line: Line, match: Match) -> Iterator[Byline | PublicationDate]:
    """The byline that a rule read, and the date that sits in the same line."""
    span = line.raw_span(0, len(line.text))
    fields = match.fields
    yield Byline(line=line.number, span=span, text=line.text, rule=match.rule.id, people=fields.people, agency=fields.agency)
    yield from dates_in(line, match)


def dates_in(line: Line, match: Match, role: DateRole = "published") -> Iterator[PublicationDate]:
    """The dates that a template of another finding read: they sit in its line."""
    for reading, meant in ((match.fields.date, role), (match.fields.updated, "updated")):
        if reading is not None:
            yield publication_date(
                line, reading, match.rule.id, "updated" if meant == "updated" else "published", takes_line=False
            )


def publication_date(line: Line, reading: DateReading, rule: str, role: DateRole, *, takes_line: bool = True) -> PublicationDate:
    """A date as a finding."""
    return PublicationDate(
        line=line.number,
        span=line.raw_span(0, len(line.text)),
        text=line.text,
        rule=rule,
        takes_line=takes_line,
        doubt=reading.doubt,
        value=reading.value,
        precision=reading.precision,
        role=role,
        zone=reading.zone,
    )


def _below_marker(page: Page, found: Found, rules: Rules, marker: Line) -> Iterator[Byline]:
    """``By`` on one line, the name on the next."""
    below = found.neighbour(marker.number, 1)
    if below is None or not found.is_free(below.number) or len(below.text) > 3 * MARKER or marker.text.endswith("."):
        return
    joined = f"{marker.text} {below.text}"
    matches = (match for match in rules.matches(Form(joined)) if match.rule.table == "byline" and match.fields.people)
    match = next((match for match in matches if _holds(match, found, marker)), None)
    if match is None or read_people(below.text, rules.context.tables) is None:
        return
    yield Byline(
        line=below.number,
        span=below.raw_span(0, len(below.text)),
        text=below.text,
        rule=MARKER_ABOVE.id,
        people=match.fields.people,
        why=f"as {match.rule.id}",
    )
    yield Byline(line=marker.number, span=marker.raw_span(0, len(marker.text)), text=marker.text, rule=MARKER_ABOVE.id)


def _holds(match: Match, found: Found, line: Line) -> bool:
    return match.rule.zone is None or match.rule.zone == found.zone(line.number)


def find_bare_names(page: Page, found: Found, rules: Rules) -> Iterator[Byline]:
    """
    A name alone, between title and report, where no other byline is.

    It is taken only next to a line that is known or the report, and only if it begins with a known given name: a wrong
    author is worse than none.
    """
    known = {fold(person.name): person for byline in found.all(Byline) for person in byline.people}
    for line in found.free() if known else ():
        if found.zone(line.number) is not None and (again := known.get(found.folded(line))):
            yield Byline(
                line=line.number, span=line.raw_span(0, len(line.text)), text=line.text, rule=NAME_AGAIN.id, people=(again,)
            )
    title = found.first(Title)
    if title is None or known:
        return
    for line in found.free(title.line + 1, found.body_start):
        above, below = found.neighbour(line.number, -1), found.neighbour(line.number, 1)
        beside_known = above is not None and found.taken(above.number) is not None
        before_prose = below is not None and (found.is_prose(below.number) or found.taken(below.number) is not None)
        fields = person(line.text, rules.context) if beside_known or before_prose else None
        if fields is not None:
            span = line.raw_span(0, len(line.text))
            yield Byline(line=line.number, span=span, text=line.text, rule=BARE_NAME.id, people=fields.people)
            return
