"""
Split the records of a corpus into parts, each of which a run finishes as a whole, or repeats after a kill.

A part holds records of one file, or a group of neighbouring files with one record each. Its key is a digest of the records and
the settings, so parts with equal keys have equal results, even if other files have changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

import attrs

from newsnorm.corpus.account import stable_hash
from newsnorm.corpus.sources.record import SourceFile, SourceRecord
from newsnorm.records import Metadata
from newsnorm.records.accounts import Failure

MAX_RECORDS = 5_000
"""Most records of a part: about half a minute of work for one process (`benchmarks/corpus_run.py speed`)."""
MAX_BYTES = 8 * 1024 * 1024
"""The size, in bytes or code points, at which a part ends; a part is held in memory."""
GROUP_FILES = 1_000
"""Mean number of files with one record each in a part; file names decide where a part ends, so a new file changes only one
part."""

_ABOUT = tuple(field.name for field in attrs.fields(SourceRecord) if field.name != "raw")
_METADATA = tuple(field.name for field in attrs.fields(Metadata))
"""Names of fields, as `attrs.asdict` would list them in several times the time."""

Item: TypeAlias = SourceRecord | Failure
ReadFile: TypeAlias = Callable[[SourceFile], Iterable[Item]]


@attrs.frozen(kw_only=True)
class PartLimits:
    """Limits on the size of parts."""

    records: int = MAX_RECORDS
    size: int = MAX_BYTES
    group_files: int = GROUP_FILES


@attrs.frozen
class Part:
    """Records in order, and failures to read records."""

    key: str
    source: str
    """The name of the file that the first item comes from."""
    items: tuple[Item, ...]


def cut_parts(files: Iterable[SourceFile], read: ReadFile, settings: str, limits: PartLimits | None = None) -> Iterator[Part]:
    """
    Read files, and cut their records into parts.

    Args:
        files: the files, in order.
        read: reads the records of one file.
        settings: digest of everything else that determines the results.
        limits: how large parts are.

    """
    limits = limits or PartLimits()
    for group in _groups(files, limits):
        items: list[Item] = []
        size = 0
        for item in (item for file in group for item in read(file)):
            if items and (len(items) >= limits.records or size >= limits.size):
                yield make_part(items, settings)
                items, size = [], 0
            items.append(item)
            size += 0 if isinstance(item, Failure) else len(item.raw)
        if items:
            yield make_part(items, settings)


def _groups(files: Iterable[SourceFile], limits: PartLimits) -> Iterator[Sequence[SourceFile]]:
    """Group neighbouring files with one record each; a file with many records is a group of its own."""
    group: list[SourceFile] = []
    for file in files:
        if file.is_container:
            if group:
                yield group
                group = []
            yield [file]
            continue
        group.append(file)
        if len(group) >= limits.records or stable_hash(file.name) % limits.group_files == 0:
            yield group
            group = []
    if group:
        yield group


def make_part(items: Sequence[Item], settings: str) -> Part:
    """Make a part of one or more items."""
    return Part(part_key(items, settings), items[0].source, tuple(items))


def part_key(items: Iterable[Item], settings: str) -> str:
    """Return the hex sha256 of records and settings."""
    sha256 = hashlib.sha256(settings.encode())
    for item in items:
        raw = b"" if isinstance(item, Failure) else _bytes_of(item.raw)
        head = _head(item)
        sha256.update(b"%d %d\n" % (len(head), len(raw)))
        sha256.update(head)
        sha256.update(raw)
    return sha256.hexdigest()


def _head(item: Item) -> bytes:
    """Return everything of an item except its text, as bytes."""
    if isinstance(item, Failure):
        return _bytes_of(json.dumps(attrs.astuple(item)))
    kind = "bytes" if isinstance(item.raw, bytes) else "str"
    about = {name: getattr(item, name) for name in _ABOUT}
    about["metadata"] = {name: getattr(item.metadata, name) for name in _METADATA}
    about["stated"] = [attrs.asdict(field) for field in item.stated]
    return _bytes_of(json.dumps([kind, about], default=str))


def _bytes_of(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
