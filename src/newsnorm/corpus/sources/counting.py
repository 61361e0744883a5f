"""Count the bytes of a file that have been read, and read a growing file only to the length that it had when it was opened."""

from __future__ import annotations

import io
import os
import stat
from typing import BinaryIO

CHUNK = 64 * 1024
"""How many bytes are asked of a file at once."""


class ByteCounter:
    """Counts the bytes of a file on disk that have been read so far, before any decompression."""

    def __init__(self) -> None:
        self.read = 0


class CountedStream(io.RawIOBase):
    """A stream that counts what is read of it, and that ends where the file ended when it was opened."""

    def __init__(self, stream: io.RawIOBase | BinaryIO, counter: ByteCounter) -> None:
        about = os.fstat(stream.fileno())
        self._stream = stream
        self._counter = counter
        self._left = about.st_size if stat.S_ISREG(about.st_mode) else None

    def readable(self) -> bool:
        """Return True; a buffered stream asks."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer with the next bytes; return how many there were."""
        room = memoryview(buffer)  # type: ignore[arg-type]  # the standard library's stub names no public type
        data = self._stream.read(len(room) if self._left is None else min(len(room), self._left)) or b""
        room[: len(data)] = data
        self._counter.read += len(data)
        if self._left is not None:
            self._left -= len(data)
        return len(data)


def open_counted(stream: io.RawIOBase | BinaryIO, counter: ByteCounter) -> BinaryIO:
    """Return a buffered stream over an open file that counts what is read."""
    return io.BufferedReader(CountedStream(stream, counter), CHUNK)
