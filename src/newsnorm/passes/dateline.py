"""Where does the report come from?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsnorm.catalogue import Rules
from newsnorm.catalogue.names import lower
from newsnorm.catalogue.slots import Context, agency, place
from newsnorm.catalogue.tables import Tables, any_of
from newsnorm.passes.found import CodeRule, Found
from newsnorm.records import Dateline, Line, Page, Title

AGENCY = CodeRule("dateline.agency", "The report opens with a place and a known agency: LONDON (Reuters) -.")
PLACE = CodeRule("dateline.place", "The report opens with a known city, perhaps a day, and a dash: LONDON, June 20 —.")
OWN_LINE = CodeRule("dateline.own-line", "A known city alone on a line between title and report.")
CODE_RULES = (AGENCY, PLACE, OWN_LINE)

OPENING = 110
"""Characters: chosen with room for two places, a day and an agency; not measured."""

_DASH = re.compile(r"\)?\s*(?:\s[-–—]{1,2}\s|[–—]{1,2}\s?|\s?--\s?)(?=\S)|\)\s*(?:[-–—]{1,2}|:)\s?(?=\S)")
_AGENCY = re.compile(r"\A(?P<before>.{2,80}?)\s*\((?P<agency>[^()]{2,40})\)?\Z")
_DAY = re.compile(r"(?P<month>[^\W\d_]{3,12})\.?\s(?P<day>[0-3]?\d)\Z|(?P<day2>[0-3]?\d)\.?\s(?P<month2>[^\W\d_]{3,12})\.?\Z")


def find_dateline(page: Page, found: Found, rules: Rules) -> Iterator[Dateline]:
    """
    A dateline opens the first line of the report, or stands alone between title and report.

    Inside a line it does not take the line: only the words after it are body.
    """
    first = next(found.free(found.body_start), None)
    if first is not None:
        opening = _opening(first, rules)
        if opening is not None:
            yield opening
            return
    title = found.first(Title)
    if title is None or first is None:
        return
    for line in found.free(title.line + 1, first.number):
        fields = place(line.text, rules.context) if len(line.text) <= OPENING else None
        if fields is not None and _is_city(line.text.partition(",")[0].strip(), rules.context.tables):
            yield Dateline(
                line=line.number,
                span=line.raw_span(0, len(line.text)),
                text=line.text,
                rule=OWN_LINE.id,
                place=fields.place or "",
            )
            return


def _opening(line: Line, rules: Rules) -> Dateline | None:
    dash = _DASH.search(line.text, 0, OPENING)
    if dash is None:
        return None
    head = line.text[: dash.start()] + (")" if line.text[dash.start()] == ")" else "")
    named = _AGENCY.match(head)
    known = _agency(named["agency"], rules.context) if named else None
    if "(" in head and known is None:
        return None
    where, day = _place_and_day(named["before"] if named else head, rules.context.tables)
    tables = rules.context.tables
    if known is not None:
        if not _plausible(where, tables):
            return None
    elif not (_is_city(where.split(",")[0].strip(), tables) and (where.split(",")[0].isupper() or "—" in dash.group() or day)):
        return None
    end = dash.end()
    return Dateline(
        line=line.number,
        span=line.raw_span(0, end),
        text=line.text[:end],
        rule=(AGENCY if known else PLACE).id,
        takes_line=False,
        place=where,
        date=day,
        agency=known,
    )


def _agency(text: str, context: Context) -> str | None:
    """The agency in brackets, desk codes aside: ``dpa/lno``, ``ANSA-AFP``."""
    for part in (text, re.split(r"[/,\-–]", text)[0]):
        fields = agency(part.strip(), context)
        if fields is not None:
            return fields.agency
    return None


def _place_and_day(text: str, tables: Tables) -> tuple[str, str | None]:
    """``LONDON, June 20`` parted; the day needs the name of a month."""
    where, comma, last = text.strip().rpartition(",")
    day = _DAY.match(last.strip())
    if not comma or day is None:
        return text.strip().rstrip(","), None
    month = (day["month"] or day["month2"]).lower()
    if any_of(tables.calendar.months, ("en",), month) is None:
        return text.strip().rstrip(","), None
    return where.strip(), last.strip()


def _is_city(text: str, tables: Tables) -> bool:
    return lower(text) in tables.cities and text[:1].isupper()


def _plausible(where: str, tables: Tables) -> bool:
    """Words that a place may consist of: capitalised, but for particles, and no more than six."""
    words = re.split(r"[\s,/]+", where)
    if not 1 <= len(words) <= 7 or not all(words):
        return False
    return words[0][0].isupper() and all(
        word[0].isupper() or not word[0].isalpha() or lower(word) in tables.particles or not word.islower() for word in words
    )
