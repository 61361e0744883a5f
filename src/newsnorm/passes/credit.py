"""Find who supplied the text or its pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from newsnorm.catalogue import Rules
from newsnorm.catalogue.templates import TEMPLATE_LIMIT
from newsnorm.grammar.credit import SHORT, SHORTEST, CreditReading, read_credit, read_credits
from newsnorm.grammar.credit_names import agency_in, is_agency, parts_of, style_of
from newsnorm.page.state import CodeRule, Found
from newsnorm.passes.caption import CREDITED
from newsnorm.records import Caption, Credit, CreditKind, Line, Page, Title
from newsnorm.text.scripts import is_spaced

LABEL = CodeRule("credit.label", "A label, a colon and a name, such as Quelle: ntv.de, dpa or Foto: Jane Miller.")
PHRASE = CodeRule("credit.phrase", "A sentence that names the supplier: This story first appeared on Example News.")
AGENCY = CodeRule(
    "credit.agency",
    "An agency without a label, perhaps with initials or a photographer: SDA/sep, (APA/dpa), Jane Miller/Getty Images.",
)
PEOPLE = CodeRule("credit.people", "The people who contributed: Reporting by Jane Miller; Editing by Tom Brown.")
CODE_RULES = (LABEL, PHRASE, AGENCY, PEOPLE)

CAPTION = 160
"""Code points of the longest caption on a line of its own above its credit. Chosen, not measured."""

CREDIT_GAP = 2
"""Most lines from a caption down to its credit: one blank line between them."""

LEAST_WORDS, HEADING, MOST_WORDS = 2, 6, 25
"""Words of a caption above a blank line: the fewest, the most that a heading may have, and the most. Chosen, not measured."""

OPENING_QUOTES = "\"'«“„‘「『"
"""Signs with which a caption may begin; a number, a bullet or a dash begins an item, a heading or a signature."""

BRACKETS = "(（["
"""Opening brackets of a credit."""

WORD = 3
"""Code points that count as one word in scripts without spaces between words."""

PHOTO = 120
"""Code points of the longest photo credit; a longer line is a caption."""


def find_credits(page: Page, found: Found, rules: Rules) -> Iterator[Credit | Caption]:
    """
    Find source credits above or below the report, or on short lines of their own, and photo credits on short lines anywhere.

    A line that matches a catalogue rule is a credit, and the reader says for what and whom. All other credits are found by the
    reader alone. Captions above a photo credit are found with it.
    """
    readings = _readings(found, rules)
    at_the_edge: list[tuple[Line, CreditReading]] = []
    for line in _candidates(page, found, readings):
        if not found.is_free(line.number):
            continue
        parted = _parted(found, line, rules)
        if parted:
            yield from parted
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
    yield from _captions_above(found)


def _parted(found: Found, line: Line, rules: Rules) -> list[Credit]:
    """Return the two credits of a line that names who supplied the text and, after a label, who took the pictures."""
    grammar, languages = rules.context.grammar, rules.context.languages
    sign = grammar.credits.second_label.search(line.text, SHORTEST) if len(line.text) <= PHOTO else None
    if sign is None or (found.zone(line.number) is None and found.is_prose(line.number)):
        return []
    pictures = read_credit(line.text[sign.end() :].rstrip(")"), grammar, languages)
    match = next(iter(found.matches("credit", line)), None)
    source = read_credit(line.text[: sign.start()], grammar, languages)
    name = source.name if source is not None else ""
    if not name and match is not None and match.fields.source:
        name = grammar.credits.second_label.split(match.fields.source, maxsplit=1)[0].strip()
    if pictures is None or not name or (source is not None and source.kind != "source"):
        return []
    rule = match.rule.id if match is not None else LABEL.id
    text = _credit(line, "source", name, rule, rules, agency_in(name, grammar))
    photo = attrs.evolve(
        _by_reading(line, pictures, rules),
        span=line.raw_span(sign.end(), len(line.text.rstrip(")"))),
        text=line.text[sign.end() :].rstrip(")"),
        takes_line=False,
    )
    return [text, photo] if pictures.kind == "photo" else [text]


def _captions_above(found: Found) -> Iterator[Caption]:
    """Find the captions on a line of their own above their picture's credit."""
    pairs = [
        (above, credit)
        for credit in found.all(Credit)
        if credit.kind == "photo" and credit.takes_line and (above := _caption_above(found, credit)) is not None
    ]
    if len(pairs) > sum(map(found.is_prose, range(found.body_start, found.body_end))):
        return  # the pictures are the report
    for line, credit in pairs:
        span = line.raw_span(0, len(line.text))
        yield Caption(
            line=line.number,
            span=span,
            text=line.text,
            rule=CREDITED.id,
            caption=line.text,
            credit=credit.name,
            agency=credit.agency,
        )


