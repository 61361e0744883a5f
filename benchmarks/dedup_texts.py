"""The texts of the duplicates benchmark, as they lie below ``--shared``, with its own scorer."""

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

SETS = ("noise", "real")
HARD = ("roundup", "followup", "template_real", "template_form", "same_event")
"""Operators that make a text which is no copy, however much it shares."""


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
    """One set, its texts in the order of their ids."""

    name: str
    rows: tuple[Row, ...]
    texts: list[str]
    gold: list[Mapping[str, object]]
    ignored: frozenset[frozenset[str]]
    score: ModuleType

    def label(self, left: int, right: int) -> int:
        """1, if two texts are copies, 0, if not, -1, if nobody knows. An update is a copy of what it updates."""
        ours, theirs = self.rows[left], self.rows[right]
        same = ours.cluster == theirs.cluster
        if frozenset((ours.id, theirs.id)) in self.ignored and not (same and "update" in (ours.operator, theirs.operator)):
            return -1
        return int(same)

    def scored(self, clusters: Sequence[Sequence[str]]) -> dict[str, object]:
        """The benchmark's measures of some clusters."""
        found = {member: str(number) for number, cluster in enumerate(clusters) for member in cluster}
        return cast("dict[str, object]", self.score.score(self.gold, found, [tuple(pair) for pair in self.ignored]))


@cache
def load(shared: Path, name: str) -> Bench:
    """A set of the benchmark."""
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
