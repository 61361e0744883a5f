"""Relate the texts of files to each other, and to the texts of an index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import attrs

from newsnorm.corpus.account import FailureTally, sorted_counts
from newsnorm.corpus.sinks import failures, relations
from newsnorm.corpus.sinks.folder import OutputFolder
from newsnorm.corpus.sources.discover import Discovered, Progress, discover, read_records
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.record import SourceRecord, attempt
from newsnorm.dedup import Index, Params, open_index
from newsnorm.dedup.api import deduplicate_texts
from newsnorm.dedup.index.interface import ReportIndex
from newsnorm.dedup.membership import Membership
from newsnorm.dedup.notes import note_long_texts, note_repeated_ids
from newsnorm.dedup.text.comparable import Texts
from newsnorm.errors import InputError
from newsnorm.parser import Parser, parse_page, read_page
from newsnorm.read.media_type import media_type_of_name
from newsnorm.records import Cluster, Metadata, Relation
from newsnorm.records.accounts import DedupSummary, Failure, RelationCounts

OUTPUTS = (relations.RELATIONS, relations.CLUSTERS, failures.NAME)


@attrs.frozen(kw_only=True)
class _Found:
    """What relating the texts of a job found."""

    relations: Iterable[Relation]
    clusters: Sequence[Cluster]
    repeated_ids: tuple[str, ...]
    notes: tuple[str, ...]


def write_relations(
    texts: Texts, folder: OutputFolder, index: ReportIndex | None, progress: Progress | None = None
) -> RelationCounts:
    """
    Relate the texts of a job, and write their relations and clusters.

    Args:
        texts: the texts, once all of them were read.
        folder: where to write.
        index: an index to add the texts to; they are then related to everything in it, and all its clusters are written.
        progress: called with the number of texts compared so far and the total.

    """
    found = _compare(texts, progress) if index is None else _add_to(index, texts, progress)
    membership = Membership.of(found.clusters)
    kinds: Counter[str] = Counter()
    bridges = 0
    with relations.cluster_sink(folder) as cluster_file:
        for cluster in found.clusters:
            cluster_file.write(cluster)
    with relations.relation_sink(folder, membership.is_bridge) as relation_file:
        for relation in found.relations:
            relation_file.write(relation)
            kinds[relation.kind] += 1
            bridges += membership.is_bridge(relation)
    return RelationCounts(
        relations=sorted_counts(kinds),
        clusters=len(found.clusters),
        clustered=len(membership),
        bridges=bridges,
        repeated_ids=found.repeated_ids,
        notes=found.notes,
    )


def _compare(texts: Texts, progress: Progress | None) -> _Found:
    """Relate texts to each other."""
    found = deduplicate_texts(texts, Params(), progress)
    return _Found(relations=found.relations, clusters=found.clusters, repeated_ids=found.repeated_ids, notes=found.notes)


def _add_to(index: ReportIndex, texts: Texts, progress: Progress | None) -> _Found:
    """Add texts to an index, and relate them to everything in it; a text that the index has under their id stays."""
    in_index = {name: known for name, text in texts.kept.items() if (known := index.text_of(name)) not in (None, text)}
    left_out = texts.left_out | {name: texts.kept[name] for name in in_index}
    given = [*sorted(texts.kept.items()), *sorted(texts.left_out.items())]
    report = None if progress is None else lambda done, _: progress(done, len(given))
    found = {relation for relations_of_one in index.add_all(given, progress=report) for relation in relations_of_one}
    return _Found(
        relations=sorted(found, key=lambda each: (each.kind != "exact", each.left, each.right)),
        clusters=index.clusters(),
        repeated_ids=tuple(sorted(left_out)),
        notes=(
            *note_repeated_ids(texts.kept | in_index, left_out),
            *note_long_texts((name, text) for name, text in texts.kept.items() if name not in in_index),
        ),
    )


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
    media_type: str | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> DedupSummary:
    """
    Relate the texts below `inputs`; write ``relations.jsonl``, ``clusters.jsonl`` and ``errors.jsonl`` into `out`.

    Args:
        inputs: folders, ``.txt``, ``.html`` and ``.jsonl`` files. Articles that newsnorm wrote are compared as they are; other
            texts are parsed first.
        out: the folder to write to; created if missing. None counts only, and leaves the index alone.
        index: an index to add the texts to, created if missing; they are then related to everything in it.
        as_is: whether to compare all texts as they are, with titles and boilerplate.
        parser: reads each text; the default parser unless given.
        mapping: our field → the name in the JSON records, where it differs.
        media_type: that of texts which state none; None goes by the endings of files and the beginnings of texts.
        overwrite: whether results in `out` may be replaced.
        progress: called with the amount done and the total: first bytes read, then texts compared.

    Returns:
        The counts of the job; a record that can't be read is counted, and written to ``errors.jsonl``.

    Raises:
        MissingExtraError: a text is a page of HTML, and the extra ``html`` is not installed.
        InputError: an input does not exist, or `out` can't be used.
        RefusedIndexError: the index can't be used.
        DamagedIndexError: the content of the index is not what was written to it.
        OSError: a file can't be written.

    """
    roots = [Path(given) for given in inputs]
    options = ReadOptions(fields=mapping or {}, media_type=media_type)
    found = discover(roots, options)
    folder = OutputFolder.prepare(out, inputs=roots, names=OUTPUTS, overwrite=overwrite)
    failed, texts, compared = FailureTally(), Texts(), 0
    with open_named_index(index if folder.path else None) as base:
        with failures.failure_sink(folder) as failure_file:
            for outcome in _texts(found, parser or Parser(), as_is, options, progress):
                if isinstance(outcome, Failure):
                    failed.add(outcome)
                    failure_file.write(outcome)
                else:
                    compared += 1
                    texts.add(*outcome)
        related = write_relations(texts, folder, base, progress)
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
    found: Discovered, parser: Parser, as_is: bool, options: ReadOptions, progress: Progress | None
) -> Iterator[tuple[str, str] | Failure]:
    """Yield the id and the text to compare of each record, or the failure to read it."""

    def named_text(record: SourceRecord) -> tuple[str, str]:
        return record.id.encode("utf-8", "replace").decode(), _text(record, parser, as_is)

    for record in read_records(found, options, progress):
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
    page = read_page(data, Metadata(media_type=media_type_of_name(path.name)))
    return page.raw.text if as_is else parse_page(page, parser).text
