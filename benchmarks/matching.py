"""
Measure the cost of matching lines with rules: ``python benchmarks/matching.py --shared DIR``.

Prints microseconds per line and milliseconds per text, for whole pages and for reports alone: for folding only, for matching, and
for matching openings.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import newsnorm
from newsnorm.catalogue import LineForms, Rules
from newsnorm.text.folding import fold

KINDS = {"whole page": Path("naive/bs4.jsonl.gz"), "report alone": Path("cases.jsonl.gz")}

REPEATS = 7
"""Number of runs; the fastest counts."""


def texts(path: Path, limit: int) -> list[str]:
    """Return the first texts of a file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = (json.loads(line) for line, _ in zip(lines, range(limit), strict=False))
        return [str(row.get("text") or row.get("body") or "") for row in rows]


def seconds(run: Callable[[], object]) -> float:
    """Return the fastest time of a few runs."""
    best = float("inf")
    for _ in range(REPEATS):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return best


def fold_all(pages: Sequence[tuple[Rules, Sequence[str]]]) -> None:
    for _, lines in pages:
        for line in lines:
            fold(line[:240])


def match_all(pages: Sequence[tuple[Rules, Sequence[str]]]) -> None:
    for rules, lines in pages:
        for line in lines:
            rules.matches(LineForms(line))


def open_all(pages: Sequence[tuple[Rules, Sequence[str]]]) -> None:
    for rules, lines in pages:
        for line in lines:
            rules.opening_matches(LineForms(line))


def main() -> None:
    """Measure both kinds of text."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", type=Path, required=True, help="the folder with bench/")
    arguments.add_argument("--texts", type=int, default=200, help="texts of each kind")
    given = arguments.parse_args()
    catalogue = newsnorm.Catalogue.default()
    for name, path in KINDS.items():
        pages = []
        for text in texts(given.shared / "bench/extraction/data" / path, given.texts):
            rules = catalogue.narrow(newsnorm.identify_language(text).code)
            pages.append((rules, [line.strip() for line in text.splitlines() if line.strip()]))
        lines = sum(len(found) for _, found in pages)
        print(f"{name}: {len(pages)} texts, {lines / len(pages):.0f} lines a text")
        for step, run in (("fold", fold_all), ("match", match_all), ("open", open_all)):
            took = seconds(lambda run=run, pages=pages: run(pages))  # type: ignore[misc]
            print(f"  {step:<6} {1e6 * took / lines:6.2f} µs a line {1e3 * took / len(pages):6.2f} ms a text")


if __name__ == "__main__":
    main()
