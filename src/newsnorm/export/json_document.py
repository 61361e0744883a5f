"""Share code between the formats that are written as JSON."""

from __future__ import annotations

import json

from newsnorm.records.schema import Json


def known(row: dict[str, Json]) -> dict[str, Json]:
    """
    Leave out unknown values: None, empty texts and empty lists.

    >>> known({"a": None, "b": "", "c": [], "d": 0})
    {'d': 0}
    """
    return {key: value for key, value in row.items() if value is not None and value != "" and value != []}


def one_line(row: dict[str, Json]) -> str:
    """
    Write an object as one line, without the line break.

    >>> one_line({"headline": "Malmö"})
    '{"headline": "Malmö"}'
    """
    return json.dumps(row, ensure_ascii=False, allow_nan=False)
