"""
Measure how fast files of records are read, beside the libraries that could have read them, and how libraries take damage.

    python benchmarks/sources.py [--articles 4000]      read every format and compression, once in this process after a warm-up
    python benchmarks/sources.py --memory 200           read files of so many megabytes, and print by how much the process grows
    python benchmarks/sources.py --cuts                 cut WARC files at every 7th byte, and count what each reader passes on

Figures are megabytes of plain text per second of process time. Packages that are not installed are left out.
"""

from __future__ import annotations

import argparse
import bz2
import csv
import gzip
import io
import itertools
import json
import lzma
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from generated import article
from processes import peak

from newsnorm.corpus.sources.compression import zst
from newsnorm.corpus.sources.read import read_file
from newsnorm.corpus.sources.record import SourceFile, SourceRecord

ROUNDS = 3


def jsonl(rows: Iterable[dict[str, str]]) -> bytes:
    """Return rows as JSON lines."""
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def table(rows: Sequence[dict[str, str]]) -> bytes:
    """Return rows as CSV."""
    file = io.StringIO()
    writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def crawl(rows: Iterable[dict[str, str]]) -> Iterator[bytes]:
    """Yield the records of a WARC file with a page for each row."""
    for number, row in enumerate(rows):
        page = f"<!DOCTYPE html><html><body><p>{row['text']}</p></body></html>".encode()
        content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
        yield (
            (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.com/{number}\r\n"
                f"WARC-Date: 2024-05-14T08:30:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(content)}\r\n\r\n"
            ).encode()
            + content
            + b"\r\n\r\n"
        )


def listing(rows: Iterable[dict[str, str]]) -> bytes:
    """Return rows as a listing of Nexis."""
    return "".join(
        f"{title}\nThe Coast Herald\nJune 20, 2024 Thursday\n\nCopyright 2024 Coast Media\n\nSection: NEWS; Pg. 4\n"
        f"Length: {len(text.split())} words\nByline: Jane Doe\nBody\n\n{text}\n\nLoad-Date: June 21, 2024\n\nEnd of Document\n\n"
        for title, _, text in (row["text"].partition("\n") for row in rows)
    ).encode()


