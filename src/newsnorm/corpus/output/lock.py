"""Let one job at a time write to a folder."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from newsnorm.errors import InputError

try:
    import fcntl
except ImportError:  # pragma: no cover: Windows
    fcntl = None  # type: ignore[assignment]


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """
    Hold a lock file while the block runs; the system releases it if the process dies.

    Args:
        path: the file, which is created if it is missing.

    Raises:
        InputError: another process holds it; the message names its id and its machine.

    """
    handle = _acquire(path)
    try:
        os.ftruncate(handle, 0)
        os.write(handle, f"process {os.getpid()} on {socket.gethostname()}".encode())
        yield
    finally:
        os.close(handle)


def holder_of(path: Path) -> str | None:
    """Return who holds a lock file, without changing it; None if nobody does."""
    if not path.is_file() or sys.platform == "win32":  # pragma: no cover: Windows has no such lock
        return None
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return _named_in(handle)
    finally:
        os.close(handle)
    return None


def _named_in(handle: int) -> str:
    """Return the holder recorded in an open lock file."""
    return os.read(handle, 200).decode("utf-8", "replace") or "another process"


def _acquire(path: Path) -> int:
    """Open and lock the file; if the job that held it has removed it meanwhile, open it again."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0), 0o666)
        try:
            _lock(handle, path)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), path.stat()):
                    return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _lock(handle: int, path: Path) -> None:
    if fcntl is None:  # pragma: no cover: Windows has no such lock
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = _named_in(handle)
        raise InputError(
            f"{path.parent.parent}: {holder} is writing to this folder; wait until it ends, or choose another"
        ) from error
