"""
Print how many articles carry each kind of note: ``benchmarks/notes.py --shared DIR``.

The texts are those of the corpora benchmark, what trafilatura or the whole page leaves of the extraction benchmark, and the whole
pages of the metadata benchmark. A note begins with its kind and a colon; of some kinds the next words tell causes apart.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from catalogue_price import rows

import newsnorm

CAUSES = re.compile(r"(\w+): ((?:[a-z’']+ ?){0,4})")
"""The kind of a note and its first words, without what they say of the text."""


def texts(shared: Path) -> Iterator[tuple[str, str, str | None]]:
    """Yield a set, a text and its URL."""
    for row in rows(shared / "bench/corpora/data/cases.jsonl.gz"):
        if row["split"] == "DEV":
            yield f"corpora, {row['form']}", row["input"], row["url"] or None
    for row in rows(shared / "bench/metadata/data/cases.jsonl.gz"):
        yield "pages", row["text"], row.get("url")


def main() -> None:
    """Print the share of articles with each note, by set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder that holds bench/")
    sizes: Counter[str] = Counter()
    carried: Counter[tuple[str, str]] = Counter()
    for name, text, url in texts(parser.parse_args().shared):
        sizes[name] += 1
        kinds = {match.group().strip() for note in newsnorm.parse(text, url=url).notes if (match := CAUSES.match(note))}
        carried.update((name, kind) for kind in kinds)
    for name, size in sizes.items():
        print(f"{name}: {size:,} texts")
        for (other, kind), times in carried.most_common():
            if other == name:
                print(f"  {100 * times / size:5.1f} %  {kind}")


if __name__ == "__main__":
    main()
