"""Find the files to read, and read their records one after another, in the order of file names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import attrs

from newsnorm.corpus.sources import READERS, reader_of
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


def discover(inputs: Iterable[str | Path], media_type: str | None = None) -> Discovered:
    """
    Find the files below `inputs`, sorted by name, so that the order of directory listings does not matter.

    A file that is itself an input is always read; in a folder, hidden files are ignored and other formats are skipped.

    The name of a file begins with the folder that is an input, or that holds the file that is an input. So files such as
    ``2024-06-20/001.txt`` and ``2024-06-21/001.txt`` have different names, even if each folder is read on its own.

    Args:
        inputs: files and folders.
        media_type: that of texts which state none; None goes by the endings of files and the beginnings of texts.

    Raises:
        InputError: an input does not exist, or `media_type` has no reader.
        MissingExtraError: a file is a page of HTML by its name, and the extra ``html`` is not installed.

    """
    if media_type is not None:
        check_media_type(media_type)
    files: list[SourceFile] = []
    skipped: list[str] = []

    def add(path: Path, name: str) -> None:
        files.append(SourceFile(path, name, media_type or media_type_of_name(name)))

    for root in map(Path, inputs):
        if not root.exists():
            raise InputError(f"{root}: no such file or directory")
        if not root.is_dir():
            add(root, _name_in(root.parent, root.name))
            continue
        for path in _below(root):
            name = _name_in(root, path)
            if Path(path).suffix.lower() in READERS:
                add(root / path, name)
            else:
                skipped.append(name)
    if any(file.media_type in (HTML, XHTML) for file in files):
        require_parser()
    return Discovered(tuple(files), tuple(skipped))


def _below(folder: Path) -> list[str]:
    """Return the paths below a folder of the files in it and its subfolders, sorted, without hidden ones."""
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return [path for path in paths if not any(part.startswith(".") for part in path.split("/"))]


def _name_in(folder: Path, path: str) -> str:
    """Put the name of a folder before a path below it; links to the folder are followed, and the root has no name."""
    return (Path(folder.resolve().name) / path).as_posix()


def read_records(
    files: Iterable[SourceFile], mapping: Mapping[str, str] | None = None, progress: Progress | None = None
) -> Iterator[SourceRecord | Failure]:
    """
    Read the records of `files` in order.

    Args:
        files: the files.
        mapping: our field → the name in the records: ``{"text": "body"}``.
        progress: called after each record has been used.

    """
    wanted = list(files)
    sizes = [_size(file) for file in wanted]
    total, before = sum(sizes), 0
    for file, size in zip(wanted, sizes, strict=True):
        within = 0
        for record in read_file(file, mapping):
            yield record
            if progress is not None:
                within = min(size, within + (record.length if isinstance(record, Failure) else len(record.raw)))
                progress(before + within, total)
        before += size
        if progress is not None:
            progress(before, total)


def read_file(file: SourceFile, mapping: Mapping[str, str] | None = None) -> Iterator[SourceRecord | Failure]:
    """Read the records of one file; a file that can't be read is one failure."""
    if not file.path.is_file():
        yield failure(file.name, None, "special-file", "not a regular file")
        return
    try:
        with file.path.open("rb") as stream:
            yield from reader_of(file)(stream, file, mapping or {})
    except OSError as error:
        yield failure(file.name, None, "unreadable", error.strerror or type(error).__name__)


def _size(file: SourceFile) -> int:
    try:
        return file.path.stat().st_size
    except OSError:
        return 0
