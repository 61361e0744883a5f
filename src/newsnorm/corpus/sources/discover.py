"""Find the files to read, and read their records one after another, in the order of file names."""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import TypeAlias

import attrs

from newsnorm.corpus.sources.compression import without_compression
from newsnorm.corpus.sources.compression.zst import ENDINGS as ZSTD
from newsnorm.corpus.sources.compression.zst import require_zstd
from newsnorm.corpus.sources.formats.office.rtf import require_office
from newsnorm.corpus.sources.names import compile_pattern
from newsnorm.corpus.sources.options import NO_OPTIONS, ReadOptions
from newsnorm.corpus.sources.read import read_file
from newsnorm.corpus.sources.recognise import ARCHIVE, ENDINGS, NOT_READ, RTF, is_read
from newsnorm.corpus.sources.record import STANDARD_INPUT, SourceFile, SourceRecord, failure
from newsnorm.corpus.sources.stream import ByteCounter
from newsnorm.corpus.sources.walk import Refused, walk, without_metadata
from newsnorm.errors import InputError
from newsnorm.export.arrow import require_arrow
from newsnorm.language import check_language
from newsnorm.read import reader_of as check_media_type
from newsnorm.read.html import require_parser
from newsnorm.read.media_type import HTML, XHTML, media_type_of_name
from newsnorm.records.accounts import Failure

Progress: TypeAlias = Callable[[int, int], None]
"""Called after each record with the bytes read so far and the total."""

STANDARD_INPUT_NAME = "standard-input"
"""The name of standard input in reports and ids."""


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

    A file that is itself an input is always read; in a folder, hidden files are ignored, files of metadata belong to the texts
    beside them, and other formats are skipped. In an output folder of a run, only the articles are read.

    The name of a file begins with the input folder, or with the folder of an input file. So files such as
    ``2024-06-20/001.txt`` and ``2024-06-21/001.txt`` have different names, even if each folder is read on its own.

    Args:
        inputs: files, folders, patterns such as ``feeds/*.jsonl.gz``, and ``-`` for standard input.
        options: what the user says of the files.

    Raises:
        InputError: an input does not exist or is an unsupported archive, the media type has no reader, the language is not a
        code, or the pattern of names is invalid.
        MissingExtraError: the name of a file shows that it needs an extra that is not installed.

    """
    if options.media_type is not None:
        check_media_type(options.media_type)
    if options.language is not None:
        check_language(options.language)
    if options.name_pattern is not None:
        compile_pattern(options.name_pattern)
    roots = _expanded(inputs)
    found = [_below(root, options) if root.is_dir() else Discovered((_named(root, options),), ()) for root in roots]
    files = tuple(file for each in found for file in each.files)
    for file in files:
        _check_extras(file, options)
    skipped = tuple(name for each in found for name in each.skipped)
    return Discovered(files, skipped, tuple(failed for each in found for failed in each.failures))


def _expanded(inputs: Iterable[str | Path]) -> Iterator[Path]:
    """
    Yield the inputs, with patterns expanded that the shell did not expand.

    Raises:
        InputError: an input does not exist.

    """
    for given in inputs:
        path = Path(given)
        if path == STANDARD_INPUT or path.exists() or path.is_symlink():
            yield path
        elif glob.has_magic(str(given)) and (names := sorted(glob.glob(str(given), recursive=True))):  # noqa: PTH207  # of any depth
            yield from map(Path, names)
        else:
            raise InputError(f"{path}: no such file or directory")


def _named(path: Path, options: ReadOptions) -> SourceFile:
    """Return a file that is itself an input."""
    name = STANDARD_INPUT_NAME if path == STANDARD_INPUT else _name_in(path.parent, path.name)
    if advice := NOT_READ.get(PurePosixPath(without_compression(name)).suffix.lower()):
        raise InputError(f"{path}: a file of this kind is not read; {advice}")
    return _file(path, name, options)


def _file(path: Path, name: str, options: ReadOptions) -> SourceFile:
    ending = PurePosixPath(without_compression(name)).suffix.lower()
    named = None if ending == ARCHIVE else options.format or ENDINGS.get(ending)
    return SourceFile(
        path,
        name,
        options.media_type or media_type_of_name(without_compression(name)),
        is_container=named != "text",
        is_on_disk=path != STANDARD_INPUT,
    )


def _below(root: Path, options: ReadOptions) -> Discovered:
    """Find the files below a folder."""
    listed = list(walk(root))
    refused = [each for each in listed if isinstance(each, Refused)]
    files: list[SourceFile] = []
    skipped: list[str] = []
    for path in without_metadata(sorted(each for each in listed if isinstance(each, str))):
        name = _name_in(root, path)
        if is_read(path):
            files.append(_file(root / path, name, options))
        else:
            skipped.append(name)
    failures = (failure(_name_in(root, each.path), None, "unreadable", each.message) for each in refused)
    return Discovered(tuple(files), tuple(skipped), tuple(sorted(failures, key=lambda each: each.source)))


def _check_extras(file: SourceFile, options: ReadOptions) -> None:
    """Check that the extras are installed that a file needs, judging by its name."""
    if file.media_type in (HTML, XHTML):
        require_parser()
    if PurePosixPath(file.name).suffix.lower() in ZSTD:
        require_zstd()
    if (options.format or ENDINGS.get(file.ending)) == "parquet":
        require_arrow()
    if file.ending == RTF:
        require_office()


def _name_in(folder: Path, path: str) -> str:
    """Prefix a path with the name of the folder above it; links to the folder are followed, and the root has no name."""
    return (Path(folder.resolve().name) / path).as_posix()


def read_all(
    found: Discovered, options: ReadOptions = NO_OPTIONS, progress: Progress | None = None
) -> Iterator[SourceRecord | Failure]:
    """
    Yield the failures to list folders, and then the records of discovered files in order.

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


def _size(file: SourceFile) -> int:
    try:
        return file.path.stat().st_size if file.is_on_disk else 0
    except OSError:
        return 0
