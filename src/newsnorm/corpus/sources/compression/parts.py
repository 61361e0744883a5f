"""Define what unpacking yields (pieces of data, and faults), and the loop over the frames of a compressed file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol, TypeAlias

import attrs

from newsnorm.records.accounts import FailureCode

CHUNK = 64 * 1024
"""Most bytes that are read or unpacked in one step."""


@attrs.frozen
class Fault:
    """Why a stream ended before its end."""

    code: FailureCode
    message: str
    is_apart: bool = False
    """Whether all data before it is whole: a frame had ended, and the next had yielded nothing."""


Part: TypeAlias = "bytes | Fault"

CUT = "the file ends within the compressed data"


class Decompressor(Protocol):
    """The interface that the decompressors of `bz2`, `lzma` and `compression.zstd` share."""

    @property
    def eof(self) -> bool:
        """Whether the end of a frame was reached."""
        ...

    @property
    def needs_input(self) -> bool:
        """Whether it needs more data before it can yield any."""
        ...

    @property
    def unused_data(self) -> bytes:
        """The data after the end of the frame."""
        ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Take compressed data; return at most `max_length` bytes."""
        ...


def unpack_frames(
    stream: BinaryIO,
    new: Callable[[], Decompressor],
    is_magic: Callable[[bytes], bool],
    errors: tuple[type[Exception], ...],
    padding: bytes = b"",
) -> Iterator[Part]:
    """
    Unpack a file of one frame after another.

    Args:
        stream: the compressed file.
        new: makes a decompressor for one frame.
        is_magic: whether these bytes begin a frame.
        errors: what the decompressor raises on damaged data.
        padding: bytes that may follow the last frame.

    """
    data = stream.read(CHUNK)
    while data:
        frame, is_empty = new(), True
        while not frame.eof:
            if frame.needs_input and not data and not (data := stream.read(CHUNK)):
                yield Fault("cut", CUT, is_empty)
                return
            try:
                piece = frame.decompress(data, CHUNK)
            except errors as error:
                yield Fault("damaged", str(error) or type(error).__name__, is_empty)
                return
            data = b""
            if piece:
                is_empty = False
                yield piece
        data = _next_frame(frame.unused_data, stream, padding)
        if data and not is_magic(data):
            yield Fault("damaged", "the end of the compressed data is followed by something else", is_apart=True)
            return


def _next_frame(data: bytes, stream: BinaryIO, padding: bytes) -> bytes:
    """Return the data after a frame, without padding; empty at the end of the file."""
    while True:
        if padding:
            data = data.lstrip(padding)
        if len(data) >= 4 or not (more := stream.read(CHUNK)):
            return data
        data += more
