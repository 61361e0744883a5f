"""
Read tables of separated values (CSV and TSV) strictly: a row that does not fit is a failure, and an open quote affects only its
own row.

The standard library's `csv` has one process-wide limit of a field, and takes an open quote for a field as long as the rest of the
file; so rows are split here.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

import attrs

from newsnorm.corpus.sources.compression.parts import CHUNK
from newsnorm.corpus.sources.fields import BadRecordError, record_of
from newsnorm.corpus.sources.formats.json_objects import BOM
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.record import SourceFile, SourceRecord, failure
from newsnorm.corpus.sources.stream import ByteCounter, SourceStream
from newsnorm.notes import note
from newsnorm.records.accounts import Failure, FailureCode

MAX_COLUMNS = 10_000
"""Most columns of a table."""

MAX_OPEN = 20
"""Multiple of the file's size that may be read again after open quotes, before the rest is abandoned."""

MAX_PARAGRAPHS = 200
"""Most lines after an open quote that may be its paragraphs although they look like rows."""

SOME_ROWS = 3
"""Number of rows with quoted texts after which texts are expected to be quoted."""

DELIMITERS = (b",", b";", b"\t", b"|")
MISSING = frozenset((b"", b"nan", b"NaN", b"NaT", b"null", b"NULL", b"None", b"<NA>"))
"""What programs write for a missing value."""

_QUOTED = re.compile(rb'[^"]*+(?:""[^"]*+)*+"')
"""The rest of a quoted field, including its closing quote."""

_SEP_LINE = re.compile(rb"sep=(.)\s*")
_QUOTED_TEXT = re.compile(rb'"[^"]*"')


@attrs.frozen
class _Row:
    """A row: its fields, or what is wrong with it."""

    line: int
    """The line on which it begins, from 1."""
    lines: tuple[bytes, ...]
    fields: tuple[bytes, ...] = ()
    quoted: frozenset[int] = frozenset()
    """Indices of the quoted fields."""
    doubt: str = ""


def read(stream: SourceStream, file: SourceFile, options: ReadOptions, counter: ByteCounter) -> Iterator[SourceRecord | Failure]:
    """Read one record per row; the first row names the columns, and the place of a row is its first line."""
    lines = _Lines(stream, options.limits.record)
    is_tsv = (options.format or file.ending) in ("tsv", ".tsv")
    first, delimiter = _start(lines, b"\t" if is_tsv else None)
    if first is None:
        return
    header = _take_row(lines, delimiter)
    problem = _problem_of_header(header, options)
    if problem is not None:
        yield failure(file.name, header.line, *problem, b"".join(header.lines))
        return
    names = tuple(name.strip().decode("utf-8", "replace") for name in header.fields)
    yield from _rows(lines, delimiter, names, file, options)
    if (fault := stream.take_fault()) is not None:
        yield failure(file.name, lines.number + 1, fault.code, fault.message)


def _start(lines: _Lines, delimiter: bytes | None) -> tuple[bytes | None, bytes]:
    """Return the line of the header, which is not used, or None if there is none; and the delimiter that it shows."""
    first = lines.peek()
    if first is not None and (found := _SEP_LINE.fullmatch(first)) is not None:
        lines.take()
        return lines.peek(), found[1]
    if delimiter is None:
        plain = _QUOTED_TEXT.sub(b"", first or b"")
        delimiter = max(DELIMITERS, key=plain.count)
    return first, delimiter


def _problem_of_header(header: _Row, options: ReadOptions) -> tuple[FailureCode, str] | None:
    """Return the code and the message if the first row can't name the columns."""
    names = [name.strip() for name in header.fields]
    if header.doubt:
        return "bad-header", f"the names of the columns can't be read: {header.doubt}"
    if twice := next((name for name in names if name and names.count(name) > 1), None):
        return "bad-header", f"two columns are named {twice.decode('utf-8', 'replace')!r}"
    text = options.fields.get("text", "text")
    if text.encode() not in names:
        shown = ", ".join(name.decode("utf-8", "replace") for name in names[:8])
        return "no-text", f"no column {text!r}; name it with --field text=NAME; the columns are: {shown}"
    return None


