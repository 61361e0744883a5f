"""Read and write ``manifest.json``, which seals a folder of results: it is written last and names every file of the results."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import TypeAlias, cast

import attrs

from newsnorm.corpus.output.durable import HashedFile
from newsnorm.errors import InputError

NAME = "manifest.json"
SCHEMA = "newsnorm/manifest/1"

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


@attrs.frozen(kw_only=True)
class FileEntry:
    """A file of the results."""

    name: str
    """Its path below the folder, with forward slashes."""
    rows: int
    size: int
    """In bytes."""
    sha256: str
    content_sha256: str | None = None
    """Digest of the content of a compressed file, which does not depend on the version of the compressor."""
    key: str | None = None
    """Digest of everything that a shard of articles depends on: the records and the settings."""

    @classmethod
    def of(cls, name: str, file: HashedFile, rows: int) -> FileEntry:
        """Describe a file that was just written."""
        return cls(name=name, rows=rows, size=file.size, sha256=file.sha256)

    def has_size_in(self, folder: Path) -> bool:
        """Return whether the file is in a folder of results with its original size; nothing is read."""
        path = folder / self.name
        return path.is_file() and path.stat().st_size == self.size

    def is_intact_in(self, folder: Path) -> bool:
        """Return whether the file is in a folder of results, unchanged."""
        return self.has_size_in(folder) and digest_of(folder / self.name) == self.sha256


@attrs.frozen(kw_only=True)
class Manifest:
    """The content of a folder of results, and what made it."""

    kind: str
    """The job: ``run`` or ``dedup``."""
    settings: Mapping[str, Json]
    """Everything that determines the results besides the inputs."""
    counts: Mapping[str, Json]
    """The summary of the job."""
    files: tuple[FileEntry, ...]

    def dumps(self) -> bytes:
        """Write the manifest as indented JSON."""
        row = {"schema": SCHEMA, **attrs.asdict(self)}
        return (json.dumps(row, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def digest_of(path: Path) -> str:
    """Return the hex sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_sizes(folder: Path, files: Iterable[FileEntry]) -> None:
    """
    Check that files are in a folder of results with their original sizes.

    Raises:
        InputError: a file is missing or has another size.

    """
    for file in files:
        if not file.has_size_in(folder):
            raise InputError(f"{folder / file.name} has changed since the run wrote it; run again with --overwrite")


def load_manifest(folder: Path) -> Manifest | None:
    """
    Read the manifest of a folder; None if it has none.

    Raises:
        InputError: it is not a manifest of newsnorm.

    """
    path = folder / NAME
    try:
        row = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{path}: can't be read: {error}; remove the file, or choose another folder") from error
    if not isinstance(row, dict) or row.get("schema") != SCHEMA:
        raise InputError(f"{path} is not a manifest of newsnorm; choose another folder")
    try:
        files = tuple(FileEntry(**entry) for entry in row["files"])
        if outside := [file.name for file in files if not is_below(file.name)]:
            raise ValueError(f"{outside[0]!r} lies elsewhere")
        return Manifest(kind=str(row["kind"]), settings=dict(row["settings"]), counts=dict(row["counts"]), files=files)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path} is damaged: {error}; remove the file, or choose another folder") from error


def is_below(name: str) -> bool:
    """Return whether a relative name does not lead out of its folder."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\\" not in name and "\0" not in name


def settings_row(settings: object) -> dict[str, Json]:
    """Write an attrs record of settings as JSON data."""
    return cast("dict[str, Json]", json.loads(json.dumps(attrs.asdict(settings), default=str)))  # type: ignore[arg-type]
