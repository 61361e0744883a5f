"""
Unpack gzip member by member.

A file may consist of many members: crawlers write one for each record. A damaged member does not affect others, since the header
of the next one can be found. Checksums are compared here, so that suspect data is still yielded before the fault.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from newsnorm.corpus.sources.compression.parts import CHUNK, CUT, Fault, Part

MAGIC = b"\x1f\x8b\x08"
ENDINGS = (".gz", ".gzip")

WINDOW = 1024 * 1024
"""Bytes that are searched backwards for the header of the next member after a damaged one."""

_HEADER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]....[\x00\x02\x04][\x00-\x0d\xff]", re.S)
_EXTRA, _NAME, _COMMENT, _HEADER_CHECK, _RESERVED = 4, 8, 16, 2, 0xE0
_MAX_HEADER = 1024 * 1024


def is_magic(head: bytes) -> bool:
    """Return whether these bytes begin a gzip member."""
    return head.startswith(MAGIC)


def unpack(stream: BinaryIO) -> Iterator[Part]:
    """Unpack a gzip file; after a damaged member, continue with the next one."""
    source = _Source(stream)
    while source.has(1):
        if source.at_padding():
            return
        source.has(len(MAGIC))
        if not MAGIC.startswith(source.data[: len(MAGIC)]):
            yield Fault("damaged", "the end of the compressed data is followed by something else", is_apart=True)
            if not source.find_header():
                return
        yield from _member(source)


class _Source:
    """The compressed bytes: unused ones, and some used ones that may be searched again for a header."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.data = b""
        self._before = bytearray()
        """The last bytes used since the start of a member."""

    def has(self, size: int) -> bool:
        """Read until `size` bytes are available; return whether there are that many."""
        while len(self.data) < size and (more := self._stream.read(CHUNK)):
            self.data += more
        return len(self.data) >= size

    def use(self, size: int) -> bytes:
        """Take `size` available bytes."""
        taken, self.data = self.data[:size], self.data[size:]
        self._before += taken
        if len(self._before) > 2 * WINDOW:
            del self._before[:-WINDOW]
        return taken

    def start_member(self) -> None:
        """Forget what came before."""
        self._before.clear()

    def at_padding(self) -> bool:
        """Return whether only zero bytes follow, and use them."""
        while not self.data.strip(b"\0"):
            self.data = b""
            if not self.has(1):
                return True
        self.data = self.data.lstrip(b"\0") if self.data[:1] == b"\0" else self.data
        return False

    def find_header(self) -> bool:
        """Go to the next header of a member, after the start of the last one; return whether there is any."""
        self.data = bytes(self._before[1:]) + self.data if self._before else self.data[1:]
        self.start_member()
        while self.has(10):
            if (found := _HEADER.search(self.data)) is not None:
                self.data = self.data[found.start() :]
                return True
            self.data = self.data[-9:]
            if not self.has(10):
                break
        self.data = b""
        return False


def _member(source: _Source) -> Iterator[Part]:
    """Unpack one member; if it is damaged, go to the next one."""
    source.start_member()
    if not _skip_header(source):
        yield from _cut(source, is_apart=True)
        return
    inflate, check, size = zlib.decompressobj(-zlib.MAX_WBITS), 0, 0
    pending = b""
    while not inflate.eof:
        if not pending and not (source.has(1) and (pending := source.use(CHUNK))):
            yield from _cut(source, is_apart=not size)
            return
        spare = inflate.copy()
        try:
            piece = inflate.decompress(pending, CHUNK)
        except zlib.error as error:
            yield from _before_error(spare, pending)
            yield Fault("damaged", str(error))
            source.find_header()
            return
        pending = inflate.unconsumed_tail
        if piece:
            check, size = zlib.crc32(piece, check), size + len(piece)
            yield piece
    source.data = inflate.unused_data + source.data
    if not source.has(8):
        yield from _cut(source)
        return
    expected = int.from_bytes(source.data[:4], "little"), int.from_bytes(source.data[4:8], "little")
    source.data = source.data[8:]
    source.start_member()
    if expected != (check, size & 0xFFFFFFFF):
        yield Fault("damaged", "the checksum of the compressed data is wrong")


def _cut(source: _Source, *, is_apart: bool = False) -> Iterator[Part]:
    """Yield the fault of a member that does not end, and look for the next one, since damage may have hidden the end."""
    yield Fault("cut", CUT, is_apart)
    source.find_header()


def _before_error(inflate: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    """Yield what can be unpacked before the damage in `data`, by unpacking byte by byte."""
    for place in range(len(data)):
        try:
            piece = inflate.decompress(data[place : place + 1])
        except zlib.error:
            return
        if piece:
            yield piece


def _skip_header(source: _Source) -> bool:
    """Skip the header of a member; return whether it is whole."""
    if not source.has(10):
        return False
    flags = source.use(10)[3]
    if flags & _RESERVED:
        return False
    if flags & _EXTRA:
        if not source.has(2) or not source.has(length := 2 + int.from_bytes(source.data[:2], "little")):
            return False
        source.use(length)
    for flag in (_NAME, _COMMENT):
        if flags & flag and not _skip_text(source):
            return False
    return not flags & _HEADER_CHECK or (source.has(2) and bool(source.use(2)))


def _skip_text(source: _Source) -> bool:
    """Skip a text that ends with a zero byte; return whether it is whole."""
    size = 0
    while (end := source.data.find(b"\0", size)) < 0:
        size = len(source.data)
        if size > _MAX_HEADER or not source.has(size + 1):
            return False
    source.use(end + 1)
    return True
