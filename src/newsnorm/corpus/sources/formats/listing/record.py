"""Make the record of a listing's document: its stretch of the text, its fields, and doubts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from newsnorm.corpus.sources.fields import complete
from newsnorm.corpus.sources.formats.listing.document import BrokenDocument, ListedDocument, count_words, fits_length
from newsnorm.corpus.sources.formats.listing.lines import ListedLine
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.record import SourceFile, SourceRecord, failure
from newsnorm.notes import note
from newsnorm.read.media_type import TEXT
from newsnorm.records import Metadata, Span
from newsnorm.records.accounts import Failure, FailureCode
from newsnorm.records.page import StatedField

WRAPPED, FULL = 90, 0.6
"""Code points of the longest line of a wrapped text, and how much of it a line fills that goes on below."""


def record_of(
    document: ListedDocument, text: str, file: SourceFile, options: ReadOptions, notes: Sequence[str]
) -> SourceRecord | Failure:
    """
    Return the record of a document; a failure if it has no text, or the listing ends within it.

    Args:
        document: the document.
        text: the text of the listing.
        file: the listing.
        options: what the user states about the files.
        notes: doubts from decoding the listing.

    """
    body = document.body
    if not document.is_ended:
        return _failed(file, document.number, document.lines, "cut", "the listing ends within the document")
    if not body:
        return _failed(file, document.number, document.lines, "no-text", "the document has no text")
    first = document.lines[0].span.start
    stated = [
        StatedField(
            field=field.field,
            name=field.label,
            value=field.meaning or field.value,
            line=_moved(field.line.span, first),
            span=_moved(field.line.part(field.value), first),
        )
        for field in document.fields
    ]
    stated += [_code(line, first) for line in document.codes]
    site = next((field.value for field in document.fields if field.field == "site"), None)
    known = Metadata(
        id=document.id,
        title=_title(document),
        site=site,
        media_type=TEXT,
    )
    return SourceRecord(
        source=file.name,
        place=_place(document.number, document.lines),
        raw=_raw(document, text, first, body),
        metadata=complete(known, f"{file.name}:{document.number}", file, options),
        notes=(*notes, *_doubts(document, body)),
        stated=tuple(sorted(stated, key=lambda field: field.line.start)),
    )


def _raw(document: ListedDocument, text: str, first: int, body: Sequence[ListedLine]) -> str:
    """
    Return the text of a document with every character in its place, except for white space.

    A code before a text gets a line of its own, the lines of a headline and those that a database wrapped are joined, and tabs
    are blanks.
    """
    raw = list(text[first : document.lines[-1].span.end].replace("\t", " "))
    for line in document.codes:
        raw[line.start + len(_code_of(line)) - first] = "\n"
    for line, below in (*_pairs(document.headline), *_wrapped(body)):
        start, end = line.span.end - first, below.span.start - first
        raw[start:end] = " " * (end - start)
    return "".join(raw)


def _pairs(lines: Sequence[ListedLine]) -> Iterator[tuple[ListedLine, ListedLine]]:
    """Yield each line with the one below it, if no blank line stands between them."""
    return ((line, below) for line, below in pairwise(lines) if below.number == line.number + 1)


def _wrapped(body: Sequence[ListedLine]) -> Iterator[tuple[ListedLine, ListedLine]]:
    """Yield each line that a database wrapped, with the one below it; none if a line is too long to be wrapped."""
    longest = max(len(line.text) for line in body)
    if longest <= WRAPPED:
        yield from ((line, below) for line, below in _pairs(body) if len(line.text) >= FULL * longest)


def _title(document: ListedDocument) -> str | None:
    """Return the headline on one line, without a code before it."""
    texts = (line.text.split(maxsplit=1)[1] if line in document.codes else line.text for line in document.headline)
    return " ".join(" ".join(texts).split()) or None


def _code_of(line: ListedLine) -> str:
    return line.text.split(maxsplit=1)[0]


def _code(line: ListedLine, first: int) -> StatedField:
    """Return the code that a line of the text begins with."""
    code = _code_of(line)
    span = Span(line.span.start - first, line.start + len(code) - first)
    return StatedField(field="other", name=code, value=code, line=span, span=span)


def failure_of(broken: BrokenDocument, file: SourceFile) -> Failure:
    """Return the failure for a piece of a listing that is not a document."""
    return _failed(file, broken.number, broken.lines, broken.code, broken.message)


def _failed(file: SourceFile, number: int, lines: Sequence[ListedLine], code: FailureCode, message: str) -> Failure:
    data = "\n".join(line.text for line in lines).encode("utf-8", "replace")
    return failure(file.name, _place(number, lines), code, message, data)


def _place(number: int, lines: Sequence[ListedLine]) -> str:
    """Return the place of a document: its number, and the number of its first line."""
    return f"{number}, line {lines[0].number + 1}"


def _moved(span: Span, by: int) -> Span:
    return Span(span.start - by, span.end - by)


def _doubts(document: ListedDocument, body: Sequence[ListedLine]) -> list[str]:
    """Return a note if the text is not as long as the database says."""
    found = count_words(body)
    if document.words is None or fits_length(found, document.words):
        return []
    return [note("source-length", stated=f"{document.words:,}", found=f"{found:,}")]
