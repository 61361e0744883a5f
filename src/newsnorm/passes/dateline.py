"""Find where the report comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsnorm.catalogue import Rules
from newsnorm.catalogue.slots import place
from newsnorm.grammar.dateline import read_dateline
from newsnorm.grammar.dateline_reading import DatelineReading
from newsnorm.page.state import CodeRule, Found
from newsnorm.records import Byline, Dateline, Line, Page, Title

AGENCY = CodeRule("dateline.agency", "The report opens with an agency, usually after a place: LONDON (Reuters) -, (CNN) —.")
DAY = CodeRule("dateline.day", "The report opens with a place and a day: LONDON, June 20 —.")
PLACE = CodeRule(
    "dateline.place", "The report opens with a place alone, in a form that newspapers use: LONDON —, Betzdorf., NEW DELHI:."
)
BRACKETS = CodeRule(
    "dateline.brackets", "The report opens with a place and an agency or person in brackets: 【ソウル＝山田花子】."
)
OWN_LINE = CodeRule("dateline.own-line", "A known city alone on a line between title and report.")
PERSON = CodeRule("byline.dateline", "The person named in a dateline: 【ソウル＝山田花子】.")
CODE_RULES = (AGENCY, DAY, PLACE, BRACKETS, OWN_LINE, PERSON)

_RULES = {"agency": AGENCY, "day": DAY, "place": PLACE, "brackets": BRACKETS}

DASHES = ("-", "–", "—", "--")
"""Lines that are only the closing mark of a dateline."""

OWN = 110
"""Code points of the longest line with only a place: room for two cities and their states. Chosen, not measured."""


def find_dateline(page: Page, found: Found, rules: Rules) -> Iterator[Dateline | Byline]:
    """
    Find the dateline at the beginning of the report's first line, or alone on a line between title and report.

    A dateline within a line does not take it, since the words after it are body. One split over two lines takes the first.
    """
    first = next(found.free(found.body_start), None)
    if first is None:
        return
    context = rules.context
    reading = read_dateline(first.text, context.grammar, context.languages)
    if reading is not None and (reading.place or not reading.day):
        yield from _findings(reading, first, 0, reading.end)
        return
    parted = list(_around_dash_alone(first, found, rules))
    if parted:
        yield from parted
        return
    above = found.neighbour(first.number, -1)
    if above is not None and found.is_free(above.number) and (cut := _cut(above, first, rules)) is not None:
        yield from _findings(cut, above, 0, len(above.text), takes_line=True)
        if (end := cut.end - len(above.text) - 1) > 0:
            yield from _findings(cut, first, 0, end)
        return
    if reading is not None:
        yield from _findings(reading, first, 0, reading.end)
        return
    title = found.first(Title)
    if title is not None:
        yield from _alone(found.free(title.line + 1, first.number), rules)


def _around_dash_alone(first: Line, found: Found, rules: Rules) -> Iterator[Dateline | Byline]:
    """Find a place and a dash on two lines of their own above the report; both belong to the dateline."""
    near = (first, found.neighbour(first.number, -1), found.neighbour(first.number, 1))
    dash = next((line for line in near if line is not None and line.text in DASHES and found.is_free(line.number)), None)
    place = found.neighbour(dash.number, -1) if dash is not None else None
    report = found.neighbour(dash.number, 1) if dash is not None else None
    if dash is None or place is None or report is None or len(place.text) > OWN or not found.is_free(place.number):
        return
    opening = f"{place.text} {dash.text} "
    reading = read_dateline(opening + report.text, rules.context.grammar, rules.context.languages)
    if reading is not None and reading.end == len(opening):
        for line in (place, dash):
            yield from _findings(reading, line, 0, len(line.text), takes_line=True)


def _cut(upper: Line, lower: Line, rules: Rules) -> DatelineReading | None:
    """Read a dateline that begins on the upper line and ends on the lower one."""
    if len(upper.text) > OWN:
        return None
    reading = read_dateline(f"{upper.text} {lower.text}", rules.context.grammar, rules.context.languages)
    return reading if reading is not None and reading.end >= len(upper.text) else None


def _alone(lines: Iterable[Line], rules: Rules) -> Iterator[Dateline]:
    """Yield the first line that is only a city, with or without its state."""
    grammar = rules.context.grammar
    for line in lines:
        fields = place(line.text, rules.context) if len(line.text) <= OWN else None
        if fields is not None and line.text.partition(",")[0].strip().lower() in grammar.places.cities:
            span = line.raw_span(0, len(line.text))
            yield Dateline(line=line.number, span=span, text=line.text, rule=OWN_LINE.id, place=fields.place or "")
            return


def _findings(
    reading: DatelineReading, line: Line, start: int, end: int, *, takes_line: bool = False
) -> Iterator[Dateline | Byline]:
    span, text = line.raw_span(start, end), line.text[start:end]
    yield Dateline(
        line=line.number,
        span=span,
        text=text,
        rule=_RULES[reading.shape].id,
        takes_line=takes_line,
        place=reading.place or "",
        date=reading.day,
        agency=reading.agency_name or reading.agency,
    )
    if reading.people and not takes_line:
        yield Byline(line=line.number, span=span, text=text, rule=PERSON.id, takes_line=False, people=reading.people)
