"""
Find the documents of a listing of Factiva.

Its display with codes has a code of two or three letters before each field, on the line of the value or on one above it. The
other display has headline, byline, number of words, date, source and language on lines of their own, the rights, and then the
text. Both end a document with its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

import attrs

from newsnorm.corpus.sources.formats.listing.document import BrokenDocument, ListedDocument, ListedField
from newsnorm.corpus.sources.formats.listing.fields import other, read_field
from newsnorm.corpus.sources.formats.listing.labels import (
    code_fields,
    codes,
    codes_of,
    factiva,
    is_dated,
    language_of,
)
from newsnorm.corpus.sources.formats.listing.lines import ListedLine, above, text_lines
from newsnorm.fields import parse_byline

HEADER = 12
"""Lines with text between the number of words and the text."""

HEADLINE = 4
"""Lines with text above the number of words."""

MAX_LINE = 80
"""Code points of the longest line between the date and the language."""

MAX_VALUE = 3
"""Lines with text of a field below the text."""

_CODE = re.compile(r"([A-Z]{2,3})(?:[ \t\u00a0]+(\S.*))?")
_ID = re.compile(r"(\S+)\s+(?=[a-z]*\d)([a-z0-9]{10,40})")
_SOURCE_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?(?:\s[A-Z]{2,4})?", re.I)


@attrs.frozen(kw_only=True)
class _Coded:
    """A field of the display with codes."""

    code: str
    start: int
    """Index of its first line."""
    end: int
    """Index after its last line."""


def is_listing(lines: Sequence[ListedLine]) -> bool:
    """Return whether lines are the beginning of a listing of Factiva."""
    codes_in_order = [found[1] for line in lines if (found := _CODE.fullmatch(line.text)) and found[1] in ("HD", "WC", "PD")]
    if codes_in_order[:3] == ["HD", "WC", "PD"]:
        return True
    return any(_length_and_day(lines, index) for index, line in enumerate(lines) if line.text)


def documents(lines: Sequence[ListedLine]) -> Iterator[ListedDocument | BrokenDocument]:
    """Yield the documents of a listing in order, and what can't be read as one."""
    number, start = 0, 0
    ends = [index + 1 for index, line in enumerate(lines) if _document_id(line)]
    for end, is_ended in [*((index, True) for index in ends), (len(lines), False)]:
        anchors = _anchors(lines, start, end)
        for index, anchor in enumerate(anchors):
            number += 1
            is_last = index + 1 == len(anchors)
            stop = end if is_last else anchors[index + 1]
            yield _document(number, lines, anchor, stop, is_ended=is_ended and is_last)
        if not anchors and _holds_text(lines, start, end):
            number += 1
            message = "no header of a document of Factiva: neither its length nor its date is stated"
            yield BrokenDocument(number=number, lines=text_lines(lines, start, end), code="damaged", message=message)
        start = end


def _holds_text(lines: Sequence[ListedLine], start: int, end: int) -> bool:
    """Return whether there is text, but for the summary of the search that ends a listing."""
    own = text_lines(lines, start, end)
    return bool(own) and not any(line.folded.startswith(factiva().lines("closing")) for line in own[:HEADLINE])


def _document_id(line: ListedLine) -> str:
    """Return the number of a document from its last line; empty if it is not such a line."""
    folded = line.folded.removeprefix("an ") if line.text.startswith("AN") else line.folded
    found = _ID.fullmatch(folded) if len(line.text) < 80 else None
    return found[2].upper() if found is not None and found[1] in factiva().lines("end") else ""


def _anchors(lines: Sequence[ListedLine], start: int, end: int) -> list[int]:
    """Return the indices at which documents begin; one, unless the end of a document is missing."""
    coded = [index for index in range(start, end) if _begins_coded(lines, index, end)]
    if coded:
        return [index - 1 if index > start and _is_section(lines, index, start) else index for index in coded]
    found: list[int] = []
    for index in range(start, end):
        if lines[index].text and _length_and_day(lines, index):
            first = _first_above(lines, index, start) if not found else _headline_above(lines, index, found[-1] + 1)
            found += [] if first is None else [first.number]
    return found


