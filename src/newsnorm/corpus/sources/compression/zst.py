"""Unpack Zstandard, with the standard library from Python 3.14 on, and with its backport before."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from newsnorm.corpus.sources.compression.parts import Decompressor, Part, unpack_frames
from newsnorm.errors import MissingExtraError

ENDINGS = (".zst", ".zstd")

MAX_WINDOW = 27
"""Base-2 logarithm of the longest window, in bytes: 128 MiB, as the command ``zstd`` accepts without an option."""

_MAGIC = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18")

_MODULE = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"


class Zstd(Protocol):
    """The part of the module that is used."""

    ZstdError: type[Exception]
    DecompressionParameter: type[_DecompressionParameters]
    CompressionParameter: type[_CompressionParameters]

    def ZstdDecompressor(self, *, options: dict[int, int]) -> Decompressor:  # noqa: N802
        """Return a decompressor for one frame."""
        ...

    def ZstdFile(self, file: object, mode: str, *, options: dict[int, int]) -> BinaryIO:  # noqa: N802
        """Return a stream that packs what is written to it, and leaves the file below open."""
        ...

    def open(self, file: Path) -> BinaryIO:
        """Open a file, to read what it unpacks to."""
        ...


class _DecompressionParameters(Protocol):
    window_log_max: int


class _CompressionParameters(Protocol):
    compression_level: int
    checksum_flag: int


def is_magic(head: bytes) -> bool:
    """Return whether these bytes begin a frame of Zstandard, or a frame to skip."""
    return _MAGIC.match(head) is not None


def is_installed() -> bool:
    """Return whether the module is installed; it is not imported."""
    if sys.version_info >= (3, 14):
        return True
    try:
        return find_spec("backports.zstd") is not None
    except ModuleNotFoundError:  # the package above it is not installed
        return False


def require_zstd() -> None:
    """
    Check that the module is installed.

    Raises:
        MissingExtraError: it is not installed.

    """
    if not is_installed():
        raise MissingExtraError.of("files compressed with Zstandard", "zstd")


def zstd_module() -> Zstd:
    """Return the module, which `require_zstd` found."""
    return cast("Zstd", import_module(_MODULE))


def unpack(stream: BinaryIO) -> Iterator[Part]:
    """
    Unpack a Zstandard file, which may consist of several frames.

    Raises:
        MissingExtraError: the extra ``zstd`` is not installed.

    """
    require_zstd()
    zstd = zstd_module()
    options = {zstd.DecompressionParameter.window_log_max: MAX_WINDOW}
    return unpack_frames(stream, lambda: zstd.ZstdDecompressor(options=options), is_magic, (zstd.ZstdError, ValueError))
