"""Build files of many records, whole and broken, and read them."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import attrs

from newsnorm.corpus.sources.compression import zst
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.read import read_file
from newsnorm.corpus.sources.record import SourceFile, SourceRecord
from newsnorm.corpus.sources.stream import ByteCounter
from newsnorm.records.accounts import Failure

SENTENCES = (
    "The harbour office closed the quay on Monday after two of its piles cracked.",
    "Divers will look at the others this week, a spokeswoman said on Tuesday.",
    "Ferries to the islands leave from the northern basin until the end of June.",
    "The repair will cost four million, of which the region pays a third.",
)


def texts(count: int = 8) -> list[str]:
    """Return different texts of one paragraph or several, with commas and quotation marks in them."""
    return [
        f'Quay report {number}\n\n{" ".join(SENTENCES[: number % 4 + 1])} "Nobody was hurt," it said.' for number in range(count)
    ]


def jsonl(count: int = 8) -> bytes:
    """Return records as JSON lines, whose ids are ``d0``, ``d1`` …"""
    rows = ({"id": f"d{number}", "text": text} for number, text in enumerate(texts(count)))
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def table(count: int = 8, delimiter: str = ",") -> bytes:
    """Return records as CSV, with line breaks and quotation marks in quoted fields."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
    writer.writerow(["id", "text", "title"])
    writer.writerows([f"d{number}", text, f"Report {number}"] for number, text in enumerate(texts(count)))
    return file.getvalue().encode()


def page(text: str) -> bytes:
    """Return a page of HTML."""
    return f"<!DOCTYPE html><html><head><title>Quay</title></head><body><article><p>{text}</p></article></body></html>".encode()


def warc_record(
    number: int,
    body: bytes,
    *,
    http: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n",
    kind: str = "response",
    headers: str = "",
    length: str | None = None,
) -> bytes:
    """Return one record of a WARC file."""
    content = http + body
    content_type = "application/http; msgtype=response" if http else "text/plain"
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.com/{number}\r\n"
            "WARC-Date: 2024-05-14T08:30:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number}>\r\n{headers}Content-Type: {content_type}\r\n"
            f"Content-Length: {length or len(content)}\r\n\r\n"
        ).encode()
        + content
        + b"\r\n\r\n"
    )


def warc_records(count: int = 8) -> list[bytes]:
    """Return the records of a WARC file."""
    return [warc_record(number, page(text)) for number, text in enumerate(texts(count))]


def gzip_members(parts: Sequence[bytes]) -> bytes:
    """Return a gzip file with one member for each part."""
    return b"".join(gzip.compress(part, mtime=0) for part in parts)


@attrs.frozen
class Outcome:
    """What reading a file gave."""

    records: list[SourceRecord]
    failures: list[Failure]
    counter: ByteCounter

    @property
    def ids(self) -> list[str]:
        return [record.id for record in self.records]

    @property
    def codes(self) -> list[str]:
        return [failure.code for failure in self.failures]

    @property
    def raw(self) -> list[str]:
        """The raw texts, as text."""
        return [raw if isinstance(raw, str) else raw.decode() for raw in (record.raw for record in self.records)]


def read(path: Path, **options: object) -> Outcome:
    """Read a file with the options of `ReadOptions`."""
    counter = ByteCounter()
    found = list(read_file(SourceFile(path, path.name), ReadOptions(**options), counter))  # type: ignore[arg-type]
    records = [each for each in found if isinstance(each, SourceRecord)]
    return Outcome(records, [each for each in found if isinstance(each, Failure)], counter)


def read_bytes(folder: Path, name: str, data: bytes, **options: object) -> Outcome:
    """Write a file, and read it."""
    (folder / name).write_bytes(data)
    return read(folder / name, **options)


def every(data: bytes, step: int, share: int) -> Iterator[int]:
    """Yield every place of `data` that a step reaches, or of these only one in `share`."""
    yield from range(0, len(data), step * share)


def zstd(data: bytes) -> bytes:
    """Compress data; needs the extra zstd."""
    return bytes(import_module(zst._MODULE).compress(data))
