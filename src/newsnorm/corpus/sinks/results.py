"""Read the results of a finished run: the files in its manifest, if they are unchanged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Set
from pathlib import Path
from typing import cast

import attrs
from cattrs import Converter

from newsnorm.corpus.output.manifest import FileEntry, Json, Manifest, check_sizes, load_manifest
from newsnorm.corpus.output.sealed_parts import SealedPart, read_parts
from newsnorm.corpus.sinks.failures import NAME as FAILURES
from newsnorm.corpus.sinks.relations import CLUSTERS, RELATIONS
from newsnorm.corpus.sinks.shards import read_rows
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.errors import InputError, NewsnormError, RecordError
from newsnorm.records import Article, Cluster, Passage, Relation, RelationKind, Span
from newsnorm.records.accounts import Failure
from newsnorm.records.schema import from_dict


@attrs.frozen(kw_only=True)
class RunResults:
    """The results of a finished run; `open_results` makes one."""

    folder: Path
    manifest: Manifest
    parts: tuple[SealedPart, ...]
    """The parts of the run, in order."""
    shards: tuple[FileEntry, ...]
    """The files of articles, in order."""

    @property
    def count(self) -> int:
        """Number of articles."""
        return sum(shard.rows for shard in self.shards)

    def articles(self, chosen: Set[int] | None = None) -> Iterator[tuple[int, Article]]:
        """
        Yield articles with their numbers, from 0, in order.

        Args:
            chosen: the numbers of the articles to yield; None yields all.

        Raises:
            InputError: a shard is damaged.

        """
        for shard, numbers in self.numbered_shards():
            if chosen is not None and chosen.isdisjoint(numbers):
                continue
            for number, row in zip(numbers, shard_rows(self.folder / shard.name), strict=False):
                if chosen is None or number in chosen:
                    yield number, _article(row, f"{self.folder / shard.name}, row {number - numbers.start + 1}")

    def numbered_shards(self) -> Iterator[tuple[FileEntry, range]]:
        """Yield each shard with the numbers of its articles."""
        first = 0
        for shard in self.shards:
            yield shard, range(first, first + shard.rows)
            first += shard.rows

    def failures(self) -> Iterator[Failure]:
        """Yield the records that gave no article."""
        for row in self._rows(FAILURES):
            yield Failure(**row)  # type: ignore[arg-type]  # as `dumps_failure` wrote it

    def clusters(self) -> Iterator[Cluster]:
        """Yield the clusters; none if the articles were not compared."""
        for row in self._rows(CLUSTERS):
            members = row["members"]
            assert isinstance(members, list)
            yield Cluster(id=str(row["id"]), members=tuple(map(str, members)), representative=str(row["representative"]))

    def cross_relations(self) -> Iterator[Relation]:
        """Yield the relations beyond clusters: overlaps, and bridges, which clusters overrule."""
        for row in self._rows(RELATIONS):
            if row["kind"] == "overlap" or row.get("bridge"):
                yield _relation(row)

    @property
    def read_options(self) -> ReadOptions:
        """The options with which the inputs were read."""
        return Converter().structure(self.manifest.settings["read"], ReadOptions)

    def _rows(self, name: str) -> Iterator[dict[str, Json]]:
        """Yield the rows of a file of JSON lines; none if the run did not write it."""
        if not any(file.name == name for file in self.manifest.files):
            return
        path = self.folder / name
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    yield json.loads(line)
                except ValueError as error:
                    raise InputError(f"{path}, line {number}: {error}; run again with --overwrite") from error


def open_results(folder: Path) -> RunResults:
    """
    Open the folder of a finished run.

    Raises:
        InputError: there is no finished run, it has a flat table, or a file is missing or has changed.

    """
    manifest = load_manifest(folder)
    if manifest is None or manifest.kind != "run":
        raise InputError(f"{folder} has no results of a finished run; name the folder that newsnorm run has written")
    if manifest.settings.get("columns") is not None:
        raise InputError(f"{folder} has a flat table, which does not hold whole articles; run again with --to jsonl or parquet")
    files = {file.name: file for file in manifest.files}
    parts = tuple(read_parts(folder, manifest))
    shards = tuple(files[part.shard] for part in parts if part.shard is not None)
    check_sizes(folder, (*shards, *(files[name] for name in (FAILURES, CLUSTERS, RELATIONS) if name in files)))
    return RunResults(folder=folder, manifest=manifest, parts=parts, shards=shards)


def shard_rows(path: Path) -> Iterator[bytes]:
    """
    Yield the rows of a file of whole articles.

    Raises:
        InputError: the file is damaged.
        MissingExtraError: its format needs an extra that is not installed.

    """
    try:
        yield from read_rows(path)
    except (NewsnormError, OSError, MemoryError):
        raise
    except Exception as error:
        raise InputError(f"{path} is damaged: {error}") from error


def _article(row: bytes, place: str) -> Article:
    try:
        return from_dict(json.loads(row))
    except (ValueError, RecordError) as error:
        raise InputError(f"{place}: {error}; run again with --overwrite") from error


def _relation(row: dict[str, Json]) -> Relation:
    """Return a relation, as `dumps_relation` wrote it."""
    passages = cast("list[list[int]]", row["passages"])
    return Relation(
        left=str(row["left"]),
        right=str(row["right"]),
        kind=cast("RelationKind", row["kind"]),
        left_cover=cast("float", row["left_cover"]),
        right_cover=cast("float", row["right_cover"]),
        passages=tuple(Passage(Span(*each[:2]), Span(*each[2:])) for each in passages),
    )
