"""
Relate the reports of a job on disk, without holding texts in memory.

Reports are added to an index while the job runs. Relations and clusters are read from it at the end, when all reports are known,
so they do not depend on when and in which batches the reports were added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import attrs

from newsnorm.corpus.account import sorted_counts, stable_hash
from newsnorm.corpus.output.report_file import Report, ReportDigest
from newsnorm.dedup import Index, open_index
from newsnorm.dedup.index.interface import ReportIndex
from newsnorm.dedup.membership import Membership
from newsnorm.dedup.notes import note_long_text, note_repeated_ids
from newsnorm.dedup.pair_pipeline import Progress
from newsnorm.errors import DamagedIndexError, RefusedIndexError
from newsnorm.export.relations import dumps_cluster, dumps_relation
from newsnorm.records.accounts import RelationCounts

Write: TypeAlias = Callable[[bytes], object]


@attrs.frozen(kw_only=True)
class RelationSinks:
    """Where relations and clusters are written, one line at a time."""

    relation: Write
    cluster: Write


class Relating:
    """
    The index that the reports of a job are added to.

    Args:
        index: the index.
        shared: whether it may contain other reports and outlives the job.

    """

    def __init__(self, index: ReportIndex, *, shared: bool) -> None:
        self._index = index
        self.shared = shared
        """Whether the index may contain other reports."""

    def add(self, reports: Iterable[Report]) -> None:
        """Add reports; adding a report again changes nothing."""
        self._index.insert_all(reports)

    def holds(self, reports: Iterable[Report]) -> bool:
        """Return whether the first of some reports is in the index; it is not if the index was removed or replaced."""
        return all(name in self._index for name, _ in islice(reports, 1))

    def remove(self, reports: Iterable[ReportDigest]) -> None:
        """Remove reports that are no longer in the inputs, if the index has their text under their ids."""
        for name, digest in reports:
            text = self._index.text_of(name)
            if text is not None and stable_hash(text) == digest:
                self._index.remove(name)

    def write(
        self, reports: Callable[[], Iterable[Report]], long: Iterable[str], sinks: RelationSinks, progress: Progress | None = None
    ) -> RelationCounts:
        """
        Write the relations of the reports to each other and to everything else in the index.

        Args:
            reports: yields the reports of the job, in order, each time it is called.
            long: the ids of reports that were compared only up to the length limit.
            sinks: where to write; for a shared index, all its clusters are written.
            progress: called with the number of relations written so far, twice.

        """
        ids = {name for name, _ in reports()} if self.shared else None
        clusters = self._index.clusters()
        for cluster in clusters:
            sinks.cluster(_line(dumps_cluster(cluster)))
        membership = Membership.of(clusters)
        kinds: Counter[str] = Counter()
        bridges = 0
        for relation in self._index.relations(ids):
            bridge = membership.is_bridge(relation)
            sinks.relation(_line(dumps_relation(relation, bridge=bridge)))
            kinds[relation.kind] += 1
            bridges += bridge
            if progress is not None:
                progress(kinds.total(), kinds.total())
        kept, left_out = self._left_out(reports, ids)
        return RelationCounts(
            relations=sorted_counts(kinds),
            clusters=len(clusters),
            clustered=len(membership),
            bridges=bridges,
            repeated_ids=tuple(sorted(left_out)),
            notes=(*note_repeated_ids(kept, left_out), *map(note_long_text, sorted(set(long)))),
        )

    def _left_out(
        self, reports: Callable[[], Iterable[Report]], ids: Collection[str] | None
    ) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """
        Find the reports whose ids have another text in the index.

        Returns:
            Id → the text in the index, and id → the first other text of the job.

        """
        candidates = {name for name in self._index.repeated_ids() if ids is None or name in ids}
        kept = {name: text for name in candidates if (text := self._index.text_of(name)) is not None}
        left_out: dict[str, str] = {}
        for name, text in reports() if kept else ():
            if name in kept and text != kept[name]:
                left_out.setdefault(name, text)
        return kept, left_out


def _line(row: str) -> bytes:
    return row.encode("utf-8", "replace") + b"\n"


@contextmanager
def open_shared(path: str | Path | None) -> Iterator[Index | None]:
    """Open an index named by the user, creating it if it is missing; jobs do this first, so that a refusal costs no time."""
    if path is None:
        yield None
    else:
        with open_index(path) as index:
            yield index


@contextmanager
def relating_by(shared: Index | None, private: Path) -> Iterator[Relating]:
    """
    Relate through a shared index, or through one of the job's own.

    Args:
        shared: an open index that outlives the job.
        private: the file of the index that is used if `shared` is None.

    Raises:
        DamagedIndexError: the private index is damaged.

    """
    if shared is not None:
        yield Relating(shared, shared=True)
    else:
        try:
            with open_index(private) as index:
                yield Relating(index, shared=False)
        except (RefusedIndexError, DamagedIndexError) as error:
            raise DamagedIndexError(f"{private} is damaged; pass --fresh to start anew") from error
