"""Find the fields of a record by name or by path, in any format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.record import SourceFile, SourceRecord
from newsnorm.notes import note
from newsnorm.records import Metadata
from newsnorm.records.accounts import FailureCode
from newsnorm.records.schema import SCHEMA

METADATA = ("id", "url", "title", "site", "fetched", "media_type", "encoding", "language")
"""The fields besides the text."""

FIELDS = ("id", "text", *METADATA[1:])
"""The fields that are read; `ReadOptions.fields` may give each another name."""

MAX_NAMES = 8
"""Most field names that a message lists."""

MAX_ID = 10**100
"""Numbers from here on, including infinity, are not ids."""


_MAPPING = (dict, Mapping)
"""Any mapping; a dictionary is recognised in a tenth of the time that the abstract class takes."""


class BadRecordError(Exception):
    """A record can't be read; the message says why."""

    def __init__(self, code: FailureCode, message: str) -> None:
        super().__init__(message)
        self.code: FailureCode = code


def find(value: object, path: str) -> object:
    """
    Return the value of a field; None if there is none.

    Args:
        value: the record.
        path: the name of a field, or names and places in lists joined by full stops.

    >>> find({"content": [{"html": "<p>Rain.</p>"}], "a.b": 1}, "content.0.html"), find({"a.b": 1}, "a.b")
    ('<p>Rain.</p>', 1)

    """
    if isinstance(value, _MAPPING) and path in value:
        return value[path]
    name, dot, rest = path.partition(".")
    inner: object = None
    if isinstance(value, _MAPPING):
        inner = value.get(name)
    elif isinstance(value, Sequence) and not isinstance(value, (str, bytes)) and name.isascii() and name.isdecimal():
        inner = value[int(name)] if len(name) < 6 and int(name) < len(value) else None
    return find(inner, rest) if dot and inner is not None else None if dot else inner


def record_of(value: Mapping[str, object], file: SourceFile, place: int | str | None, options: ReadOptions) -> SourceRecord:
    """
    Make a record from its fields; an optional field of a wrong type is left out, with a note.

    Args:
        value: name of a field → its value.
        file: where it comes from.
        place: where in the file.
        options: what the user says of the files.

    Raises:
        BadRecordError: there is no text.

    """
    text = _text(value, options.fields.get("text", "text"))
    normalised = value.get("schema") == SCHEMA
    metadata, notes = read_metadata(value, options, quiet=normalised)
    if isinstance(text, str) and metadata.encoding is not None:
        notes = (*notes, note("encoding-unneeded", declared=metadata.encoding))
    return SourceRecord(
        source=file.name,
        place=place,
        raw=text,
        metadata=complete(metadata, default_id(file, place), file, options),
        normalised=normalised,
        notes=notes,
    )


def default_id(file: SourceFile, place: int | str | None) -> str:
    """Return the default id of a record: the name of its file without endings, or the name with the record's place."""
    return file.stem if place is None else f"{file.name}:{place}"


def complete(known: Metadata, id: str, file: SourceFile, options: ReadOptions) -> Metadata:
    """Fill in what a record does not state: its id, and what is known about the file or about all files."""
    return Metadata(
        id=known.id or id,
        url=known.url,
        title=known.title,
        site=known.site,
        fetched=known.fetched,
        media_type=known.media_type or file.media_type,
        encoding=known.encoding,
        language=known.language or options.language,
    )


def read_metadata(value: object, options: ReadOptions, *, quiet: bool = False) -> tuple[Metadata, tuple[str, ...]]:
    """Return the fields besides the text, and a note on each that can't be read; `quiet` leaves such notes out."""
    given: dict[str, str | None] = {}
    notes: list[str] = []
    for field in METADATA:
        name = options.fields.get(field, field)
        item = find(value, name)
        given[field] = _as_text(field, item)
        if given[field] is None and not _is_missing(item) and not quiet:
            notes.append(note("metadata-unreadable", field=field, kind=type(item).__name__))
    return Metadata(**given), tuple(notes)


def _text(value: Mapping[str, object], name: str) -> str | bytes:
    item = find(value, name)
    if item != "" and _is_missing(item):
        known = ", ".join(list(map(str, value))[:MAX_NAMES])
        raise BadRecordError("no-text", f"no text in {name!r}; name the field with --field text=NAME; the record has: {known}")
    if not isinstance(item, (str, bytes)):
        raise BadRecordError("bad-field", f"{name!r} is not a string")
    return item


def _is_missing(item: object) -> bool:
    """Return whether a value is missing: None, an empty text, or NaN, as data frames write it."""
    return item is None or item == "" or (isinstance(item, float) and item != item)


def _as_text(field: str, item: object) -> str | None:
    """Return a value as text; None if it can't be one. An id may be a number below `MAX_ID`, and a time a date."""
    if isinstance(item, str):
        return item or None
    if field == "id" and isinstance(item, (int, float)) and not isinstance(item, bool) and -MAX_ID < item < MAX_ID:
        return str(int(item)) if item == int(item) else str(item)
    if field == "fetched" and isinstance(item, (date, datetime)):
        return item.isoformat()
    return None
