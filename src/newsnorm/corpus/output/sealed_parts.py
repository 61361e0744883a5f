"""
Reuse parts of an earlier, finished run, so that only changes are parsed again.

``parts.jsonl`` has a row per part: what it was made from, the name of its shard, and its counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import attrs

from newsnorm.corpus.account import Tally
from newsnorm.corpus.output.manifest import FileEntry, Manifest, load_manifest
from newsnorm.corpus.output.part_store import ERRORS, FinishedPart, PartWriter
from newsnorm.corpus.output.report_file import ADDED, KeptReport
from newsnorm.errors import InputError, MissingExtraError

NAME = "parts.jsonl"

ReadRows: TypeAlias = Callable[[Path], Iterable[bytes]]
"""Yields the rows of a shard, each an article as a JSON object."""


@attrs.frozen(kw_only=True)
class SealedPart:
    """A part of a finished run."""

    key: str
    source: str
    shard: str | None
    """Path of its shard below the output folder; None if it has no article."""
    first_failure: int
    """Number of failures in earlier parts."""
    tally: Tally

    def to_row(self) -> dict[str, object]:
        """Convert to data for `json.dumps`."""
        return {"key": self.key, "source": self.source, "shard": self.shard, "counts": self.tally.to_dict()}


class SealedParts:
    """
    The parts of the finished run in a folder, by key.

    Args:
        out: the folder; None reuses nothing. A flat table does not contain whole articles, so it is not reused.
        read_rows: reads a shard of whole articles.
        with_failures: whether to reuse parts in which records failed.

    """

    def __init__(self, out: Path | None, read_rows: ReadRows, *, with_failures: bool = True) -> None:
        self._out = out
        self._read_rows = read_rows
        self._parts: dict[str, SealedPart] = {}
        self._files: Mapping[str, FileEntry] = {}
        if out is not None:
            manifest = load_manifest(out)
            self._files = {file.name: file for file in manifest.files} if manifest else {}
            with_failures = with_failures and self._is_intact(ERRORS)
            self._parts = {part.key: part for part in read_parts(out, manifest) if with_failures or not part.tally.failed}

    def __bool__(self) -> bool:
        return bool(self._parts)

    def take(self, key: str, open_writer: Callable[[], PartWriter], *, compared: bool) -> FinishedPart | None:
        """
        Make a part of the new run from the part with this key; None if there is none, or its shard is damaged.

        Args:
            key: the key.
            open_writer: opens the new part.
            compared: whether to store the reports for comparison.

        """
        part = self._parts.pop(key, None)
        if part is None or not self._has_rows(part):
            return None
        with open_writer() as writer:
            for line in self._failures(part):
                writer.write_failure(line)
            for row in self._readable_rows(part):
                writer.write_article(row)
                writer.write_report(KeptReport.of(*_report(row), is_compared=compared))
            return writer.finish(part.key, part.source, part.tally)

    @property
    def added(self) -> Path | None:
        """The file of reports that a run with flat tables added to a shared index; None if there is none, or it is damaged."""
        return self._path(ADDED) if self._is_intact(ADDED) else None

    def not_taken(self) -> list[SealedPart]:
        """Return the parts that were not taken."""
        return list(self._parts.values())

    def reports(self, part: SealedPart) -> Iterator[tuple[str, str]]:
        """Yield the id and the report of each article of a part; none if its shard is damaged."""
        return map(_report, self._rows(part) if self._has_rows(part) else ())

    def _has_rows(self, part: SealedPart) -> bool:
        return part.shard is None or self._is_intact(part.shard)

    def _is_intact(self, name: str) -> bool:
        """Return whether a file is unchanged since the run wrote it."""
        file = self._files.get(name)
        return file is not None and self._out is not None and file.is_intact_in(self._out)

    def _rows(self, part: SealedPart) -> Iterable[bytes]:
        return self._read_rows(self._path(part.shard)) if part.shard is not None else ()

    def _readable_rows(self, part: SealedPart) -> Iterator[bytes]:
        """
        Yield the rows of a part.

        Raises:
            MissingExtraError: the format of the earlier run needs an extra that is not installed.

        """
        try:
            yield from self._rows(part)
        except MissingExtraError as error:
            raise MissingExtraError(f"{error}; the earlier run wrote them; or pass --fresh to parse everything again") from error

    def _failures(self, part: SealedPart) -> Iterator[bytes]:
        if part.tally.failed:
            with self._path(ERRORS).open("rb") as file:
                yield from islice(file, part.first_failure, part.first_failure + part.tally.failed)

    def _path(self, name: str) -> Path:
        assert self._out is not None
        return self._out / name


def _report(row: bytes) -> tuple[str, str]:
    """Return the id and the report of an article."""
    article = json.loads(row)
    return article["id"], article["text"]


def read_parts(out: Path, manifest: Manifest | None) -> Iterator[SealedPart]:
    """Yield the parts of a finished run, in order; none if there is no such run."""
    path = out / NAME
    if manifest is None or manifest.settings.get("columns") is not None or not path.exists():
        return
    failures = 0
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            row = json.loads(line)
            tally = Tally.from_dict(row["counts"])
            yield SealedPart(key=row["key"], source=row["source"], shard=row["shard"], first_failure=failures, tally=tally)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(f"{path}, line {number}: damaged; remove the file to make all parts anew") from error
        failures += tally.failed
