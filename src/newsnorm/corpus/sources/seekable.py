"""Give formats that are not read from front to back a file to move about in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from newsnorm.corpus.sources.compression.parts import CHUNK, Fault
from newsnorm.corpus.sources.stream import SourceStream

IN_MEMORY = 16 * 1024 * 1024
"""How much of a file that is unpacked first is held in memory, in bytes; more of it goes to a temporary file."""


@contextmanager
def seekable(stream: SourceStream) -> Iterator[BinaryIO | Fault]:
    """Yield the file on disk, or what it unpacks to as a temporary file; or why it can't be unpacked."""
    if stream.file is not None and stream.file.seekable():
        stream.file.seek(0)
        yield stream.file
        return
    with SpooledTemporaryFile(IN_MEMORY) as copy:
        shutil.copyfileobj(stream, copy, CHUNK)
        fault = stream.take_fault()
        copy.seek(0)
        yield cast("BinaryIO", copy) if fault is None else fault
