"""
Provide the stream that a reader reads: the bytes of a file, unpacked, up to its end or the first fault.

It has layers: the file on disk, counted; its unpacked content, within limits; that content as UTF-8. A fault in a lower layer
ends the stream early: the reader sees an end, takes the fault, and may continue after it.
"""

from __future__ import annotations

import io
import os
import stat
from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from newsnorm.corpus.sources.compression import Compression
from newsnorm.corpus.sources.compression.parts import CHUNK, Fault, Part
from newsnorm.corpus.sources.options import Limits

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class ByteCounter:
    """Counts the bytes read of a file."""

    def __init__(self) -> None:
        self.read = 0
        """Bytes read of the file on disk, before any unpacking; of all files if one counter is used for several."""
        self.start = 0
        """The value of `read` when the present file was opened."""
        self.skipped: Counter[str] = Counter()
        """Kind of record that is not an article, such as ``image/png`` → number of them in the file."""


class _Layer(io.RawIOBase):
    """One layer: pieces of data up to a fault or the end."""

    def __init__(self, parts: Iterator[Part], below: SourceStream | None = None) -> None:
        self._parts = parts
        self._below = below
        self._rest = memoryview(b"")
        self._fault: Fault | None = None

    def take_fault(self) -> Fault | None:
        """Return the fault that ended the stream early, once; reading then continues after the fault, if anything follows."""
        fault, self._fault = self._fault, None
        return fault if fault is not None or self._below is None else self._below.take_fault()

    @property
    def fault(self) -> Fault | None:
        """The fault that ended the stream and was not taken yet."""
        return self._fault or (self._below.fault if self._below is not None else None)

    def readable(self) -> bool:
        """Return True, which buffered streams check."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer with the next bytes, up to a fault; return how many there were."""
        room, filled = memoryview(buffer), 0
        while filled < len(room):
            if not self._rest and not self._pull():
                break
            taken = min(len(room) - filled, len(self._rest))
            room[filled : filled + taken], self._rest = self._rest[:taken], self._rest[taken:]
            filled += taken
        return filled

    def _pull(self) -> bool:
        """Take the next piece of data; return whether there is one before a fault."""
        part = next(self._parts, None) if self._fault is None else None
        if isinstance(part, bytes):
            self._rest = memoryview(part)
        else:
            self._fault = part or self._fault
        return isinstance(part, bytes)


class SourceStream(io.BufferedReader):
    """The bytes of a file, unpacked; it ends at the end or at a fault."""

    raw: _Layer

    def __init__(self, layer: _Layer, file: BinaryIO | None = None) -> None:
        super().__init__(layer, CHUNK)
        self.file = file
        """The file on disk if it is not compressed, for formats that are not read from front to back."""

    def take_fault(self) -> Fault | None:
        """
        Return the fault that ended the stream early, once; None if there is none.

        Reading then continues after the fault, if anything follows.
        """
        return self.raw.take_fault()

    @property
    def fault(self) -> Fault | None:
        """The fault that ends the stream and was not taken yet, perhaps after data that was not read yet."""
        return self.raw.fault

    def head(self, size: int) -> bytes:
        """Return up to `size` bytes without consuming them; `size` is at most `CHUNK`."""
        known = self.peek(size)
        return known[:size]


def count(stream: BinaryIO, counter: ByteCounter) -> SourceStream:
    """Return a stream over an open file that counts bytes; it ends where the file ended when it was opened."""
    return SourceStream(_Layer(_counted(stream, counter)), stream)


def _counted(stream: BinaryIO, counter: ByteCounter) -> Iterator[bytes]:
    left = _size(stream)
    while data := stream.read(CHUNK if left is None else min(CHUNK, left)):
        counter.read += len(data)
        if left is not None:
            left -= len(data)
        yield data


def _size(stream: BinaryIO) -> int | None:
    """Return the size of a regular file; None for any other stream."""
    try:
        about = os.fstat(stream.fileno())
    except OSError:  # a stream in memory has no file descriptor
        return None
    return about.st_size if stat.S_ISREG(about.st_mode) else None


def unpack(stream: SourceStream, compression: Compression, limits: Limits) -> SourceStream:
    """Return a stream over the unpacked content of a stream, within limits."""
    consumed = ByteCounter()
    below = count(stream, consumed)
    return SourceStream(_Layer(limited(compression.unpack(below), lambda: consumed.read, limits), stream))


def stream_of(parts: Iterator[Part]) -> SourceStream:
    """Return a stream over pieces of data."""
    return SourceStream(_Layer(parts))


def limited(
    parts: Iterator[Part], consumed: Callable[[], int], limits: Limits, before: ByteCounter | None = None
) -> Iterator[Part]:
    """
    Pass on unpacked data; exceeding the limits ends it with a fault.

    Args:
        parts: pieces of unpacked data.
        consumed: returns the number of compressed bytes used so far.
        limits: how much larger than the packed data the unpacked may be.
        before: counts unpacked bytes, together with other streams from the same file.

    """
    unpacked = before or ByteCounter()
    for part in parts:
        if isinstance(part, bytes):
            unpacked.read += len(part)
            if unpacked.read > limits.harmless and unpacked.read > limits.ratio * consumed():
                yield Fault("too-large", f"it unpacks to more than {limits.ratio:,} times its size")
                return
        yield part


def transcode(stream: SourceStream, codec: str) -> SourceStream:
    """Return the text of a stream as UTF-8; bytes that are invalid in `codec` become U+FFFD."""
    return SourceStream(_Layer(_as_utf8(stream, codec), stream))


def _as_utf8(stream: BinaryIO, codec: str) -> Iterator[bytes]:
    decoder = getincrementaldecoder(codec)("replace")
    while data := stream.read(CHUNK):
        yield decoder.decode(data).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def with_line_feeds(stream: SourceStream) -> SourceStream:
    """Return a stream in which lone carriage returns at line ends are replaced by line feeds."""
    return SourceStream(_Layer(_with_line_feeds(stream), stream))


def _with_line_feeds(stream: BinaryIO) -> Iterator[bytes]:
    while data := stream.read(CHUNK):
        yield data.replace(b"\r", b"\n")
