"""
Measure the costs and benefits of the catalogue: ``python benchmarks/catalogue_price.py --shared DIR [--gain] [--show]``.

The price: annotated bodies are parsed alone, and every removed line counts against its rule. The gain: lines removed from whole
pages; lines that are in the annotated body count as a price again.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import attrs

import newsnorm

CASES = Path("bench/extraction/data/cases.jsonl.gz")
PAGES = Path("bench/extraction/data/naive/bs4.jsonl.gz")

LONG = 25
"""Number of characters from which a removed line may be part of a line of the body; a shorter one must be a whole line of it."""


@attrs.define
class Count:
    """The lines that one rule removed."""

    lines: Counter[str] = attrs.field(factory=Counter)
    wanted: Counter[str] = attrs.field(factory=Counter)
    """Removed lines that are in the annotated body."""

    @property
    def letters(self) -> int:
        """Number of letters in all lines."""
        return sum(number * sum(map(str.isalpha, line)) for line, number in self.lines.items())


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Read the records of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def spaced(text: str) -> str:
    """Separate words with single spaces."""
    return " ".join(text.split())


def count(texts: dict[str, str], cases: dict[str, dict[str, str]]) -> dict[str, Count]:
    """Parse the texts, given by the ids of their cases, and count the removed lines by rule."""
    counts: dict[str, Count] = defaultdict(Count)
    for case, text in texts.items():
        whole = spaced(cases[case]["body"])
        lines = {spaced(line) for line in cases[case]["body"].splitlines()}
        for removal in newsnorm.parse(text, url=cases[case]["url"]).removals:
            line = spaced(removal.text)
            counts[removal.rule].lines[line] += 1
            counts[removal.rule].wanted[line] += line in lines or (len(line) >= LONG and line in whole)
    return counts


def main() -> None:
    """Read the arguments and print the counts, the largest first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with bench/")
    parser.add_argument("--gain", action="store_true", help="count on whole pages instead of annotated bodies")
    parser.add_argument("--show", action="store_true", help="print the removed lines, with lines of the body marked")
    args = parser.parse_args()
    cases = {case["id"]: case for case in rows(args.shared / CASES)}
    bodies = {name: case["body"] for name, case in cases.items()}
    texts = {page["id"]: page["text"] for page in rows(args.shared / PAGES)} if args.gain else bodies
    counts = count(texts, cases)

    words = sum(len(body.split()) for body in bodies.values())
    lost = sum(number * len(line.split()) for found in counts.values() for line, number in found.wanted.items())
    taken = sum(found.lines.total() for found in counts.values())
    wanted = sum(found.wanted.total() for found in counts.values())
    print(f"{len(texts)} texts: {taken} lines removed, {wanted} of them of the body; recall of its words {1 - lost / words:.5f}")
    for rule, found in sorted(counts.items(), key=lambda item: (-item[1].letters, item[0])):
        print(f"{found.letters:7} letters {found.lines.total():5} lines {found.wanted.total():4} of the body  {rule}")
        if args.show:
            print(*(f"    {'!' if found.wanted[line] else ' '} {line[:200]}" for line in sorted(found.lines)), sep="\n")


if __name__ == "__main__":
    main()
