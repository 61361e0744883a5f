"""
Unpack compressed files, with one module per compression; the first bytes decide, not the ending.

To add a compression, write a module with its `MAGIC`, its `ENDINGS` and a function `unpack`, and list it in `COMPRESSIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO, TypeAlias

import attrs

from newsnorm.corpus.sources.compression import bz, gz, xz, zst
from newsnorm.corpus.sources.compression.parts import Part

Unpack: TypeAlias = Callable[[BinaryIO], Iterator[Part]]
"""Unpacks a stream into pieces of data and faults; after a fault it may continue with what can still be read."""


@attrs.frozen
class Compression:
    """A compression of files."""

    name: str
    endings: tuple[str, ...]
    """Endings of file names, in lower case."""
    is_magic: Callable[[bytes], bool]
    """Whether a file with these first bytes is compressed in this way."""
    unpack: Unpack


COMPRESSIONS = (
    Compression("gzip", gz.ENDINGS, gz.is_magic, gz.unpack),
    Compression("zstd", zst.ENDINGS, zst.is_magic, zst.unpack),
    Compression("bzip2", bz.ENDINGS, bz.is_magic, bz.unpack),
    Compression("xz", xz.ENDINGS, xz.is_magic, xz.unpack),
)

BY_ENDING: Mapping[str, Compression] = {ending: each for each in COMPRESSIONS for ending in each.endings}


def without_compression(name: str) -> str:
    """
    Return a file name without the ending of its compression.

    >>> without_compression("feeds/2024.jsonl.GZ"), without_compression("rain.txt")
    ('feeds/2024.jsonl', 'rain.txt')
    """
    ending = PurePosixPath(name).suffix
    return name.removesuffix(ending) if ending.lower() in BY_ENDING else name


HEAD = 16
"""Number of bytes that `compression_of` needs."""


def compression_of(head: bytes) -> Compression | None:
    """
    Recognise a compression by the first bytes of a file.

    >>> found = compression_of(bytes.fromhex("1f8b0800"))
    >>> found.name if found else None
    'gzip'
    >>> compression_of(b"It rained.") is None
    True
    """
    return next((each for each in COMPRESSIONS if each.is_magic(head)), None)
