"""
Find the documents of a listing of Nexis.

Nexis Uni and Lexis+ print headline, source, date, labelled fields, the line ``Body``, the text, more fields, and the line ``End
of Document``. The older LexisNexis prints ``1 of 2 DOCUMENTS`` above a document, then source, date, headline, labelled fields and
the text, without a line between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

import attrs

from newsnorm.corpus.sources.formats.listing.document import (
    SHARE_APART,
    WORDS_APART,
    BrokenDocument,
    ListedDocument,
    ListedField,
    count_words,
    fits_length,
)
from newsnorm.corpus.sources.formats.listing.fields import labelled_fields, other, read_field
from newsnorm.corpus.sources.formats.listing.labels import day_of, is_dated, nexis
from newsnorm.corpus.sources.formats.listing.lines import ListedLine, above, text_lines

HEADER = 24
"""Lines with text that a header may have."""

HEADLINE = 3
"""Lines with text of the longest headline."""

BELOW = frozenset({"about", "classification", "graphic", "language", "loaded", "notes", "tag"})
"""Our names of the fields below the text."""

ALONE = frozenset({"classification", "graphic", "notes"})
"""Those whose label may stand on a line of its own, with text below it."""

SHORT = 40
"""Code points of the longest line between documents."""

MAX_CAPTION, MAX_WRAPPED = 8, 6
"""Lines below a label that stands alone, and lines that one value may fill."""


@attrs.frozen(kw_only=True)
class _Piece:
    """Lines that hold one document, or several if an end is missing."""

    start: int
    end: int
    is_ended: bool


@attrs.frozen(kw_only=True)
class _Header:
    """What stands above the text of a document."""

    start: int
    """Index of its first line."""
    headline: Sequence[ListedLine]
    source: ListedLine | None
    date: ListedLine | None
    day: str
    """The date in ISO 8601."""
    body: int
    """Index of the first line of the text."""
    words: int | None
    fields: Sequence[ListedField]
    """Of the lines below the date."""


def is_listing(lines: Sequence[ListedLine]) -> bool:
    """Return whether lines are the beginning of a listing of Nexis."""
    if next(iter(_starts(lines)), -1) >= 0:
        return True
    return any(_length_above(lines, index, 0) is not None for index, line in enumerate(lines) if _is(line, "body"))


def documents(lines: Sequence[ListedLine]) -> Iterator[ListedDocument | BrokenDocument]:
    """Yield the documents of a listing in order, and what can't be read as one."""
    starts = _starts(lines)
    if starts and any(True for _ in _headers(lines, _Piece(start=0, end=starts[0], is_ended=False))):
        starts = []  # the number stands in the text of a document
    number = 0
    for piece in _numbered(lines, starts) if starts else _without_quoted_ends(lines, _ended(lines)):
        headers = list(_old_headers(lines, piece) if starts else _headers(lines, piece))
        for index, header in enumerate(headers):
            number += 1
            is_last = index + 1 == len(headers)
            end = piece.end if is_last else headers[index + 1].start
            yield _document(number, lines, header, end, is_ended=piece.is_ended and is_last)
        if not headers and (broken := _broken(number + 1, lines, piece)) is not None:
            number += 1
            yield broken


# where documents begin and end


def _starts(lines: Sequence[ListedLine]) -> list[int]:
    """
    Return the indices of the lines that number documents, from 1 on; documents may be left out.

    A line in a text that looks like one has another count, or a number that was there.
    """
    starts: list[int] = []
    last, count = 0, ""
    for index, line in enumerate(lines):
        found = _start_line().fullmatch(line.folded) if 0 < len(line.text) <= SHORT else None
        if found is None:
            continue
        number, of = (value for value in found.groups() if value is not None)
        if int(number) == 1 if not starts else last < int(number) <= int(of) and of == count:
            starts.append(index)
            last, count = int(number), of
    return starts


@cache
def _start_line() -> re.Pattern[str]:
    forms = (re.escape(form) for form in nexis().lines("start"))
    return re.compile("|".join(form.replace(r"\{number\}", r"(\d{1,6})").replace(r"\{count\}", r"(\d{1,6})") for form in forms))


