"""
Files become raw texts here; a bad record costs itself and is reported with its place.

Files are taken in the order of their names, so the order in which a disk lists them decides nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias, TypedDict, TypeVar, cast

import attrs

from newsnorm.errors import InputError
from newsnorm.records.schema import SCHEMA

Code: TypeAlias = Literal[
    "bad-json", "not-an-object", "no-text", "bad-field", "too-long", "unreadable", "special-file", "not-text", "parser-error"
]

Made = TypeVar("Made")

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the bytes of input done and in all, after each record."""

MAX_RECORD = 64 * 1024 * 1024
"""Bytes of one record: the largest text that is read, 16 Mi characters of four bytes."""

MAX_DEPTH = 64
"""Levels of a JSON record. Python's reader fails at 1,000 and a bit, by recursion."""

FIELDS = ("id", "text", "url", "title", "site", "fetched", "encoding")
"""What a record of JSON lines may tell; each can be mapped to another name."""

READERS = {".txt": "text", ".jsonl": "jsonl", ".ndjson": "jsonl"}
"""How a file is read, by the end of its name."""


class Known(TypedDict):
    """Keyword arguments of `Parser.parse` and `Parser.page`."""

    id: str
    url: str | None
    title: str | None
    site: str | None
    fetched: str | None
    encoding: str | None


@attrs.frozen(kw_only=True)
class Input:
    """One raw text with its place."""

    source: str
    """The file, as a path below the input that was named, with forward slashes."""
    line: int | None
    """Its line, from 1; None if the file is one text."""
    raw: str | bytes
    id: str
    url: str | None = None
    title: str | None = None
    site: str | None = None
    fetched: str | None = None
    encoding: str | None = None
    normalised: bool = False
    """Whether it is an article that newsnorm wrote, so that its text is a report already."""

    @property
    def known(self) -> Known:
        """What is known of it besides its text, as the parser takes it."""
        return Known(id=self.id, url=self.url, title=self.title, site=self.site, fetched=self.fetched, encoding=self.encoding)


@attrs.frozen(kw_only=True)
class Failure:
    """A record that gave no article."""

    source: str
    line: int | None
    code: Code
    message: str
    sha256: str
    """Of the record's bytes, so that it can be found again; empty, if they could not be read."""
    length: int
    """Bytes of the record."""


@attrs.frozen(kw_only=True)
class Skipped:
    """A file that no reader takes."""

    source: str


@attrs.frozen
class File:
    """A file to read, and the name it is reported by."""

    path: Path
    source: str


def files(inputs: Iterable[str | Path]) -> list[File | Skipped]:
    """
    The files below `inputs`, in the order of their names.

    Raises:
        InputError: an input does not exist.

    """
    found: list[File | Skipped] = []
    for given in inputs:
        root = Path(given)
        if not root.exists():
            raise InputError(f"{root}: no such file or directory")
        if not root.is_dir():
            found.append(File(root, root.name))
            continue
        below = sorted((path.relative_to(root).as_posix(), path) for path in root.rglob("*") if not path.is_dir())
        hidden = [name for name, _ in below if any(part.startswith(".") for part in name.split("/"))]
        found.extend(
            File(path, name) if path.suffix.lower() in READERS else Skipped(source=name)
            for name, path in below
            if name not in set(hidden)
        )
    return found


def read_file(file: File, mapping: Mapping[str, str] | None = None) -> Iterator[Input | Failure]:
    """
    The raw texts of one file.

    Args:
        file: a ``.txt`` is one text, a ``.jsonl`` one a line.
        mapping: what the records call our `FIELDS`, where they differ: ``{"text": "body"}``.

    """
    if not file.path.is_file():
        yield _failure(file.source, None, "special-file", "it is no regular file", b"")
        return
    try:
        with file.path.open("rb") as stream:
            if READERS.get(file.path.suffix.lower(), "text") == "text":
                yield _whole(stream, file)
            else:
                yield from _json_lines(stream, file, mapping or {})
    except OSError as error:
        yield _failure(file.source, None, "unreadable", error.strerror or type(error).__name__, b"")


