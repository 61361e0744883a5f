"""Read rows of a frame as records: the text and its metadata, or what is wrong with the row."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from newsnorm.corpus.sources.fields import record_of
from newsnorm.corpus.sources.options import NO_OPTIONS
from newsnorm.corpus.sources.record import NOWHERE, SourceRecord, failure
from newsnorm.frames.library import Adapter, Name, column
from newsnorm.records.accounts import Failure


@attrs.frozen
class Row:
    """A row of a frame."""

    id: str | None
    """The value in the column of ids, None if missing; the number of the row, from 0, if there is no such column."""
    record: SourceRecord | Failure
    """The record, or why there is none."""


def read_rows(frame: Adapter, fields: Mapping[str, Name]) -> list[Row]:
    """
    Read the rows of a frame.

    Args:
        frame: the frame.
        fields: our field → the name of its column; ``text`` is required. Without a column of ids, rows are named by their
        numbers.

    Raises:
        InputError: the frame lacks a column, or has it twice.

    """
    columns = [column(frame, name) for name in fields.values()]
    rows = (dict(zip(fields, values, strict=True)) for values in zip(*columns, strict=True))
    return [_row(number, {"id": number, **values}, fields["text"]) for number, values in enumerate(rows)]


def _row(number: int, values: Mapping[str, object], column: Name) -> Row:
    text = values["text"]
    known = record_of({**values, "text": text if isinstance(text, (str, bytes)) else ""}, NOWHERE, None, NO_OPTIONS)
    name = known.metadata.id or None
    if isinstance(text, (str, bytes)):
        return Row(name, known)
    if text is None:
        return Row(name, failure(known.source, number, "no-text", f"no text in column {column!r}"))
    return Row(name, failure(known.source, number, "bad-field", f"column {column!r} holds a {type(text).__name__}, not a text"))
