"""
Read bylines, dates, datelines and credits from strings of their own, such as the columns of a table.

The functions read the forms that the passes of a `Parser` read, but see only the string, without evidence from a page. They
return None if the string is not such a field, and never raise an error for a string.

>>> from newsnorm import fields
>>> byline = fields.parse_byline("By MARÍA PÉREZ and Tom O'Hara, Example News")
>>> [person.name for person in byline.people]
['María Pérez', "Tom O'Hara"]
>>> fields.parse_date("Veröffentlicht am 3. Mai 2024, 10:15 Uhr").value
'2024-05-03T10:15'
>>> fields.parse_dateline("MALMO, March 3 (Reuters) - The harbour was closed.").place
'MALMO'
>>> fields.parse_credit("Quelle: hafenbote.example, ino/dpa").agency
'dpa'
"""

from __future__ import annotations

from newsnorm.catalogue import Catalogue, LineForms, Rules
from newsnorm.errors import InputError
from newsnorm.grammar.byline import BylineReader
from newsnorm.grammar.credit import read_credit
from newsnorm.grammar.dateline import read_dateline, read_opening
from newsnorm.grammar.dates.search import dates_in, read_any_date
from newsnorm.read import raw_article, read
from newsnorm.read.metadata import clean_value
from newsnorm.records import Byline, Credit, Dateline, Line, Metadata, Person, PublicationDate

__all__ = ["parse_byline", "parse_credit", "parse_date", "parse_dateline"]

PLAIN = Metadata(media_type="text/plain")
"""Strings are always read as plain text, even if they look like markup."""

BYLINE, DATE, DATELINE = "fields.byline", "fields.date", "fields.dateline"
"""Rule ids of findings that no catalogue rule made."""


def parse_byline(text: str, language: str | None = None) -> Byline | None:
    """
    Read a byline; return None if it names nobody.

    Args:
        text: one line: ``By Jane Doe``, ``JANE DOE, Staff Writer``, ``Von dpa``. If there are more lines, the first is read.
        language: BCP 47 code of the language whose markers are accepted besides English ones; None accepts all languages.

    Returns:
        The people, each with a role, and the agency. A desk or staff is ignored.

    Raises:
        InputError: an argument is not a string.

    >>> byline = parse_byline("Von Jana Kern (dpa), Redakteurin für Finanzen", "de")
    >>> byline.people[0].name, byline.agency
    ('Jana Kern', 'dpa')
    >>> parse_byline("AFP").agency, parse_byline("Staff Reporter"), parse_byline("More news from the harbour")
    ('AFP', None, None)

    """
    line, rules = _line(text), _rules(language)
    if line is None:
        return None
    grammar, forms = rules.context.grammar, LineForms(line.text)
    for match in rules.matches(forms):
        fields = match.fields
        if match.rule.table == "byline" and (fields.people or fields.agency):
            return _byline(line, match.rule.id, fields.people, fields.agency)
    reading_text = line.text
    mentions = dates_in(line.text, grammar.calendar, rules.context.languages)
    for mention in reversed(mentions):
        reading_text = f"{reading_text[: mention.start]} | {reading_text[mention.end :]}"
    reading = BylineReader(grammar, rules.markers).read(reading_text, forms.words, dated=bool(mentions))
    if reading is None or (not reading.people and not reading.agency):
        return None
    unsure = reading.kind in ("bare", "inline_marker", "link")
    if unsure and reading.people and not all(grammar.names.is_given(person.name.split()[0].lower()) for person in reading.people):
        return None  # it may be a short headline
    return _byline(line, BYLINE, reading.people, reading.agency)