def records(
    wanted: list[File], mapping: Mapping[str, str] | None = None, progress: Progress | None = None
) -> Iterator[Input | Failure]:
    """The raw texts of some files; `progress` is told how far, after each was used."""
    sizes = [_size(file) for file in wanted]
    whole, done = sum(sizes), 0
    for file, size in zip(wanted, sizes, strict=True):
        within = 0
        for record in read_file(file, mapping):
            yield record
            if progress is not None:
                within = min(size, within + (record.length if isinstance(record, Failure) else len(record.raw)))
                progress(done + within, whole)
        done += size
        if progress is not None:
            progress(done, whole)


def _size(file: File) -> int:
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


def _whole(stream: BinaryIO, file: File) -> Input | Failure:
    data = stream.read(MAX_RECORD + 1)
    if len(data) > MAX_RECORD:
        return _failure(file.source, None, "too-long", f"over {MAX_RECORD:,} bytes", data)
    return Input(source=file.source, line=None, raw=data, id=file.source.removesuffix(file.path.suffix))


def _json_lines(stream: BinaryIO, file: File, mapping: Mapping[str, str]) -> Iterator[Input | Failure]:
    number = 0
    while data := stream.readline(MAX_RECORD + 1):
        number += 1
        if len(data) > MAX_RECORD:
            while not data.endswith(b"\n") and (data := stream.readline(MAX_RECORD)):
                pass
            yield _failure(file.source, number, "too-long", f"over {MAX_RECORD:,} bytes", b"")
            continue
        data = data.removeprefix(b"\xef\xbb\xbf") if number == 1 else data
        if data.strip():
            yield _record(data, file.source, number, mapping)


def _record(data: bytes, source: str, number: int, mapping: Mapping[str, str]) -> Input | Failure:
    try:
        if data.count(b"[") + data.count(b"{") > MAX_DEPTH and _depth(data) > MAX_DEPTH:
            return _failure(source, number, "bad-json", f"nested deeper than {MAX_DEPTH}", data)
        value = cast("object", json.loads(data.decode("utf-8"), parse_constant=_no_constant))
    except (ValueError, RecursionError) as error:
        return _failure(source, number, "bad-json", str(error), data)
    if not isinstance(value, dict):
        return _failure(source, number, "not-an-object", f"a JSON {type(value).__name__}, where an object is meant", data)
    given: dict[str, str | None] = {}
    for field in FIELDS:
        name = mapping.get(field, field)
        item = value.get(name)
        if isinstance(item, int) and not isinstance(item, bool) and field == "id":
            item = str(item)
        if item is not None and not isinstance(item, str):
            return _failure(source, number, "bad-field", f"{name!r} is no string", data)
        given[field] = item
    text = given.pop("text")
    if text is None:
        return _failure(
            source, number, "no-text", f"there is no field {mapping.get('text', 'text')!r}; name it with --field text=NAME", data
        )
    given["id"] = given["id"] or f"{source}:{number}"
    normalised = value.get("schema") == SCHEMA
    return Input(source=source, line=number, raw=text, normalised=normalised, **given)  # type: ignore[arg-type]  # the id is set in the line above


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _depth(data: bytes) -> int:
    """How deep brackets nest, those in strings left out."""
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


def _failure(source: str, line: int | None, code: Code, message: str, data: bytes) -> Failure:
    return Failure(
        source=source,
        line=line,
        code=code,
        message=message,
        sha256=hashlib.sha256(data).hexdigest() if data else "",
        length=len(data),
    )


def attempt(record: Input, call: Callable[[Input], Made]) -> Made | Failure:
    """What `call` makes of a record, or why it can't: whatever goes wrong costs this record, never the run."""
    try:
        return call(record)
    except InputError as error:
        return failed(record, "not-text", str(error))
    except Exception as error:  # a pass of somebody's
        return failed(record, "parser-error", f"{type(error).__name__}: {error}")


def failed(record: Input, code: Code, message: str) -> Failure:
    """The failure of a record that was read, but gave no article."""
    data = record.raw if isinstance(record.raw, bytes) else record.raw.encode("utf-8", "surrogatepass")
    return _failure(record.source, record.line, code, message, data)
