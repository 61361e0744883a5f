"""Learn from files which lines their sites print around reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from newsnorm.catalogue import Catalogue
from newsnorm.corpus.account import FailureTally
from newsnorm.corpus.sources.discover import Progress, discover, read_all
from newsnorm.corpus.sources.options import NO_OPTIONS, ReadOptions
from newsnorm.corpus.sources.record import SourceRecord, attempt
from newsnorm.learner import MIN_DOCUMENTS, MIN_SHARE, Learner
from newsnorm.parser import Parser
from newsnorm.records.accounts import Failure, LearnSummary


def learn_files(
    inputs: Iterable[str | Path],
    *,
    min_documents: int = MIN_DOCUMENTS,
    share: float = MIN_SHARE,
    parser: Parser | None = None,
    mapping: Mapping[str, str] | None = None,
    media_type: str | None = None,
    options: ReadOptions = NO_OPTIONS,
    progress: Progress | None = None,
) -> tuple[Catalogue, LearnSummary]:
    """
    Learn from folders and files, read as `newsnorm.corpus.jobs.normalise.run` reads them.

    Args:
        inputs: folders and files, in the formats of `newsnorm.corpus.sources`.
        min_documents: learn lines that occur on at least this many documents of their host.
        share: learn lines that occur on at least this share of them, above 0 and at most 1.
        parser: its catalogue and passes decide which lines are already known; the default parser unless given.
        mapping: our field → the name in the records, where it differs; short for `options`.
        media_type: that of texts which state none; short for `options`.
        options: how the files are read.
        progress: called after each record with the bytes read so far and the total.

    Returns:
        The learned rules, and the counts; a record that can't be read is counted.

    Raises:
        MissingExtraError: a text is a page of HTML, and the extra ``html`` is not installed.
        InputError: an input does not exist, or a number is out of range.

    """
    options = attrs.evolve(options, fields=mapping or options.fields, media_type=media_type or options.media_type)
    found = discover(inputs, options)
    learner = Learner(min_documents=min_documents, share=share, parser=parser)
    failed = FailureTally()

    def add(record: SourceRecord) -> None:
        learner.add(record.page())

    for record in read_all(found, options, progress):
        outcome = record if isinstance(record, Failure) else attempt(record, add)
        if outcome is not None:
            failed.add(outcome)
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
