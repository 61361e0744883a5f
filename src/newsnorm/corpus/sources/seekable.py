"""Provide a seekable file for formats that are not read from front to back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from newsnorm.corpus.sources.compression.parts import CHUNK, Fault
from newsnorm.corpus.sources.stream import SourceStream

IN_MEMORY = 16 * 1024 * 1024
"""Bytes of an unpacked file that are held in memory; a larger one goes to a temporary file."""


@contextmanager
def seekable(stream: SourceStream) -> Iterator[BinaryIO | Fault]:
    """Yield the file on disk, or its unpacked content as a temporary file, or the fault that prevents unpacking."""
    if stream.file is not None and stream.file.seekable():
        stream.file.seek(0)
        yield stream.file
        return
    with SpooledTemporaryFile(IN_MEMORY) as copy:
        shutil.copyfileobj(stream, copy, CHUNK)
        fault = stream.take_fault()
        copy.seek(0)
        yield cast("BinaryIO", copy) if fault is None else fault
