"""Show a finished run as one page: count its articles, choose some, find their raw texts, and write the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from newsnorm.catalogue import Catalogue
from newsnorm.corpus.jobs.report.page import PageJob
from newsnorm.corpus.jobs.report.raw_texts import NO_INPUTS, Inputs, with_raw_texts
from newsnorm.corpus.jobs.report.related import with_relations
from newsnorm.corpus.jobs.report.scan import Scan, scan_results
from newsnorm.corpus.output.durable import write_file
from newsnorm.corpus.output.guards import refuse_replacing_inputs, refuse_unwritable_file
from newsnorm.corpus.output.manifest import NAME as MANIFEST
from newsnorm.corpus.sinks.results import RunResults, open_results
from newsnorm.corpus.sources.discover import Progress
from newsnorm.corpus.sources.record import SourceFile
from newsnorm.errors import InputError
from newsnorm.report.html.articles import strata_of
from newsnorm.report.html.index import ShownArticle
from newsnorm.report.html.summary import ReportSummary

ARTICLES, MAX_BYTES = 1_000, 2_000_000
"""Default limits: articles shown, and size of the page in bytes."""
BYTES_EACH = 3_000
"""Bytes of the page allowed for each requested article."""


def report(
    out: str | Path,
    html: str | Path | None,
    *,
    inputs: Iterable[str | Path] | None = None,
    catalogue: Catalogue | None = None,
    articles: int | None = None,
    max_bytes: int | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> ReportSummary:
    """
    Count the results of a finished run, and show them as a single HTML file.

    Args:
        out: the folder of the run.
        html: the file to write; None only counts.
        inputs: the files and folders that the run read, in which raw texts are looked up; None shows no raw texts.
        catalogue: the rules of the run; by default the shipped ones.
        articles: most articles to show; by default 1,000.
        max_bytes: largest size of the file; by default 2 MB, or 3 kB for each of `articles` if that is more.
        overwrite: whether an existing file may be replaced.
        progress: called with the amount done and the total.

    Raises:
        InputError: `out` is not the folder of a finished run, or the file must not be written.
        OSError: the file can't be written.

    """
    results = open_results(Path(out))
    target = None if html is None else Path(html)
    there = NO_INPUTS if target is None else Inputs.of(inputs, results)
    if target is not None:
        _check_target(target, results, there.files, overwrite=overwrite)
    size = ARTICLES if articles is None else articles
    most = max_bytes or max(MAX_BYTES, BYTES_EACH * (articles or 0))
    scan = scan_results(results, size, progress)
    if target is None:
        return _summary(scan, None, (), 0)
    shown = with_relations(results, with_raw_texts(results, scan.chosen, there.files, progress))
    job = PageJob(results=results, scan=scan, shown=shown, problem=there.problem, catalogue=catalogue or Catalogue.default())
    text, count = job.fitted(most)
    data = text.encode("utf-8", "replace")
    write_file(target, data)
    return _summary(scan, target, shown[:count], len(data))


def _check_target(target: Path, results: RunResults, files: Iterable[SourceFile], *, overwrite: bool) -> None:
    """
    Check that the page may be written.

    Raises:
        InputError: the file exists, belongs to the run, or can't be written.

    """
    if target.exists() and not target.is_dir() and not overwrite:
        raise InputError(f"{target} exists; choose another file or pass --overwrite")
    own = [results.folder / file.name for file in results.manifest.files]
    refuse_replacing_inputs([target], [*own, results.folder / MANIFEST, *(file.path for file in files)])
    refuse_unwritable_file(target)


def _summary(scan: Scan, target: Path | None, shown: Sequence[ShownArticle], size: int) -> ReportSummary:
    return ReportSummary(
        figures=scan.figures,
        errors=scan.errors,
        clusters=sum(scan.cluster_sizes.values()),
        clustered=sum(size * count for size, count in scan.cluster_sizes.items()),
        html=None if target is None else str(target),
        size=size,
        shown=len(shown),
        without_raw=sum(each.raw is None for each in shown),
        coverage=scan.sample.coverage(strata_of(each.article, each.site) for each in shown),
    )
