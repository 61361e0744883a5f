"""Where does the report come from?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from newsnorm.catalogue import LineForms, Rules
from newsnorm.catalogue.slots import place
from newsnorm.grammar.dateline import DatelineReading, read_dateline, wire_byline
from newsnorm.page.state import CodeRule, Found
from newsnorm.records import Byline, Dateline, Line, Page, Person, Title

AGENCY = CodeRule("dateline.agency", "The report opens with a place, or none, and an agency: LONDON (Reuters) -, (CNN) —.")
DAY = CodeRule("dateline.day", "The report opens with a place and a day: LONDON, June 20 —.")
PLACE = CodeRule("dateline.place", "The report opens with a place, by the habits of papers: LONDON —, Betzdorf., NEW DELHI:.")
BRACKETS = CodeRule("dateline.brackets", "The report opens with place and agency, or person, in brackets: 【ソウル＝山田花子】.")
OWN_LINE = CodeRule("dateline.own-line", "A known city alone on a line between title and report.")
PERSON = CodeRule("byline.dateline", "The person whom a dateline names: 【ソウル＝山田花子】.")
CODE_RULES = (AGENCY, DAY, PLACE, BRACKETS, OWN_LINE, PERSON)

_RULES = {"agency": AGENCY, "day": DAY, "place": PLACE, "brackets": BRACKETS}

OWN = 110
"""Characters of a line with a city alone: chosen with room for two cities and their states; not measured."""

FIRST_LINES = 6
"""Lines of a text among which its dateline is: headlines take up to three, a byline one, and a dateline may be cut over two."""


def find_dateline(page: Page, found: Found, rules: Rules) -> Iterator[Dateline | Byline]:
    """
    A dateline opens the first line of the report, or stands alone between title and report.

    Inside a line it does not take the line: only the words after it are body. Wires cut it over two lines: then it takes one.
    """
    first = next(found.free(found.body_start), None)
    if first is None:
        return
    context = rules.context
    reading = read_dateline(first.text, context.grammar, context.languages)
    if reading is not None:
        yield from _findings(reading, first, 0, reading.end)
        return
    above = found.neighbour(first.number, -1)
    if above is not None and found.is_free(above.number) and (reading := _cut(above, first, rules)) is not None:
        yield from _findings(reading, above, 0, len(above.text), takes_line=True)
        if (end := reading.end - len(above.text) - 1) > 0:
            yield from _findings(reading, first, 0, end)
        return
    title = found.first(Title)
    if title is not None:
        yield from _alone(found.free(title.line + 1, first.number), rules)


def _cut(upper: Line, lower: Line, rules: Rules) -> DatelineReading | None:
    """The dateline that begins on one line and ends on the next."""
    if len(upper.text) > OWN:
        return None
    reading = read_dateline(f"{upper.text} {lower.text}", rules.context.grammar, rules.context.languages)
    return reading if reading is not None and reading.end >= len(upper.text) else None


def _alone(lines: Iterable[Line], rules: Rules) -> Iterator[Dateline]:
    """A city, with its state perhaps, on a line of its own."""
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


@attrs.frozen(kw_only=True)
class Opening:
    """What opens a report: its dateline, and the byline above it."""

    dateline: DatelineReading
    people: tuple[Person, ...] = ()
    """Of the dateline, else of the byline above it."""


def opening(text: str, rules: Rules) -> Opening | None:
    """
    The dateline of a paragraph, or of a report that begins with its headline.

    >>> from newsnorm.catalogue import Catalogue
    >>> rules = Catalogue.default().narrow("und")
    >>> found = opening("RAIN CLOSES HARBOUR\\nBy Ana Silva, Reuters\\nMALMO, Sweden,\\nMarch 3 - The harbour was closed.", rules)
    >>> found.dateline.place, found.dateline.day, [person.name for person in found.people]
    ('MALMO, Sweden', 'March 3', ['Ana Silva'])
    """
    grammar, languages = rules.context.grammar, rules.context.languages
    lines = [line.strip() for line in text.split("\n", 4 * FIRST_LINES)]
    filled = [number for number, line in enumerate(lines) if line][: FIRST_LINES + 3]
    people: tuple[Person, ...] = ()
    for at, number in enumerate(filled[:FIRST_LINES]):
        line = lines[number]
        reading = read_dateline(line, grammar, languages)
        if reading is None and at and len(line) <= OWN:
            reading = read_dateline(" ".join(lines[number] for number in filled[at : at + 4]), grammar, languages)
        if reading is not None and (at or len(filled) == 1 or reading.day or reading.agency):
            return Opening(dateline=reading, people=reading.people or people)
        people = people or (_byline(line, rules) if at else ())
    return None


def _byline(line: str, rules: Rules) -> tuple[Person, ...]:
    """
    The people of a line above a dateline: as a byline rule reads it, else of the wires' own shape.

    Of several readings the one with the shortest names: it takes no marker for a name.
    """
    if len(line) > OWN:
        return ()
    if (person := wire_byline(line, rules.context.grammar)) is not None:
        return (person,)
    matches = rules.matches(LineForms(line))
    readings = [match.fields.people for match in matches if match.rule.table == "byline" and match.fields.people]
    return min(readings, key=lambda people: sum(len(person.name) for person in people), default=())