def _first_above(lines: Sequence[ListedLine], length: int, least: int) -> ListedLine | None:
    """Return the first line of a document whose length is stated at an index; None if nothing stands above it."""
    over = list(above(lines, length, least, HEADLINE))
    return over[-1] if over else None


def _headline_above(lines: Sequence[ListedLine], length: int, least: int) -> ListedLine | None:
    """Return the headline right above a length or its byline, where the text of another document may stand above; or None."""
    over = list(above(lines, length, least, 2))
    return over[-1] if over and _is_byline(over[0]) else next(iter(over), None)


# the display with codes


def _begins_coded(lines: Sequence[ListedLine], index: int, end: int) -> bool:
    """Return whether a document begins at a line: it has the code of the headline, and the code of the length follows soon."""
    if _code_of(lines[index]) != "HD":
        return False
    below = text_lines(lines, index + 1, min(end, index + 4 * HEADER))[:HEADER]
    return any(_code_of(line) == "WC" for line in below)


def _is_section(lines: Sequence[ListedLine], index: int, least: int) -> bool:
    return index - 1 >= least and _code_of(lines[index - 1]) == "SE"


def _code_of(line: ListedLine) -> str:
    """Return the code that a line begins with; empty if it has none."""
    found = _CODE.fullmatch(line.text)
    return found[1] if found is not None and found[1] in codes() else ""


def _coded_fields(lines: Sequence[ListedLine], start: int, end: int) -> list[_Coded]:
    """Return the fields of a document: codes follow each other in order, and those below the text are looked for from the end."""
    begins: list[tuple[str, int]] = []
    for index in range(start, end):
        code = _code_of(lines[index])
        if code and code not in codes_of("tail") and (not begins or codes()[code] > codes()[begins[-1][0]]):
            begins.append((code, index))
    begins += _tail_codes(lines, begins[-1][1] + 1 if begins else start, end)
    stops = [index for _, index in begins[1:]] + [end]
    return [_Coded(code=code, start=index, end=stop) for (code, index), stop in zip(begins, stops, strict=True)]


def _tail_codes(lines: Sequence[ListedLine], start: int, end: int) -> list[tuple[str, int]]:
    """
    Return the codes below the text, each close to the next one, so that lines of the text that look like codes are left
    out.
    """
    found: list[tuple[str, int]] = []
    between = 0
    for index in range(end - 1, start - 1, -1):
        line = lines[index]
        if not line.text:
            continue
        code = _code_of(line)
        if code in codes_of("tail") and (not found or codes()[code] < codes()[found[-1][0]]):
            found.append((code, index))
            between = 0
        elif between >= MAX_VALUE:
            break
        else:
            between += 1
    return found[::-1]


def _of_code(lines: Sequence[ListedLine], coded: _Coded) -> Iterator[ListedField]:
    """Yield what the lines of a field state: the first line with a value does, the others belong to it."""
    name = code_fields().get(coded.code, "")
    is_open = True
    for line in text_lines(lines, coded.start, coded.end):
        value = line.text
        if line.number == coded.start:
            found = _CODE.fullmatch(line.text)
            value = (found[2] or "") if found is not None else ""
        if value and is_open:
            yield read_field(name, coded.code, line, value, _languages())
            is_open = False
        else:
            yield other(line, coded.code)


def _coded_document(number: int, lines: Sequence[ListedLine], start: int, end: int, *, is_ended: bool) -> ListedDocument:
    fields: list[ListedField] = []
    headline: list[ListedLine] = []
    inline: list[ListedLine] = []
    words = None
    for coded in _coded_fields(lines, start, end):
        own = text_lines(lines, coded.start, coded.end)
        if coded.code == "HD" or coded.code in codes_of("text"):
            is_bare = own[0].text == coded.code
            fields += [other(own[0], coded.code)] if is_bare else []
            inline += [] if is_bare else own[:1]
            headline = own[is_bare:] if coded.code == "HD" else headline
        else:
            fields += _of_code(lines, coded)
        if coded.code == "WC":
            counts = (factiva().word_count(field.value) for field in fields if field.label == "WC")
            words = next((count[0] for count in counts if count), None)
    return ListedDocument(
        number=number,
        lines=lines[start:end],
        headline=headline,
        fields=sorted(fields, key=lambda field: field.line.number),
        codes=inline,
        id=_document_id(lines[end - 1]) or None,
        words=words,
        is_ended=is_ended,
    )


