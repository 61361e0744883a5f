"""Learn from files which lines sites print around their reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from newsnorm.catalogue import Catalogue
from newsnorm.corpus.account import FailureTally
from newsnorm.corpus.jobs.outcomes import Refused, attempt_here
from newsnorm.corpus.jobs.parsing import load_tables
from newsnorm.corpus.jobs.working import work_through
from newsnorm.corpus.sources.discover import Discovered, Progress, discover
from newsnorm.corpus.sources.options import NO_OPTIONS, ReadOptions
from newsnorm.corpus.sources.record import SourceRecord
from newsnorm.corpus.workers import WorkerOptions
from newsnorm.learner import MIN_DOCUMENTS, MIN_SHARE, Learner, MarkedPage, PageMarker
from newsnorm.parser import Parser
from newsnorm.records.accounts import Failure, LearnSummary


@attrs.frozen
class RecordMarker:
    """Extracts from a record what learning needs; picklable, so that it can be sent to workers."""

    mark: PageMarker

    def warm(self) -> None:
        """Load the tables, once for all workers."""
        load_tables(Parser(catalogue=self.mark.catalogue, passes=self.mark.passes))

    def __call__(self, record: SourceRecord) -> MarkedPage | Failure | Refused:
        """Return the input for learning, or a failure."""
        return attempt_here(record, lambda each: self.mark(each.page()))


def learn_files(
    inputs: Iterable[str | Path],
    *,
    min_documents: int = MIN_DOCUMENTS,
    share: float = MIN_SHARE,
    parser: Parser | None = None,
    mapping: Mapping[str, str] | None = None,
    media_type: str | None = None,
    options: ReadOptions = NO_OPTIONS,
    workers: WorkerOptions | None = None,
    progress: Progress | None = None,
) -> tuple[Catalogue, LearnSummary]:
    """
    Learn from folders and files, read as `newsnorm.corpus.jobs.normalise.run` reads them.

    Args:
        inputs: folders and files, in the formats of `newsnorm.corpus.sources`.
        min_documents: learn lines that occur in at least this many documents of their host.
        share: learn lines that occur in at least this share of them, above 0 and at most 1.
        parser: its catalogue and passes decide which lines are already known; by default the default parser.
        mapping: our field → the name in the records, where it differs; short for `options`.
        media_type: the media type of texts that don't state one; short for `options`.
        options: how the files are read.
        workers: number of worker processes, and limits for one text; by default one process per core.
        progress: called after each record with the bytes read so far and the total.

    Returns:
        The learned rules, and the counts, which include records that can't be read.

    Raises:
        MissingExtraError: a text is a page of HTML, and the extra ``html`` is not installed.
        InputError: an input does not exist, or a number is out of range.

    """
    options = options.extended(mapping, media_type)
    learner = Learner(min_documents=min_documents, share=share, parser=parser)
    return learn_discovered(discover(inputs, options), learner, options, workers or WorkerOptions(), progress)


def learn_discovered(
    found: Discovered, learner: Learner, options: ReadOptions, workers: WorkerOptions, progress: Progress | None
) -> tuple[Catalogue, LearnSummary]:
    """
    Learn from discovered files; see `learn_files`.

    Args:
        found: the files.
        learner: a learner that has learned nothing yet.
        options: how the files are read.
        workers: number of worker processes, and limits for one text.
        progress: called after each record with the bytes read so far and the total.

    """
    failed = FailureTally()
    for outcome in work_through(found, RecordMarker(learner.marker), options, workers, progress):
        if isinstance(outcome, Failure):
            failed.add(outcome)
        else:
            learner.add_marked(outcome)
    catalogue = learner.catalogue()
    return catalogue, LearnSummary(
        read=learner.pages + failed.total,
        failed=failed.total,
        skipped=found.skipped,
        without_host=learner.without_host,
        hosts=learner.hosts,
        hosts_learned=len({rule.host for rule in catalogue.rules}),
        hosts_sampled=learner.sampled,
        sample=learner.limit,
        rules=len(catalogue.rules),
        notes=catalogue.notes,
        errors=failed.by_code,
        failures=failed.first,
    )
