"""
Open zip archives, and read each member as a file of its own.

The names of members become part of ids and places, but never of a path: nothing is unpacked to disk under them.
"""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import attrs

from newsnorm.corpus.sources.compression.parts import CHUNK, Fault, Part
from newsnorm.corpus.sources.options import Limits
from newsnorm.corpus.sources.recognise import is_read
from newsnorm.corpus.sources.record import SourceFile
from newsnorm.corpus.sources.salvage import local_entries, local_parts
from newsnorm.corpus.sources.stream import ByteCounter, SourceStream, limited, stream_of
from newsnorm.read.media_type import media_type_of_name

MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

MANY = 1_000
"""Number of members from which a directory larger than its content is refused."""

ENTRY = 46
"""Fewest bytes of a member's directory entry, besides its name."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The compressions that are read: `zipfile` unpacks others without a limit."""


@attrs.frozen
class Member:
    """A member of an archive."""

    name: str
    """Its name in the archive; if several members have one name, later ones get a number."""
    file: SourceFile
    stream: SourceStream


def members(archive: BinaryIO, file: SourceFile, limits: Limits, counter: ByteCounter) -> Iterator[Member | Fault]:
    """
    Yield the members of an archive in the order of its directory, without folders and hidden files.

    Args:
        archive: the archive, a seekable stream.
        file: where it comes from.
        limits: how much larger than the archive its content may be.
        counter: counts what was read of the archive.

    """
    size = archive.seek(0, 2)
    try:
        opened = zipfile.ZipFile(archive)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, LookupError) as error:
        yield from _salvaged(archive, file, limits, size)
        yield Fault("damaged", f"no readable zip archive: {error}")
        return
    with opened:
        entries = opened.infolist()
        listed = sum(ENTRY + len(entry.filename) for entry in entries)
        content = sum(entry.file_size for entry in entries)
        if len(entries) > MANY and content < listed:
            yield Fault("too-large", f"a directory of {len(entries):,} members that hold {content:,} bytes in all")
            return
        yield from _members(opened, file, limits, counter, size)


def _members(
    archive: zipfile.ZipFile, file: SourceFile, limits: Limits, counter: ByteCounter, size: int
) -> Iterator[Member | Fault]:
    seen: Counter[str] = Counter()
    unpacked = ByteCounter()
    for entry in archive.infolist():
        seen[entry.filename] += 1
        name = _numbered(entry.filename, seen[entry.filename])
        if entry.is_dir() or _is_hidden(entry.filename):
            continue
        if not is_read(entry.filename):
            counter.skipped[PurePosixPath(entry.filename).suffix.lower()] += 1
            continue
        parts = limited(_parts(archive, entry), lambda: size, limits, unpacked)
        yield Member(name, _member_file(file, entry.filename, seen[entry.filename]), stream_of(parts))
        counter.read = max(counter.read, counter.start + min(size, entry.header_offset + entry.compress_size))


def _salvaged(archive: BinaryIO, file: SourceFile, limits: Limits, size: int) -> Iterator[Member]:
    """Yield the members of an archive whose directory is missing because the file was cut."""
    seen: Counter[str] = Counter()
    unpacked = ByteCounter()
    for entry in local_entries(archive):
        if entry.name.endswith("/") or _is_hidden(entry.name) or not is_read(entry.name):
            continue
        seen[entry.name] += 1
        number = seen[entry.name]
        parts = limited(local_parts(archive, entry), lambda: size, limits, unpacked)
        yield Member(_numbered(entry.name, number), _member_file(file, entry.name, number), stream_of(parts))


def _numbered(name: str, number: int) -> str:
    """Return the name of a member; if several have one name, later ones get a number."""
    return name if number == 1 else f"{name}#{number}"


def _is_hidden(name: str) -> bool:
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in name.split("/"))


def _member_file(file: SourceFile, name: str, number: int) -> SourceFile:
    """
    Return a member as a file; its name is always below the archive's, regardless of the path that the member claims.

    Args:
        file: the archive.
        name: the name of the member.
        number: how many members had this name so far.

    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    below = (f"{number}", *parts) if number > 1 else parts
    full = "/".join((file.name, *below))
    return attrs.evolve(
        file,
        name=full,
        path=Path(PurePosixPath(full)),
        media_type=file.media_type or media_type_of_name(full),
        is_on_disk=False,
    )


def _parts(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[Part]:
    """Unpack a member."""
    if entry.flag_bits & 1 or entry.compress_type not in _METHODS:
        yield Fault("unsupported", "the member is encrypted" if entry.flag_bits & 1 else "the member is compressed in a rare way")
        return
    try:
        with archive.open(entry) as stream:
            while data := stream.read(CHUNK):
                yield data
    except EOFError:
        yield Fault("cut", "the archive ends within the member")
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        yield Fault("damaged", str(error) or type(error).__name__)
