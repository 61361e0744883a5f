"""
The main job: files in, a normalised corpus out, and an account in which everything that was read adds up.

Written to OUT: ``articles.jsonl``, ``errors.jsonl``, ``relations.jsonl`` (exact duplicates) and ``summary.json``. Each is
written under another name first and renamed when whole, so a file that bears its name is complete. Nothing in them
depends on time, machine or the order in which a disk lists files.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

import attrs

from newsnorm.corpus.duplicates import ExactDuplicates
from newsnorm.corpus.sources import Failure, File, Progress, Skipped, attempt, files, records
from newsnorm.errors import InputError
from newsnorm.export.jsonl import dumps
from newsnorm.parser import Parser
from newsnorm.records import Article
from newsnorm.version import __version__

OUTPUTS = ("articles.jsonl", "errors.jsonl", "relations.jsonl", "summary.json")


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
        progress: told after each record how far the run is.

    Raises:
        InputError: an input does not exist, or `out` can't be used.

    """
    roots = [Path(given) for given in inputs]
    inside = next((given for given in roots if out is not None and Path(out).resolve().is_relative_to(given.resolve())), None)
    if inside is not None:
        raise InputError(f"{out} lies inside the input {inside}, so the next run would read it: name another directory")
    found = files(roots)
    parser = parser or Parser()
    target = None if out is None else _prepared(Path(out), overwrite)
    counts = _Counts()
    with ExitStack() as stack:
        articles = stack.enter_context(_open(target, "articles.jsonl"))
        errors = stack.enter_context(_open(target, "errors.jsonl"))
        for outcome in _outcomes(found, parser, mapping, progress):
            if isinstance(outcome, Article):
                articles.write(dumps(outcome, ledger=ledger) + "\n")
            else:
                errors.write(json.dumps(_error(outcome), ensure_ascii=False) + "\n")
            counts.add(outcome)
    summary = counts.summary(tuple(item.source for item in found if isinstance(item, Skipped)), parser)
    if target is not None:
        _finish(target, counts, summary)
    return summary


def _prepared(out: Path, overwrite: bool) -> Path:
    standing = [name for name in OUTPUTS if (out / name).exists()]
    if standing and not overwrite:
        raise InputError(f"{out} holds {standing[0]} of an earlier run: name another directory, or pass --overwrite")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{out} can't be made a directory: {error.strerror}") from error
    return out


def _open(target: Path | None, name: str) -> TextIO:
    path = Path(os.devnull) if target is None else target / f"{name}.part"
    return path.open("w", encoding="utf-8", newline="\n")


def _outcomes(
    found: list[File | Skipped], parser: Parser, mapping: Mapping[str, str] | None, progress: Progress | None
) -> Iterator[Article | Failure]:
    for record in records([item for item in found if isinstance(item, File)], mapping, progress):
        yield record if isinstance(record, Failure) else attempt(record, lambda given: parser.parse(given.raw, **given.known))


def _error(failure: Failure) -> dict[str, str | int | None]:
    message = "".join(letter if letter.isprintable() else "?" for letter in failure.message)[:500]
    return {
        "source": failure.source.encode("utf-8", "replace").decode(),
        "line": failure.line,
        "code": failure.code,
        "message": message,
        "sha256": failure.sha256,
        "length": failure.length,
    }


class _Counts:
    def __init__(self) -> None:
        self.read = self.written = self.empty = self.fixed = self.repeated_ids = self.duplicates = 0
        self.rules: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.exact = ExactDuplicates()
        self._ids: set[int] = set()

    def add(self, outcome: Article | Failure) -> None:
        self.read += 1
        if isinstance(outcome, Failure):
            self.errors[outcome.code] += 1
            return
        self.exact.add(self.written, outcome)
        self.written += 1
        self.empty += not outcome.paragraphs
        self.fixed += bool(outcome.fixes)
        name = hash_of(outcome.id)
        self.repeated_ids += name in self._ids
        self._ids.add(name)
        self.rules.update(finding.rule for finding in outcome.findings())
        self.reasons.update(removal.reason for removal in outcome.removals)
        self.languages[outcome.language.code] += 1

    def summary(self, skipped: tuple[str, ...], parser: Parser) -> Summary:
        self.groups = list(self.exact.groups())
        return Summary(
            read=self.read,
            written=self.written,
            failed=sum(self.errors.values()),
            skipped=skipped,
            empty=self.empty,
            duplicates=sum(len(group) - 1 for group in self.groups),
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


def _finish(target: Path, counts: _Counts, summary: Summary) -> None:
    """The relations and the summary; then every file gets its name."""
    names = _ids_at(target / "articles.jsonl.part", {place for group in counts.groups for place in group})
    rows = sorted(
        (min(left, right), max(left, right))
        for group in counts.groups
        for ids in (sorted(names[place] for place in group),)
        for left, right in ((ids[0], other) for other in ids[1:])
        if left != right  # two records of one id: the summary counts them as repeated
    )
    with _open(target, "relations.jsonl") as file:
        for left, right in rows:
            row = {"left": left, "right": right, "kind": "exact", "left_cover": 1.0, "right_cover": 1.0}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    with _open(target, "summary.json") as file:
        file.write(json.dumps(attrs.asdict(summary), ensure_ascii=False, indent=2) + "\n")
    for name in OUTPUTS:
        part = target / f"{name}.part"
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target / name)


def _ids_at(path: Path, places: set[int]) -> dict[int, str]:
    """The ids of the articles at some places of the output."""
    ids: dict[int, str] = {}
    if places:
        with path.open(encoding="utf-8") as file:
            for place, line in enumerate(file):
                if place in places:
                    ids[place] = str(json.loads(line)["id"])
    return ids
