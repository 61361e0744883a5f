"""
Which articles of a corpus tell the same report? The relations and clusters of a run, and those of files that are there already.

Written are ``relations.jsonl`` and ``clusters.jsonl``, under other names first and renamed when whole.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import attrs

from newsnorm.corpus.sinks import error_row, finish, opened, prepared
from newsnorm.corpus.sources import Failure, File, Input, Progress, Skipped, attempt, files, records
from newsnorm.dedup import Index, deduplicate, open_index
from newsnorm.dedup.api import cut_short
from newsnorm.dedup.cluster.clusters import is_bridge
from newsnorm.errors import InputError
from newsnorm.export.relations import dumps_cluster, dumps_relation
from newsnorm.parser import Parser
from newsnorm.records import Cluster, Relation

OUTPUTS = ("relations.jsonl", "clusters.jsonl")


@attrs.frozen(kw_only=True)
class RelationCounts:
    """How the articles of a run are related."""

    relations: Mapping[str, int]
    """Kind → how many relations are of it."""
    clusters: int
    clustered: int
    """Articles that stand in a cluster."""
    bridges: int
    """Relations of copies whose clusters speak against it."""
    repeated_ids: int
    """Articles that bear the id of an earlier one, or of one in the index, and have another text: they are not compared."""
    notes: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Account:
    """What `dedup_files` did; ``read == compared + failed``."""

    read: int
    compared: int
    failed: int
    skipped: tuple[str, ...]
    """Files that no reader takes."""
    errors: Mapping[str, int]
    """Code → how many records failed with it."""
    found: RelationCounts


class Reports:
    """The ids and texts of a run, each id once."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self.repeated = 0
        self.twice = 0

    def add(self, id: str, text: str) -> None:
        """Note a text; a second one of its id is left out, and counted: in `twice`, if it is the same, else in `repeated`."""
        standing = self._texts.get(id)
        if standing is None:
            self._texts[id] = text
        else:
            self.twice += standing == text
            self.repeated += standing != text

    def write(self, target: Path | None, index: Index | None, progress: Progress | None = None) -> RelationCounts:
        """
        Relate all texts, and write what was found.

        Args:
            target: the folder; None: write nothing.
            index: an index to add them to; the relations are then those to everything in it, and the clusters all of it.
            progress: told how far it is.

        """
        kinds: Counter[str] = Counter()
        home: dict[str, str] = {}
        bridges = 0
        with ExitStack() as stack:
            relations, clusters = (stack.enter_context(opened(target, name)) for name in OUTPUTS)
            found, groups = self._indexed(index, progress) if index is not None else self._compared(progress)
            for cluster in groups:
                clusters.write(dumps_cluster(cluster) + "\n")
                home.update(dict.fromkeys(cluster.members, cluster.id))
            for relation in found:
                bridge = is_bridge(relation, home)
                relations.write(dumps_relation(relation, bridge=bridge) + "\n")
                kinds[relation.kind] += 1
                bridges += bridge
        return RelationCounts(
            relations=dict(sorted(kinds.items())),
            clusters=len(groups),
            clustered=len(home),
            bridges=bridges,
            repeated_ids=self.repeated,
            notes=cut_short(self._texts.items()),
        )

    def _compared(self, progress: Progress | None) -> tuple[Iterable[Relation], tuple[Cluster, ...]]:
        found = deduplicate(self._texts.items(), progress=progress)
        return found.relations, found.clusters

    def _indexed(self, index: Index, progress: Progress | None) -> tuple[Iterable[Relation], tuple[Cluster, ...]]:
        changed = [name for name, text in self._texts.items() if index.text_of(name) not in (None, text)]
        for name in changed:
            del self._texts[name]
        self.repeated += len(changed)
        every = len(self._texts)
        tell = None if progress is None else lambda done, _: progress(done, every)
        found = [relation for relations in index.add_all(sorted(self._texts.items()), progress=tell) for relation in relations]
        return sorted(set(found), key=lambda each: (each.kind != "exact", each.left, each.right)), index.clusters()


@contextmanager
def opened_index(path: str | Path | None) -> Iterator[Index | None]:
    """An index that was named, or None; opened before anything else is done, so that one that is refused costs nothing."""
    if path is None:
        yield None
    else:
        with open_index(path) as index:
            yield index


def dedup_files(
    inputs: Iterable[str | Path],
    out: str | Path | None,
    *,
    index: str | Path | None = None,
    as_is: bool = False,
    parser: Parser | None = None,
    mapping: Mapping[str, str] | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> Account:
    """
    Relate the texts below `inputs`, and write ``relations.jsonl``, ``clusters.jsonl`` and ``errors.jsonl`` into `out`.

    Args:
        inputs: folders, ``.txt`` and ``.jsonl`` files. What newsnorm wrote is compared as it is, everything else parsed first.
        out: the directory to write to; created if missing. None: read and count only, and leave the index alone.
        index: an index to add the articles to; made if missing. The relations are then those to everything in it.
        as_is: whether to compare all texts as they are, titles and boilerplate included.
        parser: what reads each text; the default one unless given.
        mapping: what JSON records call our fields, where they differ.
        overwrite: whether results that stand in `out` already may be replaced.
        progress: told after each record how far the run is.

    Raises:
        InputError: an input does not exist, or `out` can't be used.
        RefusedIndexError: the index can't be used.
        DamagedIndexError: the index doesn't hold what was written to it.

    """
    roots = [Path(given) for given in inputs]
    wanted = files(roots)
    names = (*OUTPUTS, "errors.jsonl")
    target = None if out is None else prepared(Path(out), roots, names, overwrite)
    reader = parser or Parser()
    reports, errors, read = Reports(), Counter[str](), 0
    with opened_index(index if target is not None else None) as base:
        with opened(target, "errors.jsonl") as bad:
            for outcome in _texts([item for item in wanted if isinstance(item, File)], reader, as_is, mapping, progress):
                read += 1
                if isinstance(outcome, Failure):
                    errors[outcome.code] += 1
                    bad.write(json.dumps(error_row(outcome), ensure_ascii=False) + "\n")
                else:
                    reports.add(*outcome)
        found = reports.write(target, base, progress)
    if target is not None:
        finish(target, names)
    failed = sum(errors.values())
    return Account(
        read=read,
        compared=read - failed,
        failed=failed,
        skipped=tuple(item.source for item in wanted if isinstance(item, Skipped)),
        errors=dict(sorted(errors.items())),
        found=found,
    )


def _texts(
    wanted: list[File], parser: Parser, as_is: bool, mapping: Mapping[str, str] | None, progress: Progress | None
) -> Iterator[tuple[str, str] | Failure]:
    """Id and text of each record."""

    def report(record: Input) -> tuple[str, str]:
        name = record.id.encode("utf-8", "replace").decode()
        if (as_is or record.normalised) and isinstance(record.raw, str):
            return name, record.raw
        if as_is:
            return name, parser.page(record.raw, **record.known).raw.text
        return name, parser.parse(record.raw, **record.known).text

    for record in records(wanted, mapping, progress):
        yield record if isinstance(record, Failure) else attempt(record, report)


def read_text(path: Path, *, as_is: bool, parser: Parser) -> str:
    """
    The text of one file as it is compared.

    Raises:
        InputError: it can't be read.

    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}") from error
    return parser.page(data).raw.text if as_is else parser.parse(data).text
