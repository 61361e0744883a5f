"""
Count the kinds of pages that `Article.layout` says, on pages that are articles: every one that holds none is a false alarm.

Usage: ``python benchmarks/kinds.py CASES.jsonl.gz ... [--show] [--every N]``. Each file holds a JSON object a line, with ``url``
and ``html``, the name of a page relative to the file; a text without a page is left out. ``--notes`` counts the pages with each
note, and those that state their text in JSON-LD.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from newsnorm.assemble import STATED
from newsnorm.notes import code_of
from newsnorm.parser import default_parser, parse_page, read_page
from newsnorm.records import NO_ARTICLE, Metadata


class PageCase(NamedTuple):
    """A page that holds an article."""

    source: str
    id: str
    url: str | None
    html: bytes
    body: str


def pages(file: Path) -> Iterator[PageCase]:
    """Yield the pages of a file."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row.get("html"):
                source = str(row.get("set") or row.get("source") or file.parent.name)
                html = gzip.decompress((file.parent / row["html"]).read_bytes())
                yield PageCase(source, str(row["id"]), row.get("url"), html, str(row.get("body") or ""))


def main() -> None:
    """Print the kinds of each source, then the false alarms."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path, nargs="+")
    parser.add_argument("--show", action="store_true", help="print each false alarm and what decided")
    parser.add_argument("--notes", action="store_true", help="count the pages with each note")
    parser.add_argument("--every", type=int, default=1, help="read every Nth page only")
    options = parser.parse_args()
    counts: dict[str, Counter[str]] = {}
    notes: Counter[str] = Counter()
    alarms: list[str] = []
    for file in options.cases:
        for number, page in enumerate(pages(file)):
            if number % options.every:
                continue
            read = read_page(page.html, Metadata(url=page.url, media_type="text/html"))
            article = parse_page(read, default_parser())
            notes.update({code_of(note) for note in article.notes})
            notes["(a text in JSON-LD)"] += len(read.markup.article_body) >= STATED
            counts.setdefault(page.source, Counter())[article.layout.kind] += 1
            if article.layout.kind in NO_ARTICLE:
                alarms.append(f"{page.source} {page.id} {article.layout.kind}: {article.layout.why}")
    for source, kinds in sorted(counts.items()):
        false = sum(count for kind, count in kinds.items() if kind in NO_ARTICLE)
        total = sum(kinds.values())
        shown = "  ".join(f"{kind} {count}" for kind, count in kinds.most_common())
        print(f"{source:12} n={total}  no article {false} ({100 * false / total:.1f} %)  {shown}")
    if options.show:
        print(*alarms, sep="\n")
    if options.notes:
        print(*(f"{count:5} {code}" for code, count in sorted(notes.items())), sep="\n")


if __name__ == "__main__":
    main()