def _rows(
    lines: _Lines, delimiter: bytes, names: tuple[str, ...], file: SourceFile, options: ReadOptions
) -> Iterator[SourceRecord | Failure]:
    """Read the rows below the header."""
    shape = _Shape(columns=len(names), text=names.index(options.fields.get("text", "text")))
    while lines.peek() is not None:
        row = _take_row(lines, delimiter)
        if row.doubt and not lines.is_cut:
            lost = [*row.lines[:1], *_resynchronise(lines, row, delimiter, shape)]
            yield failure(file.name, row.line, "bad-row", row.doubt, b"".join(lost))
            if lines.is_hopeless:
                yield failure(file.name, lines.number + 1, "damaged", "too many open quotes; the rest is not read")
                return
        elif row.doubt or lines.is_cut_in(row):
            lines.clear()
        else:
            shape = shape.seen(row)
            yield from _record(row, names, file, options, is_ended=lines.is_ended(row))


def _record(
    row: _Row, names: tuple[str, ...], file: SourceFile, options: ReadOptions, *, is_ended: bool
) -> Iterator[SourceRecord | Failure]:
    """Make the record of a row with the right number of fields."""
    fields = row.fields
    if not any(fields):
        return
    if len(fields) > len(names) and not any(fields[len(names) :]):
        fields = fields[: len(names)]
    data = b"".join(row.lines)
    if len(fields) != len(names):
        problem = f"the row has {len(fields):,} fields, the header {len(names):,}"
        yield failure(file.name, row.line, "bad-row" if is_ended else "cut", problem, data)
        return
    text = options.fields.get("text", "text")
    value = {name: _cell(field, is_text=name == text) for name, field in zip(names, fields, strict=True)}
    try:
        record = record_of(value, file, row.line, options)
    except BadRecordError as error:
        yield failure(file.name, row.line, error.code, str(error), data)
        return
    yield record if is_ended else attrs.evolve(record, notes=(*record.notes, note("source-unended")))


def _cell(field: bytes, *, is_text: bool) -> str | bytes | None:
    """
    Return the value of a field; a text that is not UTF-8 is returned as bytes, so that its encoding is guessed from the whole
    text.
    """
    if not field or (not is_text and field in MISSING):
        return None
    try:
        return field.decode("utf-8")
    except UnicodeDecodeError:
        return field if is_text else field.decode("cp1252", "replace")


@attrs.frozen
class _Shape:
    """What the rows of a file look like."""

    columns: int
    text: int
    """Index of the column of texts."""
    rows: int = 0
    """Number of good rows before the first whose text is not quoted."""
    has_plain: bool = False
    """Whether there was a row whose text is not quoted."""

    def seen(self, row: _Row) -> _Shape:
        """Return the shape, updated by a good row."""
        if self.has_plain:
            return self
        return attrs.evolve(self, rows=self.rows + 1, has_plain=self.text not in row.quoted)

    @property
    def is_quoting(self) -> bool:
        """Whether the program that wrote the file seems to quote every text."""
        return self.rows >= SOME_ROWS and not self.has_plain

    def is_believed(self, row: _Row) -> bool:
        """Return whether a row that follows a bad one is not a paragraph of it."""
        return self.has_plain or self.text in row.quoted


class _Lines:
    """The lines of a file, which can be given back."""

    def __init__(self, stream: SourceStream, limit: int) -> None:
        self._stream = stream
        self.limit = limit
        self._next: deque[bytes] = deque()
        self.number = 0
        """Number of lines taken."""
        self._size = self._returned = 0
        """Number of bytes read, and of bytes given back."""
        self.is_cut = False
        """Whether a fault of the stream ended the last line."""

    def peek(self) -> bytes | None:
        """Return the next line; None at the end."""
        if not self._next and (line := self._read()):
            self._next.append(line)
        return self._next[0] if self._next else None

    def take(self) -> bytes | None:
        """Take the next line; None at the end."""
        line = self.peek()
        if line is not None:
            self._next.popleft()
            self.number += 1
        return line

    def give_back(self, lines: tuple[bytes, ...]) -> None:
        """Give back the lines that were taken last."""
        self._next.extendleft(reversed(lines))
        self.number -= len(lines)
        self._returned += sum(map(len, lines))

    @property
    def is_hopeless(self) -> bool:
        """Whether so many lines were given back that the file is not a table, and reading it would take too long."""
        return self._returned > MAX_OPEN * (self._size + CHUNK)

    def clear(self) -> None:
        """Forget the lines that were given back."""
        self._next.clear()

    def is_ended(self, row: _Row) -> bool:
        """Return whether a row ends with a line break, so that it is complete."""
        return row.lines[-1].endswith(b"\n")

    def is_cut_in(self, row: _Row) -> bool:
        """Return whether a fault of the stream ended this row."""
        return self.is_cut and not row.lines[-1].endswith(b"\n")

    def _read(self) -> bytes:
        line = self._stream.readline(self.limit + 1)
        if not self.number:
            line = line.removeprefix(BOM)
        self._size += len(line)
        if line and not line.endswith(b"\n") and len(line) <= self.limit:
            self.is_cut = self._stream.fault is not None
        elif not line:
            self.is_cut = self.is_cut or self._stream.fault is not None
        return line


