"""Word the summaries of jobs in a few lines each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from newsnorm.records.accounts import DedupSummary, ExportSummary, Failure, LearnSummary, RelationCounts, RunSummary
from newsnorm.text.counting import many

MAX_COUNTS = 12
"""Most counts on one line."""

MAX_NAMED = 3
"""Most skipped files, or repeated ids, that are named."""

PACKED = (".tar", ".tgz", ".7z", ".rar", ".lz4", ".br", ".z")
"""Endings of archives that are not read."""


def run_lines(summary: RunSummary, out: Path | None) -> Iterator[str]:
    """Word the summary of a run; `out` is the folder that was written, None in a dry run."""
    yield f"read {many(summary.read, 'record')}: {many(summary.written, 'article')}, {many(summary.failed, 'error')}{_to(out)}"
    yield from _skipped_lines(summary.skipped)
    yield from _count_lines("records that are not articles", summary.other_records)
    if not summary.read and not summary.other_records:
        yield "no input has a record in a supported format"
    if summary.pages:
        yield f"read as pages of HTML: {summary.pages:,}"
    yield (
        f"without a report: {summary.empty:,}; exact duplicates: {summary.duplicates:,}; "
        f"with repaired characters: {summary.fixed:,}"
    )
    if summary.related is not None:
        yield from relation_lines(summary.related)
    elif summary.repeated_ids:
        yield f"ids of several different reports: {_named(summary.repeated_ids)}"
    yield from _count_lines("languages", summary.languages)
    yield from _count_lines("kinds of text", summary.layouts)
    yield from _count_lines("notes", summary.notes)
    yield from _count_lines("lines removed", summary.reasons)
    yield from _count_lines("errors", summary.errors)


def dedup_lines(summary: DedupSummary, out: Path | None) -> Iterator[str]:
    """Word the summary of `dedup`; `out` is the folder that was written, None in a dry run."""
    yield f"read {many(summary.read, 'record')}: {summary.compared:,} compared, {many(summary.failed, 'error')}{_to(out)}"
    yield from _skipped_lines(summary.skipped)
    yield from relation_lines(summary.found)
    yield from _count_lines("errors", summary.errors)


def export_lines(summary: ExportSummary, to: str, out: Path | None, *, printed: bool = False) -> Iterator[str]:
    """
    Word the summary of an export; `out` is the folder that was written, None in a dry run and if articles were printed.

    >>> summary = ExportSummary(read=2, written=2, failed=0, lost={"fixes": 1, "layout": 2}, errors={})
    >>> list(export_lines(summary, "ninjs", None, printed=True))
    ['read 2 records: 2 articles, 0 errors', 'articles with fields that ninjs does not hold: layout 2, fixes 1']
    """
    to_out = "" if printed else _to(out)
    yield f"read {many(summary.read, 'record')}: {many(summary.written, 'article')}, {many(summary.failed, 'error')}{to_out}"
    yield from _count_lines(f"articles with fields that {to} does not hold", summary.lost)
    yield from _count_lines("errors", summary.errors)


def relation_lines(counts: RelationCounts) -> Iterator[str]:
    """
    Word counts of relations and clusters.

    >>> counts = RelationCounts(relations={"near": 2}, clusters=1, clustered=3, bridges=0, repeated_ids=(), notes=())
    >>> list(relation_lines(counts))
    ['relations: near 2', 'clusters: 1, with 3 articles']
    """
    yield f"relations: {_counts(counts.relations) or 'none'}"
    clusters = f"{counts.clusters:,}, with {many(counts.clustered, 'article')}" if counts.clusters else "none"
    yield f"clusters: {clusters}"
    if counts.bridges:
        yield f"relations overruled by clusters: {counts.bridges:,}"
    if counts.repeated_ids:
        yield f"ids of different texts, of which only the first was compared: {_named(counts.repeated_ids)}"
    for note in counts.notes:
        yield f"note: {note}"


def learn_lines(summary: LearnSummary, out: Path | None) -> Iterator[str]:
    """Word the summary of `learn`; `out` is the file that was written, None in a dry run."""
    yield (
        f"read {many(summary.read, 'record')} from {many(summary.hosts, 'host')}, {many(summary.failed, 'error')}: "
        f"learned {many(summary.rules, 'line')} of {many(summary.hosts_learned, 'host')}{_to(out)}"
    )
    yield from _note_lines(summary.notes)
    if summary.without_host:
        yield "name the field that holds the URL with --field url=NAME"
    if summary.hosts_sampled:
        yield f"large hosts, of which a sample of {summary.sample:,} documents was counted: {summary.hosts_sampled:,}"
    yield from _skipped_lines(summary.skipped)
    yield from _count_lines("errors", summary.errors)


def failure_line(failure: Failure) -> str:
    """Word a failure as compilers do: ``feed.jsonl:2: bad-json: …``; unprintable characters become ``?``."""
    place = "" if failure.place is None else f":{failure.place}"
    line = f"{failure.source}{place}: {failure.code}: {failure.message}"
    return "".join(letter if letter.isprintable() else "?" for letter in line)


def check_lines(passed: int, failures: Sequence[str]) -> Iterator[str]:
    """Word the result of checking regression cases."""
    yield from failures
    yield f"{passed:,} passed, {len(failures):,} failed"


def accept_lines(path: Path, keys: Sequence[str], *, is_new: bool) -> Iterator[str]:
    """Say which expectations of a case were written."""
    yield f"{'written' if is_new else 'rewritten'}: {path} ({', '.join(keys)})"


def _to(out: Path | None) -> str:
    return f" → {out}" if out else " (dry run)"


def _skipped_lines(skipped: Sequence[str]) -> Iterator[str]:
    if skipped:
        yield f"skipped {many(len(skipped), 'file')} in other formats: {_first(skipped)}"
    if packed := [name for name in skipped if name.lower().endswith(PACKED)]:
        yield f"archives among them, to unpack first: {len(packed):,}"


def _named(ids: Sequence[str]) -> str:
    return f"{len(ids):,} ({_first(ids)})"


def _first(names: Sequence[str]) -> str:
    return ", ".join(names[:MAX_NAMED]) + (", …" if len(names) > MAX_NAMED else "")


def _note_lines(notes: Sequence[str]) -> Iterator[str]:
    """Yield the first notes, a line each, and how many more there are."""
    yield from (f"note: {note}" for note in notes[:MAX_COUNTS])
    if len(notes) > MAX_COUNTS:
        yield f"and {many(len(notes) - MAX_COUNTS, 'note')} more, which --json prints"


def _count_lines(name: str, counts: Mapping[str, int]) -> Iterator[str]:
    """Yield one line with the largest counts, if there are any."""
    if counts:
        ranked = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
        shown = dict(list(ranked.items())[:MAX_COUNTS])
        yield f"{name}: {_counts(shown)}{', …' if len(ranked) > MAX_COUNTS else ''}"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{key} {count:,}" for key, count in counts.items())
