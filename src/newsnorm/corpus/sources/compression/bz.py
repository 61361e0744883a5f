"""Unpack bzip2."""

from __future__ import annotations

import bz2
import re
from collections.abc import Iterator
from typing import BinaryIO

from newsnorm.corpus.sources.compression.parts import Part, unpack_frames

ENDINGS = (".bz2",)

_MAGIC = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")


def is_magic(head: bytes) -> bool:
    """Return whether these bytes begin a bzip2 stream, which may be cut after the first four."""
    return _MAGIC.match(head) is not None or re.fullmatch(rb"BZh[1-9]", head) is not None


def unpack(stream: BinaryIO) -> Iterator[Part]:
    """Unpack a bzip2 file, which may consist of several streams."""
    return unpack_frames(stream, bz2.BZ2Decompressor, is_magic, (OSError, ValueError))
