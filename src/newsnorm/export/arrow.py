"""
Convert articles to Arrow, with one schema for all of them, and back to their JSON form.

``docs/schema/article-1.arrow.json`` has the schema. Every column, at any depth, may be null, as Parquet's readers expect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeAlias, cast

from newsnorm.errors import MissingExtraError
from newsnorm.records.schema import Json

if TYPE_CHECKING:
    import pyarrow as pa

Shape: TypeAlias = "str | list[Shape] | dict[str, Shape]"
"""The type of a column: the name of a type of Arrow, a list with one shape, or the fields of a struct, in order."""

TEXT, WHOLE, REAL, FLAG = "string", "int64", "double", "bool"

_PERSON: Shape = {"name": TEXT, "role": TEXT}
_DATE: Shape = {"value": TEXT, "precision": TEXT, "zone": TEXT}
_PLACE: dict[str, Shape] = {"start": WHOLE, "end": WHOLE}

FINDING_KEYS: Mapping[str, tuple[str, ...]] = {
    "byline": ("people", "agency"),
    "caption": ("caption", "credit", "agency"),
    "claim": ("kind", "value"),
    "correction": (),
    "credit": ("name", "kind", "agency"),
    "date": ("value", "precision", "role", "zone"),
    "dateline": ("place", "date", "agency"),
    "mark": ("reason", "truncates", "agency"),
    "standfirst": (),
    "title": (),
}
"""Type of a finding → its keys besides `COMMON_KEYS`; in Arrow, a finding has the keys of all types, some of them null."""

_COMMON: dict[str, Shape] = {
    "type": TEXT,
    **_PLACE,
    "line": WHOLE,
    "text": TEXT,
    "rule": TEXT,
    "takes_line": FLAG,
    "why": TEXT,
    "doubt": TEXT,
}
COMMON_KEYS = tuple(_COMMON)

ARTICLE: dict[str, Shape] = {
    "schema": TEXT,
    "id": TEXT,
    "url": TEXT,
    "title": TEXT,
    "standfirst": TEXT,
    "authors": [_PERSON],
    "people": [_PERSON],
    "agency": TEXT,
    "agency_evidence": [{"type": TEXT, "text": TEXT, "rule": TEXT}],
    "published": _DATE,
    "updated": _DATE,
    "dateline": {"place": TEXT, "date": TEXT, "agency": TEXT},
    "credits": [{"name": TEXT, "kind": TEXT, "agency": TEXT}],
    "captions": [{"caption": TEXT, "credit": TEXT, "agency": TEXT}],
    "images": [{"url": TEXT, "alt": TEXT, "caption": TEXT, "credit": TEXT, "agency": TEXT}],
    "corrections": [{"text": TEXT}],
    "site": TEXT,
    "about": {"canonical_url": TEXT, "section": TEXT, "tags": [TEXT], "description": TEXT, "image": TEXT},
    "language": {"code": TEXT, "confidence": REAL, "method": TEXT},
    "layout": {"kind": TEXT, "why": TEXT},
    "truncated": FLAG,
    "paragraphs": [TEXT],
    "paragraph_kinds": [{"paragraph": WHOLE, "name": TEXT, "level": WHOLE, "ordered": FLAG, "continues": FLAG}],
    "text": TEXT,
    "removals": [
        {
            "rule": TEXT,
            "reason": TEXT,
            "text": TEXT,
            **_PLACE,
            "line": WHOLE,
            "takes_line": FLAG,
            "why": TEXT,
            "doubt": TEXT,
            "truncates": FLAG,
            "agency": TEXT,
        }
    ],
    "fixes": [{**_PLACE, "before": TEXT, "after": TEXT, "steps": [TEXT]}],
    "notes": [TEXT],
    "findings": [
        {
            **_COMMON,
            "people": [_PERSON],
            "place": TEXT,
            "date": TEXT,
            "name": TEXT,
            "caption": TEXT,
            "credit": TEXT,
            "kind": TEXT,
            "reason": TEXT,
            "truncates": FLAG,
            "agency": TEXT,
            "value": TEXT,
            "precision": TEXT,
            "role": TEXT,
            "zone": TEXT,
        }
    ],
    "provenance": {
        "raw_sha256": TEXT,
        "raw_length": WHOLE,
        "encoding": {"name": TEXT, "reason": TEXT, "repaired": WHOLE},
        "newsnorm": TEXT,
        "parser": TEXT,
    },
    "ledger": [{**_PLACE, "fate": TEXT, "rule": TEXT}],
}
"""The columns of articles, keys in the order of the JSON form; ``ledger`` is null where it was not asked for."""


RELATIONS: Mapping[str, Shape] = {
    "left": TEXT,
    "right": TEXT,
    "kind": TEXT,
    "bridge": FLAG,
    "left_cover": REAL,
    "right_cover": REAL,
    "passages": [[WHOLE]],
}
"""The columns of relations, with the keys of ``relations.jsonl``."""

CLUSTERS: Mapping[str, Shape] = {"id": TEXT, "representative": TEXT, "members": [TEXT]}
"""The columns of clusters, with the keys of ``clusters.jsonl``."""


def is_installed() -> bool:
    """Return whether the extra ``arrow`` is installed; it is not imported."""
    return find_spec("pyarrow") is not None


def require_arrow(what: str = "Parquet files") -> None:
    """
    Check that the extra ``arrow`` is installed.

    Args:
        what: what needs it, for the message.

    Raises:
        MissingExtraError: it is not installed.

    """
    if not is_installed():
        raise MissingExtraError.of(what, "arrow")


def arrow_schema(columns: Mapping[str, Shape] = ARTICLE) -> pa.Schema:
    """
    Return the Arrow schema of these columns; by default of articles.

    >>> arrow_schema({"id": TEXT, "authors": [TEXT]}).names
    ['id', 'authors']

    """
    require_arrow()
    import pyarrow as pa

    return pa.schema([pa.field(name, _type(shape)) for name, shape in columns.items()])


def _type(shape: Shape) -> pa.DataType:
    import pyarrow as pa

    if isinstance(shape, dict):
        return pa.struct([pa.field(name, _type(inner)) for name, inner in shape.items()])
    if isinstance(shape, list):
        return pa.list_(_type(shape[0]))
    return {TEXT: pa.string(), WHOLE: pa.int64(), REAL: pa.float64(), FLAG: pa.bool_()}[shape]


def table_of_lines(lines: bytes, schema: pa.Schema) -> pa.Table:
    """
    Read lines of JSON into a table, without guessing any type.

    Args:
        lines: objects, one a line, in UTF-8; a key that one does not have is null.
        schema: the columns.

    Raises:
        pyarrow.ArrowInvalid: an object has a key or a type that the schema does not have.

    """
    import pyarrow as pa
    import pyarrow.json

    return pyarrow.json.read_json(
        pa.BufferReader(lines),
        read_options=pyarrow.json.ReadOptions(use_threads=False, block_size=len(lines) + 1),
        parse_options=pyarrow.json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error"),
    )


def article_rows(table: pa.Table | pa.RecordBatch) -> Iterator[dict[str, Json]]:
    """
    Yield the articles of a table in their JSON form, for `newsnorm.from_dict`.

    Args:
        table: a table or a batch with all columns of `ARTICLE`.

    >>> import json, newsnorm
    >>> data = newsnorm.to_dict(newsnorm.parse("Quay to close\\nBy María Pérez\\n\\nIt closes on Monday."), ledger=True)
    >>> table = table_of_lines(json.dumps(data).encode(), arrow_schema())
    >>> [row == data for row in article_rows(table)]
    [True]

    """
    for row in table.to_pylist():
        row["findings"] = [_finding(finding) for finding in row["findings"]]
        if row["ledger"] is None:
            del row["ledger"]
        yield cast("dict[str, Json]", row)


def _finding(row: Mapping[str, object]) -> dict[str, object]:
    """Leave out the keys of other types of findings."""
    keys = (*COMMON_KEYS, *FINDING_KEYS[str(row["type"])])
    return {key: value for key, value in row.items() if key in keys}
