"""Remember which parts of a run were added to its index."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from newsnorm.corpus.output.durable import write_file

NAME = "indexed.txt"


BEGUN = "begun "
"""Prefix of the key of a part some of whose reports may be in the index."""


class IndexedParts:
    """
    The keys of the parts whose reports are in the index, stored in a file with one key per line.

    A key is written, marked as begun, before the first of its reports is added, and again after the last. So after a kill in
    between, the next run adds the reports again, which changes nothing, or knows what to remove if they are no longer in the
    inputs.
    """

    def __init__(self, path: Path, lines: Iterable[str]) -> None:
        self._path = path
        self._lines = set(lines)

    @classmethod
    def load(cls, work: Path) -> IndexedParts:
        """Read the keys of a work folder; a line cut off by a kill is ignored."""
        path = work / NAME
        lines = path.read_text("ascii", "replace").split("\n")[:-1] if path.exists() else []
        write_file(path, "".join(f"{line}\n" for line in lines).encode("ascii", "replace"))
        return cls(path, lines)

    def __contains__(self, key: object) -> bool:
        """Return whether all reports of a part are in the index."""
        return key in self._lines

    def may_hold(self, key: str) -> bool:
        """Return whether reports of a part may be in the index."""
        return key in self._lines or BEGUN + key in self._lines

    def begin(self, key: str) -> None:
        """Record that the index may contain reports of a part from now on."""
        self._write(BEGUN + key)

    def add(self, key: str) -> None:
        """Record that all reports of a part are in the index."""
        self._write(key)

    def _write(self, line: str) -> None:
        """Write a line to the disk."""
        self._lines.add(line)
        with self._path.open("ab") as file:
            file.write(f"{line}\n".encode())
            file.flush()
            os.fsync(file.fileno())

    def clear(self) -> None:
        """Forget all keys."""
        self._lines.clear()
        write_file(self._path, b"")
