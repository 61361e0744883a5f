"""JSON lines: each line is a record or a failure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsnorm.corpus.sources.options import Limits, ReadOptions
from newsnorm.corpus.sources.read import read_file
from newsnorm.corpus.sources.record import SourceFile, SourceRecord
from newsnorm.records import Metadata
from newsnorm.records.accounts import Failure

PROSE = "The harbour committee voted on Tuesday to close the eastern quay for repairs until the end of the year, it said."


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", "bad-json"),
        (b'{"id": "a", "text": "x"} {"id": "b", "text": "y"}', "bad-json"),
        (b'{"text": NaN}', "no-text"),
        (b'"text"', "not-an-object"),
        (b"[1]", "not-an-object"),
        (b'{"id": "a"}', "no-text"),
        (b'{"id": "a", "text": null}', "no-text"),
        (b'{"id": "a", "text": 5}', "bad-field"),
        (b'{"text": ["x"]}', "bad-field"),
        (b'{"text": "\xff\xfe"}', "bad-json"),
        (b'{"text": ' + b"[" * 100_000, "bad-json"),
        (b'{"n": ' + b"9" * 5_000 + b', "text": "x"}', "bad-json"),
    ],
)
def test_a_bad_line_costs_itself(tmp_path: Path, line: bytes, code: str) -> None:
    good = json.dumps({"id": "good", "text": PROSE}).encode()
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\n".join([good, line, good]) + b"\n")
    before, failure, after = read_file(SourceFile(path, "feed.jsonl"))
    assert isinstance(before, SourceRecord)
    assert isinstance(after, SourceRecord)
    assert isinstance(failure, Failure)
    assert (failure.place, failure.code, failure.length) == (2, code, len(line) + 1)


def test_names_of_fields_can_be_mapped(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text('\ufeff{"key": 7, "body": "It rained.", "headline": "Rain"}\n', encoding="utf-8")
    (found,) = read_file(SourceFile(path, "feed.jsonl"), ReadOptions(fields={"id": "key", "text": "body", "title": "headline"}))
    assert isinstance(found, SourceRecord)
    assert (found.raw, found.metadata) == ("It rained.", Metadata(id="7", title="Rain"))


def test_a_record_without_an_id_is_named_by_its_place(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text('\n{"text": "It rained."}\n', encoding="utf-8")
    (found,) = read_file(SourceFile(path, "feed.jsonl"))
    assert isinstance(found, SourceRecord)
    assert found.id == "feed.jsonl:2"


@pytest.mark.parametrize("id", ["1e999", "-Infinity", "NaN", "1" + "0" * 4000])
def test_a_number_without_end_is_no_id_and_stops_nothing(tmp_path: Path, id: str) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text(f'{{"id": {id}, "text": "It rained."}}\n{{"id": 1e3, "text": "It rained."}}\n', encoding="utf-8")
    found = list(read_file(SourceFile(path, "feed.jsonl")))
    assert [each.id for each in found if isinstance(each, SourceRecord)] == ["feed.jsonl:1", "1000"]


def test_what_is_known_travels_with_the_record(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    known = {"id": "a", "url": "https://example.com/a", "site": "Example", "media_type": "text/html", "encoding": "cp1252"}
    path.write_text(json.dumps({"text": "It rained.", "fetched": "2024-06-20", **known}) + "\n", encoding="utf-8")
    (found,) = read_file(SourceFile(path, "feed.jsonl"))
    assert isinstance(found, SourceRecord)
    assert found.metadata == Metadata(fetched="2024-06-20", **known)


def test_a_line_over_the_limit_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text('{"text": "' + "x" * 200 + '"}\n{"text": "It rained."}\n', encoding="utf-8")
    first, second = read_file(SourceFile(path, "feed.jsonl"), ReadOptions(limits=Limits(record=40)))
    assert isinstance(first, Failure)
    assert (first.code, first.place, second.source) == ("too-long", 1, "feed.jsonl")
    assert isinstance(second, SourceRecord)
