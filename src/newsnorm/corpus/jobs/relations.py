"""Write the relations and the clusters of a job into its work folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing

import attrs

from newsnorm.corpus.output.folder import WorkFolder
from newsnorm.corpus.output.manifest import FileEntry
from newsnorm.corpus.output.report_file import Report
from newsnorm.corpus.relating import Relating, RelationSinks
from newsnorm.corpus.sinks.relations import CLUSTERS, RELATIONS
from newsnorm.dedup.pair_pipeline import Progress
from newsnorm.records.accounts import RelationCounts


@attrs.frozen
class WrittenRelations:
    """The files and counts that were written."""

    counts: RelationCounts
    files: Mapping[str, FileEntry]
    """Name → file."""


def write_relations(
    work: WorkFolder,
    relating: Relating,
    reports: Callable[[], Iterable[Report]],
    long: Iterable[str],
    progress: Progress | None = None,
) -> WrittenRelations:
    """
    Write the relations between the reports of a job; arguments as for `Relating.write`.

    Args:
        work: where to write.
        relating: the index, to which all reports were added.
        reports: yields the reports of the job, in order, each time it is called.
        long: the ids of reports that were compared only up to the length limit.
        progress: called with the number of relations written so far, twice.

    """
    with closing(work.create(RELATIONS)) as relations, closing(work.create(CLUSTERS)) as clusters:
        counts = relating.write(reports, long, RelationSinks(relation=relations.write, cluster=clusters.write), progress)
    files = {
        RELATIONS: FileEntry.of(RELATIONS, relations, sum(counts.relations.values())),
        CLUSTERS: FileEntry.of(CLUSTERS, clusters, counts.clusters),
    }
    return WrittenRelations(counts, files)
