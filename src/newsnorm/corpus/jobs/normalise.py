"""
Normalise files into a corpus, and account for every record that was read.

The output depends only on the inputs, the rules and the version of newsnorm, not on time, machine or the order of directory
listings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from newsnorm.corpus.account import ArticleTally, FailureTally, sorted_counts
from newsnorm.corpus.jobs.relate import open_named_index, write_relations
from newsnorm.corpus.sinks import articles, failures, relations, summary
from newsnorm.corpus.sinks.folder import OutputFolder
from newsnorm.corpus.sources.discover import Discovered, Progress, discover, read_records
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.record import SourceRecord, attempt
from newsnorm.dedup.text.comparable import Texts
from newsnorm.errors import InputError
from newsnorm.parser import Parser, parse_page, read_page
from newsnorm.records import Article
from newsnorm.records.accounts import Failure, RelationCounts, RunSummary
from newsnorm.version import __version__

RELATED = (relations.RELATIONS, relations.CLUSTERS)
OUTPUTS = (articles.NAME, failures.NAME, *RELATED, summary.NAME)


def run(
    inputs: Iterable[str | Path],
    out: str | Path | None,
    *,
    parser: Parser | None = None,
    mapping: Mapping[str, str] | None = None,
    media_type: str | None = None,
    ledger: bool = False,
    overwrite: bool = False,
    compare: bool = True,
    index: str | Path | None = None,
    progress: Progress | None = None,
) -> RunSummary:
    """
    Normalise the texts below `inputs` and write the corpus into the folder `out`.

    Args:
        inputs: folders, ``.txt``, ``.html`` and ``.jsonl`` files.
        out: the folder to write to; created if missing. None reads and counts only.
        parser: reads each text; the default parser unless given.
        mapping: our field → the name in the JSON records, where it differs.
        media_type: that of texts which state none; None goes by the endings of files and the beginnings of texts.
        ledger: whether to write each article with its ledger.
        overwrite: whether results in `out` may be replaced.
        compare: whether to relate the articles, which holds their texts in memory.
        index: an index to add the articles to, created if missing; they are then related to everything in it.
        progress: called with the amount done and the total: first bytes read, then texts compared.

    Returns:
        The counts of the run; a record that can't be read is counted, and written to ``errors.jsonl``.

    Raises:
        MissingExtraError: a text is a page of HTML, and the extra ``html`` is not installed.
        InputError: an input does not exist, `out` can't be used, or an index is combined with ``compare=False``.
        RefusedIndexError: the index can't be used.
        DamagedIndexError: the content of the index is not what was written to it.
        OSError: a file can't be written.

    """
    if index is not None and not compare:
        raise InputError("an index needs compared articles; drop either the index or the option to skip relations")
    roots = [Path(given) for given in inputs]
    options = ReadOptions(fields=mapping or {}, media_type=media_type)
    found = discover(roots, options)
    parser = parser or Parser()
    folder = OutputFolder.prepare(out, inputs=roots, names=OUTPUTS, overwrite=overwrite)
    made, failed, texts = ArticleTally(), FailureTally(), Texts()
    with open_named_index(index if folder.path else None) as base:
        with articles.article_sink(folder, ledger=ledger) as article_file, failures.failure_sink(folder) as failure_file:
            for outcome in _outcomes(found, parser, options, progress):
                if isinstance(outcome, Failure):
                    failed.add(outcome)
                    failure_file.write(outcome)
                    continue
                article = outcome.article
                made.add(article, is_page=outcome.is_page)
                article_file.write(article)
                if compare:
                    texts.add(article.id, article.text)
        related = write_relations(texts, folder, base, progress) if compare else None
    done = _summary(made, failed, found.skipped, related, texts.repetitions, parser)
    summary.write_summary(folder, done)
    without = () if compare else RELATED
    folder.commit([name for name in OUTPUTS if name not in without], without=without)
    return done


@attrs.frozen
class _Parsed:
    """What a record gave."""

    article: Article
    is_page: bool
    """Whether it was read as a page of HTML."""


def _outcomes(found: Discovered, parser: Parser, options: ReadOptions, progress: Progress | None) -> Iterator[_Parsed | Failure]:
    """Parse every record that is read."""

    def parse(record: SourceRecord) -> _Parsed:
        page = read_page(record.raw, record.metadata)
        return _Parsed(parse_page(page, parser), is_page=bool(page.markup.elements))

    for record in read_records(found, options, progress):
        yield record if isinstance(record, Failure) else attempt(record, parse)


def _summary(
    made: ArticleTally,
    failed: FailureTally,
    skipped: tuple[str, ...],
    related: RelationCounts | None,
    repetitions: int,
    parser: Parser,
) -> RunSummary:
    return RunSummary(
        read=made.articles + failed.total,
        written=made.articles,
        failed=failed.total,
        skipped=skipped,
        pages=made.pages,
        empty=made.empty,
        duplicates=related.relations.get("exact", 0) + repetitions if related else 0,
        related=related,
        repeated_ids=made.repeated_ids,
        fixed=made.fixed,
        rules=sorted_counts(made.rules),
        reasons=sorted_counts(made.reasons),
        languages=sorted_counts(made.languages),
        layouts=sorted_counts(made.layouts),
        notes=sorted_counts(made.notes),
        errors=failed.by_code,
        newsnorm=__version__,
        parser=parser.digest,
    )
