"""Remember which parts of a run were added to its index."""

from __future__ import annotations

import os
from pathlib import Path

from newsnorm.corpus.output.durable import write_file

NAME = "indexed.txt"


class IndexedParts:
    """
    The keys of the parts whose reports are in the index, in a file of one key a line.

    A key is written after its reports are. So a run that was killed in between adds them again, which changes nothing.
    """

    def __init__(self, path: Path, keys: set[str]) -> None:
        self._path = path
        self._keys = keys

    @classmethod
    def load(cls, work: Path) -> IndexedParts:
        """Read the keys of a work folder; a line that was cut off by a kill is ignored."""
        path = work / NAME
        lines = path.read_text("ascii", "replace").split("\n")[:-1] if path.exists() else []
        write_file(path, "".join(f"{line}\n" for line in lines).encode("ascii", "replace"))
        return cls(path, set(lines))

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def add(self, key: str) -> None:
        """Write a key to the disk."""
        self._keys.add(key)
        with self._path.open("ab") as file:
            file.write(f"{key}\n".encode())
            file.flush()
            os.fsync(file.fileno())

    def clear(self) -> None:
        """Forget all keys."""
        self._keys.clear()
        write_file(self._path, b"")
