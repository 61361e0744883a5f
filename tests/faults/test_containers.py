"""
Damaged containers: whole records come out, the others are reported, and nothing stops the run.

Tests are named by the rows of the fault matrix. Those over other people's bad inputs run where they are at hand; the same shapes
are made here, too.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import importlib.util
import io
import itertools
import json
import lzma
import os
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import attrs
import pytest
from containers import Outcome, every, gzip_members, jsonl, page, read, read_bytes, table, texts, warc_record, warc_records, zstd
from folders import ROOT
from processes import peak

import newsnorm
from newsnorm.corpus.jobs.normalise import run
from newsnorm.corpus.sources.compression import zst
from newsnorm.corpus.sources.record import attempt
from newsnorm.corpus.workers import WorkerOptions
from newsnorm.export import arrow
from newsnorm.records.accounts import Failure

RELIABILITY = ROOT.parent / "shared" / "bench" / "reliability"
KINDS = ("jsonl", "csv", "warc", "wet", "gz", "zst", "zip", "bz2", "xz", "parquet")
UNATTAINABLE = ("jsonl/all-bad", "warc/cut-gz-one-member")
"""Cases that ask for more good records than the file holds, or holds before its cut."""

TENTH = 10
HERE = WorkerOptions(jobs=0)

needs_zstd = pytest.mark.skipif(not zst.is_installed(), reason="needs the extra zstd")
needs_arrow = pytest.mark.skipif(not arrow.is_installed(), reason="needs the extra arrow")


# d1: a corrupt record in the middle


LINE = jsonl(1).strip()
BAD_LINES = {
    "no-json": b"It rained.",
    "cut-object": LINE[:-9],
    "raw-nul": b'{"id": "x", "text": "a\x00b"}',
    "zeros": b"\x00" * 5_000,
    "two-objects": LINE + b" " + LINE,
    "text-list": b'{"text": ["a", "b"]}',
    "text-missing": b'{"id": "x"}',
    "text-nan": b'{"id": "x", "text": NaN}',
    "deep": b'{"text": ' + b"[" * 2_000 + b"]" * 2_000 + b"}",
    "long-number": b'{"n": ' + b"7" * 6_000 + b', "text": "x"}',
    "latin": b'{"text": "caf\xe9"}',
    "page": b"<html><p>It rained.</p></html>",
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_d1_a_bad_line_of_json_costs_itself(tmp_path: Path, name: str) -> None:
    lines = jsonl().splitlines(keepends=True)
    outcome = read_bytes(tmp_path, "feed.jsonl", b"".join([*lines[:5], BAD_LINES[name] + b"\n", *lines[5:]]))
    assert outcome.raw == texts()
    assert [failure.place for failure in outcome.failures] == [6]


@pytest.mark.parametrize("name", BAD_LINES)
def test_d1_a_bad_item_of_an_array_costs_itself(tmp_path: Path, name: str) -> None:
    items = jsonl().splitlines()
    array = b"[" + b",\n".join([*items[:5], BAD_LINES[name], *items[5:]]) + b"]"
    outcome = read_bytes(tmp_path, "feed.json", array)
    assert set(outcome.raw) >= set(texts()) if name == "two-objects" else outcome.raw == texts()
    assert outcome.failures or name == "two-objects"


BAD_ROWS = {
    "short": b"d9,only two\n",
    "long": b"d9,text,title,more,and more\n",
    "text-after-quote": b'd9,"He said "no" to it",title\n',
    "open-quote": b'd9,"It rained,title\n',
    "open-quote-over-lines": b'd9,"It rained.\n\nIt snowed, too.\nAnd then, it was dry,title\n',
    "no-text": b"d9,,title\n",
}


@pytest.mark.parametrize("place", [0, 3, 8])
@pytest.mark.parametrize("name", BAD_ROWS)
def test_d1_a_bad_row_costs_itself(tmp_path: Path, name: str, place: int) -> None:
    head, whole = table(0), table()
    starts = [whole.index(f"\nd{number},".encode()) + 1 for number in range(8)] + [len(whole)]
    rows = [whole[start:end] for start, end in itertools.pairwise(starts)]
    outcome = read_bytes(tmp_path, "table.csv", head + b"".join([*rows[:place], BAD_ROWS[name], *rows[place:]]))
    assert outcome.raw == texts()
    line = (head + b"".join(rows[:place])).count(b"\n") + 1
    assert [(failure.place, failure.code) for failure in outcome.failures] == [
        (line, "no-text" if name == "no-text" else "bad-row")
    ]


GOOD = page(texts(1)[0])
BAD_RECORDS = {
    "length-too-large": warc_record(9, GOOD, length="5000"),
    "length-too-small": warc_record(9, GOOD, length="20"),
    "length-beyond-the-file": warc_record(9, GOOD, length="50000000"),
    "length-of-30-digits": warc_record(9, GOOD, length="9" * 30),
    "length-word": warc_record(9, GOOD, length="long"),
    "length-negative": warc_record(9, GOOD, length="-5"),
    "garbage": b"no record at all\r\n\r\n\x00\xff",
    "version": warc_record(9, GOOD).replace(b"WARC/1.0", b"WARC/9.0"),
    "long-header": warc_record(9, GOOD, headers="X: y\r\n" * 20_000),
    "no-status": warc_record(9, GOOD, http=b"Content-Type: text/html\r\n\r\n").replace(b"text/plain", b"application/http"),
    "huge-chunk": warc_record(
        9, b"FFFFFFFFFF\r\nx\r\n", http=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    ),
    "unknown-type": warc_record(9, GOOD, kind="thing"),
}


@pytest.mark.parametrize("name", BAD_RECORDS)
def test_d1_a_bad_record_of_a_crawl_costs_itself(tmp_path: Path, name: str) -> None:
    records = warc_records()
    data = [*records[:4], BAD_RECORDS[name], *records[4:]]
    outcome = read_bytes(tmp_path, "crawl.warc", b"".join(data))
    assert outcome.raw == [page(text).decode() for text in texts()]
    assert len(outcome.failures) == 1
    packed = read_bytes(tmp_path, "crawl.warc.gz", gzip_members(data))
    assert (packed.raw, len(packed.failures)) == (outcome.raw, 1)


def test_d1_a_run_counts_what_it_could_not_read(tmp_path: Path) -> None:
    lines = jsonl().splitlines(keepends=True)
    (tmp_path / "in").mkdir()
    for number, bad in enumerate(BAD_LINES.values()):
        (tmp_path / "in" / f"{number}.jsonl").write_bytes(b"".join([*lines[:3], bad + b"\n", *lines[3:]]))
    summary = run([tmp_path / "in"], tmp_path / "out", compare=False, workers=HERE)
    assert (summary.written, summary.failed) == (8 * len(BAD_LINES), len(BAD_LINES))
    assert summary.read == summary.written + summary.failed


# d2 and d3: cut and flipped bytes


def _array() -> bytes:
    return b"[" + b",\n".join(jsonl().splitlines()) + b"]"


def _pages() -> list[str]:
    return [page(text).decode() for text in texts()]


@attrs.frozen
class Container:
    """A file of eight records."""

    name: str
    data: bytes
    wanted: list[str] = attrs.field(factory=texts)
    ends: tuple[int, ...] = ()
    """Where each record ends, if that shows from outside of any compression."""


def _ends(parts: list[bytes]) -> tuple[int, ...]:
    return tuple(sum(map(len, parts[: number + 1])) for number in range(len(parts)))


def _containers() -> Iterator[Container]:
    lines = jsonl().splitlines(keepends=True)
    rows = table()
    starts = [rows.index(f"\nd{number},".encode()) + 1 for number in range(1, 8)]
    members = [gzip.compress(line, mtime=0) for line in lines]
    records = [gzip.compress(record, mtime=0) for record in warc_records()]
    yield Container("feed.jsonl", jsonl(), ends=_ends(lines))
    yield Container("feed.jsonl.gz", gzip.compress(jsonl(), mtime=0))
    yield Container("members.jsonl.gz", b"".join(members), ends=_ends(members))
    yield Container("crawl.warc.gz", b"".join(records), _pages(), _ends(records))
    yield Container("crawl.warc", b"".join(warc_records()), _pages(), _ends(warc_records()))
    yield Container("table.csv", rows, ends=(*starts, len(rows)))
    yield Container("feed.json", _array())
    yield Container("feed.jsonl.bz2", bz2.compress(jsonl()))
    yield Container("feed.jsonl.xz", lzma.compress(jsonl()))


CONTAINERS = {each.name: each for each in _containers()}
SHARES = [pytest.param(TENTH, id="a tenth"), pytest.param(1, id="all", marks=pytest.mark.slow)]


def _is_told(outcome: Outcome) -> bool:
    """Return whether something is reported: by a failure, or by a note on an article."""
    return bool(outcome.failures) or any(record.page().notes for record in outcome.records)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("name", CONTAINERS)
def test_d2_a_cut_file_gives_the_whole_records_before_the_cut(tmp_path: Path, name: str, share: int) -> None:
    container = CONTAINERS[name]
    for place in every(container.data, 7, share):
        outcome = read_bytes(tmp_path, name, container.data[:place])
        raw = outcome.raw
        unsure = bool(outcome.records and "source-unended" in str(outcome.records[-1].notes))
        whole = raw[:-1] if unsure else raw
        assert whole == container.wanted[: len(whole)], place
        assert len(raw) >= sum(end <= place for end in container.ends), place
        at_border = place in (0, *container.ends) or not container.data[place:].strip(b"]\r\n")
        complete = len(raw) == len(container.wanted) or at_border or _ends_a_value(container, place)
        assert outcome.failures or unsure or complete, place


def _ends_a_value(container: Container, place: int) -> bool:
    """Return whether a cut is right before the line break after a record, or within the header of a table."""
    data = container.data
    return data[place : place + 1] in (b"\n", b"\r") or (container.name == "table.csv" and place <= data.index(b"\n") + 1)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("name", CONTAINERS)
def test_d3_a_flipped_byte_is_told_and_costs_few_records(tmp_path: Path, name: str, share: int) -> None:
    container = CONTAINERS[name]
    for place in every(container.data, 13, share):
        data = bytearray(container.data)
        data[place] ^= 0xFF
        outcome = read_bytes(tmp_path, name, bytes(data))
        raw = [record.raw if isinstance(record.raw, str) else record.raw.decode("utf-8", "replace") for record in outcome.records]
        right = sum(text in container.wanted for text in raw)
        assert right == len(container.wanted) or _is_told(outcome), place
        if container.ends and not (name == "table.csv" and place < 14):  # but for the header of a table
            assert right >= len(container.wanted) - 2, place


@pytest.mark.parametrize("name", ["feed.jsonl.gz", "members.jsonl.gz", "crawl.warc.gz"])
def test_d3_a_wrong_checksum_is_told_although_the_text_looks_right(tmp_path: Path, name: str) -> None:
    data = bytearray(CONTAINERS[name].data)
    data[-8] ^= 1
    outcome = read_bytes(tmp_path, name, bytes(data))
    assert outcome.codes == ["damaged"]
    assert "checksum" in outcome.failures[0].message


def test_d3_what_follows_compressed_data_is_told(tmp_path: Path) -> None:
    packed = gzip.compress(jsonl())
    assert read_bytes(tmp_path, "a.jsonl.gz", packed + b"\0" * 700).codes == []
    assert read_bytes(tmp_path, "b.jsonl.gz", packed + b"more").codes == ["damaged"]
    both = read_bytes(tmp_path, "c.jsonl.gz", packed + b"garbage" + packed)
    assert (len(both.records), both.codes) == (16, ["damaged"])


# d4: bombs


def _zip(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


BOMBS: dict[str, Callable[[bytes], bytes]] = {
    "bomb.jsonl.gz": gzip.compress,
    "bomb.jsonl.bz2": bz2.compress,
    "bomb.jsonl.xz": lzma.compress,
    "bomb.zip": lambda data: _zip({"a.jsonl": data}),
    "bomb.txt.gz": gzip.compress,
    "bomb.csv.gz": lambda data: gzip.compress(b"id,text\n" + data),
    "bomb.json.gz": lambda data: gzip.compress(b'[{"text": "' + data),
    "bomb.warc": lambda data: warc_record(
        1, gzip.compress(data), http=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    ),
}


@pytest.mark.parametrize("name", [*BOMBS, pytest.param("bomb.jsonl.zst", marks=needs_zstd)])
def test_d4_a_bomb_is_stopped_at_its_limit(tmp_path: Path, name: str) -> None:
    make = BOMBS.get(name, zstd)
    (tmp_path / name).write_bytes(make(b" " * (100 * 1024 * 1024)))
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from containers import read\nfrom processes import peak\n"
        "before, start = peak(), time.process_time()\n"
        "codes = read(Path(sys.argv[1])).codes\n"
        "grown = (peak() - before) // 1024\n"
        "print(','.join(codes), grown, time.process_time() - start)\n"
    )
    path = os.pathsep.join(str(ROOT / name) for name in ("src", "tests", "benchmarks"))
    command = [sys.executable, "-c", program, str(tmp_path / name)]
    told = subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True)
    codes, grown, seconds = told.stdout.split()
    assert codes == "too-large"
    assert int(grown) < 64
    assert float(seconds) < 2


def test_d4_a_directory_larger_than_its_members_is_refused(tmp_path: Path) -> None:
    start = time.process_time()
    assert read_bytes(tmp_path, "many.zip", _zip({f"{number:05}.txt": b"x" for number in range(10_000)})).codes == ["too-large"]
    assert time.process_time() - start < 5
    many = read_bytes(tmp_path, "texts.zip", _zip({f"{number}.txt": texts(1)[0].encode() for number in range(2_000)}))
    assert (len(many.records), many.codes) == (2_000, [])


# d5 and d6: files that change, and what is no file


def test_d5_a_growing_file_is_read_up_to_the_end_seen_at_open(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(jsonl() + b'{"text": "It rai')
    found = []
    with path.open("ab") as writer:
        for outcome in newsnorm.read_records(path):
            writer.write(jsonl(1))
            writer.flush()
            found.append(outcome)
    assert [isinstance(each, Failure) and each.code for each in found] == [*[False] * 8, "cut"]


def test_d6_what_is_no_regular_file_is_told_and_the_run_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "folder.jsonl").mkdir(parents=True)
    (folder / "folder.jsonl" / "inner.txt").write_text(texts(1)[0], encoding="utf-8")
    (folder / "rain.txt").write_text(texts(1)[0], encoding="utf-8")
    os.mkfifo(folder / "pipe.jsonl")
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "circle").symlink_to(".")
    (folder / "zero.txt").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listener:
        old = Path.cwd()
        os.chdir(folder)  # the path of a socket must be short
        try:
            listener.bind("socket.txt")
        finally:
            os.chdir(old)
        summary = run([folder], tmp_path / "out", compare=False, workers=HERE)
    rows = [json.loads(line) for line in (tmp_path / "out" / "errors.jsonl").read_text(encoding="utf-8").splitlines()]
    assert summary.written == 2
    assert {row["source"]: row["code"] for row in rows} == {
        "in/circle": "unreadable",
        "in/gone.txt": "unreadable",
        "in/loop.txt": "unreadable",
        "in/pipe.jsonl": "special-file",
        "in/socket.txt": "unreadable",
        "in/zero.txt": "special-file",
    }


def test_d6_a_file_that_vanishes_is_told(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(texts(1)[0], encoding="utf-8")
    found = []
    for outcome in newsnorm.read_records(tmp_path):
        (tmp_path / "b.txt").unlink(missing_ok=True)
        found.append(outcome.code if isinstance(outcome, Failure) else "")
    assert found == ["", "unreadable"]


def test_d6_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rain.txt").write_text(texts(1)[0], encoding="utf-8")
    listed = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    failure, record = newsnorm.read_records(tmp_path)
    assert isinstance(failure, Failure)
    assert (failure.source, failure.code) == (f"{tmp_path.name}/a", "unreadable")
    assert record.source == f"{tmp_path.name}/b/rain.txt"


# d7: a failure leads to the record


def test_d7_the_record_at_the_place_of_a_failure_has_its_digest(tmp_path: Path) -> None:
    lines = jsonl().splitlines(keepends=True)
    for name, bad in BAD_LINES.items():
        path = tmp_path / f"{name}.jsonl"
        path.write_bytes(b"".join([*lines[:3], bad + b"\n", *lines[3:]]))
        (failure,) = read(path).failures
        assert isinstance(failure.place, int)
        line = path.read_bytes().split(b"\n")[failure.place - 1] + b"\n"
        assert (failure.sha256, failure.length) == (hashlib.sha256(line).hexdigest(), len(line))


def test_d7_a_bad_row_has_the_digest_of_its_line(tmp_path: Path) -> None:
    bad = BAD_ROWS["text-after-quote"]
    (failure,) = read_bytes(tmp_path, "table.csv", table(3) + bad).failures
    assert isinstance(failure.place, int)
    line = (tmp_path / "table.csv").read_bytes().split(b"\n")[failure.place - 1] + b"\n"
    assert failure.sha256 == hashlib.sha256(line).hexdigest()


# all rows: other people's bad inputs


def _badinputs() -> ModuleType | None:
    spec = importlib.util.spec_from_file_location("badinputs", RELIABILITY / "badinputs.py")
    if spec is None or spec.loader is None or not (RELIABILITY / "badinputs.py").exists():
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BAD_INPUTS = _badinputs()
CASES = [case for case in BAD_INPUTS.cases() if case.kind in KINDS] if BAD_INPUTS is not None else []
ENDINGS = {"wet": "warc.wet", "gz": "jsonl.gz", "zst": "jsonl.zst", "bz2": "jsonl.bz2", "xz": "jsonl.xz"}


@pytest.mark.skipif(BAD_INPUTS is None, reason="the bad inputs are not at hand")
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_d1_to_d4_the_promise_of_a_bad_input_is_kept(tmp_path: Path, case: object) -> None:
    name, kind, promise, checks, data = (getattr(case, field) for field in ("name", "kind", "promise", "checks", "data"))
    if (kind == "parquet" and not arrow.is_installed()) or (kind == "zst" and not zst.is_installed()):
        pytest.skip("needs an extra")
    outcome = read_bytes(
        tmp_path, f"input.{ENDINGS.get(kind, kind)}", data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    )
    parsed = [attempt(record, lambda record: record.parse()) for record in outcome.records]
    good = sum(isinstance(each, newsnorm.Article) for each in parsed)
    bad = len(outcome.failures) + len(parsed) - good
    if promise == "quarantine" and name not in UNATTAINABLE:
        assert checks["good"] <= good <= checks["good"] + checks["bad"] + checks.get("extra_good", 0)
        assert bad or not checks["bad"] or good > checks["good"]
    if promise in ("typed_error", "refuse", "limit") and not checks.get("lenient"):
        assert bad


FLOODS = {
    "quotes.csv": b"id,text\n" + b'"' * 4_000_000,
    "open-lines.csv": b"id,text\n" + b'"x\n' * 300_000,
    "columns.csv": b"id,text\n1" + b",b" * 2_000_000,
    "brackets.json": b"[" * 2_000_000,
    "backslashes.json": b'[{"text": "' + b"\\" * 4_000_000,
    "open.json": b'[{"text": "' + b"a,}{[ " * 700_000,
    "headers.warc": b"WARC/1.0\r\n" + b"A: b\r\n" * 700_000,
    "starts.warc": b"WARC/1.0\r\n" * 400_000,
    "lengths.warc": b"".join(warc_record(number, b"x", length="40000000") for number in range(2_000)),
    "members.jsonl.gz": gzip.compress(b"", mtime=0) * 50_000,
    "headers.jsonl.gz": CONTAINERS["members.jsonl.gz"].data[:10] * 20_000,
    "name.jsonl.gz": b"\x1f\x8b\x08\x08\0\0\0\0\0\x03" + b"a" * 4_000_000,
}


@pytest.mark.parametrize("name", FLOODS)
def test_d4_floods_take_time_and_memory_in_proportion(tmp_path: Path, name: str) -> None:
    data = FLOODS[name]
    begun = time.process_time()
    read_bytes(tmp_path, name, data[: len(data) // 4])
    ended, before = time.process_time(), peak()
    outcome = read_bytes(tmp_path, name, data)
    assert time.process_time() - ended < 8 * (ended - begun) + 0.5  # four times the text; a busy machine may double it
    assert (peak() - before) // 1024 < 64 + 12 * len(data) // 1_000_000
    assert outcome.failures or name == "members.jsonl.gz"
