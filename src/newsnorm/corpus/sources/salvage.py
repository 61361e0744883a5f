"""
Read a zip archive without its directory, which is at the end and thus missing if the file was cut.

Each member has its own header, and members follow each other.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import attrs

from newsnorm.corpus.sources.compression.parts import CHUNK, Fault, Part

_HEADER = struct.Struct("<4s5H3I2H")
_SIGNATURE, _OTHERS = b"PK\x03\x04", (b"PK\x03\x04", b"PK\x01\x02", b"PK\x06\x06")
_ENCRYPTED, _SIZE_FOLLOWS, _UTF8 = 1, 8, 0x800
_LARGE = 0xFFFFFFFF
"""Marks a size that does not fit."""

CUT = "the archive ends within the member"


@attrs.frozen
class LocalEntry:
    """A member as its own header describes it."""

    name: str
    flags: int
    method: int
    check: int | None
    """The checksum; None if it follows the member."""
    start: int
    """Offset of its data in the archive, in bytes."""
    end: int
    """Offset of the end of its data; beyond the end if the archive was cut."""


def local_entries(archive: BinaryIO) -> Iterator[LocalEntry]:
    """Yield the members of an archive, as far as their headers follow each other."""
    place: int | None = 0
    while place is not None:
        archive.seek(place)
        data = archive.read(_HEADER.size)
        if len(data) < _HEADER.size or not data.startswith(_SIGNATURE):
            return
        _, _, flags, method, _, _, check, packed, _, name_length, extra_length = _HEADER.unpack(data)
        name = archive.read(name_length).decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        start = place + _HEADER.size + name_length + extra_length
        is_known = not flags & _SIZE_FOLLOWS and packed != _LARGE
        found = start + packed if is_known else _next_signature(archive, start)
        place = found
        end = archive.seek(0, 2) + 1 if found is None else found
        yield LocalEntry(name, flags, method, check if is_known else None, start, end)


def _next_signature(archive: BinaryIO, start: int) -> int | None:
    """Return the offset of the next header; None if there is none."""
    archive.seek(start)
    data = b""
    while more := archive.read(CHUNK):
        data = data[-3:] + more
        places = [place for place in map(data.find, _OTHERS) if place >= 0]
        if places:
            return archive.tell() - len(data) + min(places)
    return None


def local_parts(archive: BinaryIO, entry: LocalEntry) -> Iterator[Part]:
    """Unpack a member; a member without an end or with a wrong checksum ends with a fault."""
    if entry.flags & _ENCRYPTED or entry.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        yield Fault("unsupported", "the member is encrypted or compressed in a rare way")
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if entry.method == zipfile.ZIP_DEFLATED else None
    place, check, pending = entry.start, 0, b""
    while not (inflate.eof if inflate is not None else place >= entry.end):
        if not pending:
            archive.seek(place)
            pending = archive.read(min(CHUNK, entry.end - place))
            place += len(pending)
        is_over = not pending
        try:
            piece = inflate.decompress(pending, CHUNK) if inflate is not None else pending
        except zlib.error as error:
            yield Fault("damaged", str(error))
            return
        pending = inflate.unconsumed_tail if inflate is not None else b""
        check = zlib.crc32(piece, check)
        if piece:
            yield piece
        elif is_over:
            yield Fault("cut", CUT)
            return
    if entry.check is not None and entry.check != check:
        yield Fault("damaged", "the checksum of the member is wrong")
