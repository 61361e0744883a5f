"""
Measure the formats of `newsnorm export`: articles per second of process time, and bytes per article.

    python benchmarks/exports.py [--articles 2000]

Writing is `newsnorm.export.write` to a file, without parsing; for comparison, reading the articles from JSON lines. The best of
three rounds. Documents (nitf, tei, markdown) are compressed in their archive, and so is parquet; lines and rows are not,
except in the last column, where gzip does it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from generated import article as raw_article
from timing import best

import newsnorm
from newsnorm.export import FORMATS, write
from newsnorm.records import Article


def measure(articles: Sequence[Article], to: str, folder: Path, *, without_text: bool = False) -> str:
    """Return a row of the table."""
    path, packed = folder / "articles", folder / "articles.gz"
    seconds = best(lambda: write(articles, path, to, without_text=without_text, overwrite=True))
    size = f"{path.stat().st_size / len(articles):,.0f}"
    compressed = ""
    if FORMATS[to].container in ("lines", "table"):
        write(articles, packed, to, without_text=without_text, overwrite=True)
        compressed = f"{packed.stat().st_size / len(articles):,.0f}"
    name = f"{to}, without text" if without_text else to
    return f"| {name} | {len(articles) / seconds:,.0f} | {size} | {compressed} |"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=2000)
    count = options.parse_args().articles
    parser = newsnorm.Parser()
    lines = [
        json.dumps(newsnorm.to_dict(parser.parse(raw_article(number)["text"], id=f"generated/{number}")))
        for number in range(count)
    ]
    articles = [newsnorm.from_dict(json.loads(line)) for line in lines]
    print(f"{count:,} articles of {sum(len(article.text) for article in articles) / count:,.0f} characters")
    print(f"reading: {count / best(lambda: [newsnorm.from_dict(json.loads(line)) for line in lines]):,.0f} articles a second")
    print("| format | articles a second | bytes | bytes, gzip |\n|---|---|---|---|")
    with TemporaryDirectory() as name:
        for to in FORMATS:
            if to != "datasets":
                print(measure(articles, to, Path(name)), flush=True)
            if FORMATS[to].without_text:
                print(measure(articles, to, Path(name), without_text=True), flush=True)


if __name__ == "__main__":
    main()
