"""Relate the texts of files to each other, and to the texts of an index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from newsnorm.corpus.account import FailureTally, sorted_counts
from newsnorm.corpus.sinks import failures, relations
from newsnorm.corpus.sinks.folder import OutputFolder
from newsnorm.corpus.sources.discover import Progress, discover, read_records
from newsnorm.corpus.sources.record import SourceFile, SourceRecord, attempt
from newsnorm.dedup import Index, deduplicate, open_index
from newsnorm.dedup.api import note_long_texts
from newsnorm.dedup.cluster.clusters import is_bridge
from newsnorm.dedup.index.interface import ReportIndex
from newsnorm.errors import InputError
from newsnorm.parser import Parser, parse_page, read_page
from newsnorm.records import Cluster, Relation
from newsnorm.records.accounts import DedupSummary, Failure, RelationCounts

OUTPUTS = (relations.RELATIONS, relations.CLUSTERS, failures.NAME)


class ReportTexts:
    """The texts of a job by their ids, to be related once all are there."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self.repeated_texts = 0
        """Number of texts that were left out because the same text was there under their id."""
        self.repeated_ids = 0
        """Number of texts that were left out because another text was there under their id."""

    def add(self, id: str, text: str) -> None:
        """Keep a text, unless its id is taken."""
        known = self._texts.get(id)
        if known is None:
            self._texts[id] = text
        elif known == text:
            self.repeated_texts += 1
        else:
            self.repeated_ids += 1

    def relate(self, folder: OutputFolder, index: ReportIndex | None, progress: Progress | None = None) -> RelationCounts:
        """
        Relate all texts and write their relations and clusters.

        Args:
            folder: where to write.
            index: an index to add the texts to; they are then related to everything in it, and all its clusters are written.
            progress: called with the number of texts compared so far and the total.

        """
        found, clusters = self._compare(progress) if index is None else self._add_to(index, progress)
        cluster_of = {member: cluster.id for cluster in clusters for member in cluster.members}
        kinds: Counter[str] = Counter()
        bridges = 0
        with relations.cluster_sink(folder) as cluster_file:
            for cluster in clusters:
                cluster_file.write(cluster)
        with relations.relation_sink(folder, lambda relation: is_bridge(relation, cluster_of)) as relation_file:
            for relation in found:
                relation_file.write(relation)
                kinds[relation.kind] += 1
                bridges += is_bridge(relation, cluster_of)
        return RelationCounts(
            relations=sorted_counts(kinds),
            clusters=len(clusters),
            clustered=len(cluster_of),
            bridges=bridges,
            repeated_ids=self.repeated_ids,
            notes=note_long_texts(self._texts.items()),
        )

    def _compare(self, progress: Progress | None) -> tuple[Iterable[Relation], Sequence[Cluster]]:
        found = deduplicate(self._texts.items(), progress=progress)
        return found.relations, found.clusters

    def _add_to(self, index: ReportIndex, progress: Progress | None) -> tuple[Iterable[Relation], Sequence[Cluster]]:
        changed = [name for name, text in self._texts.items() if index.text_of(name) not in (None, text)]
        for name in changed:
            del self._texts[name]
        self.repeated_ids += len(changed)
        total = len(self._texts)
        report = None if progress is None else lambda done, _: progress(done, total)
        added = index.add_all(sorted(self._texts.items()), progress=report)
        found = {relation for relations_of_one in added for relation in relations_of_one}
        return sorted(found, key=lambda each: (each.kind != "exact", each.left, each.right)), index.clusters()


@contextmanager
def open_named_index(path: str | Path | None) -> Iterator[Index | None]:
    """Open an index if one is named; jobs do this first, so that a refused index costs no time."""
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
) -> DedupSummary:
    """
    Relate the texts below `inputs`; write ``relations.jsonl``, ``clusters.jsonl`` and ``errors.jsonl`` into `out`.

    Args:
        inputs: folders, ``.txt`` and ``.jsonl`` files. Articles that newsnorm wrote are compared as they are; other texts are
            parsed first.
        out: the folder to write to; created if missing. None counts only, and leaves the index alone.
        index: an index to add the texts to, created if missing; they are then related to everything in it.
        as_is: whether to compare all texts as they are, with titles and boilerplate.
        parser: reads each text; the default parser unless given.
        mapping: our field → the name in the JSON records, where it differs.
        overwrite: whether results in `out` may be replaced.
        progress: called with the amount done and the total: first bytes read, then texts compared.

    Returns:
        The counts of the job; a record that can't be read is counted, and written to ``errors.jsonl``.

    Raises:
        InputError: an input does not exist, or `out` can't be used.
        RefusedIndexError: the index can't be used.
        DamagedIndexError: the content of the index is not what was written to it.
        OSError: a file can't be written.

    """
    roots = [Path(given) for given in inputs]
    found = discover(roots)
    folder = OutputFolder.prepare(out, inputs=roots, names=OUTPUTS, overwrite=overwrite)
    failed, texts, compared = FailureTally(), ReportTexts(), 0
    with open_named_index(index if folder.path else None) as base:
        with failures.failure_sink(folder) as failure_file:
            for outcome in _texts(found.files, parser or Parser(), as_is, mapping, progress):
                if isinstance(outcome, Failure):
                    failed.add(outcome)
                    failure_file.write(outcome)
                else:
                    compared += 1
                    texts.add(*outcome)
        related = texts.relate(folder, base, progress)
    folder.commit(OUTPUTS)
    return DedupSummary(
        read=compared + failed.total,
        compared=compared,
        failed=failed.total,
        skipped=found.skipped,
        errors=failed.by_code,
        found=related,
    )


def _texts(
    files: Sequence[SourceFile], parser: Parser, as_is: bool, mapping: Mapping[str, str] | None, progress: Progress | None
) -> Iterator[tuple[str, str] | Failure]:
    """Yield the id and the text to compare of each record, or the failure to read it."""

    def named_text(record: SourceRecord) -> tuple[str, str]:
        return record.id.encode("utf-8", "replace").decode(), _text(record, parser, as_is)

    for record in read_records(files, mapping, progress):
        yield record if isinstance(record, Failure) else attempt(record, named_text)


def _text(record: SourceRecord, parser: Parser, as_is: bool) -> str:
    """Return the text of a record to compare: the whole text, or its report."""
    if (as_is or record.normalised) and isinstance(record.raw, str):
        return record.raw
    page = read_page(record.raw, record.metadata)
    return page.raw.text if as_is else parse_page(page, parser).text


def read_text(path: Path, *, as_is: bool, parser: Parser) -> str:
    """
    Read the text of one file to compare: the whole text if `as_is`, else its report.

    Raises:
        InputError: the file can't be read, or is not text.

    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: can't be read: {error.strerror}") from error
    page = read_page(data)
    return page.raw.text if as_is else parse_page(page, parser).text
