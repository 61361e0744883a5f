"""
Work through the parts of a run: parse them in workers, relate their reports, publish the results.

Only this process writes; workers return their results in the order of the inputs.
"""

from __future__ import annotations

import itertools
import json
import logging
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeAlias, cast

import attrs

from newsnorm.catalogue import Catalogue
from newsnorm.catalogue.learned import dumps
from newsnorm.corpus.account import Tally, sorted_counts, stable_hash
from newsnorm.corpus.jobs.indexing import Indexing
from newsnorm.corpus.jobs.outcomes import Refused, value_of
from newsnorm.corpus.jobs.parsing import Normalised, Normaliser
from newsnorm.corpus.jobs.relations import write_relations
from newsnorm.corpus.output.checkpoints import checkpoint
from newsnorm.corpus.output.folder import WorkFolder
from newsnorm.corpus.output.id_list import IdList
from newsnorm.corpus.output.indexed import IndexedParts
from newsnorm.corpus.output.manifest import FileEntry, settings_row
from newsnorm.corpus.output.part_store import ARTICLES, FinishedPart, PartStore, PartWriter
from newsnorm.corpus.output.report_file import ADDED, Report, ReportDigest, digest_line, read_digests, read_reports
from newsnorm.corpus.output.sealed_parts import NAME as PARTS
from newsnorm.corpus.output.sealed_parts import SealedPart, SealedParts
from newsnorm.corpus.parts import Part, PartLimits, cut_parts, make_part
from newsnorm.corpus.relating import Relating
from newsnorm.corpus.sinks.failures import NAME as FAILURES
from newsnorm.corpus.sinks.failures import dumps_failure, first_failure
from newsnorm.corpus.sinks.form import ArticleForm
from newsnorm.corpus.sinks.layout import CARD, DATASETS, dumps_card, shard_name
from newsnorm.corpus.sinks.shards import DRY_RUN, read_rows, shards_of
from newsnorm.corpus.sources.discover import Discovered
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.read import read_file
from newsnorm.corpus.sources.record import SourceRecord
from newsnorm.corpus.sources.stream import ByteCounter
from newsnorm.corpus.workers import Done, Lost, Task, WorkerOptions, work_in_order
from newsnorm.errors import TooManyErrorsError
from newsnorm.records.accounts import Failure, RelationCounts, RunProgress, RunStage, RunSummary
from newsnorm.text.counting import many

log = logging.getLogger("newsnorm.run")
"""Logs the progress of a run as events, with figures as extra fields."""

INDEX_EVERY = 50
"""Records between two looks at the index; twice as many are indexed then, so that it keeps up with what is parsed."""

LEARNED = "learned.toml"
"""Name of the file of learned rules."""

Progress: TypeAlias = Callable[[RunProgress], None]
Outcome: TypeAlias = "Done[SourceRecord, Normalised | Failure | Refused] | Lost[SourceRecord] | Failure"
"""The outcome of a record, or the failure to read it."""


@attrs.frozen
class _Begin:
    """Marks the beginning of a part's records."""

    part: Part
    number: int


@attrs.frozen
class _End:
    """Marks the end of a part's records."""


@attrs.frozen(kw_only=True)
class Earlier:
    """What earlier runs left in the same folder."""

    store: PartStore
    """The parts of an unfinished run."""
    sealed: SealedParts
    """The parts of the last finished run."""
    indexed: IndexedParts
    """The parts of the unfinished run that are in the index."""
    added: Path | None
    """The file that lists what the last finished run added to a shared index, if it wrote flat tables."""

    def is_forgotten(self, relating: Relating) -> bool:
        """Return whether an index contains nothing of earlier runs that may be missing from the inputs."""
        return not self.store and not (relating.shared and (self.sealed or self.added is not None))


Outcomes: TypeAlias = "Generator[Outcome | FinishedPart | _Begin | _End, None, None]"


