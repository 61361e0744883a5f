"""Read the duplicates benchmark, and print its measures; shared by the benchmarks of deduplication."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import cast

import attrs

import newsnorm

SETS = ("noise", "real")
HARD_NEGATIVES = ("roundup", "followup", "template_real", "template_form", "same_event")
"""Operators whose texts are copies of nothing, though they share passages."""


@attrs.frozen(kw_only=True)
class Row:
    """One text of the benchmark."""

    id: str
    title: str
    text: str
    cluster: str
    operator: str
    base: str
    corpus: str


@attrs.frozen(eq=False, kw_only=True)
class Bench:
    """One of the two sets, its texts in the order of their ids."""

    name: str
    rows: tuple[Row, ...]
    texts: list[str]
    gold: list[Mapping[str, object]]
    ignored: frozenset[frozenset[str]]
    score: ModuleType

    def label(self, left: int, right: int) -> int:
        """Return 1 if two texts are copies, 0 if not, -1 if unknown. An update counts as a copy of the report that it updates."""
        ours, theirs = self.rows[left], self.rows[right]
        same = ours.cluster == theirs.cluster
        if frozenset((ours.id, theirs.id)) in self.ignored and not (same and "update" in (ours.operator, theirs.operator)):
            return -1
        return int(same)

    def scored(self, clusters: Sequence[Sequence[str]]) -> dict[str, object]:
        """Return the benchmark's measures of some clusters."""
        found = {member: str(number) for number, cluster in enumerate(clusters) for member in cluster}
        return cast("dict[str, object]", self.score.score(self.gold, found, [tuple(pair) for pair in self.ignored]))


@cache
def load(shared: Path, name: str) -> Bench:
    """Read a set of the benchmark, once."""
    folder = shared / "bench" / "dedup"
    if not (folder / "data").is_dir():
        raise SystemExit(f"{folder}: not found; --shared names the directory that holds bench/")
    gold = sorted(_lines(folder / "data" / f"{name}.jsonl.gz"), key=lambda row: str(row["id"]))
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{folder / 'score.py'}: can't be read")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    names = ("title", "text", "cluster", "op", "base", "corpus")
    rows = tuple(
        Row(id=str(row["id"]), **{"operator" if key == "op" else key: str(row.get(key) or "") for key in names}) for row in gold
    )
    ignored = frozenset(frozenset(cast("list[str]", pair)) for pair in _lines(folder / "data" / f"{name}.ignore.jsonl.gz"))
    texts = [f"{row.title}\n\n{row.text}" for row in rows]
    return Bench(name=name, rows=rows, texts=texts, gold=gold, ignored=ignored, score=score)


def _lines(path: Path) -> list[Mapping[str, object]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@cache
def inputs(bench: Bench) -> dict[str, list[str]]:
    """Return the texts as they are, the parser's output with the title, and without it; takes a minute."""
    parser = newsnorm.Parser()
    articles = [parser.parse(text, title=row.title or None) for text, row in zip(bench.texts, bench.rows, strict=True)]
    return {
        "as it is": bench.texts,
        "parsed, with title": [f"{article.title or ''}\n\n{article.text}" for article in articles],
        "parsed": [article.text for article in articles],
    }


def show_measures(measures: Mapping[str, object]) -> None:
    """Print a line of measures, every kind of hard negative, and the operators that were not recalled in full."""
    operators = cast("dict[str, float]", measures.get("ops", {}))
    print("  " + "  ".join(f"{name} {measures[name]:.4f}" for name in ("P", "R", "F1", "ARI")))
    if operators:
        print(
            "  joined: "
            + "  ".join(f"{name.removeprefix('FM:')} {share:.3f}" for name, share in operators.items() if name[:3] == "FM:")
        )
        lost = {name: share for name, share in operators.items() if name[:3] != "FM:" and share < 1}
        print("  recall below 1: " + "  ".join(f"{name} {share:.3f}" for name, share in lost.items()))