def parse_date(
    text: str, language: str | None = None, day_first: bool | None = None, reference: str | None = None
) -> PublicationDate | None:
    """
    Read the date in a string; return None if it contains none.

    Args:
        text: one line: ``Published: 3 May 2024 10:15 EDT``, ``3/5/24``, ``2 hours ago``.
        language: BCP 47 code; month names of all languages are known, but this language comes first, and ``en-US`` puts the
            month first in ``3/5/2024``.
        day_first: whether the day comes before the month, if you know it.
        reference: when the text was fetched, as ISO 8601; without it ``yesterday`` is not a date.

    Returns:
        The date, as precise as it is written: no part is ever filled in. If the string also has the date of an update, the date
        of publication is returned. `doubt` says what is uncertain (the order, the zone, several days).

    Raises:
        InputError: an argument is not a string.

    >>> date = parse_date("Updated 3/5/2024, published 2/5/2024", day_first=True)
    >>> date.value, date.role
    ('2024-05-02', 'published')
    >>> parse_date("31 February 2024"), parse_date("June 20"), parse_date("yesterday")
    (None, None, None)
    >>> parse_date("yesterday", reference="2024-05-03T10:00").value
    '2024-05-02'

    """
    line, rules = _line(text), _rules(language)
    if line is None:
        return None
    calendar, fetched = rules.context.grammar.calendar, clean_value("fetched", reference)
    mention = read_any_date(line.text, calendar, rules.context.languages, day_first, fetched)
    if mention is None:
        return None
    reading = mention.reading
    return PublicationDate(
        line=line.number,
        span=line.raw_span(mention.start, mention.end),
        text=line.text[mention.start : mention.end],
        rule=DATE,
        value=reading.value,
        precision=reading.precision,
        role=mention.role or "published",
        zone=reading.zone,
        doubt=reading.doubt,
    )


def parse_dateline(text: str) -> Dateline | None:
    """
    Read the dateline at the opening of a report; return None if there is none.

    Args:
        text: the first paragraph, or the whole text.

    Raises:
        InputError: an argument is not a string.

    >>> dateline = parse_dateline("Fire closes bridge\\n\\nKIEL (dpa/lno) - The bridge was closed on Monday, the port said.")
    >>> dateline.place, dateline.agency
    ('KIEL', 'dpa')
    >>> parse_dateline("FILE - A bridge in Kiel, seen on Monday."), parse_dateline("READ MORE: The harbour opens")
    (None, None)

    """
    lines, rules = _lines(text), _rules(None)
    grammar, languages = rules.context.grammar, rules.context.languages
    found = read_opening("\n".join(line.text for line in lines), grammar, languages)
    if found is None:
        return None
    line = next((line for line in lines if read_dateline(line.text, grammar, languages) == found.dateline), lines[0])
    end = min(found.dateline.end, len(line.text))
    return Dateline(
        line=line.number,
        span=line.raw_span(0, end),
        text=line.text[:end],
        rule=DATELINE,
        place=found.dateline.place or "",
        date=found.dateline.day,
        agency=found.dateline.agency_name or found.dateline.agency,
    )


def parse_credit(text: str) -> Credit | None:
    """
    Read a line that says who supplied a text or a picture; return None if it is not a credit.

    Args:
        text: one line: ``Source: Reuters``, ``Photo: Jane Doe``.

    Returns:
        The credit. `kind` is ``source`` for the text, ``photo`` for a picture, ``people`` for helpers, ``other`` for figures and
        the like. `name` is empty if nobody is named.

    Raises:
        InputError: an argument is not a string.

    >>> parse_credit("This story first appeared on Harbour News.").name, parse_credit("Photo: Jane Doe").kind
    ('Harbour News', 'photo')
    >>> parse_credit("The source of the river is dry.")

    """
    line, rules = _line(text), _rules(None)
    reading = None if line is None else read_credit(line.text, rules.context.grammar)
    return None if line is None or reading is None else reading.of_line(line)


def _rules(language: str | None) -> Rules:
    return Catalogue.default().narrow(clean_value("language", language) or "und")


def _lines(text: str) -> tuple[Line, ...]:
    """Return the non-blank lines, read like a page: encoding repaired, white space made plain."""
    if not isinstance(text, str):
        raise InputError(f"expected a string, got {type(text).__name__}")
    return tuple(line for line in read(raw_article(text, PLAIN)).lines if line.text) if text.strip() else ()


def _line(text: str) -> Line | None:
    return next(iter(_lines(text)), None)


def _byline(line: Line, rule: str, people: tuple[Person, ...], agency: str | None) -> Byline:
    span = line.raw_span(0, len(line.text))
    return Byline(line=line.number, span=span, text=line.text, rule=rule, people=people, agency=agency)
