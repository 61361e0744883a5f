"""Gather rows of JSON into an Arrow table; as in Parquet files, the types depend on the columns only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from newsnorm.export.arrow import Shape, arrow_schema, table_of_lines
from newsnorm.records.schema import Json

if TYPE_CHECKING:
    import pyarrow as pa

CHUNK = 1_000
"""Number of rows that are held as lines of JSON at a time."""


def dumps(row: Mapping[str, Json]) -> bytes:
    """Write a row as a line; characters that UTF-8 can't encode become ``?``."""
    return json.dumps(row, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def gather(lines: Iterable[bytes], columns: Mapping[str, Shape]) -> pa.Table:
    """
    Return a table of rows.

    Args:
        lines: each row as an object, as `dumps` writes it; missing keys are null.
        columns: name of a column → its type.

    """
    import pyarrow as pa

    schema = arrow_schema(columns)
    tables, held = [schema.empty_table()], list[bytes]()
    for line in lines:
        held.append(line)
        if len(held) == CHUNK:
            tables.append(table_of_lines(b"\n".join(held), schema))
            held = []
    if held:
        tables.append(table_of_lines(b"\n".join(held), schema))
    return pa.concat_tables(tables)
