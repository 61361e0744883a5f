"""
Normalise files into a corpus, and account for every record that was read.

The output depends only on the inputs, the rules and the versions of packages, not on time, machine, the number of workers or the
order of directory listings. After a run was killed, the next one continues with the parts that it had finished
(`newsnorm.corpus.parts`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

import attrs

from newsnorm.catalogue import Catalogue
from newsnorm.corpus.jobs.learn import learn_discovered
from newsnorm.corpus.jobs.parsing import OTHER_RULES, Normaliser
from newsnorm.corpus.jobs.run_job import LEARNED, Progress, RunJob
from newsnorm.corpus.output.folder import Target, check_target, open_folder
from newsnorm.corpus.output.manifest import Json, settings_row
from newsnorm.corpus.output.report_file import ADDED
from newsnorm.corpus.output.sealed_parts import NAME as PARTS
from newsnorm.corpus.parts import PartLimits
from newsnorm.corpus.relating import open_shared, relating_by
from newsnorm.corpus.sinks.failures import NAME as FAILURES
from newsnorm.corpus.sinks.form import article_form
from newsnorm.corpus.sinks.layout import CARD, DATASETS, FOLDERS, LAYOUTS, check_layout, usual_format
from newsnorm.corpus.sinks.relations import CLUSTERS, RELATIONS
from newsnorm.corpus.sources.discover import Discovered, discover
from newsnorm.corpus.sources.options import NO_OPTIONS, ReadOptions
from newsnorm.corpus.workers import WorkerOptions
from newsnorm.errors import InputError
from newsnorm.keeping import Keep
from newsnorm.learner import Learner
from newsnorm.parser import Parser, foundations
from newsnorm.records.accounts import RunProgress, RunSummary
from newsnorm.records.schema import SCHEMA
from newsnorm.version import __version__


@attrs.frozen(kw_only=True)
class RunSettings:
    """Everything that determines the output of a run, besides its inputs."""

    newsnorm: str = __version__
    versions: Mapping[str, str] = attrs.field(factory=lambda: dict(foundations()))
    """The versions of the packages and tables that can change an article."""
    parser: str
    """Digest of the parser, which covers these versions, the rules, the passes and `keep`."""
    keep: Keep
    """What stays in the texts."""
    schema: str = SCHEMA
    format: str
    columns: tuple[str, ...] | None
    """The columns of a flat table; None if everything is written."""
    layout: str
    ledger: bool
    relations: bool
    index: str | None
    """The name of the file of a shared index."""
    read: Mapping[str, Json]
    """How the files are read."""

    @property
    def digest(self) -> str:
        """Hex sha256 of everything that determines what is written of a record, in any format."""
        row = attrs.asdict(self, filter=attrs.filters.exclude("index", "relations", "format", "layout"))
        return hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()


def run(
    inputs: Iterable[str | Path],
    out: str | Path | None,
    *,
    parser: Parser | None = None,
    mapping: Mapping[str, str] | None = None,
    media_type: str | None = None,
    options: ReadOptions = NO_OPTIONS,
    format: str | None = None,
    columns: Iterable[str] | None = None,
    layout: str = LAYOUTS[0],
    ledger: bool = False,
    compare: bool = True,
    learn: bool = False,
    index: str | Path | None = None,
    workers: WorkerOptions | None = None,
    max_errors: int | None = None,
    overwrite: bool = False,
    fresh: bool = False,
    retry: bool = False,
    progress: Progress | None = None,
    part_limits: PartLimits | None = None,
) -> RunSummary:
    """
    Normalise the texts below `inputs` and write the corpus into the folder `out`.

    If an earlier run into `out` was killed, this one continues it: finished parts whose inputs have not changed are kept. The
    result equals that of a run that was never killed.

    Args:
        inputs: folders and files, in the formats of `newsnorm.corpus.sources`.
        out: the folder to write to; created if missing. None reads and counts only.
        parser: parses each text; by default the default parser.
        mapping: our field → the name in the records, where it differs; short for `options`.
        media_type: the media type of texts that don't state one; short for `options`.
        options: how the files are read.
        format: the format of the articles, one of `newsnorm.corpus.sinks.form.FORMATS`; by default lines of JSON, or Parquet if
        the layout requires it.
        columns: write a flat table with these columns of `newsnorm.export.flat.COLUMNS` instead of whole articles; csv and tsv
        are such tables, by default with the columns `newsnorm.export.flat.USUAL`.
        layout: how files are arranged, one of `newsnorm.corpus.sinks.layout.LAYOUTS`.
        ledger: whether to write each article with its ledger.
        compare: whether to relate the articles.
        learn: whether to learn first, in another pass over the inputs, which lines their sites repeat; they are written to
        ``learned.toml``.
        index: an index to add the articles to, created if missing; they are then related to everything in it.
        workers: number of worker processes, and limits for one text; by default one process per core.
        max_errors: stop when more records than this have failed; the run can be continued.
        overwrite: whether results in `out` may be replaced; parts with unchanged records and settings are reused.
        fresh: whether to start anew, whatever an earlier run left.
        retry: with `overwrite`, whether to redo parts in which records failed.
        progress: called now and then.
        part_limits: the size of parts, which a killed run repeats as a whole.

    Returns:
        The counts of the run; records that can't be read are counted, and written to ``errors.jsonl``.

    Raises:
        MissingExtraError: an input or the format needs an extra that is not installed.
        InputError: an input does not exist, `out` can't be used, an earlier run had other settings, an index is combined with
            ``compare=False``, or format, columns or layout are unknown or don't fit together.
        TooManyErrorsError: more than `max_errors` records failed.
        RefusedIndexError: the index can't be used.
        DamagedIndexError: the content of the index is not what was written to it.
        OSError: a file can't be written.

    """
    if index is not None and not compare:
        raise InputError("an index needs relations between articles; drop either the index or the option to skip relations")
    form = article_form(format or usual_format(layout), columns, ledger=ledger)
    check_layout(layout, form.format)
    options = options.extended(mapping, media_type)
    roots = tuple(Path(given) for given in inputs)
    found = discover(roots, options)
    workers = workers or WorkerOptions()
    parser = parser or Parser()
    target = Target(
        out=None if out is None else Path(out),
        kind="run",
        advice={"parser": OTHER_RULES},
        inputs=roots,
        files=tuple(file.path for file in found.files),
        index=None if index is None else Path(index),
        owned=(FOLDERS[layout], FAILURES, RELATIONS, CLUSTERS, PARTS, ADDED, *_edited(layout, learn=learn)),
        folders=(FOLDERS[layout],),
        edited=(CARD, LEARNED),
        overwrite=overwrite,
        fresh=fresh,
    )
    check_target(target)
    learned = _learn(found, parser, options, workers, progress) if learn else None
    if learned is not None:
        parser = attrs.evolve(parser, catalogue=parser.catalogue | learned)
    settings = RunSettings(
        parser=parser.digest,
        keep=parser.keep,
        format=form.format,
        columns=form.columns,
        layout=layout,
        ledger=ledger,
        relations=compare,
        index=Path(index).name if index is not None else None,
        read=settings_row(options),
    )
    target = attrs.evolve(target, settings=settings_row(settings))
    with ExitStack() as stack:
        shared = stack.enter_context(open_shared(None if out is None else index))
        work = stack.enter_context(open_folder(target))
        relating = stack.enter_context(relating_by(shared, work.path / "index.db")) if compare else None
        job = RunJob(
            work=work,
            found=found,
            form=form,
            layout=layout,
            options=options,
            settings_digest=settings.digest,
            normaliser=Normaliser(parser=parser, form=form, is_compared=compare),
            relating=relating,
            learned=learned,
            workers=workers,
            max_errors=max_errors,
            progress=progress,
            part_limits=part_limits or PartLimits(),
        )
        return job.run(newsnorm=settings.newsnorm, parser=settings.parser, use_sealed=not fresh, retry=retry)


def _edited(layout: str, *, learn: bool) -> list[str]:
    """Return the names of the files that a run writes for people to edit."""
    return [name for name, is_written in ((CARD, layout == DATASETS), (LEARNED, learn)) if is_written]


def _learn(
    found: Discovered, parser: Parser, options: ReadOptions, workers: WorkerOptions, progress: Progress | None
) -> Catalogue:
    """Learn which lines the sites of the inputs repeat."""

    def report(done: int, total: int) -> None:
        if progress is not None:
            progress(RunProgress(stage="learn", done=done, total=total, records=0, failed=0, parts=0))

    return learn_discovered(found, Learner(parser=parser), options, workers, report)[0]
