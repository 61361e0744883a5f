"""Unpack xz."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from typing import BinaryIO

from newsnorm.corpus.sources.compression.parts import Part, unpack_frames

MAGIC = b"\xfd7zXZ\x00"
ENDINGS = (".xz",)

MAX_MEMORY = 128 * 1024 * 1024
"""Most memory that unpacking may use, in bytes; ``xz -9`` needs 65 MiB."""


def is_magic(head: bytes) -> bool:
    """Return whether these bytes begin an xz stream."""
    return head.startswith(MAGIC)


def unpack(stream: BinaryIO) -> Iterator[Part]:
    """Unpack an xz file, which may consist of several streams with zeros between them."""
    return unpack_frames(stream, _new, is_magic, (lzma.LZMAError,), padding=b"\0")


def _new() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MAX_MEMORY)
