"""
What the catalogue costs and brings: ``python benchmarks/catalogue_price.py --shared DIR``.

The price: bodies that people annotated are parsed alone, and whatever a rule removes of them counts against it.
The gain: the lines that rules remove of whole pages turned into text.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import newsnorm

CASES = Path("bench/extraction/data/cases.jsonl.gz")
PAGES = Path("bench/extraction/data/naive/bs4.jsonl.gz")


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The records of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def count(name: str, cases: Iterable[dict[str, str]], field: str, *, show: bool) -> None:
    """Parse the texts in `field`, and print the lines and letters that went, by rule; with `show`, the lines too."""
    lines, letters = Counter[str](), Counter[str]()
    shown: dict[str, list[str]] = {}
    words = gone = 0
    for case in cases:
        text = case[field]
        words += len(text.split())
        for removal in newsnorm.parse(text, url=case.get("url")).removals:
            lines[removal.rule] += 1
            letters[removal.rule] += sum(map(str.isalpha, removal.text))
            gone += len(removal.text.split())
            shown.setdefault(removal.rule, []).append(removal.text)
    print(f"\n{name}: {words} words, {sum(lines.values())} lines removed, recall of words {1 - gone / max(words, 1):.5f}")
    for rule, number in sorted(lines.items(), key=lambda item: (-letters[item[0]], item[0])):
        print(f"  {letters[rule]:7} letters {number:5} lines  {rule}")
        if show:
            print(*(f"      {line[:200]}" for line in sorted(set(shown[rule]))), sep="\n")


def main() -> None:
    """Read the arguments and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="the folder that holds bench/")
    parser.add_argument("--gain", action="store_true", help="count on whole pages instead of annotated bodies")
    parser.add_argument("--show", action="store_true", help="print the removed lines")
    args = parser.parse_args()
    cases = list(rows(args.shared / CASES))
    if args.gain:
        urls = {case["id"]: case["url"] for case in cases}
        pages = ({**page, "url": urls[page["id"]]} for page in rows(args.shared / PAGES))
        count("pages", pages, "text", show=args.show)
    else:
        count("bodies", cases, "body", show=args.show)


if __name__ == "__main__":
    main()
