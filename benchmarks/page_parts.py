"""
Count how many words of captions, credits of pictures and embedded posts stand in the bodies that people marked.

Usage: ``python benchmarks/page_parts.py CASES.jsonl.gz ...``. Each file holds a JSON object a line, with ``body``, ``url`` and
``html``, the name of a page relative to the file. A line is in the body if more than half of its runs of four words are.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from kinds import PageCase, pages

import newsnorm
from newsnorm.records import Finding
from newsnorm.text.words import words_of

PARTS = {"caption.figure": "captions", "embed.post": "posts", "standfirst.marked": "standfirsts"}
"""Rule → what it finds."""

RUN = 4


def is_in(text: str, body: str) -> bool:
    """Return whether most runs of four words of a text are in a body, whose words are joined by spaces."""
    words = words_of(text)
    runs = [" ".join(words[start : start + RUN]) for start in range(max(1, len(words) - RUN + 1))]
    return sum(run in body for run in runs) > len(runs) / 2


def found_in(page: PageCase) -> list[Finding]:
    """Return the findings of a page that are counted."""
    article = newsnorm.parse(page.html, url=page.url, media_type="text/html")
    return [finding for finding in article.findings() if finding.rule in PARTS]


def main() -> None:
    """Print a row for each source and part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path, nargs="+")
    counts: dict[tuple[str, str], Counter[str]] = {}
    for file in parser.parse_args().cases:
        for page in pages(file):
            body = " ".join(words_of(page.body))
            for finding in found_in(page):
                row = counts.setdefault((page.source, PARTS[finding.rule]), Counter())
                row["in" if is_in(finding.text, body) else "out"] += len(words_of(finding.text))
    for (source, part), row in sorted(counts.items()):
        print(f"{source:12} {part:12} words in the body {row['in']:6}  not in it {row['out']:6}")


if __name__ == "__main__":
    main()
