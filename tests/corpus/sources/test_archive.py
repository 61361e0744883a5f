"""Zip archives: each member is a file, and no name leads out of the archive."""

from __future__ import annotations

import gzip
import io
import warnings
import zipfile
from pathlib import Path

import pytest
from containers import jsonl, page, read_bytes, table, texts, warc_records


def archive(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as opened, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the same name twice
        for name, data in members:
            opened.writestr(name, data)
    return file.getvalue()


def test_each_member_is_read_in_its_own_format(tmp_path: Path) -> None:
    data = archive(
        ("2024/rain.txt", b"It rained."),
        ("feed.jsonl.gz", gzip.compress(jsonl(2))),
        ("page.html", page("Rain.")),
        ("table.csv", table(1)),
        ("crawl.warc", b"".join(warc_records(1))),
        (".hidden.txt", b"x"),
        ("__MACOSX/rain.txt", b"x"),
        ("folder/", b""),
    )
    outcome = read_bytes(tmp_path, "texts.zip", data)
    assert outcome.ids == ["texts.zip/2024/rain", "d0", "d1", "texts.zip/page", "d0", "urn:uuid:0"]
    places = ["2024/rain.txt", "feed.jsonl.gz:1", "feed.jsonl.gz:2", "page.html", "table.csv:2", "crawl.warc:urn:uuid:0"]
    assert [record.place for record in outcome.records] == places
    assert {record.source for record in outcome.records} == {"texts.zip"}
    assert outcome.records[3].metadata.media_type == "text/html"
    assert outcome.codes == []


def test_names_stay_below_the_archive(tmp_path: Path) -> None:
    names = ("../../escape.txt", "/abs.txt", "C:\\x\\..\\win.txt", "a/./b.txt")
    outcome = read_bytes(tmp_path, "a.zip", archive(*((name, name.encode()) for name in names)))
    assert outcome.ids == ["a.zip/escape", "a.zip/abs", "a.zip/C:/x/win", "a.zip/a/b"]
    assert outcome.records[0].place == "../../escape.txt"
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_members_of_one_name_are_told_apart(tmp_path: Path) -> None:
    outcome = read_bytes(tmp_path, "a.zip", archive(("a.txt", b"Rain."), ("a.txt", b"Snow.")))
    assert [(record.place, record.raw) for record in outcome.records] == [("a.txt", b"Rain."), ("a.txt#2", b"Snow.")]
    assert outcome.ids == ["a.zip/a", "a.zip/2/a"]


def test_a_member_without_a_format_is_counted(tmp_path: Path) -> None:
    outcome = read_bytes(tmp_path, "a.zip", archive(("a.png", b"\x89PNG"), ("a.txt", b"Rain.")))
    assert (len(outcome.records), outcome.counter.skipped) == (1, {".png": 1})


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (archive(("a.txt", b"Rain."))[:38], ["cut", "damaged"]),
        (b"PK\x03\x04", ["damaged"]),
        (archive(("a.zip", archive(("b.zip", archive(("c.zip", archive(("d.txt", b"Rain.")))))))), ["unsupported"]),
        (archive(("a.txt", b"Rain."), method=zipfile.ZIP_BZIP2), ["unsupported"]),
        (archive(("a.txt", b"Rain."), method=zipfile.ZIP_STORED).replace(b"Rain.", b"Snow."), ["damaged"]),
        (b"", ["damaged"]),
    ],
    ids=["cut", "magic-only", "nested", "bzip2", "checksum", "empty"],
)
def test_what_cannot_be_opened_is_told(tmp_path: Path, data: bytes, codes: list[str]) -> None:
    outcome = read_bytes(tmp_path, "a.zip", data)
    assert (outcome.raw, outcome.codes) == ([], codes)


def test_a_cut_member_costs_itself(tmp_path: Path) -> None:
    data = bytearray(archive(("a.txt", texts(1)[0].encode()), ("b.txt", b"Rain.")))
    data[45] ^= 0xFF
    outcome = read_bytes(tmp_path, "a.zip", bytes(data))
    assert (outcome.raw, outcome.codes) == (["Rain."], ["damaged"])
    assert outcome.failures[0].place == "a.txt"


def test_a_cut_archive_gives_the_members_before_the_cut(tmp_path: Path) -> None:
    data = archive(("a.txt", texts(1)[0].encode()), ("b.png", b"x"), ("feed.jsonl", jsonl()), ("c.txt", b"Rain."))
    starts = [data.index(name) - 30 for name in (b"b.png", b"feed.jsonl", b"c.txt")]
    directory = data.index(b"PK\x01\x02")
    for place in range(0, len(data) - 22, 7):
        outcome = read_bytes(tmp_path, "a.zip", data[:place])
        whole = [1, 1, 9]
        wanted = (
            10
            if place >= directory
            else max((count for start, count in zip(starts, whole, strict=True) if place >= start), default=0)
        )
        assert len([raw for raw in outcome.raw if raw in (*texts(), "Rain.")]) == len(outcome.raw) >= wanted
        assert outcome.codes[-1] == "damaged"
    streamed = io.BytesIO()
    with zipfile.ZipFile(_Unseekable(streamed), "w", zipfile.ZIP_DEFLATED) as opened:
        for name in ("a.txt", "b.txt"):
            opened.writestr(name, name)
    outcome = read_bytes(tmp_path, "a.zip", streamed.getvalue()[:-30])
    assert (outcome.raw, outcome.codes) == (["a.txt", "b.txt"], ["damaged"])


class _Unseekable(io.RawIOBase):
    """A file to write to in which one can't move about, so that sizes follow the members."""

    def __init__(self, file: io.BytesIO) -> None:
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return self._file.write(data)  # type: ignore[arg-type]
