"""The accounts of jobs add up, and say the same as the documents about them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import attrs
import pytest
from folders import DOCS

from newsnorm.corpus.jobs.learn import learn_files
from newsnorm.corpus.jobs.normalise import run
from newsnorm.corpus.jobs.relate import dedup_files
from newsnorm.records import Reason, RelationKind
from newsnorm.records.accounts import DedupSummary, ExportSummary, Failure, FailureCode, LearnSummary, RelationCounts, RunSummary

REPORT = "The quay was closed on Monday after two of its old pillars cracked, the harbour office said in a short statement."
RECORDS = (
    json.dumps({"id": "a", "url": "https://example.com/a", "text": f"Quay closed\n\n{REPORT}\n\nSource link\n"}),
    json.dumps({"id": "b", "url": "https://example.com/b", "text": f"Quay closed\n\n{REPORT.upper()}\n"}),
    json.dumps({"id": "b", "text": f"MalmÃ¶ quay closed\n\n{REPORT}\n"}),
    json.dumps({"id": "empty", "text": "Source link"}),
    "not json",
    json.dumps(["no object"]),
    json.dumps({"id": "no text"}),
    json.dumps({"text": 5}),
)


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    folder = tmp_path / "feed"
    folder.mkdir()
    (folder / "feed.jsonl").write_text("\n".join(RECORDS) + "\n", encoding="utf-8")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    (folder / "table.xlsx").write_bytes(b"PK")
    return folder


def errors_of(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "errors.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_run_accounts_for_every_record(feed: Path, tmp_path: Path) -> None:
    summary = run([feed], out := tmp_path / "out")
    assert summary.read == summary.written + summary.failed == len(RECORDS) + 1
    assert sum(summary.errors.values()) == summary.failed == len(errors_of(out))
    assert summary.errors.keys() == {row["code"] for row in errors_of(out)} <= set(get_args(FailureCode))
    assert sum(summary.languages.values()) == summary.written
    assert (summary.empty, summary.fixed, summary.repeated_ids) == (1, 1, ("b",))
    assert summary.reasons.keys() <= set(get_args(Reason))
    assert [Path(name).name for name in summary.skipped] == ["table.xlsx"]
    assert summary.related is not None
    assert summary.related.repeated_ids == ("b",)
    assert summary.duplicates == summary.related.relations["exact"] == 1
    assert summary.related.relations.keys() <= set(get_args(RelationKind))


def test_every_failure_names_its_place(feed: Path, tmp_path: Path) -> None:
    run([feed], out := tmp_path / "out")
    places = {(row["source"], row["place"]) for row in errors_of(out)}
    assert places == {("feed/picture.txt", None), *(("feed/feed.jsonl", line) for line in (5, 6, 7, 8))}
    assert all(row["message"] and row["length"] for row in errors_of(out))
    assert [attrs.asdict(Failure(**row)) for row in errors_of(out)] == errors_of(out)  # type: ignore[arg-type]


def test_relating_accounts_for_every_record(feed: Path, tmp_path: Path) -> None:
    summary = dedup_files([feed], out := tmp_path / "out")
    assert summary.read == summary.compared + summary.failed == len(RECORDS) + 1
    assert sum(summary.errors.values()) == summary.failed == len(errors_of(out))
    assert (summary.found.clusters, summary.found.clustered) == (1, 2)


def test_learning_accounts_for_every_document(feed: Path) -> None:
    _, summary = learn_files([feed])
    assert summary.read == len(RECORDS) + 1
    assert sum(summary.errors.values()) == summary.failed >= len(summary.failures) > 0
    assert summary.hosts == 1
    assert summary.without_host == summary.read - summary.failed - 2


@pytest.mark.parametrize("record", [Failure, RelationCounts, RunSummary, DedupSummary, LearnSummary, ExportSummary])
def test_a_record_is_frozen_and_takes_names_alone(record: type) -> None:
    fields = {field.name: None for field in attrs.fields(record)}
    made = record(**fields)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(made, next(iter(fields)), 1)
    with pytest.raises(TypeError):
        record(*fields.values())


def test_every_code_of_a_failure_is_documented() -> None:
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert [code for code in get_args(FailureCode) if f"`{code}`" not in page] == []