def _numbered(lines: Sequence[ListedLine], starts: Sequence[int]) -> Iterator[_Piece]:
    """Yield the pieces from each numbering line up to the next; the last ends with fields below its text, or may be cut."""
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        is_last = end == len(lines)
        yield _Piece(start=start, end=end, is_ended=not is_last or _below_text(lines, start + 1, end) < end)


def _ended(lines: Sequence[ListedLine]) -> Iterator[_Piece]:
    """Yield the pieces up to each line that ends a document, and what follows the last one."""
    start = 0
    for index, line in enumerate(lines):
        if _is(line, "end"):
            yield _Piece(start=start, end=index + 1, is_ended=True)
            start = index + 1
    yield _Piece(start=start, end=len(lines), is_ended=_below_text(lines, start, len(lines)) < len(lines))


def _without_quoted_ends(lines: Sequence[ListedLine], pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Yield pieces; those are one that a line parts which ends no document, but is quoted in the text of one."""
    held: list[_Piece] = []
    for piece in pieces:
        headers = list(_headers(lines, piece))
        if held and not headers:
            held.append(piece)
            if _is_loaded(lines, piece.start, piece.end):
                yield from [_Piece(start=held[0].start, end=piece.end, is_ended=True)] if _is_one(lines, held) else held
                held = []
            continue
        yield from held
        held = [piece] if headers and not _is_loaded(lines, headers[-1].body, piece.end) else []
        if not held:
            yield piece
    yield from held


def _is_loaded(lines: Sequence[ListedLine], start: int, end: int) -> bool:
    """Return whether the fields below a text have the day on which the database took it up, as those of whole documents do."""
    below = (nexis().labelled(line.text) for line in lines[_below_text(lines, start, end) : end] if line.text)
    return any(labelled is not None and labelled.name == "loaded" for labelled in below)


def _is_one(lines: Sequence[ListedLine], pieces: Sequence[_Piece]) -> bool:
    """
    Return whether pieces are one document: the first has its header, and the last its day of loading.

    The stated length must agree with all of them, and must not agree with the first alone.
    """
    header = list(_headers(lines, pieces[0]))[-1]
    rest = text_lines(lines, pieces[1].start, pieces[-1].end)
    if not header.words or any(_is_cover(line) or _is_missing(line) for line in rest):
        return False
    first, whole = (_below_text(lines, header.body, piece.end, header.words) for piece in (pieces[0], pieces[-1]))
    words = count_words(lines[header.body : first]), count_words(lines[header.body : whole])
    return not fits_length(words[0], header.words) and fits_length(words[1], header.words)


def _is(line: ListedLine, kind: str) -> bool:
    """Return whether a line is of a kind, and nothing else."""
    return 0 < len(line.text) <= SHORT and line.folded in nexis().lines(kind)


# headers


def _headers(lines: Sequence[ListedLine], piece: _Piece) -> Iterator[_Header]:
    """Yield the headers that end with the line above a text."""
    below = piece.start
    for index in range(piece.start, piece.end):
        if _is(lines[index], "body") and (length := _length_above(lines, index, below)) is not None:
            yield _header(lines, below, index, length, is_first=below == piece.start)
            below = index + 1


def _length_above(lines: Sequence[ListedLine], index: int, least: int) -> tuple[int, str] | None:
    """Return the number of words, and the language of the interface, that a field above a line states."""
    for line in above(lines, index, least, HEADER):
        labelled = nexis().labelled(line.text)
        if labelled is not None and labelled.name == "length" and (length := nexis().word_count(labelled.value)):
            return length
    return None


def _header(lines: Sequence[ListedLine], least: int, body: int, length: tuple[int, str], *, is_first: bool) -> _Header:
    """Read the header above the line `body`, whose lines begin at the index `least` or later."""
    over = [line for line in above(lines, body, least, HEADER) if not _is_field(line)]
    date, day = _date_among(over, length[1])
    if date is None:
        names, source = over[-1:], None
    else:
        names = text_lines(lines, least, date.number)
        source = names.pop() if len(names) > 1 else None
    headline = _headline(names, is_first=is_first)
    begin = next((line.number for line in (*headline, date) if line is not None), least)
    named = {line.number for line in (*headline, source, date) if line is not None}
    rest = [line for line in lines[begin:body] if line.number not in named]
    return _Header(
        start=begin,
        headline=headline,
        source=source,
        date=date,
        day=day,
        body=body + 1,
        words=length[0],
        fields=[*labelled_fields(rest, nexis()), other(lines[body], lines[body].text)],
    )


def _headline(lines: Sequence[ListedLine], *, is_first: bool) -> Sequence[ListedLine]:
    """Return the lines of a headline among those above the source: all, unless another document or a cover is there, too."""
    is_whole = is_first and len(lines) <= HEADLINE and not any(map(_is_cover, lines))
    return lines if is_whole else lines[-1:]


def _date_among(lines: Sequence[ListedLine], language: str) -> tuple[ListedLine | None, str]:
    """Return the first line that is a date, and the date; else the first that stands for one, and nothing."""
    languages = (language, *(interface.code for interface in nexis().every))
    dated = next(((line, day) for line in lines if (day := day_of(line.text, languages))), None)
    return dated or (next((line for line in lines if is_dated(line.text, languages)), None), "")


def _is_field(line: ListedLine) -> bool:
    return nexis().labelled(line.text) is not None or line.folded.startswith(nexis().lines("rights"))


def _is_cover(line: ListedLine) -> bool:
    """Return whether a line is one of the cover page, which says what was searched."""
    return line.folded.partition(":")[0] in nexis().lines("cover")


def _is_missing(line: ListedLine) -> bool:
    """Return whether a line says that a document could not be delivered."""
    return line.folded.startswith(nexis().lines("missing"))


def _old_headers(lines: Sequence[ListedLine], piece: _Piece) -> Iterator[_Header]:
    """Yield the header of a numbered document, if it has one: it ends with the last field before the text."""
    head = list(islice((line for line in lines[piece.start + 1 : piece.end] if line.text), HEADER))
    labels = [(line, labelled) for line in head if (labelled := nexis().labelled(line.text)) and labelled.name not in BELOW]
    lengths = [length for _, label in labels if label.name == "length" and (length := nexis().word_count(label.value))]
    if lengths:
        yield _old_header(lines, piece, labels[0][0].number, lengths[0])


def _old_header(lines: Sequence[ListedLine], piece: _Piece, first: int, length: tuple[int, str]) -> _Header:
    """Read the header of a numbered document, whose first field is at the index `first`."""
    over = text_lines(lines, piece.start + 1, first)
    date, day = _date_among(over, length[1])
    source = over[0] if over and over[0] is not date else None
    begin = next((line.number + 1 for line in (date, source) if line is not None), first)
    headline = _old_headline(lines, begin, first)
    named = {line.number for line in (*headline, source, date) if line is not None}
    top = headline[0].number if headline else first
    body = _end_of_fields(lines, first, piece.end)
    return _Header(
        start=piece.start,
        headline=headline,
        source=source,
        date=date,
        day=day,
        body=body,
        words=length[0],
        fields=[
            other(lines[piece.start], "document"),
            *(other(line, "") for line in over if line.number not in named and line.number < top),
            *labelled_fields(lines[first:body], nexis()),
        ],
    )


def _old_headline(lines: Sequence[ListedLine], start: int, end: int) -> list[ListedLine]:
    """Return the lines of the first paragraph below the date; an edition may stand right below the date."""
    if all(line.text for line in lines[start:end]):
        return list(lines[start:end])[-1:]
    while start < end and lines[start].text:
        start += 1
    headline: list[ListedLine] = []
    for line in lines[start:end]:
        if line.text:
            headline.append(line)
        elif headline:
            break
    return headline


def _end_of_fields(lines: Sequence[ListedLine], start: int, end: int) -> int:
    """Return the index after the last of the fields that follow each other from `start` on, each with the lines of its value."""
    own = list(islice((line.number for line in lines[start:end] if line.text), HEADER))
    wraps = len(own) > 1 and own[-1] - own[0] >= len(own)  # blank lines stand between
    last = start
    index = start
    while index < end:
        line = lines[index]
        labelled = nexis().labelled(line.text) if line.text else None
        if labelled is not None and labelled.name not in BELOW:
            index += 1
            while wraps and index < min(end, line.number + MAX_WRAPPED) and _goes_on(lines[index]):
                index += 1
            last = index
        elif line.text:
            break
        else:
            index += 1
    return last


def _goes_on(line: ListedLine) -> bool:
    """Return whether a line may go on with the value above it."""
    return bool(line.text) and nexis().labelled(line.text) is None


# below the text


def _below_text(lines: Sequence[ListedLine], start: int, end: int, stated: int | None = None) -> int:
    """Return the index of the first field below a text of as many words as `stated`; `end` if there is none."""
    first, between = end, 0
    words = longest = count_words(lines[start:end])
    for index in range(end - 1, start - 1, -1):
        line = lines[index]
        if not line.text:
            continue
        words -= count_words([line])
        if between == 0 and (_is(line, "end") or line.folded.startswith(nexis().lines("rights"))):
            first, longest = index, words
            continue
        labelled = nexis().labelled(line.text)
        is_label = labelled is not None and labelled.name in BELOW
        if is_label and (between == 0 or _reaches(lines, _Doubt(index, first, between, words, longest), stated)):
            first, between, longest = index, 0, words
        elif between < MAX_CAPTION:
            between += 1
        else:
            break
    return first


@attrs.frozen
class _Doubt:
    """A label with lines below it that are its value, or text."""

    index: int
    below: int
    """Index of the first field below these lines."""
    between: int
    """How many lines with text there are."""
    shorter: int
    """Words of the text if they are the value."""
    longer: int
    """Words of the text if they belong to it."""


def _reaches(lines: Sequence[ListedLine], doubt: _Doubt, stated: int | None) -> bool:
    """Return whether the lines below a label are its value: the stated length must agree, and prove it, or else another label."""
    is_alone = _is_heading(lines[doubt.index])
    below = lines[doubt.index : doubt.index + doubt.between + 1]
    is_wrapped = doubt.between <= MAX_WRAPPED and all(line.text for line in below) and doubt.below < len(lines)
    if not is_alone and not is_wrapped:
        return False
    if stated and abs(doubt.shorter - stated) >= abs(doubt.longer - stated):
        return False
    if stated and doubt.longer - doubt.shorter > min(WORDS_APART, SHARE_APART * stated):
        return fits_length(doubt.shorter, stated)
    if is_alone:
        return doubt.below < len(lines) and _is_heading(lines[doubt.below])
    return not lines[doubt.index - 1].text


def _is_heading(line: ListedLine) -> bool:
    """Return whether a line is the label of fields below the text, with its value below it."""
    labelled = nexis().labelled(line.text)
    return labelled is not None and labelled.name in ALONE and not labelled.value


def _document(number: int, lines: Sequence[ListedLine], header: _Header, end: int, *, is_ended: bool) -> ListedDocument:
    below = _below_text(lines, header.body, end, header.words)
    fields = [*header.fields, *labelled_fields(lines[below:end], nexis())]
    if header.source is not None:
        fields.append(read_field("site", "source", header.source, header.source.text))
    if header.date is not None:
        fields.append(attrs.evolve(read_field("published", "date", header.date, header.date.text), meaning=header.day))
    return ListedDocument(
        number=number,
        lines=lines[header.start : end],
        headline=header.headline,
        fields=sorted(fields, key=lambda field: field.line.number),
        words=header.words,
        is_ended=is_ended or below < end,
    )


def _broken(number: int, lines: Sequence[ListedLine], piece: _Piece) -> BrokenDocument | None:
    """Say why a piece is no document; None if it is empty, or a cover page."""
    own = text_lines(lines, piece.start, piece.end)
    text = [line for line in own if not _is(line, "end")]
    if not text or (not piece.is_ended and any(map(_is_cover, text))):
        return None
    if any(map(_is_missing, text)):
        return BrokenDocument(number=number, lines=own, code="no-text", message="the database could not deliver this document")
    return BrokenDocument(
        number=number, lines=own, code="damaged", message="no header of a document of Nexis: its length is not stated"
    )
