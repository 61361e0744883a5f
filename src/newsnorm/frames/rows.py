"""Read rows of a frame as records: the text and what is known of it, or what is wrong with the row."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs

from newsnorm.corpus.sources.fields import record_of
from newsnorm.corpus.sources.options import NO_OPTIONS
from newsnorm.corpus.sources.record import SourceFile, SourceRecord, failure
from newsnorm.frames.library import Adapter, Name, column
from newsnorm.records.accounts import Failure

FRAME = SourceFile(path=Path("frame"), name="frame")
"""The source of all rows, in failures."""


@attrs.frozen
class Row:
    """A row of a frame."""

    id: str
    """What the column of ids says, else its number from 0."""
    record: SourceRecord | Failure
    """What it holds, or why it is no record."""


def read_rows(frame: Adapter, fields: Mapping[str, Name]) -> list[Row]:
    """
    Read the rows of a frame.

    Args:
        frame: the frame.
        fields: our field → the name of its column; the text has one.

    Raises:
        InputError: the frame lacks a column, or has it twice.

    """
    columns = [column(frame, name) for name in fields.values()]
    rows = (dict(zip(fields, values, strict=True)) for values in zip(*columns, strict=True))
    return [_row(number, values, fields["text"]) for number, values in enumerate(rows)]


def _row(number: int, values: Mapping[str, object], column: Name) -> Row:
    text = values["text"]
    known = record_of({**values, "text": text if isinstance(text, (str, bytes)) else ""}, FRAME, number, NO_OPTIONS)
    name = str(number) if known.id == f"{FRAME.name}:{number}" else known.id
    if text is None:
        return Row(name, failure(FRAME.name, number, "no-text", f"no text in column {column!r}"))
    if not isinstance(text, (str, bytes)):
        return Row(name, failure(FRAME.name, number, "bad-field", f"column {column!r} holds a {type(text).__name__}, not a text"))
    return Row(name, attrs.evolve(known, metadata=attrs.evolve(known.metadata, id=name)))