def _take_row(lines: _Lines, delimiter: bytes) -> _Row:
    """Take one row, over several lines if a quote is open."""
    start, taken, size = lines.number + 1, [], 0
    fields: list[bytes] = []
    quoted: set[int] = set()
    opened: list[bytes] | None = None
    while (line := lines.take()) is not None:
        taken.append(line)
        size += len(line)
        if size > lines.limit:
            return _Row(start, tuple(taken), doubt=f"over {lines.limit:,} bytes")
        if opened is not None and b'"' not in line:
            opened.append(line)
            continue
        opened, doubt = _split_line(line, delimiter, fields, quoted, opened)
        if doubt:
            plain = tuple(line.rstrip(b"\r\n").split(delimiter)) if delimiter == b"\t" and len(taken) == 1 else ()
            return _Row(start, tuple(taken), plain, doubt="" if plain else doubt)
        if opened is None:
            return _Row(start, tuple(taken), tuple(fields), frozenset(quoted))
    return _Row(start, tuple(taken), doubt="a quote is opened and not closed")


def _split_line(
    line: bytes, delimiter: bytes, fields: list[bytes], quoted: set[int], opened: list[bytes] | None
) -> tuple[list[bytes] | None, str]:
    """
    Split a line, and add its fields to those of the row.

    Args:
        line: the line, with its line break.
        delimiter: the byte between fields.
        fields: those of the row so far; whole ones are added.
        quoted: places of the quoted ones among them; more are added.
        opened: the pieces of the quoted field that the line goes on with, if any.

    Returns:
        The pieces of the field that is still open, if any; and what is wrong, if anything.

    """
    content = line.rstrip(b"\r\n")
    place = 0
    while True:
        if opened is None and content[place : place + 1] == b'"':
            opened, place = [], place + 1
        if opened is None:
            end = content.find(delimiter, place)
            fields.append(content[place : end if end >= 0 else len(content)])
        else:
            closed = _QUOTED.match(line, place)
            if closed is None:
                return [*opened, line[place:]], ""
            quoted.add(len(fields))
            fields.append(b"".join([*opened, line[place : closed.end() - 1]]).replace(b'""', b'"'))
            opened, end = None, closed.end()
            if end < len(content) and content[end : end + 1] != delimiter:
                return None, "a closing quote is followed by text"
            end = end if end < len(content) else -1
        if end < 0 or len(fields) > MAX_COLUMNS:
            return None, "" if end < 0 else f"over {MAX_COLUMNS:,} fields"
        place = end + 1


def _resynchronise(lines: _Lines, row: _Row, delimiter: bytes, shape: _Shape) -> list[bytes]:
    """
    Skip the lines after the first line of a bad row, up to the beginning of a good row; return the skipped lines.

    A paragraph may look like a row. So a row whose text is not quoted is believed only if such rows came before, or if no other
    row follows soon.
    """
    lines.give_back(row.lines[1:])
    skipped: list[bytes] = []
    candidate: int | None = None
    while lines.peek() is not None and not lines.is_hopeless:
        next_row = _take_row(lines, delimiter)
        lines.give_back(next_row.lines)
        fits = not next_row.doubt and len(next_row.fields) == shape.columns
        if fits and shape.is_believed(next_row):
            return skipped
        candidate = len(skipped) if fits and candidate is None else candidate
        if candidate is not None and len(skipped) - candidate >= MAX_PARAGRAPHS:
            break
        skipped.append(lines.take() or b"")
    if candidate is not None and not (shape.is_quoting and lines.peek() is None):
        lines.give_back(tuple(skipped[candidate:]))
        del skipped[candidate:]
    return skipped
