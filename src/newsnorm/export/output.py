"""Wrap the files that writers of formats write to."""

from __future__ import annotations

from typing import Protocol


class Output(Protocol):
    """A file that is open for writing."""

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        ...

    def write(self, data: bytes, /) -> int:
        """Write bytes."""
        ...

    def tell(self) -> int:
        """Return the number of bytes written."""
        ...


class WhileOpen:
    """
    Passes bytes on to a file until it is closed, from front to back.

    Abandoned writers of pyarrow and `zipfile` write once more when they are deleted.
    """

    closed = False

    def __init__(self, file: Output) -> None:
        self._file = file
        self._place = file.tell()

    def write(self, data: bytes) -> int:
        """Write bytes, and return their number."""
        self._place += len(data)
        return len(data) if self._file.closed else self._file.write(data)

    def tell(self) -> int:
        """Return the number of bytes written, including those after the file was closed."""
        return self._place

    def flush(self) -> None:
        """Do nothing: the file itself decides when its bytes are written."""
