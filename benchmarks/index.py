"""
Measure the costs of an index as it grows: ``benchmarks/index.py --shared DIR [--most 300000] [--common 2000] [--flips 0]``.

The corpus is the duplicates benchmark's ``real`` set; beyond its size its texts are used again, with every word outside the
commonest and every number replaced (`larger.grown`); a hundred common words show what the index itself costs.

Prints, at each size: articles added a CPU second since the last size (text to written relations), queries a CPU second (text to
relations) for texts that the index has not seen, one by one and many at once, bytes an article on disk (of rows and postings,
of relations, of texts), and the peak of memory.
``--flips N`` changes N bytes of a small index, one at a time, and counts what was noticed, harmless and wrong.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import dedup_texts
import larger

from newsnorm.dedup import open_index
from newsnorm.errors import DamagedIndexError, RefusedIndexError

SIZES = (5_000, 12_000, 25_000, 50_000, 100_000, 200_000, 300_000, 500_000, 1_000_000)
HELD_BACK = 1_000
CHUNK = 5_000
"""Texts of the corpus to hold at once."""


def corpus(shared: Path, most: int, kept: int = larger.COMMON) -> Iterator[tuple[str, str]]:
    """Yield ids and texts of a corpus of any size."""
    texts = larger.grown(dedup_texts.load(shared, "real").texts, most, kept)
    return ((f"{number:08x}", text) for number, text in enumerate(texts))


def sizes_of(path: Path, many: int) -> tuple[float, float, float]:
    """Return bytes on disk per article for rows and postings, for relations, and for texts."""
    base = sqlite3.connect(path)
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    tables = dict(base.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
    base.close()
    texts, relations = tables.pop("text") / many, (tables.pop("relation") + tables.pop("backwards")) / many
    return sum(tables.values()) / many, relations, texts


def grow(shared: Path, most: int, kept: int) -> None:
    articles = corpus(shared, most, kept)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "news.db"
        with open_index(path) as index:
            last = relations = 0
            for size in [size for size in SIZES if size <= most]:
                spent, many = 0.0, size - last - HELD_BACK
                for begin in range(0, many, CHUNK):
                    batch = list(islice(articles, min(CHUNK, many - begin)))
                    start = time.process_time()
                    relations += sum(len(found) for found in index.add_all(batch))
                    spent += time.process_time() - start
                added, asked = many / spent, list(islice(articles, HELD_BACK))
                start = time.process_time()
                for article in asked[:100]:
                    index.query(article)
                single = 100 / (time.process_time() - start)
                start = time.process_time()
                index.query_all(asked)
                at_once = len(asked) / (time.process_time() - start)
                relations += sum(len(found) for found in index.add_all(asked))
                rows, related, texts = sizes_of(path, size)
                print(
                    f"{size:>9,}: added {added:,.0f}/s, queried {single:,.0f}/s one by one, {at_once:,.0f}/s many; "
                    f"bytes: {rows:.0f} + {related:.0f} for {relations / size:.2f} relations + {texts:.0f} of text; "
                    f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB",
                    flush=True,
                )
                last = size


def flips(shared: Path, many: int) -> None:
    """Change bytes of a small index, one at a time, and count the outcomes."""
    articles = [article for article, _ in zip(corpus(shared, 400), range(400), strict=True)]
    asked = [(f"q{name}", text) for name, text in articles[:20]]
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path, broken = Path(folder) / "news.db", Path(folder) / "broken.db"
        with open_index(path) as index:
            list(index.add_all(articles))

        def answers(file: Path) -> object:
            with open_index(file) as index:
                return index.query_all(asked), list(index.relations()), index.clusters(), len(index)

        right = answers(path)
        data = path.read_bytes()
        choice = random.Random(0)
        for _ in range(many):
            for rest in ("", "-wal", "-shm"):
                Path(f"{broken}{rest}").unlink(missing_ok=True)
            place = choice.randrange(len(data))
            broken.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
            try:
                found["harmless" if answers(broken) == right else "WRONG"] += 1
            except (DamagedIndexError, RefusedIndexError):
                found["noticed"] += 1
    print(f"{many:,} changed bytes: " + ", ".join(f"{what} {count:,}" for what, count in sorted(found.items())))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", type=Path, required=True)
    arguments.add_argument("--most", type=int, default=300_000)
    arguments.add_argument("--common", type=int, default=larger.COMMON)
    arguments.add_argument("--flips", type=int, default=0)
    given = arguments.parse_args()
    if given.flips:
        flips(given.shared, given.flips)
    else:
        grow(given.shared, given.most, given.common)


if __name__ == "__main__":
    main()
