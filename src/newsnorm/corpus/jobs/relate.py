"""Relate the texts of files to each other, and to the texts of an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path

import attrs

from newsnorm.corpus.account import FailureTally
from newsnorm.corpus.jobs.outcomes import Refused, attempt_here
from newsnorm.corpus.jobs.parsing import OTHER_RULES, load_tables
from newsnorm.corpus.jobs.relations import write_relations
from newsnorm.corpus.jobs.working import work_through
from newsnorm.corpus.output.folder import Target, WorkFolder, check_target, open_folder
from newsnorm.corpus.output.manifest import FileEntry, settings_row
from newsnorm.corpus.output.report_file import Report, read_reports, report_line
from newsnorm.corpus.relating import Relating, open_shared, relating_by
from newsnorm.corpus.sinks.failures import NAME as FAILURES
from newsnorm.corpus.sinks.failures import dumps_failure, first_failure
from newsnorm.corpus.sinks.relations import CLUSTERS, RELATIONS
from newsnorm.corpus.sources.discover import Discovered, Progress, discover
from newsnorm.corpus.sources.options import NO_OPTIONS, ReadOptions
from newsnorm.corpus.sources.record import SourceRecord
from newsnorm.corpus.workers import WorkerOptions
from newsnorm.dedup.text.tokens import MAX_TEXT_LENGTH
from newsnorm.errors import InputError
from newsnorm.parser import Parser, parse_page, read_page
from newsnorm.read.media_type import media_type_of_name
from newsnorm.records import Metadata
from newsnorm.records.accounts import DedupSummary, Failure

SPOOL = "reports.jsonl"
"""Name of the file in the work folder that holds the texts to compare."""


def dedup_files(
    inputs: Iterable[str | Path],
    out: str | Path | None,
    *,
    index: str | Path | None = None,
    as_is: bool = False,
    parser: Parser | None = None,
    mapping: Mapping[str, str] | None = None,
    media_type: str | None = None,
    options: ReadOptions = NO_OPTIONS,
    workers: WorkerOptions | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> DedupSummary:
    """
    Relate the texts below `inputs`; write ``relations.jsonl``, ``clusters.jsonl`` and ``errors.jsonl`` into `out`.

    Args:
        inputs: folders, ``.txt``, ``.html`` and ``.jsonl`` files. Articles that newsnorm wrote are compared as they are; other
            texts are parsed first.
        out: the folder to write to; created if missing. None only counts, and does not touch the index.
        index: an index to add the texts to, created if missing; they are then related to everything in it.
        as_is: whether to compare all texts as they are, with titles and boilerplate.
        parser: parses each text; by default the default parser.
        mapping: our field → the name in the records, where it differs; short for `options`.
        media_type: the media type of texts that don't state one; short for `options`.
        options: how the files are read.
        workers: number of worker processes, and limits for one text; by default one process per core.
        overwrite: whether results in `out` may be replaced.
        progress: called with the amount done and the total: first bytes read, then texts compared.

    Returns:
        The counts of the job; records that can't be read are counted, and written to ``errors.jsonl``.

    Raises:
        MissingExtraError: a text is a page of HTML, and the extra ``html`` is not installed.
        InputError: an input does not exist, or `out` can't be used.
        RefusedIndexError: the index can't be used.
        DamagedIndexError: the content of the index is not what was written to it.
        OSError: a file can't be written.

    """
    options = options.extended(mapping, media_type)
    roots = tuple(Path(given) for given in inputs)
    found = discover(roots, options)
    parser = parser or Parser()
    target = Target(
        out=None if out is None else Path(out),
        kind="dedup",
        advice={"parser": OTHER_RULES},
        settings={"parser": parser.digest, "as_is": as_is, "read": settings_row(options)},
        inputs=roots,
        files=tuple(file.path for file in found.files),
        index=None if index is None else Path(index),
        owned=(FAILURES, RELATIONS, CLUSTERS),
        overwrite=overwrite,
        fresh=True,
    )
    check_target(target)
    with ExitStack() as stack:
        shared = stack.enter_context(open_shared(None if out is None else index))
        work = stack.enter_context(open_folder(target))
        relating = stack.enter_context(relating_by(shared, work.path / "index.db"))
        reader = ReportReader(parser=parser, as_is=as_is)
        texts = work_through(found, reader, options, workers or WorkerOptions(), progress)
        return _dedup(work, relating, texts, found, progress)


def _dedup(
    work: WorkFolder,
    relating: Relating,
    texts: Iterable[Report | Failure],
    found: Discovered,
    progress: Progress | None,
) -> DedupSummary:
    """Read, relate and publish."""
    failed, compared = FailureTally(), 0
    long: list[str] = []

    def spooled() -> Iterator[Report]:
        nonlocal compared
        with closing(work.create(FAILURES)) as failures, closing(work.create(SPOOL)) as spool:
            for outcome in texts:
                if isinstance(outcome, Failure):
                    failed.add(outcome)
                    failures.write(dumps_failure(outcome).encode() + b"\n")
                    continue
                compared += 1
                name, text = outcome
                if len(text) > MAX_TEXT_LENGTH:
                    long.append(name)
                spool.write(report_line(*outcome))
                yield outcome
        written[FAILURES] = FileEntry.of(FAILURES, failures, failed.total)

    written: dict[str, FileEntry] = {}
    relating.add(spooled())
    related = write_relations(work, relating, lambda: read_reports(work.path / SPOOL), long, progress)
    summary = DedupSummary(
        read=compared + failed.total,
        compared=compared,
        failed=failed.total,
        skipped=found.skipped,
        errors=failed.by_code,
        first_failure=first_failure(work.path / FAILURES),
        found=related.counts,
    )
    work.publish({**written, **related.files}, settings_row(summary))
    return summary


@attrs.frozen(kw_only=True)
class ReportReader:
    """Reads the text to compare from a record; picklable, so that it can be sent to workers."""

    parser: Parser
    as_is: bool
    """Whether to compare whole texts, with titles and boilerplate."""

    def warm(self) -> None:
        """Load the tables, once for all workers."""
        load_tables(self.parser)

    def __call__(self, record: SourceRecord) -> Report | Failure | Refused:
        """Return the id and the text, or a failure."""
        return attempt_here(record, self._read)

    def _read(self, record: SourceRecord) -> Report:
        return record.id.encode("utf-8", "replace").decode(), self._text(record)

    def _text(self, record: SourceRecord) -> str:
        """Return the whole text or its report."""
        if (self.as_is or record.normalised) and isinstance(record.raw, str):
            return record.raw
        page = record.page()
        return page.raw.text if self.as_is else parse_page(page, self.parser).text


def read_text(path: Path, *, as_is: bool, parser: Parser) -> str:
    """
    Read the text of a file for comparison: the whole text if `as_is`, otherwise its report.

    Raises:
        InputError: the file can't be read, or is not text.

    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: can't be read: {error.strerror}") from error
    page = read_page(data, Metadata(media_type=media_type_of_name(path.name)))
    return page.raw.text if as_is else parse_page(page, parser).text