def containers(rows: Sequence[dict[str, str]]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of a file in each format and compression."""
    lines, records = jsonl(rows), list(crawl(rows))
    yield "feed.jsonl", lines
    yield "feed.json", b"[" + b",\n".join(lines.splitlines()) + b"]"
    yield "table.csv", table(rows)
    if find_spec("pyarrow"):
        file = io.BytesIO()
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        import_module("pyarrow.parquet").write_table(import_module("pyarrow").table(columns), file)
        yield "table.parquet", file.getvalue()
    yield "crawl.warc", b"".join(records)
    yield "crawl.warc.gz", b"".join(gzip.compress(record, 6) for record in records)
    yield "feed.jsonl.gz", gzip.compress(lines, 6)
    yield "feed.jsonl.bz2", bz2.compress(lines)
    yield "feed.jsonl.xz", lzma.compress(lines, preset=1)
    if zst.is_installed():
        yield "feed.jsonl.zst", bytes(import_module(zst._MODULE).compress(lines))


def ours(path: Path) -> int:
    """Return how many records newsnorm reads."""
    return sum(isinstance(each, SourceRecord) for each in read_file(SourceFile(path, path.name)))


def json_loop(path: Path) -> int:
    """Return how many lines `json` reads."""
    with path.open("rb") as file:
        return sum(1 for line in file if json.loads(line))


def gzip_loop(path: Path) -> int:
    """Return how many lines `gzip` and `json` read."""
    with gzip.open(path) as file:
        return sum(1 for line in file if json.loads(line))


def csv_loop(path: Path) -> int:
    """Return how many rows `csv` reads."""
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.DictReader(file, strict=True))


def ijson_loop(path: Path) -> int:
    """Return how many items of an array ijson reads."""
    with path.open("rb") as file:
        return sum(1 for _ in import_module("ijson").items(file, "item"))


def zstandard_loop(path: Path) -> int:
    """Return how many lines zstandard and `json` read."""
    with import_module("zstandard").open(path, "rb") as file:
        return sum(1 for line in io.BufferedReader(file, 1 << 16) if json.loads(line))


def warcio_bodies(path: Path) -> Iterator[bytes]:
    """Yield the bodies that warcio reads."""
    with path.open("rb") as file:
        for record in import_module("warcio.archiveiterator").ArchiveIterator(file):
            yield record.content_stream().read()


def fastwarc_bodies(path: Path) -> Iterator[bytes]:
    """Yield the bodies that fastwarc reads."""
    with path.open("rb") as file:
        for record in import_module("fastwarc.warc").ArchiveIterator(file):
            yield record.reader.read()


def our_bodies(path: Path) -> Iterator[bytes]:
    """Yield the bodies that newsnorm reads."""
    for each in read_file(SourceFile(path, path.name)):
        if isinstance(each, SourceRecord) and isinstance(each.raw, bytes):
            yield each.raw


def count(bodies: Callable[[Path], Iterator[bytes]]) -> Callable[[Path], int]:
    """Return a function that counts bodies."""
    return lambda path: sum(1 for _ in bodies(path))


PEERS: dict[str, tuple[tuple[str, str, Callable[[Path], int]], ...]] = {
    "feed.jsonl": (("json", "json", json_loop),),
    "feed.json": (("ijson", "ijson", ijson_loop),),
    "table.csv": (("csv", "csv", csv_loop),),
    "crawl.warc": (("warcio", "warcio", count(warcio_bodies)), ("fastwarc", "fastwarc", count(fastwarc_bodies))),
    "crawl.warc.gz": (("warcio", "warcio", count(warcio_bodies)), ("fastwarc", "fastwarc", count(fastwarc_bodies))),
    "feed.jsonl.gz": (("gzip, json", "gzip", gzip_loop),),
    "feed.jsonl.zst": (("zstandard, json", "zstandard", zstandard_loop),),
}
"""File → what else reads it: its name, the package that it needs, and the function."""


def seconds(call: Callable[[Path], int], path: Path, wanted: int) -> float:
    """Return the least process time of some rounds of a call that has to find all records."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        found = call(path)
        best = min(best, time.process_time() - start)
        assert found == wanted, (path.name, found)
    return best


def speed(folder: Path, articles: int) -> None:
    """Print how fast each format is read."""
    rows = [article(number) for number in range(articles)]
    size = sum(len(row["text"].encode()) for row in rows) / 1e6
    print(f"{articles:,} articles, {size:.1f} MB of text\n")
    print("| file | newsnorm, MB/s | others, MB/s |\n|---|---|---|")
    for name, data in (*containers(rows), ("listing.txt", listing(rows))):
        path = folder / name
        path.write_bytes(data)
        others = [
            f"{label} {size / seconds(call, path, articles):.0f}"
            for label, package, call in PEERS.get(name, ())
            if find_spec(package)
        ]
        print(f"| `{name}` | {size / seconds(ours, path, articles):.0f} | {', '.join(others) or '–'} |")


def memory(folder: Path, megabytes: int) -> None:
    """Print by how much the process grows after the first tenth of a file, in each format."""
    rows = [article(number) for number in range(300)]
    times = megabytes * 1_000_000 // sum(len(row["text"].encode()) for row in rows)
    print("| file | records | MB grown after the first tenth |\n|---|---|---|")
    for name, single in containers(rows):
        path = folder / name
        with path.open("wb") as file:
            if name == "feed.json":
                file.write(b"[" + b",\n".join([single[1:-1]] * times) + b"]")
            elif name == "table.csv":
                head, _, body = single.partition(b"\n")
                file.write(head + b"\n")
                file.writelines(itertools.repeat(body, times))
            elif name == "table.parquet":
                grow_parquet(file, rows, times)
            else:
                file.writelines(itertools.repeat(single, times))
        command = [sys.executable, __file__, "--grown", str(path), "--articles", str(times * len(rows))]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        print(f"| `{name}` | {times * len(rows):,} | {told} |")
        path.unlink()


def grow_parquet(file: BinaryIO, rows: Sequence[dict[str, str]], times: int) -> None:
    """Write rows many times, a row group each."""
    arrow = import_module("pyarrow")
    table = arrow.table({name: [row[name] for row in rows] for name in rows[0]})
    with import_module("pyarrow.parquet").ParquetWriter(file, table.schema) as writer:
        for _ in range(times):
            writer.write_table(table)


def grown(path: Path, wanted: int) -> int:
    """Read a file; return by how many megabytes the process grew after the first tenth of its records."""
    first = 0
    for number, outcome in enumerate(read_file(SourceFile(path, path.name))):
        assert isinstance(outcome, SourceRecord), outcome
        if number == wanted // 10:
            first = peak()
    return (peak() - first) // 1024


def cuts(folder: Path) -> None:
    """Print how many records each reader of WARC passes on that are cut, without a word."""
    rows = [article(number, 40) for number in range(8)]
    records = list(crawl(rows))
    readers = {"newsnorm": our_bodies, "warcio": warcio_bodies, "fastwarc": fastwarc_bodies}
    print("| file | cuts | reader | cut records passed on |\n|---|---|---|---|")
    for name, data in (("crawl.warc", b"".join(records)), ("crawl.warc.gz", b"".join(map(gzip.compress, records)))):
        path = folder / name
        path.write_bytes(data)
        for label, bodies in readers.items():
            if label != "newsnorm" and not find_spec(label):
                continue
            path.write_bytes(data)
            whole = set(bodies(path))
            passed = 0
            for place in range(0, len(data), 7):
                path.write_bytes(data[:place])
                passed += _passes_on_cut(bodies, path, whole)
            print(f"| `{name}` | {len(range(0, len(data), 7))} | {label} | {passed} |")


def _passes_on_cut(bodies: Callable[[Path], Iterator[bytes]], path: Path, whole: set[bytes]) -> bool:
    """Return whether a reader yields a body that is none of the whole ones, and raises nothing."""
    try:
        return not set(bodies(path)) <= whole
    except Exception:  # whatever a library raises, it tells of the damage
        return False


def main() -> None:
    """Run the trial that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=4_000)
    parser.add_argument("--memory", type=int, metavar="MB")
    parser.add_argument("--cuts", action="store_true")
    parser.add_argument("--grown", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.grown:
        print(grown(options.grown, options.articles))
        return
    with TemporaryDirectory() as folder:
        if options.memory:
            memory(Path(folder), options.memory)
        elif options.cuts:
            cuts(Path(folder))
        else:
            speed(Path(folder), options.articles)


if __name__ == "__main__":
    main()