# the display without codes


def _document(number: int, lines: Sequence[ListedLine], start: int, end: int, *, is_ended: bool) -> ListedDocument:
    if _code_of(lines[start]) in ("HD", "SE"):
        return _coded_document(number, lines, start, end, is_ended=is_ended)
    length = next(index for index in range(start, end) if lines[index].text and _length_and_day(lines, index))
    words, language = factiva().word_count(lines[length].text) or (0, "")
    over = text_lines(lines, start, length)
    byline = [over[-1]] if len(over) > 1 and _is_byline(over[-1]) else []
    above_byline = over[: len(over) - len(byline)]
    headline = sorted(above_byline, key=lambda line: -len(line.text))[:1]
    sections = [line for line in above_byline if line.number < headline[0].number] if headline else []
    fields = [read_field("section", "section", line, line.text) for line in sections]
    fields += [read_field("author", "byline", line, line.text) for line in byline]
    fields += [other(lines[length], "length"), *_below_length(lines, length, end, language)]
    if document := _document_id(lines[end - 1]):
        fields.append(other(lines[end - 1], "document"))
    return ListedDocument(
        number=number,
        lines=lines[start:end],
        headline=headline,
        fields=fields,
        id=document or None,
        words=words,
        is_ended=is_ended,
    )


def _below_length(lines: Sequence[ListedLine], length: int, end: int, language: str) -> Iterator[ListedField]:
    """Yield what the lines from the date to the language or the rights state; without these, to the code of the source."""
    head = list(islice((line for line in lines[length + 1 : end] if line.text), HEADER))
    if not head:
        return
    yield read_field("published", "date", head[0], head[0].text, _languages(language))
    rest = head[1:]
    coded = [place for place, line in enumerate(rest[:4]) if _SOURCE_CODE.fullmatch(line.text)]
    stop = _end_of_closing(rest) or (coded[0] + 1 if coded else 1)
    has_source = False
    for line in rest[:stop]:
        if language_of(line.text) and len(line.text.split()) == 1 and has_source:
            yield read_field("language", "language", line, line.text)
        elif not has_source and not _TIME.fullmatch(line.text):
            has_source = True
            yield read_field("site", "source", line, line.text)
        else:
            yield other(line, "")


def _end_of_closing(head: Sequence[ListedLine]) -> int:
    """
    Return the place after the language and the rights that end a header; 0 if they do not.

    They follow each other below short lines: what a text quotes further down, or says of its own rights, ends no header.
    """
    end = 0
    for place, line in enumerate(head):
        if _closes_header(line):
            end = place + 1
        elif end or len(line.text) > MAX_LINE:
            break
    return end


def _closes_header(line: ListedLine) -> bool:
    """Return whether a line is one of the last of a header: the language, or the rights."""
    is_language = bool(language_of(line.text)) and len(line.text.split()) == 1
    return is_language or line.folded.startswith(factiva().lines("rights"))


def _length_and_day(lines: Sequence[ListedLine], index: int) -> bool:
    """Return whether a line states a number of words, and the next line with text a date."""
    length = factiva().word_count(lines[index].text) if len(lines[index].text) < 40 else None
    if length is None:
        return False
    below = next((line for line in lines[index + 1 : index + 4] if line.text), None)
    return below is not None and is_dated(below.text, _languages(length[1]))


def _is_byline(line: ListedLine) -> bool:
    """Return whether a line names the authors: with a word before the names, or nothing but people."""
    first = line.folded.partition(" ")[0]
    if first in factiva().lines("by"):
        return True
    found = parse_byline(line.text) if len(line.text) < 80 else None
    return found is not None and bool(found.people)


@cache
def _languages(first: str = "") -> tuple[str, ...]:
    """Return the languages in which dates may be written, one of them first."""
    return tuple(filter(None, (first, *(interface.code for interface in factiva().every))))