@attrs.define(kw_only=True)
class RunJob:
    """A run in progress: what it works with, and what it has done so far."""

    work: WorkFolder
    found: Discovered
    options: ReadOptions
    settings_digest: str
    form: ArticleForm
    layout: str
    normaliser: Normaliser
    relating: Relating | None
    """None if articles are not compared."""
    learned: Catalogue | None
    """The rules learned from the inputs."""
    workers: WorkerOptions
    max_errors: int | None
    progress: Progress | None
    part_limits: PartLimits
    tally: Tally = attrs.field(factory=Tally)
    """The counts of all finished parts."""
    parts: list[FinishedPart] = attrs.field(factory=list)
    """The finished parts, in order."""
    counter: ByteCounter = attrs.field(factory=ByteCounter)
    size: int = 0
    """Bytes of all inputs together."""
    kept: int = 0
    """Number of records in parts taken over from earlier runs, and bytes read when the last of these was taken."""
    kept_done: int = 0
    indexing: Indexing | None = None
    """The parts still to be indexed; None if articles are not compared."""
    written: dict[str, FileEntry] = attrs.field(factory=dict)
    """Name of a file in the work folder, which is its name in the output folder, too → the file."""

    def run(self, *, newsnorm: str, parser: str, use_sealed: bool = True, retry: bool = False) -> RunSummary:
        """
        Finish all parts, relate their reports, and publish the results.

        Args:
            newsnorm: the version, for the summary.
            parser: the digest of the parser, for the summary.
            use_sealed: whether to take parts from a finished run in the same folder.
            retry: whether to redo parts of a finished run in which records failed.

        """
        sealed = SealedParts(self.work.out if use_sealed else None, read_rows, with_failures=not retry)
        earlier = Earlier(
            store=PartStore(self.work.path), sealed=sealed, indexed=IndexedParts.load(self.work.path), added=sealed.added
        )
        self.size = self.found.size
        self.indexing = Indexing(self.relating, earlier.indexed) if self.relating is not None else None
        log.info("started", extra={"files": len(self.found.files), "bytes": self.size, "resumed": self.work.resumed})
        self._parse(earlier)
        related = self._relate(earlier)
        self._write_failures()
        self._write_parts()
        self._write_learned()
        self._write_card(newsnorm)
        self._write_added()
        summary = self._summary(related, newsnorm, parser)
        self.work.publish(self._published(), settings_row(summary))
        log.info("published", extra={"records": summary.read, "articles": summary.written, "failed": summary.failed})
        return summary

    # parsing

    def _parse(self, earlier: Earlier) -> None:
        """Finish every part, in order."""
        stream = cast("Outcomes", work_in_order(self.normaliser, self._stream(earlier), self.workers))
        with closing(stream) as outcomes:
            for item in outcomes:
                if isinstance(item, FinishedPart):
                    self._check_errors(item.tally)
                    self.kept, self.kept_done = self.kept + item.tally.read, self.counter.read
                    self._add(item, earlier)
                elif isinstance(item, _Begin):
                    self._add(self._finish(item, outcomes, earlier), earlier)

    def _finish(self, begin: _Begin, outcomes: Outcomes, earlier: Earlier) -> FinishedPart:
        """Write the outcomes of a part's records, up to its end; meanwhile, index earlier parts."""
        tally = Tally()
        with self._writer(earlier.store, begin.number) as writer:
            for item in outcomes:
                if isinstance(item, (_End, _Begin, FinishedPart)):
                    break
                self._write(writer, item, tally)
                self._check_errors(tally)
                if tally.read % INDEX_EVERY == 0:
                    self._index_some(earlier)
            return writer.finish(begin.part.key, begin.part.source, tally)

    def _stream(self, earlier: Earlier) -> Iterator[Task[SourceRecord] | Failure | FinishedPart | _Begin | _End]:
        """Yield the work to be done, in order; parts finished by an earlier run are passed on."""
        read = partial(read_file, options=self.options, counter=self.counter)
        parts = cut_parts(self.found.files, read, self.settings_digest, self.part_limits)
        unlisted = [make_part(self.found.failures, self.settings_digest)] if self.found.failures else []
        for number, part in enumerate(itertools.chain(unlisted, parts)):
            done = earlier.store.take(part.key, number) or earlier.sealed.take(
                part.key, partial(self._writer, earlier.store, number), compared=self.relating is not None
            )
            if done is not None:
                yield done
                continue
            yield _Begin(part, number)
            for item in part.items:
                yield item if isinstance(item, Failure) else Task(item, len(item.raw))
            yield _End()

    def _writer(self, store: PartStore, number: int) -> PartWriter:
        shard = DRY_RUN if self.work.out is None else shards_of(self.form)
        return PartWriter(store.path(number), f"{ARTICLES}.{shard.ending}", shard.open)

    def _write(self, writer: PartWriter, outcome: Outcome, tally: Tally) -> None:
        """Write the outcome of a record, and count it."""
        result = _result(outcome)
        if isinstance(result, Failure):
            writer.write_failure(dumps_failure(result).encode() + b"\n")
            tally.count_failure(result)
        else:
            writer.write_article(result.row)
            writer.write_report(result.report)
            tally.count_article(result.traits)

    def _check_errors(self, tally: Tally) -> None:
        failed = self.tally.failed + tally.failed
        if self.max_errors is not None and failed > self.max_errors:
            raise TooManyErrorsError(
                f"{many(failed, 'record')} failed, more than {self.max_errors:,}; "
                f"{self.work.path} has the errors of finished parts; run the same command with a higher limit to continue"
            )

    def _add(self, part: FinishedPart, earlier: Earlier) -> None:
        """Count a finished part, and let its reports be indexed."""
        self.tally.add(part.tally)
        self.parts.append(part)
        if self.indexing is not None:
            self.indexing.add(part)
            self._index_some(earlier)
        counts = {"records": part.tally.read, "failed": part.tally.failed}
        log.info("part", extra={"part": len(self.parts) - 1, "source": part.source, **counts})
        self._report("parse", self.counter.read, self.size)

    def _report(self, stage: RunStage, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(
                RunProgress(
                    stage=stage,
                    done=done,
                    total=total,
                    records=self.tally.read,
                    failed=self.tally.failed,
                    parts=len(self.parts),
                    kept=self.kept,
                    kept_done=self.kept_done if stage == "parse" else 0,
                )
            )

    # relating

    def _index_some(self, earlier: Earlier) -> None:
        """Index a few reports of finished parts, unless the index may contain records that are no longer in the inputs."""
        if self.indexing is not None and earlier.is_forgotten(self.indexing.relating):
            self.indexing.step()

    def _relate(self, earlier: Earlier) -> RelationCounts | None:
        """Bring the index up to date with the parts, and write the relations."""
        if self.relating is None or self.indexing is None:
            return None
        self._forget(self.relating, earlier)
        self.indexing.finish(lambda left: self._report("index", len(self.parts) - left, len(self.parts)))
        long = [name for part in self.parts for name in part.long]
        written = write_relations(
            self.work, self.relating, self._reports, long, lambda done, total: self._report("relate", done, total)
        )
        counts = written.counts
        self.written |= written.files
        log.info("related", extra={"relations": sum(counts.relations.values()), "clusters": counts.clusters})
        checkpoint("related")
        return counts

    def _forget(self, relating: Relating, earlier: Earlier) -> None:
        """Remove from the index what is no longer in the inputs; everything else must then be added again."""
        unfinished = [part for part in earlier.store.not_taken() if earlier.indexed.may_hold(part.key)]
        sealed = earlier.sealed.not_taken() if relating.shared else []
        for part in unfinished:
            relating.remove(_digests(read_reports(part.reports)))
        for gone in sealed:
            relating.remove(_digests(earlier.sealed.reports(gone)))
        if added := earlier.added if relating.shared else None:
            ids = IdList.read(part.ids for part in self.parts)
            relating.remove(report for report in read_digests(added) if not ids.holds(*report))
        if unfinished or sealed or added:
            earlier.indexed.clear()

    def _reports(self) -> Iterator[Report]:
        """Yield the id and the report of each article, in order."""
        return itertools.chain.from_iterable(read_reports(part.reports) for part in self.parts)

    # publishing

    def _write_failures(self) -> None:
        """Join the failures of all parts in one file."""
        with closing(self.work.create(FAILURES)) as file:
            for part in self.parts:
                file.copy(part.failures)
        self.written[FAILURES] = FileEntry.of(FAILURES, file, self.tally.failed)

    def _write_learned(self) -> None:
        """Write the learned rules, for people to review and prune."""
        if self.learned is not None:
            with closing(self.work.create(LEARNED)) as file:
                file.write(dumps(self.learned.rules).encode())
            self.written[LEARNED] = FileEntry.of(LEARNED, file, len(self.learned.rules))

    def _write_parts(self) -> None:
        """Write what each part was made from, its shard and its counts."""
        failures = 0
        with closing(self.work.create(PARTS)) as file:
            for part, shard in zip(self.parts, self._shard_names(), strict=True):
                sealed = SealedPart(key=part.key, source=part.source, shard=shard, first_failure=failures, tally=part.tally)
                file.write(json.dumps(sealed.to_row(), ensure_ascii=False).encode("utf-8", "replace") + b"\n")
                failures += part.tally.failed
        self.written[PARTS] = FileEntry.of(PARTS, file, len(self.parts))

    def _shard_names(self) -> list[str | None]:
        """Return the name that the shard of each part gets below the output folder; None if it has no article."""
        count = sum(1 for part in self.parts if part.shard.rows)
        names = (shard_name(self.layout, number, count, self.form.format) for number in range(count))
        return [next(names) if part.shard.rows else None for part in self.parts]

    def _write_card(self, newsnorm: str) -> None:
        """Write the card of a dataset, if the layout has one."""
        if self.layout == DATASETS:
            with closing(self.work.create(CARD)) as file:
                file.write(dumps_card(self.tally.languages, self.tally.articles, newsnorm).encode())
            self.written[CARD] = FileEntry.of(CARD, file, 0)

    def _write_added(self) -> None:
        """Write which reports were added to a shared index, if the articles don't contain them."""
        if self.relating is not None and self.relating.shared and self.form.columns is not None:
            with closing(self.work.create(ADDED)) as file:
                for report in self._reports():
                    file.write(digest_line(*report))
            self.written[ADDED] = FileEntry.of(ADDED, file, self.tally.articles)

    def _published(self) -> Mapping[str, FileEntry]:
        """Return the results: path below the work folder → path below the output folder."""
        shards = {
            f"{part.folder.relative_to(self.work.path).as_posix()}/{part.shard.name}": attrs.evolve(part.shard, name=name)
            for part, name in zip(self.parts, self._shard_names(), strict=True)
            if name is not None
        }
        return shards | self.written

    def _summary(self, related: RelationCounts | None, newsnorm: str, parser: str) -> RunSummary:
        ids = IdList.read(part.ids for part in self.parts)
        exact = related.relations.get("exact", 0) + ids.repetitions if related else 0
        counts = self.tally
        return RunSummary(
            read=counts.read,
            written=counts.articles,
            failed=counts.failed,
            skipped=self.found.skipped,
            other_records=sorted_counts(self.counter.skipped),
            pages=counts.pages,
            empty=counts.empty,
            duplicates=exact,
            related=related,
            repeated_ids=related.repeated_ids if related else ids.repeated(name for name, _ in self._reports()),
            fixed=counts.fixed,
            rules=sorted_counts(counts.rules),
            reasons=sorted_counts(counts.reasons),
            languages=sorted_counts(counts.languages),
            layouts=sorted_counts(counts.layouts),
            sites=sorted_counts(counts.sites),
            notes=sorted_counts(counts.notes),
            errors=sorted_counts(counts.errors),
            first_failure=first_failure(self.work.path / FAILURES),
            newsnorm=newsnorm,
            parser=parser,
        )


def _digests(reports: Iterable[Report]) -> Iterator[ReportDigest]:
    return ((name, stable_hash(text)) for name, text in reports)


def _result(outcome: Outcome) -> Normalised | Failure:
    """Return the row or the failure of an outcome."""
    return outcome if isinstance(outcome, Failure) else value_of(outcome)
