"""
Find the metadata of a text file: in a file beside it, in a table of its folder, and in its name.

``rain.txt`` may have a ``rain.json``, one object with its metadata. Or its folder has a ``metadata.csv`` or ``metadata.jsonl``
whose column ``file_name`` names each text. A pattern may read from the name what these don't state.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import attrs

from newsnorm.corpus.sources.compression import without_compression
from newsnorm.corpus.sources.fields import METADATA, BadRecordError, read_metadata
from newsnorm.corpus.sources.formats.json_objects import BOM, parse_object
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.record import SourceFile
from newsnorm.errors import InputError
from newsnorm.notes import note
from newsnorm.records import NO_METADATA, Metadata

TABLES = ("metadata.csv", "metadata.jsonl")
"""Names of the table of a folder."""

FILE_NAME = "file_name"
"""The column of such a table that names the text, with folders below the one of the table."""

MAX_METADATA = 64 * 1024 * 1024
"""Bytes of the longest file of metadata that is read."""

_SLOT = re.compile(r"\{(\w*)\}")


@attrs.frozen
class Known:
    """What is known about a text besides its content."""

    metadata: Metadata = NO_METADATA
    notes: tuple[str, ...] = ()


def sidecar_of(path: str) -> str:
    """
    Return the path of the file of metadata beside a text.

    >>> sidecar_of("2024/rain.txt.gz")
    '2024/rain.json'
    """
    text = without_compression(path)
    return text.removesuffix(PurePosixPath(text).suffix) + ".json"


def metadata_beside(file: SourceFile, options: ReadOptions) -> Known:
    """Return the metadata of a text file: from files of metadata, completed from its name."""
    sources = [_from_sidecar(file, options), _from_table(file, options), _from_name(file, options)]
    values = {
        field: next((value for each in sources if (value := getattr(each.metadata, field)) is not None), None)
        for field in METADATA
    }
    return Known(Metadata(**values), tuple(note for each in sources for note in each.notes))


def _from_sidecar(file: SourceFile, options: ReadOptions) -> Known:
    path = Path(sidecar_of(file.path.as_posix()))
    if not file.is_on_disk or path == file.path or not path.is_file():
        return Known()
    try:
        return Known(*read_metadata(parse_object(_content(path)), options))
    except (OSError, BadRecordError) as error:
        return Known(notes=(note("metadata-file", name=path.name, reason=error),))


def _content(path: Path) -> bytes:
    with path.open("rb") as stream:
        data = stream.read(MAX_METADATA + 1)
    if len(data) > MAX_METADATA:
        raise BadRecordError("too-long", f"over {MAX_METADATA:,} bytes")
    return data.removeprefix(BOM)


def _from_table(file: SourceFile, options: ReadOptions) -> Known:
    """Return the metadata in the nearest folder's table, if any."""
    if not file.is_on_disk:
        return Known()
    for folder in list(file.path.parents)[: file.name.count("/")]:
        for name in TABLES:
            path = folder / name
            try:
                about = path.stat()
            except OSError:
                continue
            row = _table(path, about.st_mtime_ns, about.st_size).get(file.path.relative_to(folder).as_posix())
            return Known(*read_metadata(row, options)) if row is not None else Known()
    return Known()


@lru_cache(maxsize=4)
def _table(path: Path, changed: int, size: int) -> Mapping[str, Mapping[str, object]]:
    """
    Return the rows of a table by the names of the texts; `changed` and `size` tell one state of the file from the next.

    Raises:
        InputError: the file can't be read as a table with the column `FILE_NAME`.

    """
    try:
        data = _content(path)
        rows = _csv_rows(data) if path.suffix == ".csv" else [parse_object(line) for line in data.splitlines() if line.strip()]
    except (OSError, ValueError, BadRecordError, csv.Error) as error:
        raise InputError(f"{path}: {error}") from error
    if rows and not any(FILE_NAME in row for row in rows):
        raise InputError(f"{path}: no column {FILE_NAME!r}, which names the text of each row")
    return {str(row[FILE_NAME]): row for row in rows if row.get(FILE_NAME)}


def _csv_rows(data: bytes) -> list[dict[str, object]]:
    return [{**row} for row in csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)]


def _from_name(file: SourceFile, options: ReadOptions) -> Known:
    if options.name_pattern is None:
        return Known()
    pattern = compile_pattern(options.name_pattern)
    name = file.stem if "." not in PurePosixPath(options.name_pattern).name else without_compression(file.name)
    tail = "/".join(name.split("/")[-1 - options.name_pattern.count("/") :])
    found = pattern.fullmatch(tail)
    if found is None:
        return Known(notes=(note("metadata-name", pattern=options.name_pattern),))
    return Known(Metadata(**{field: unquote(value) for field, value in found.groupdict().items()}))


@lru_cache(maxsize=8)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """
    Compile a pattern of file names; ``{}`` stands for anything.

    Raises:
        InputError: it names an unknown field, a field twice, or no field.

    >>> compile_pattern("{site}/{fetched}_{}").fullmatch("Quay News/2024-06-20_rain")["fetched"]
    '2024-06-20'

    """
    parts, place, seen = [], 0, set()
    for slot in _SLOT.finditer(pattern):
        field = slot[1]
        if field and (field not in METADATA or field in seen):
            raise InputError(f"name pattern {pattern!r}: {{{field}}} is repeated or none of {', '.join(METADATA)}")
        seen.add(field)
        parts += [re.escape(pattern[place : slot.start()]), f"(?P<{field}>[^/]+?)" if field else "[^/]*?"]
        place = slot.end()
    if not seen - {""}:
        raise InputError(f"name pattern {pattern!r}: it has no field; add one such as {{fetched}}")
    return re.compile("".join(parts) + re.escape(pattern[place:]), re.S)
