"""Create, sync and rename files so that a file is complete once its name is visible."""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_WHERE_THERE = ("O_NOFOLLOW", "O_BINARY", "O_CLOEXEC")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | sum(getattr(os, name, 0) for name in _WHERE_THERE)

MIB = 1024 * 1024


def create(path: Path) -> BinaryIO:
    """
    Create a new file, and open it for writing; a link in its place is an error and is not followed.

    Raises:
        OSError: something has this name, or the file can't be created.

    """
    return os.fdopen(os.open(path, _NEW, 0o666), "wb")


class HashedFile:
    """
    A new file that counts and hashes what is written to it.

    >>> import io
    >>> file = HashedFile(io.BytesIO())
    >>> file.write(b"Rain in Ulm."), file.size, file.sha256[:8]
    (12, 12, 'e433abda')
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sha256 = hashlib.sha256()
        self.size = 0
        """Number of bytes written."""

    def write(self, data: bytes) -> int:
        """Write bytes, and return their number."""
        self._sha256.update(data)
        self.size += len(data)
        return self._file.write(data)

    @property
    def sha256(self) -> str:
        """Hex sha256 of everything written so far."""
        return self._sha256.hexdigest()

    def copy(self, source: Path) -> None:
        """Append the content of another file."""
        with source.open("rb") as file:
            while data := file.read(MIB):
                self.write(data)

    @property
    def closed(self) -> bool:
        """Whether the file was closed."""
        return self._file.closed

    def writable(self) -> bool:
        """Return True, for writers of compressed formats, which check it."""
        return True

    def flush(self) -> None:
        """Pass written data to the operating system."""
        self._file.flush()

    def tell(self) -> int:
        """Return the number of bytes written."""
        return self.size

    def close(self) -> None:
        """Sync everything to disk, and close the file; a second call does nothing."""
        if not self._file.closed:
            try:
                sync(self._file)
            finally:
                self._file.close()

    def discard(self) -> None:
        """Close a file whose content is no longer wanted, without an error if the disk is full."""
        with suppress(OSError):
            self._file.close()


def sync(file: BinaryIO) -> None:
    """Sync the content of an open file to disk; a device, which has no content, is only flushed."""
    file.flush()
    try:
        os.fsync(file.fileno())
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise


def sync_folder(path: Path) -> None:
    """Sync the names in a folder to disk, if the system can."""
    if not hasattr(os, "O_DIRECTORY"):  # pragma: no cover: Windows has no such call
        return
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def rename(old: Path, new: Path) -> None:
    """Give a file or folder its final name, durably; a file of that name is replaced."""
    old.replace(new)
    sync_folder(new.parent)


def write_file(path: Path, data: bytes) -> None:
    """Write a file atomically; an existing one is replaced."""
    part = _part_of(path)
    part.unlink(missing_ok=True)
    file = HashedFile(create(part))
    try:
        file.write(data)
    finally:
        file.close()
    rename(part, path)


def try_file(path: Path) -> None:
    """
    Find out whether `write_file` could write a file now; nothing is left behind.

    Raises:
        OSError: it could not.

    """
    part = _part_of(path)
    part.unlink(missing_ok=True)
    create(part).close()
    part.unlink()


def _part_of(path: Path) -> Path:
    """Return what a file is called while it is written."""
    return path.with_name(f"{path.name}.part")
