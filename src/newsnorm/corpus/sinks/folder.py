"""
Write the files of a job so that a file with its final name is complete.

Every file is written as ``NAME.part`` and renamed when the job is done. A job that is killed leaves only ``.part`` files.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Generic, TextIO, TypeVar

import attrs

from newsnorm.errors import InputError

Row = TypeVar("Row")


@attrs.frozen
class OutputFolder:
    """The folder that a job writes to."""

    path: Path | None
    """None in a dry run, in which nothing is written."""

    @classmethod
    def prepare(
        cls, path: str | Path | None, *, inputs: Iterable[Path], names: Iterable[str], overwrite: bool = False
    ) -> OutputFolder:
        """
        Create the folder if it is missing, and check that the job may write to it.

        Args:
            path: the folder; None for a dry run.
            inputs: the files and folders that the job reads.
            names: the files that the job may write.
            overwrite: whether these files may already exist.

        Raises:
            InputError: the folder is inside an input, has results that may not be replaced, or can't be created.

        """
        if path is None:
            return cls(None)
        out = Path(path)
        enclosing = next((root for root in inputs if out.resolve().is_relative_to(root.resolve())), None)
        if enclosing is not None:
            raise InputError(f"{out} is inside the input {enclosing}, so the next run would read it; choose another folder")
        existing = [name for name in names if (out / name).exists()]
        if existing and not overwrite:
            raise InputError(f"{out} has {existing[0]} from an earlier run; choose another folder or pass --overwrite")
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{out}: can't create the folder: {error.strerror}") from error
        return cls(out)

    def open(self, name: str) -> TextIO:
        """Open a file of the folder for writing, under its ``.part`` name."""
        path = Path(os.devnull) if self.path is None else self.path / f"{name}.part"
        return path.open("w", encoding="utf-8", newline="\n")

    def commit(self, names: Iterable[str], *, without: Iterable[str] = ()) -> None:
        """
        Give the written files their final names.

        Args:
            names: the files that the job wrote.
            without: files to delete, which an earlier job may have left and this one did not write.

        """
        if self.path is None:
            return
        for name in without:
            (self.path / name).unlink(missing_ok=True)
        for name in names:
            part = self.path / f"{name}.part"
            with part.open("rb") as file:
                os.fsync(file.fileno())
            part.replace(self.path / name)


class LineSink(Generic[Row]):
    """One file of a folder, with one line per row."""

    def __init__(self, folder: OutputFolder, name: str, dumps: Callable[[Row], str]) -> None:
        self._file = folder.open(name)
        self._dumps = dumps

    def write(self, row: Row) -> None:
        """Write one row."""
        self._file.write(self._dumps(row) + "\n")

    def __enter__(self) -> LineSink[Row]:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()
