"""Reports of finished parts go into the index a slice at a time, each part once."""

from __future__ import annotations

from pathlib import Path

from newsnorm.corpus.account import Tally
from newsnorm.corpus.jobs.indexing import SLICE, Indexing
from newsnorm.corpus.output.indexed import IndexedParts
from newsnorm.corpus.output.manifest import FileEntry
from newsnorm.corpus.output.part_store import FinishedPart
from newsnorm.corpus.output.report_file import report_line
from newsnorm.corpus.relating import Relating
from newsnorm.dedup import Index, open_index


def part(folder: Path, key: str, count: int) -> FinishedPart:
    """Write a part with so many reports, each of its own."""
    (folder / key).mkdir()
    shard = FileEntry(name="articles.jsonl", rows=count, size=0, sha256="")
    made = FinishedPart(folder=folder / key, key=key, source=key, shard=shard, tally=Tally(), long=())
    made.reports.write_bytes(b"".join(report_line(f"{key}-{number}", f"Rain fell in {key} {number}.") for number in range(count)))
    return made


def indexing(folder: Path, index: Index) -> Indexing:
    return Indexing(Relating(index, shared=False), IndexedParts.load(folder))


def test_a_step_adds_a_slice_and_notes_the_part_at_its_end(tmp_path: Path) -> None:
    with open_index(":memory:") as index:
        jobs = indexing(tmp_path, index)
        jobs.add(part(tmp_path, "large", 2 * SLICE + 1))
        jobs.add(part(tmp_path, "small", 3))
        sizes = []
        while jobs:
            jobs.step()
            known = IndexedParts.load(tmp_path)
            sizes.append((len(index), "large" in known, known.may_hold("large")))
        assert sizes[:3] == [(SLICE, False, True), (2 * SLICE, False, True), (2 * SLICE + 1, True, True)]
        assert len(index) == 2 * SLICE + 4


def test_a_part_that_ends_with_a_slice_is_finished_too(tmp_path: Path) -> None:
    with open_index(":memory:") as index:
        jobs = indexing(tmp_path, index)
        jobs.add(part(tmp_path, "even", SLICE))
        jobs.add(part(tmp_path, "empty", 0))
        jobs.finish(lambda *_: None)
        assert {"even", "empty"} == {key for key in ("even", "empty") if key in IndexedParts.load(tmp_path)}


def test_a_part_that_is_in_the_index_is_passed_over_unless_the_index_is_new(tmp_path: Path) -> None:
    made = part(tmp_path, "part", 3)
    with open_index(tmp_path / "one.db") as index:
        first = indexing(tmp_path, index)
        first.add(made)
        first.finish(lambda *_: None)
        index.remove("part-2")
        again = indexing(tmp_path, index)
        again.add(made)
        again.finish(lambda *_: None)
        assert len(index) == 2
    with open_index(tmp_path / "another.db") as index:
        jobs = indexing(tmp_path, index)
        jobs.add(made)
        jobs.finish(lambda *_: None)
        assert len(index) == 3
