"""Find the files to read, and read their records one after another, in the order of file names."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

import attrs

from newsnorm.corpus.sources import CONTAINERS, READERS, reader_of
from newsnorm.corpus.sources.counting import ByteCounter, open_counted
from newsnorm.corpus.sources.options import NO_OPTIONS, ReadOptions
from newsnorm.corpus.sources.record import SourceFile, SourceRecord, failure
from newsnorm.errors import InputError
from newsnorm.read import reader_of as check_media_type
from newsnorm.read.html import require_parser
from newsnorm.read.media_type import HTML, XHTML, media_type_of_name
from newsnorm.records.accounts import Failure

Progress: TypeAlias = Callable[[int, int], None]
"""Called after each record with the bytes read so far and the total."""


@attrs.frozen
class Discovered:
    """The files below some inputs."""

    files: tuple[SourceFile, ...]
    """The files to read, in the order of their names."""
    skipped: tuple[str, ...]
    """The names of files whose format is not read."""
    failures: tuple[Failure, ...] = ()
    """The folders that could not be listed."""

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(map(_size, self.files))


def discover(inputs: Iterable[str | Path], options: ReadOptions = NO_OPTIONS) -> Discovered:
    """
    Find the files below `inputs`, sorted by name, so that the order of directory listings does not matter.

    A file that is itself an input is always read; in a folder, hidden files are ignored and other formats are skipped.

    The name of a file begins with the folder that is an input, or that holds the file that is an input. So files such as
    ``2024-06-20/001.txt`` and ``2024-06-21/001.txt`` have different names, even if each folder is read on its own.

    Args:
        inputs: files and folders.
        options: what the user says of the files.

    Raises:
        InputError: an input does not exist, or the media type has no reader.
        MissingExtraError: a file is a page of HTML by its name, and the extra ``html`` is not installed.

    """
    if options.media_type is not None:
        check_media_type(options.media_type)
    files: list[SourceFile] = []
    skipped: list[str] = []
    failures: list[Failure] = []

    def add(path: Path, name: str) -> None:
        media_type = options.media_type or media_type_of_name(name)
        files.append(SourceFile(path, name, media_type, is_container=path.suffix.lower() in CONTAINERS))

    for root in map(Path, inputs):
        if not root.exists():
            raise InputError(f"{root}: no such file or directory")
        if not root.is_dir():
            add(root, _name_in(root.parent, root.name))
            continue
        below, refused = _below(root)
        failures += refused
        for path in below:
            name = _name_in(root, path)
            if Path(path).suffix.lower() in READERS:
                add(root / path, name)
            else:
                skipped.append(name)
    if any(file.media_type in (HTML, XHTML) for file in files):
        require_parser()
    return Discovered(tuple(files), tuple(skipped), tuple(failures))


def _below(folder: Path) -> tuple[list[str], list[Failure]]:
    """Return the paths of the files below a folder, sorted, without hidden ones, and the folders that can't be listed."""
    paths: list[str] = []
    failures: list[Failure] = []

    def refuse(error: OSError) -> None:
        place = Path(error.filename).relative_to(folder).as_posix()
        failures.append(failure(_name_in(folder, place), None, "unreadable", f"can't list the folder: {error.strerror}"))

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = Path(parent).relative_to(folder)
        paths += [(below / name).as_posix() for name in names if not name.startswith(".")]
    return sorted(paths), sorted(failures, key=lambda each: each.source)


def _name_in(folder: Path, path: str) -> str:
    """Put the name of a folder before a path below it; links to the folder are followed, and the root has no name."""
    return (Path(folder.resolve().name) / path).as_posix()


def read_records(
    found: Discovered, options: ReadOptions = NO_OPTIONS, progress: Progress | None = None
) -> Iterator[SourceRecord | Failure]:
    """
    Read the records of discovered files in order, after the failures to list folders.

    Args:
        found: the files.
        options: what the user says of the files.
        progress: called after each record has been used.

    """
    yield from found.failures
    sizes = [_size(file) for file in found.files]
    total, before = sum(sizes), 0
    for file, size in zip(found.files, sizes, strict=True):
        counter = ByteCounter()
        for record in read_file(file, options, counter):
            yield record
            if progress is not None:
                progress(before + min(size, counter.read), total)
        before += size
        if progress is not None:
            progress(before, total)


def read_file(
    file: SourceFile, options: ReadOptions = NO_OPTIONS, counter: ByteCounter | None = None
) -> Iterator[SourceRecord | Failure]:
    """
    Read the records of one file in order; a file that can't be read is one failure.

    Args:
        file: the file.
        options: what the user says of the files.
        counter: counts the bytes of the file on disk that have been read.

    """
    if not file.path.is_file():
        yield failure(file.name, None, "special-file", "not a regular file")
        return
    try:
        with file.path.open("rb", buffering=0) as stream:
            yield from reader_of(file)(open_counted(stream, counter or ByteCounter()), file, options)
    except OSError as error:
        yield failure(file.name, None, "unreadable", error.strerror or type(error).__name__)


def _size(file: SourceFile) -> int:
    try:
        return file.path.stat().st_size
    except OSError:
        return 0
