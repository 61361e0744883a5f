"""Parts hold all records in order, and a changed file changes few of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.corpus.parts import Item, Part, PartLimits, cut_parts, part_key
from newsnorm.corpus.sources.record import SourceFile, SourceRecord, failure
from newsnorm.records import Metadata, Span
from newsnorm.records.page import StatedField

SMALL = PartLimits(records=4, size=50, group_files=3)


def record(source: str, place: int | None, raw: str | bytes = "Rain in Ulm.") -> SourceRecord:
    return SourceRecord(source=source, place=place, raw=raw, metadata=Metadata(id=f"{source}:{place}"))


def items_of(file: SourceFile) -> list[Item]:
    """Records of a made-up file: as many as its name says, a failure among them; a text file has one."""
    if not file.is_container:
        return [record(file.name, None)]
    many = int(file.name.removesuffix(".jsonl").split("-")[1])
    places = range(1, many + 1)
    return [failure(file.name, at, "bad-json", "bad") if at % 5 == 3 else record(file.name, at) for at in places]


def texts(count: int) -> list[SourceFile]:
    return [SourceFile(Path(f"{number:03d}.txt"), f"in/{number:03d}.txt") for number in range(count)]


def cut(files: Sequence[SourceFile], settings: str = "", limits: PartLimits = SMALL) -> list[Part]:
    return list(cut_parts(files, items_of, settings, limits))


NUMBERS = st.integers(0, 99)
CONTAINERS = st.builds(
    lambda number, many: SourceFile(Path("x"), f"{number}-{many}.jsonl", is_container=True), NUMBERS, st.integers(0, 9)
)
TEXT_FILES = st.builds(lambda number: SourceFile(Path("x"), f"{number}.txt"), NUMBERS)
FILES = st.lists(CONTAINERS | TEXT_FILES)


@given(FILES)
def test_parts_hold_all_items_in_order(files: list[SourceFile]) -> None:
    assert [item for part in cut(files) for item in part.items] == [item for file in files for item in items_of(file)]


def test_keys_stay_the_same_from_version_to_version() -> None:
    """Folders of results hold them: with other keys, a later run would take no part of them."""
    full = SourceRecord(
        source="feed.jsonl",
        place=7,
        raw="Łódź \ud800",
        metadata=Metadata(id="a", url="https://example.com/1", language="pl"),
        notes=("metadata-unreadable",),
        stated=(StatedField(field="author", name="Byline", value="Ana Ng", line=Span(0, 4), span=Span(1, 3)),),
    )
    assert part_key([full, record("a.txt", None, b"Rain."), failure("b", "x", "bad-json", "bad")], "settings") == (
        "5a363b557024114f515e5345ca938c289dafe7a75fa62b727d43128c686825c4"
    )


@given(FILES)
def test_a_part_is_small_and_a_container_shares_none(files: list[SourceFile]) -> None:
    containers = {file.name for file in files if file.is_container}
    for part in cut(files):
        assert 0 < len(part.items) <= SMALL.records
        sources = {item.source for item in part.items}
        assert part.source == part.items[0].source
        assert len(sources) == 1 or not sources & containers
        assert sum(len(item.raw) for item in part.items[:-1] if isinstance(item, SourceRecord)) < SMALL.size


def test_a_long_record_ends_a_part() -> None:
    long = [record("a", 1, "x" * 60), record("a", 2), record("a", 3)]
    parts = list(cut_parts([SourceFile(Path("a"), "a", is_container=True)], lambda _: long, "", SMALL))
    assert [len(part.items) for part in parts] == [1, 2]


def test_a_new_text_file_changes_the_parts_beside_it() -> None:
    files = texts(60)
    new = SourceFile(Path("x"), "in/030a.txt")
    keys = {part.key for part in cut(files)}
    changed = [part for part in cut([*files[:31], new, *files[31:]]) if part.key not in keys]
    assert 1 <= len(changed) <= 2
    assert len(keys) > 10


def test_an_appended_record_changes_the_last_part_of_its_file() -> None:
    before = cut([SourceFile(Path("a"), "a-9.jsonl", is_container=True), *texts(5)])
    after = cut([SourceFile(Path("a"), "a-9.jsonl", is_container=True), *texts(6)])
    assert [part.key for part in after[:3]] == [part.key for part in before[:3]]


@pytest.mark.parametrize(
    "other",
    [
        record("b", 1),
        record("a", 2),
        record("a", None),
        record("a", 1, "Rain in Ulm!"),
        record("a", 1, b"Rain in Ulm."),
        attrs.evolve(record("a", 1), metadata=Metadata(id="a:1", title="Rain")),
        attrs.evolve(record("a", 1), normalised=True),
        failure("a", 1, "no-text", ""),
    ],
)
def test_a_key_depends_on_everything(other: Item) -> None:
    assert part_key([other], "") != part_key([record("a", 1)], "")


def test_a_key_depends_on_settings_and_bounds() -> None:
    first, second = record("a", 1), record("a", 2)
    assert (
        len({part_key([first, second], ""), part_key([first, second], "x"), part_key([first], ""), part_key([second], "")}) == 4
    )
