"""Read JSON lines: one object per line, with the raw text in one field and metadata in others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO, cast

from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.record import SourceFile, SourceRecord, failure
from newsnorm.records import Metadata
from newsnorm.records.accounts import Failure, FailureCode
from newsnorm.records.schema import SCHEMA

FIELDS = ("id", "text", "url", "title", "site", "fetched", "media_type", "encoding")
"""The fields that are read; a mapping may give each another name."""

MAX_DEPTH = 64
"""The deepest nesting that is read; Python's JSON parser recurses, and fails at about 1,000 levels."""

BOM = b"\xef\xbb\xbf"


class _BadRecordError(Exception):
    """A line is not a record; the message says why."""

    def __init__(self, code: FailureCode, message: str) -> None:
        super().__init__(message)
        self.code: FailureCode = code


def read(stream: BinaryIO, file: SourceFile, options: ReadOptions) -> Iterator[SourceRecord | Failure]:
    """Read one record per line; blank lines are skipped, and lines that are not records are reported."""
    number, limit = 0, options.limits.record
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit:
            _skip_rest(stream, line, limit)
            yield failure(file.name, number, "too-long", f"over {limit:,} bytes")
            continue
        data = line.removeprefix(BOM) if number == 1 else line
        if not data.strip():
            continue
        try:
            yield _record(_object(data), file, number, options.fields)
        except _BadRecordError as error:
            yield failure(file.name, number, error.code, str(error), data)


def _skip_rest(stream: BinaryIO, line: bytes, limit: int) -> None:
    while not line.endswith(b"\n") and (line := stream.readline(limit)):
        pass


def _object(data: bytes) -> dict[str, object]:
    """Parse a line as a JSON object."""
    try:
        if data.count(b"[") + data.count(b"{") > MAX_DEPTH and _depth(data) > MAX_DEPTH:
            raise _BadRecordError("bad-json", f"nested deeper than {MAX_DEPTH} levels")
        value = cast("object", json.loads(data.decode("utf-8"), parse_constant=_refuse_constant))
    except (ValueError, RecursionError) as error:
        raise _BadRecordError("bad-json", str(error)) from error
    if not isinstance(value, dict):
        raise _BadRecordError("not-an-object", f"expected a JSON object, found a {type(value).__name__}")
    return value


def _record(value: Mapping[str, object], file: SourceFile, number: int, mapping: Mapping[str, str]) -> SourceRecord:
    given = {field: _field(value, field, mapping.get(field, field)) for field in FIELDS}
    text = given["text"]
    if text is None:
        raise _BadRecordError("no-text", f"no field {mapping.get('text', 'text')!r}; name the field with --field text=NAME")
    return SourceRecord(
        source=file.name,
        place=number,
        raw=text,
        metadata=Metadata(
            id=given["id"] or f"{file.name}:{number}",
            url=given["url"],
            title=given["title"],
            site=given["site"],
            fetched=given["fetched"],
            media_type=given["media_type"] or file.media_type,
            encoding=given["encoding"],
        ),
        normalised=value.get("schema") == SCHEMA,
    )


def _field(value: Mapping[str, object], field: str, name: str) -> str | None:
    """Return the string in a field, or None if it is absent or null; an id may be an integer."""
    item = value.get(name)
    if field == "id" and isinstance(item, int) and not isinstance(item, bool):
        return str(item)
    if item is None or isinstance(item, str):
        return item
    raise _BadRecordError("bad-field", f"{name!r} is not a string")


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _depth(data: bytes) -> int:
    """Return the nesting depth of brackets outside strings."""
    depth = deepest = 0
    quoted = escaped = False
    for byte in data:
        if quoted:
            quoted = escaped or byte != 0x22
            escaped = byte == 0x5C and not escaped
        elif byte == 0x22:
            quoted = True
        elif byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    return deepest
