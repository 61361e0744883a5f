"""Find the raw texts of articles in the inputs of their run, with the fate of each stretch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs

from newsnorm.assemble import ledger_of
from newsnorm.corpus.jobs.report.scan import site_of
from newsnorm.corpus.sinks.results import RunResults
from newsnorm.corpus.sources.again import records_again
from newsnorm.corpus.sources.discover import Progress, discover
from newsnorm.corpus.sources.record import SourceFile, SourceRecord
from newsnorm.errors import NewsnormError
from newsnorm.read import raw_article, read
from newsnorm.records import Article
from newsnorm.report.html.articles import RawText
from newsnorm.report.html.index import ShownArticle


def with_raw_texts(
    results: RunResults, numbers: Sequence[int], files: Sequence[SourceFile], progress: Progress | None
) -> list[ShownArticle]:
    """Return the chosen articles, most needed first, with those raw texts that are still in the inputs."""
    chosen = dict(results.articles(frozenset(numbers)))
    by_digest: dict[str, list[int]] = {}
    for number, article in chosen.items():
        by_digest.setdefault(article.provenance.raw_sha256, []).append(number)
    needed = _needed(files, results, numbers)
    total = sum(file.path.stat().st_size for file in needed)

    def report_bytes(done: int) -> None:
        if progress is not None:
            progress(done, total)

    raws: dict[int, RawText | None] = {}
    for digest, record in records_again(needed, by_digest.keys(), results.read_options, report_bytes):
        raws |= {number: _raw_text(record, chosen[number]) for number in by_digest[digest]}
    return [
        ShownArticle(number=number, article=article, site=site_of(article), raw=raws.get(number))
        for number, article in ((number, chosen[number]) for number in numbers)
    ]


def _raw_text(record: SourceRecord, article: Article) -> RawText | None:
    """Return the raw text of an article; None if this version of newsnorm reads a different text from its record."""
    try:
        page = read(raw_article(record.raw, record.metadata))
    except NewsnormError:
        return None
    if len(page.raw.text) != article.provenance.raw_length:
        return None
    return RawText(text=page.raw.text, ledger=ledger_of(article, page), is_page=bool(page.markup.elements))


def _needed(files: Sequence[SourceFile], results: RunResults, chosen: Iterable[int]) -> list[SourceFile]:
    """Return the files that hold the records of the chosen articles; all files if some were renamed since the run."""
    numbers = frozenset(chosen)
    shards = {shard.name for shard, held in results.numbered_shards() if not numbers.isdisjoint(held)}
    places = {file.name: place for place, file in enumerate(files)}
    if any(part.shard is not None and part.source not in places for part in results.parts):
        return list(files)
    starts = [places.get(part.source, 0) for part in results.parts]
    needed: set[int] = set()
    for part, first, following in zip(results.parts, starts, [*starts, len(files)][1:], strict=True):
        if part.shard in shards:
            needed.update(range(first, max(first + 1, following)))
    return [files[place] for place in sorted(needed)]


@attrs.frozen
class Inputs:
    """The inputs of a run that still exist."""

    files: tuple[SourceFile, ...]
    problem: str
    """Why there are none, shown on the page; empty if there are some."""

    @classmethod
    def of(cls, inputs: Iterable[str | Path] | None, results: RunResults) -> Inputs:
        """Find the files below the inputs of a run."""
        if inputs is None:
            return cls((), "the run does not say where its inputs are; name them with --inputs.")
        try:
            found = discover(inputs, results.read_options).files
        except NewsnormError as error:
            return cls((), f"{error}; name the inputs with --inputs.")
        files = tuple(file for file in found if file.is_on_disk)
        return cls(files, "" if files else "the run read standard input, which can't be read again.")


NO_INPUTS = Inputs((), "")
