"""Refuse, before work begins, an output that can't be written, or that would overwrite an input or the target of a link."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from newsnorm.corpus.output.durable import try_file
from newsnorm.errors import InputError


def refuse_enclosing_input(out: Path, inputs: Iterable[Path]) -> None:
    """
    Refuse an output folder that lies in an input folder, since the next job would read it.

    Raises:
        InputError: it lies in an input folder.

    """
    target = out.resolve()
    for root in inputs:
        if root.is_dir() and target == root.resolve():
            raise InputError(f"{out} is an input, and its files would be replaced; choose another folder")
        if root.is_dir() and target.is_relative_to(root.resolve()):
            raise InputError(f"{out} is inside the input {root}, so the next run would read it; choose another folder")


def refuse_replacing_inputs(targets: Iterable[Path], inputs: Iterable[Path]) -> None:
    """
    Refuse to replace a file that is read, under any of its names; a link to it counts as the file.

    Args:
        targets: the files that would be replaced or removed.
        inputs: the files that are read.

    Raises:
        InputError: a target is an input.

    """
    replaced = {identity: target for target in targets if (identity := _identity(target)) is not None}
    if not replaced:
        return
    for path in inputs:
        identity = _identity(path)
        target = None if identity is None else replaced.get(identity)
        if target is not None:
            raise InputError(f"{target} is the input {path}, and would be replaced; choose another place for the output")


def refuse_lying_among(targets: Iterable[Path], index: Path) -> None:
    """
    Refuse an index at a path that the job writes to, even if nothing exists there yet.

    Args:
        targets: the files and folders that the job writes.
        index: the file of the index.

    Raises:
        InputError: the index is one of the targets, or lies in one.

    """
    place = index.resolve()
    for target in targets:
        if place.is_relative_to(target.resolve()):
            raise InputError(f"{index} has a name that the job itself writes to; choose another place for the index")


def refuse_replacing_edited(out: Path, written: Mapping[str, str | None]) -> None:
    """
    Refuse to replace files that have changed since a job wrote them.

    Args:
        out: the folder.
        written: name of a file → hex sha256 as written; None if no job wrote it.

    Raises:
        InputError: a file differs.

    """
    for name, sha256 in written.items():
        path = out / name
        if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            raise InputError(f"{path} was changed by hand, and would be replaced; move it elsewhere")


def refuse_unwritable_file(path: Path) -> None:
    """
    Refuse a file that can't be written or replaced; nothing is left behind.

    Raises:
        InputError: it is a folder or a device, or its folder is missing or can't be written to.

    """
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file in it")
    if path.exists() and not path.is_file():
        raise InputError(f"{path} is a device, which can't be replaced; name a file")
    if not path.parent.is_dir():
        raise InputError(f"{path.parent}: no such folder; create it, or choose another place for {path.name}")
    try:
        try_file(path)
    except OSError as error:
        raise InputError(f"{path} can't be written: {error.strerror}; choose another place") from error


def refuse_unwritable_folder(path: Path) -> None:
    """
    Refuse a folder that can't be written to or created; nothing is created.

    Raises:
        InputError: the existing part of it is not a folder, or may not be written to.

    """
    there = next(folder for folder in (path, *path.absolute().parents) if os.path.lexists(folder))
    if not there.is_dir():
        raise InputError(f"{path}: {there} is not a folder; choose another place for the output")
    if not os.access(there, os.W_OK | os.X_OK):
        raise InputError(f"{path}: nothing can be written in {there}; choose another place for the output")


def refuse_folders(paths: Iterable[Path]) -> None:
    """
    Refuse to write a file where a folder is.

    Raises:
        InputError: one is.

    """
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            raise InputError(f"{path} is a folder, and a file is to be written there; remove it, or choose another folder")


def refuse_links(paths: Iterable[Path]) -> None:
    """
    Refuse to write into a path that is a link or not a folder.

    Raises:
        InputError: one is.

    """
    for path in paths:
        if path.is_symlink():
            raise InputError(f"{path} is a link, and its target would be changed; remove it, or choose another folder")
        if path.exists() and not path.is_dir():
            raise InputError(f"{path} is not a folder; remove it, or choose another place for the output")


def _identity(path: Path) -> tuple[int, int] | None:
    """Return the device and inode number of a file; None if it does not exist."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