def _caption_above(found: Found, credit: Credit) -> Line | None:
    """
    Return the caption above a credit, or None: a short line without a final stop, below the headline, set apart by blank lines.

    Right above its credit it may be long. If a blank line is between them, the credit must be in brackets or have bars, since
    other credits also stand below headings, and the line must not be a standfirst above the report (many words) or a heading
    within it (few).
    """
    number = credit.line
    above = None if _names_house_alone(credit, found) else found.neighbour(number, -1)
    if above is None or not _is_set_apart(found, above) or not _is_below_headline(found, above.number):
        return None
    spaced, gap = is_spaced(above.text[-1]), number - above.number
    words = len(above.text.split()) if spaced else len(above.text) // WORD
    if gap == 1:
        return above if words >= LEAST_WORDS else None
    if gap > CREDIT_GAP or not (credit.text[0] in BRACKETS or " | " in credit.text):
        return None
    least, most = (LEAST_WORDS, HEADING) if above.number < found.body_start else (HEADING, MOST_WORDS)
    return above if least <= words <= most else None


def _names_house_alone(credit: Credit, found: Found) -> bool:
    """Return whether a credit is only the name of an agency or an outlet, which may be for the text above."""
    text = credit.text.strip("()[]（） ")
    grammar = found.rules.context.grammar
    return text == credit.name and (is_agency(text, grammar) or len(parts_of(text, grammar.credits)) == 1)


def _is_set_apart(found: Found, line: Line) -> bool:
    """Return whether a line is short, free, not a sentence, and below a blank line."""
    number = line.number
    if not found.is_free(number) or found.is_prose(number) or number in found.layout.fragments:
        return False
    first, is_below_blank = line.text.lstrip(OPENING_QUOTES)[:1], not number or not found.page.lines[number - 1].text
    return is_below_blank and len(line.text) <= CAPTION and first.isalpha() and line.text[-1].isalnum()


def _is_below_headline(found: Found, number: int) -> bool:
    """Return whether a line is between the headline (or the top, if the caller gave the title) and the end of the report."""
    title = found.first(Title)
    top = title.line if title is not None else -1 if found.page.raw.title else found.body_start
    return top < number < found.body_end


def _readings(found: Found, rules: Rules) -> Mapping[str, CreditReading]:
    """Read the credits among the texts of lines, including lines too long for their words to be known."""
    words = {text: form.words for text, form in found.layout.forms.items() if form.words or len(text) > TEMPLATE_LIMIT}
    return read_credits(words, rules.context.grammar, rules.context.languages)


def _candidates(page: Page, found: Found, readings: Mapping[str, CreditReading]) -> list[Line]:
    """Return the lines that the reader or a rule takes for credits, without fragments of sentences."""
    matched = {line.number for line in found.matching_lines("credit")}
    lines = (line for line in page.lines if line.text in readings or line.number in matched)
    return [line for line in lines if line.number not in found.layout.fragments]


def _by_rule(found: Found, rules: Rules, line: Line, reading: CreditReading | None) -> Credit | None:
    """Make the credit of a line that matches a rule, with kind and name as read; None if the line may be part of the report."""
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
    """
    Return whether a line is certainly not part of the report: a short photo credit, a line outside the prose, or a short
    source.
    """
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
