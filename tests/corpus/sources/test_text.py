"""Text files: one record each."""

from __future__ import annotations

from pathlib import Path

from newsnorm.corpus.sources.options import Limits, ReadOptions
from newsnorm.corpus.sources.read import read_file
from newsnorm.corpus.sources.record import SourceFile, SourceRecord
from newsnorm.records.accounts import Failure


def test_a_file_is_named_by_its_path_without_the_ending(tmp_path: Path) -> None:
    (tmp_path / "rain.TXT").write_bytes(b"Caf\xe9")
    (record,) = read_file(SourceFile(tmp_path / "rain.TXT", "a/rain.TXT"))
    assert isinstance(record, SourceRecord)
    assert (record.id, record.raw, record.place, record.normalised) == ("a/rain", b"Caf\xe9", None, False)


def test_a_file_over_the_limit_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_bytes(b"It rained.")
    (failure,) = read_file(SourceFile(tmp_path / "rain.txt", "rain.txt"), ReadOptions(limits=Limits(record=4)))
    assert isinstance(failure, Failure)
    assert (failure.code, failure.source) == ("too-long", "rain.txt")
