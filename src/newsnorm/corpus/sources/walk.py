"""Walk through a folder: list its files by name, follow links but not in circles, and report what can't be listed."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import attrs

from newsnorm.corpus.sources.compression import without_compression
from newsnorm.corpus.sources.names import TABLES, sidecar_of
from newsnorm.corpus.sources.recognise import ENDINGS

SEAL, SEAL_SCHEMA = "manifest.json", "newsnorm/manifest/"
ARTICLES = ("articles", "data")
"""Names of the folder of articles in the output folder of a run."""

OLD_ARTICLES, OLD_SUMMARY = "articles.jsonl", "summary.json"
"""Names in such a folder before articles were in shards."""


@attrs.frozen
class Refused:
    """A path below a folder that can't be listed."""

    path: str
    message: str


def walk(folder: Path) -> Iterator[str | Refused]:
    """
    Yield the paths of the files below a folder, with slashes, without hidden files.

    In an output folder of a run, only the articles are listed.
    """
    yield from _walk(folder, "", ())


def _walk(folder: Path, below: str, above: tuple[tuple[int, int], ...]) -> Iterator[str | Refused]:
    """Walk through one folder; `above` has the identities of the folders around it."""
    try:
        about = folder.stat()
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        yield Refused(below.rstrip("/"), f"can't list the folder: {error.strerror}")
        return
    identity = (about.st_dev, about.st_ino)
    if identity in above:
        yield Refused(below.rstrip("/"), "a link leads back to a folder that it is in")
        return
    for name in _results(folder, names):
        if _is_folder(folder / name):
            yield from _walk(folder / name, f"{below}{name}/", (*above, identity))
        else:
            yield f"{below}{name}"


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except OSError:  # reading the file will report why
        return False


def _results(folder: Path, names: Sequence[str]) -> Sequence[str]:
    """Return all names in a folder; in an output folder of newsnorm, only the name of its articles."""
    if SEAL in names and _is_seal(folder / SEAL):
        return [name for name in names if name in ARTICLES]
    if OLD_ARTICLES in names and OLD_SUMMARY in names:
        return [OLD_ARTICLES]
    return names


def _is_seal(path: Path) -> bool:
    """Return whether a file is the manifest of an output folder."""
    try:
        row = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(row, dict) and str(row.get("schema")).startswith(SEAL_SCHEMA)


def without_metadata(paths: Sequence[str]) -> list[str]:
    """
    Leave out files with metadata of texts: beside a text, or in a table in its folder or a folder above.

    >>> without_metadata(["2024/rain.json", "2024/rain.txt", "2024/snow.json", "metadata.csv"])
    ['2024/rain.txt', '2024/snow.json']
    """
    texts = [path for path in paths if ENDINGS.get(PurePosixPath(without_compression(path)).suffix.lower()) == "text"]
    beside = {sidecar_of(text) for text in texts}
    for folder in {folder for text in texts for folder in PurePosixPath(text).parents}:
        beside.update((folder / table).as_posix() for table in TABLES)
    return [path for path in paths if path not in beside]
