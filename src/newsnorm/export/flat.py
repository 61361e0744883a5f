"""
Flatten articles into rows of a table: one row per article, each value a single value or a list of texts.

Columns are named after keys of the JSON form; nested values have the name of their key, or of the outer and the inner key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias, cast

import attrs

from newsnorm.errors import InputError
from newsnorm.export.arrow import FLAG, REAL, TEXT, WHOLE, Shape
from newsnorm.records.schema import Json

Value: TypeAlias = "str | int | float | bool | list[str] | None"
Row: TypeAlias = Mapping[str, Json]


@attrs.frozen
class Column:
    """A column of flat tables."""

    name: str
    type: Shape
    value: Callable[[Row], Json]
    """Takes the value from the JSON form of an article."""


def _inner(*path: str) -> Callable[[Row], Json]:
    """Return the value at a path of keys; None if anything on the way is null."""

    def value(row: Row) -> Json:
        found: Json = dict(row)
        for key in path:
            found = found[key] if isinstance(found, dict) else None
        return found

    return value


def _each(key: str, inner: str) -> Callable[[Row], Json]:
    """Return one key of each item of a list."""
    return lambda row: [item[inner] for item in cast("Sequence[dict[str, Json]]", row[key])]


def _count(key: str) -> Callable[[Row], Json]:
    return lambda row: len(cast("Sequence[Json]", row[key]))


def _reasons(row: Row) -> Json:
    """Return the reasons for which lines were removed, each once."""
    reasons = cast("list[str]", _each("removals", "reason")(row))
    return cast("Json", sorted(set(reasons)))


_COLUMNS = (
    Column("id", TEXT, _inner("id")),
    Column("url", TEXT, _inner("url")),
    Column("canonical_url", TEXT, _inner("about", "canonical_url")),
    Column("site", TEXT, _inner("site")),
    Column("section", TEXT, _inner("about", "section")),
    Column("tags", [TEXT], _inner("about", "tags")),
    Column("title", TEXT, _inner("title")),
    Column("standfirst", TEXT, _inner("standfirst")),
    Column("description", TEXT, _inner("about", "description")),
    Column("authors", [TEXT], _each("authors", "name")),
    Column("people", [TEXT], _each("people", "name")),
    Column("agency", TEXT, _inner("agency")),
    Column("published", TEXT, _inner("published", "value")),
    Column("published_precision", TEXT, _inner("published", "precision")),
    Column("published_zone", TEXT, _inner("published", "zone")),
    Column("updated", TEXT, _inner("updated", "value")),
    Column("updated_precision", TEXT, _inner("updated", "precision")),
    Column("updated_zone", TEXT, _inner("updated", "zone")),
    Column("dateline", TEXT, _inner("dateline", "place")),
    Column("dateline_date", TEXT, _inner("dateline", "date")),
    Column("dateline_agency", TEXT, _inner("dateline", "agency")),
    Column("credits", [TEXT], _each("credits", "name")),
    Column("captions", [TEXT], _each("captions", "caption")),
    Column("image", TEXT, _inner("about", "image")),
    Column("images", [TEXT], _each("images", "url")),
    Column("corrections", [TEXT], _each("corrections", "text")),
    Column("language", TEXT, _inner("language", "code")),
    Column("language_confidence", REAL, _inner("language", "confidence")),
    Column("language_method", TEXT, _inner("language", "method")),
    Column("layout", TEXT, _inner("layout", "kind")),
    Column("truncated", FLAG, _inner("truncated")),
    Column("text", TEXT, _inner("text")),
    Column("text_length", WHOLE, _count("text")),
    Column("paragraphs", [TEXT], _inner("paragraphs")),
    Column("paragraph_count", WHOLE, _count("paragraphs")),
    Column("removal_count", WHOLE, _count("removals")),
    Column("removal_reasons", [TEXT], _reasons),
    Column("fix_count", WHOLE, _count("fixes")),
    Column("notes", [TEXT], _inner("notes")),
    Column("raw_sha256", TEXT, _inner("provenance", "raw_sha256")),
    Column("raw_length", WHOLE, _inner("provenance", "raw_length")),
    Column("encoding", TEXT, _inner("provenance", "encoding", "name")),
    Column("newsnorm", TEXT, _inner("provenance", "newsnorm")),
    Column("parser", TEXT, _inner("provenance", "parser")),
    Column("schema", TEXT, _inner("schema")),
)
COLUMNS: Mapping[str, Column] = {column.name: column for column in _COLUMNS}
"""Name of a column → the column."""

USUAL = ("id", "url", "site", "title", "authors", "agency", "published", "updated", "language", "layout", "text", "notes")
"""The default columns."""


def check_columns(names: Iterable[str]) -> tuple[str, ...]:
    """
    Check the names of columns, and return them.

    Raises:
        InputError: there is no such column, or one is named twice, or none is named.

    >>> check_columns(["id", "date"])
    Traceback (most recent call last):
    newsnorm.errors.InputError: column 'date' is not known; choose from id, url, canonical_url, ...

    """
    columns = tuple(names)
    if not columns:
        raise InputError(f"no column is named; choose from {', '.join(COLUMNS)}")
    for number, name in enumerate(columns):
        if name not in COLUMNS:
            raise InputError(f"column {name!r} is not known; choose from {', '.join(COLUMNS)}")
        if name in columns[:number]:
            raise InputError(f"column {name!r} is named twice")
    return columns


def shapes(columns: Iterable[str]) -> dict[str, Shape]:
    """
    Return the types of columns for `newsnorm.export.arrow.arrow_schema`.

    >>> shapes(["authors", "text_length"])
    {'authors': ['string'], 'text_length': 'int64'}

    """
    return {name: COLUMNS[name].type for name in columns}


def flat_row(article: Row, columns: Iterable[str] = USUAL) -> dict[str, Value]:
    """
    Return one row of a flat table.

    Args:
        article: the JSON form of an article.
        columns: names of `COLUMNS`.

    >>> import newsnorm
    >>> article = newsnorm.parse("Quay to close\\nBy Ana Pérez and Jane Miller\\n\\nIt closes on Monday, they said.", id="quay")
    >>> flat_row(newsnorm.to_dict(article), ["id", "authors", "published", "paragraph_count"])
    {'id': 'quay', 'authors': ['Ana Pérez', 'Jane Miller'], 'published': None, 'paragraph_count': 1}

    """
    return {name: cast("Value", COLUMNS[name].value(article)) for name in columns}
