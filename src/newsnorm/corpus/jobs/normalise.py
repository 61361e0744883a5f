"""
The main job: files in, a normalised corpus out, and an account in which everything that was read adds up.

Written to OUT: ``articles.jsonl``, ``errors.jsonl``, ``relations.jsonl``, ``clusters.jsonl`` and ``summary.json``. Each is
written under another name first and renamed when whole, so a file that bears its name is complete. Nothing in them
depends on time, machine or the order in which a disk lists files.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import attrs

from newsnorm.corpus.jobs.relate import OUTPUTS as RELATED
from newsnorm.corpus.jobs.relate import RelationCounts, Reports, opened_index
from newsnorm.corpus.sinks import error_row, finish, opened, prepared
from newsnorm.corpus.sources import Failure, File, Progress, Skipped, attempt, files, records
from newsnorm.errors import InputError
from newsnorm.export.jsonl import dumps
from newsnorm.parser import Parser
from newsnorm.records import Article
from newsnorm.version import __version__

OUTPUTS = ("articles.jsonl", "errors.jsonl", *RELATED, "summary.json")


@attrs.frozen(kw_only=True)
class Summary:
    """What a run did; ``read == written + failed``."""

    read: int
    written: int
    failed: int
    skipped: tuple[str, ...]
    """Files that no reader takes."""
    empty: int
    """Articles without a report."""
    duplicates: int
    """Articles whose report another one of the run has too, word for word; one of each group is not counted."""
    related: RelationCounts | None
    """How they are related; None, if they were not compared."""
    repeated_ids: int
    """Articles that bear the id of an earlier one."""
    fixed: int
    """Articles with repaired characters."""
    rules: Mapping[str, int]
    """Rule → how many findings it made."""
    reasons: Mapping[str, int]
    """Reason → how many lines were removed for it."""
    languages: Mapping[str, int]
    errors: Mapping[str, int]
    """Code → how many records failed with it."""
    newsnorm: str
    parser: str
    """The digest of the parser."""


def run(
    inputs: Iterable[str | Path],
    out: str | Path | None,
    *,
    parser: Parser | None = None,
    mapping: Mapping[str, str] | None = None,
    ledger: bool = False,
    overwrite: bool = False,
    compare: bool = True,
    index: str | Path | None = None,
    progress: Progress | None = None,
) -> Summary:
    """
    Normalise the texts below `inputs` into the directory `out`.

    Args:
        inputs: folders, ``.txt`` files and ``.jsonl`` files.
        out: the directory to write to; created if missing. None: read and count only.
        parser: what reads each text; the default one unless given.
        mapping: what JSON records call our fields, where they differ.
        ledger: whether articles are written with their ledger.
        overwrite: whether results that stand in `out` already may be replaced.
        compare: whether to relate the articles to each other; their texts are kept in memory for it.
        index: an index to add the articles to; made if missing. The relations are then those to everything in it.
        progress: told after each record how far the run is.

    Raises:
        InputError: an input does not exist, or `out` can't be used.
        RefusedIndexError: the index can't be used.
        DamagedIndexError: the index doesn't hold what was written to it.

    """
    roots = [Path(given) for given in inputs]
    found = files(roots)
    parser = parser or Parser()
    if index is not None and not compare:
        raise InputError("articles that are not compared can't be added to an index: leave out one of the two")
    target = None if out is None else prepared(Path(out), roots, OUTPUTS, overwrite)
    counts = _Counts(compare)
    with opened_index(index if target is not None else None) as base:
        with ExitStack() as stack:
            articles = stack.enter_context(opened(target, "articles.jsonl"))
            errors = stack.enter_context(opened(target, "errors.jsonl"))
            for outcome in _outcomes(found, parser, mapping, progress):
                if isinstance(outcome, Article):
                    articles.write(dumps(outcome, ledger=ledger) + "\n")
                else:
                    errors.write(json.dumps(error_row(outcome), ensure_ascii=False) + "\n")
                counts.add(outcome)
        related = counts.reports.write(target, base, progress) if compare else None
    summary = counts.summary(tuple(item.source for item in found if isinstance(item, Skipped)), parser, related)
    with opened(target, "summary.json") as file:
        file.write(json.dumps(attrs.asdict(summary), ensure_ascii=False, indent=2) + "\n")
    if target is not None:
        without = RELATED if related is None else ()
        finish(target, [name for name in OUTPUTS if name not in without], without)
    return summary


def _outcomes(
    found: list[File | Skipped], parser: Parser, mapping: Mapping[str, str] | None, progress: Progress | None
) -> Iterator[Article | Failure]:
    for record in records([item for item in found if isinstance(item, File)], mapping, progress):
        yield record if isinstance(record, Failure) else attempt(record, lambda given: parser.parse(given.raw, **given.known))


class _Counts:
    def __init__(self, compare: bool) -> None:
        self.compare = compare
        self.read = self.written = self.empty = self.fixed = self.repeated_ids = 0
        self.rules: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.reports = Reports()
        self._ids: set[int] = set()

    def add(self, outcome: Article | Failure) -> None:
        self.read += 1
        if isinstance(outcome, Failure):
            self.errors[outcome.code] += 1
            return
        if self.compare:
            self.reports.add(outcome.id, outcome.text)
        self.written += 1
        self.empty += not outcome.paragraphs
        self.fixed += bool(outcome.fixes)
        name = hash_of(outcome.id)
        self.repeated_ids += name in self._ids
        self._ids.add(name)
        self.rules.update(finding.rule for finding in outcome.findings())
        self.reasons.update(removal.reason for removal in outcome.removals)
        self.languages[outcome.language.code] += 1

    def summary(self, skipped: tuple[str, ...], parser: Parser, related: RelationCounts | None) -> Summary:
        return Summary(
            read=self.read,
            written=self.written,
            failed=sum(self.errors.values()),
            skipped=skipped,
            empty=self.empty,
            duplicates=related.relations.get("exact", 0) + self.reports.twice if related else 0,
            related=related,
            repeated_ids=self.repeated_ids,
            fixed=self.fixed,
            rules=dict(sorted(self.rules.items())),
            reasons=dict(sorted(self.reasons.items())),
            languages=dict(sorted(self.languages.items())),
            errors=dict(sorted(self.errors.items())),
            newsnorm=__version__,
            parser=parser.digest,
        )


def hash_of(text: str) -> int:
    """A number for `text` that is the same in every process, unlike `hash`."""
    import hashlib

    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
