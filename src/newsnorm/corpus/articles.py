"""Read back the articles of finished runs and exports, and of single files of JSON lines and Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from newsnorm.corpus.output.manifest import check_sizes, load_manifest
from newsnorm.corpus.sinks.layout import FOLDERS
from newsnorm.corpus.sinks.results import shard_rows
from newsnorm.corpus.sinks.shards import READABLE
from newsnorm.corpus.sources.discover import Progress
from newsnorm.corpus.sources.record import failure
from newsnorm.errors import InputError, RecordError
from newsnorm.records import Article
from newsnorm.records.accounts import Failure
from newsnorm.records.schema import from_dict

COMPLETE = ("jsonl", "parquet", "datasets")
"""The formats that can hold whole articles; a run with columns has flat tables instead."""


@attrs.frozen
class ArticleFile:
    """A file with whole articles."""

    path: Path
    name: str
    """Path of the file in reports, with forward slashes: it begins with the input folder, or with the folder of an input file."""


def find_articles(inputs: Iterable[str | Path]) -> tuple[ArticleFile, ...]:
    """
    Find the files with whole articles; in a folder of results, the files in its manifest.

    Raises:
        InputError: an input does not exist, is not a finished run, has flat tables, or is not a file of articles; or a file of
        the results has changed.

    """
    return tuple(file for given in inputs for file in _found(Path(given)))


def _found(path: Path) -> Iterator[ArticleFile]:
    if path.is_dir():
        yield from _sealed(path)
    elif path.exists():
        _check_ending(path)
        yield ArticleFile(path, f"{path.parent.resolve().name}/{path.name}")
    else:
        raise InputError(f"{path}: no such file or directory")


def _sealed(folder: Path) -> Iterator[ArticleFile]:
    """Yield the files of articles of a finished run."""
    manifest = load_manifest(folder)
    if manifest is None or manifest.kind not in ("run", "export"):
        raise InputError(f"{folder} has no results of a finished run; name a folder that newsnorm run has written, or its files")
    to = str(manifest.settings.get("to", COMPLETE[0])).partition(".")[0]
    if manifest.settings.get("columns") is not None or to not in COMPLETE:
        names = ", ".join(COMPLETE)
        raise InputError(f"{folder} does not hold whole articles; name a folder with {names}, such as that of the run")
    within = tuple(f"{each}/" for each in FOLDERS.values())
    shards = [file for file in manifest.files if file.name.startswith(within)]
    check_sizes(folder, shards)
    for file in shards:
        yield ArticleFile(folder / file.name, f"{folder.resolve().name}/{file.name}")


def _check_ending(path: Path) -> None:
    if not path.name.endswith(tuple(f".{each}" for each in READABLE)):
        raise InputError(f"{path} is not a file of articles; its name must end in {', '.join(f'.{each}' for each in READABLE)}")


def read_articles(files: Iterable[ArticleFile], progress: Progress | None = None) -> Iterator[Article | Failure]:
    """
    Yield the articles of files, and a failure for each row that is not an article.

    Args:
        files: the files.
        progress: called after each article.

    Raises:
        MissingExtraError: a file needs an extra that is not installed.
        InputError: a file is damaged.

    """
    files = tuple(files)
    sizes = [file.path.stat().st_size for file in files]
    before = 0
    for file, size in zip(files, sizes, strict=True):
        read = 0
        for number, row in enumerate(shard_rows(file.path), 1):
            yield _article(file.name, number, row)
            read += len(row)
            if progress is not None:
                progress(before + min(size, read), sum(sizes))
        before += size


def _article(name: str, place: int, row: bytes) -> Article | Failure:
    try:
        data = json.loads(row)
    except (ValueError, RecursionError) as error:
        return failure(name, place, "bad-json", str(error), row)
    if not isinstance(data, dict):
        return failure(name, place, "not-an-object", f"expected a JSON object, found a {type(data).__name__}", row)
    try:
        return from_dict(data)
    except RecordError as error:
        return failure(name, place, "bad-field", f"{error}; run newsnorm run over it first", row)
