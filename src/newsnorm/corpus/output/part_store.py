"""
Keep the finished parts of a run in its work folder.

A part is a folder, which is renamed to its number once everything in it is on disk. A continued run first sets all parts aside by
their keys, and takes back the parts that it needs.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Protocol

import attrs

from newsnorm.corpus.account import Tally
from newsnorm.corpus.output.checkpoints import checkpoint
from newsnorm.corpus.output.durable import HashedFile, create, rename, sync_folder
from newsnorm.corpus.output.manifest import FileEntry, digest_of
from newsnorm.corpus.output.report_file import KeptReport
from newsnorm.dedup.text.tokens import MAX_TEXT_LENGTH

RECORD, ERRORS, REPORTS, IDS = "part.json", "errors.jsonl", "reports.jsonl", "ids.bin"
ARTICLES = "articles"
"""Name of the shard in the folder of a part; its ending says the format."""


class ShardWriter(Protocol):
    """Writes the rows of one shard."""

    def write(self, row: bytes) -> None:
        """Write the row of one article."""
        ...

    def finish(self) -> str | None:
        """
        Write the remaining rows, without closing the file.

        Returns:
            Hex sha256 of the content if the bytes of the file depend on the version of a compressor, otherwise None.

        """
        ...


class DamagedPartError(Exception):
    """The files of a part are not as they were written."""


@attrs.frozen(kw_only=True)
class FinishedPart:
    """A finished part and its folder."""

    folder: Path
    key: str
    source: str
    shard: FileEntry
    """The articles; the name is relative to the folder of the part."""
    tally: Tally
    long: tuple[str, ...]
    """The ids of reports that exceed the length limit of comparisons."""

    @property
    def failures(self) -> Path:
        """The file of failures."""
        return self.folder / ERRORS

    @property
    def ids(self) -> Path:
        """The file of digests of ids and reports."""
        return self.folder / IDS

    @classmethod
    def read(cls, folder: Path, *, verify: bool = False) -> FinishedPart:
        """
        Read the record of a finished part.

        Args:
            folder: its folder.
            verify: whether to also read the other files and compare their digests.

        Raises:
            DamagedPartError: the record is damaged or, with `verify`, another file of the part.

        """
        try:
            return cls._read(folder, verify=verify)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise DamagedPartError(str(folder)) from error

    @classmethod
    def _read(cls, folder: Path, *, verify: bool) -> FinishedPart:
        row = json.loads((folder / RECORD).read_bytes())
        if verify and any(digest_of(folder / name) != digest for name, digest in row["sha256"].items()):
            raise ValueError("sha256")
        return cls(
            folder=folder,
            key=row["key"],
            source=row["source"],
            shard=FileEntry(**row["shard"]),
            tally=Tally.from_dict(row["tally"]),
            long=tuple(row["long"]),
        )

    @property
    def reports(self) -> Path:
        """The file of reports."""
        return self.folder / REPORTS


class PartWriter:
    """Writes the results of one part; `finish` turns them into a `FinishedPart`, and without it nothing is kept."""

    def __init__(self, folder: Path, shard_name: str, open_shard: Callable[[HashedFile], ShardWriter]) -> None:
        self._final = folder
        self._folder = folder.with_name(f"{folder.name}.tmp")
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        self._shard_name = shard_name
        self._shard_file = self._open(shard_name)
        self._shard = open_shard(self._shard_file)
        self._errors, self._reports, self._ids = self._open(ERRORS), self._open(REPORTS), self._open(IDS)
        self._rows = 0
        self._long: list[str] = []

    def _open(self, name: str) -> HashedFile:
        return HashedFile(create(self._folder / name))

    def write_article(self, row: bytes) -> None:
        """Write an article in the form of the shard."""
        self._shard.write(row)
        self._rows += 1

    def write_failure(self, row: bytes) -> None:
        """Write a line of ``errors.jsonl``."""
        self._errors.write(row)

    def write_report(self, report: KeptReport) -> None:
        """Store the digest of a report, and the report itself if it is to be compared."""
        self._ids.write(report.digests)
        self._reports.write(report.line)
        if report.compared > MAX_TEXT_LENGTH:
            self._long.append(report.id)

    def finish(self, key: str, source: str, tally: Tally) -> FinishedPart:
        """Sync everything to disk, and give the part its name."""
        content = self._shard.finish()
        files = (self._shard_file, self._errors, self._reports, self._ids)
        for file in files:
            file.close()
        names = (self._shard_name, ERRORS, REPORTS, IDS)
        shard = FileEntry(
            name=self._shard_name,
            rows=self._rows,
            size=self._shard_file.size,
            sha256=self._shard_file.sha256,
            content_sha256=content,
            key=key,
        )
        row = {
            "key": key,
            "source": source,
            "shard": attrs.asdict(shard),
            "tally": tally.to_dict(),
            "long": self._long,
            "sha256": {name: file.sha256 for name, file in zip(names, files, strict=True)},
        }
        record = self._open(RECORD)
        record.write(json.dumps(row).encode())
        checkpoint("part-written")
        record.close()
        sync_folder(self._folder)
        checkpoint("part-synced")
        rename(self._folder, self._final)
        checkpoint("part-renamed")
        return FinishedPart(folder=self._final, key=key, source=source, shard=shard, tally=tally, long=tuple(self._long))

    def abandon(self) -> None:
        """Close and remove everything, unless the part was finished."""
        for file in (self._shard_file, self._errors, self._reports, self._ids):
            file.discard()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> PartWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.abandon()


def _intact(folder: Path, *, verify: bool = False) -> FinishedPart | None:
    """Return a finished part; None if it is damaged, so that it is made anew."""
    try:
        return FinishedPart.read(folder, verify=verify)
    except DamagedPartError:
        return None


class PartStore:
    """The parts of a work folder."""

    def __init__(self, work: Path) -> None:
        self._parts, self._aside = work / "parts", work / "aside"
        for folder in (self._parts, self._aside):
            folder.mkdir(exist_ok=True)
        self._kept: dict[str, Path] = {}
        self._lay_aside()

    def _lay_aside(self) -> None:
        """Set all finished parts of an earlier run aside, named by their keys, and remove unfinished ones."""
        for folder in sorted(self._parts.iterdir()):
            part = _intact(folder) if folder.name.isdecimal() else None
            if part is None or (self._aside / part.key).exists():  # unfinished, or from a file that was given twice
                shutil.rmtree(folder)
            else:
                folder.rename(self._aside / part.key)
        sync_folder(self._aside)
        self._kept = {folder.name: folder for folder in self._aside.iterdir() if _intact(folder, verify=True)}

    def path(self, number: int) -> Path:
        """Return the folder of a part, given its number from 0."""
        return self._parts / f"{number:05d}"

    def take(self, key: str, number: int) -> FinishedPart | None:
        """Take back a part of an earlier run, and give it a number; None if there is none with this key."""
        folder = self._kept.pop(key, None)
        if folder is None:
            return None
        rename(folder, self.path(number))
        return FinishedPart.read(self.path(number))

    def __bool__(self) -> bool:
        """Return whether some parts of an earlier run were not taken back."""
        return bool(self._kept)

    def not_taken(self) -> list[FinishedPart]:
        """Return the parts of an earlier run that are no longer in the inputs, by key."""
        return [FinishedPart.read(folder) for _, folder in sorted(self._kept.items())]
