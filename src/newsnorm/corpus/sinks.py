"""The files that a run writes: under another name first, renamed when whole, so that a file that bears its name is complete."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from newsnorm.corpus.sources import Failure
from newsnorm.errors import InputError


def prepared(out: Path, roots: Iterable[Path], names: Iterable[str], overwrite: bool) -> Path:
    """
    The directory to write to, made if missing.

    Raises:
        InputError: it lies in an input, holds results that may not be replaced, or can't be made.

    """
    inside = next((root for root in roots if out.resolve().is_relative_to(root.resolve())), None)
    if inside is not None:
        raise InputError(f"{out} lies inside the input {inside}, so the next run would read it: name another directory")
    standing = [name for name in names if (out / name).exists()]
    if standing and not overwrite:
        raise InputError(f"{out} holds {standing[0]} of an earlier run: name another directory, or pass --overwrite")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{out} can't be made a directory: {error.strerror}") from error
    return out


def opened(target: Path | None, name: str) -> TextIO:
    """A file of the run, to be finished; without a directory one that keeps nothing."""
    path = Path(os.devnull) if target is None else target / f"{name}.part"
    return path.open("w", encoding="utf-8", newline="\n")


def finish(target: Path, names: Iterable[str], without: Iterable[str] = ()) -> None:
    """Give every file its name; those that this run did not make go, if an earlier one did."""
    for name in without:
        (target / name).unlink(missing_ok=True)
    for name in names:
        part = target / f"{name}.part"
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target / name)


def error_row(failure: Failure) -> dict[str, str | int | None]:
    """A failure as ``errors.jsonl`` has it."""
    message = "".join(letter if letter.isprintable() else "?" for letter in failure.message)[:500]
    return {
        "source": failure.source.encode("utf-8", "replace").decode(),
        "line": failure.line,
        "code": failure.code,
        "message": message,
        "sha256": failure.sha256,
        "length": failure.length,
    }
