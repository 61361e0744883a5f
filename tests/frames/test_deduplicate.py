"""Duplicates of a frame are those that `newsnorm.deduplicate` finds."""

from __future__ import annotations

from typing import Any

import pandas
import polars
import pyarrow as pa
import pytest
from corpora import corpora
from hypothesis import given, settings

import newsnorm
from newsnorm.frames import deduplicate, parse

REPORT = "The harbour master closed the northern quay on Monday evening after a storm had damaged several moorings there."
ROWS = {"key": ["a", "b", "c", "d", "e"], "body": [REPORT, "Rain in Ulm.", REPORT.upper(), None, f"{REPORT} Nobody was hurt."]}


def listed(frame: Any) -> list[dict[str, Any]]:
    if isinstance(frame, polars.DataFrame):
        return list(frame.to_dicts())
    return list(pa.Table.from_pandas(frame, preserve_index=False).to_pylist())


@pytest.mark.parametrize("library", [pandas.DataFrame, polars.DataFrame])
def test_rows_relations_and_clusters_are_frames(library: Any) -> None:
    found = deduplicate(library(ROWS), text="body", id="key")
    assert [(row["left"], row["right"], row["kind"]) for row in listed(found.relations)] == [
        ("a", "c", "exact"),
        ("a", "e", "near"),
    ]
    [cluster] = listed(found.clusters)
    assert cluster["members"] == ["a", "c", "e"]
    chosen = cluster["representative"]
    assert [
        (row["id"], row["cluster"], row["representative"], row["is_duplicate"], row["error"]) for row in listed(found.rows)
    ] == [
        ("a", "a", chosen, chosen != "a", None),
        ("b", None, "b", False, None),
        ("c", "a", chosen, chosen != "c", None),
        ("d", None, None, False, "no-text"),
        ("e", "a", chosen, chosen != "e", None),
    ]


@given(corpora())
@settings(max_examples=15)
def test_both_libraries_find_what_the_call_finds(texts: dict[str, str]) -> None:
    rows = {"key": list(texts), "text": list(texts.values())}
    whole = newsnorm.deduplicate(texts)
    in_polars, in_pandas = (deduplicate(library(rows), id="key") for library in (polars.DataFrame, pandas.DataFrame))
    for name in ("rows", "relations", "clusters"):
        assert listed(getattr(in_polars, name)) == listed(getattr(in_pandas, name))
    assert [tuple(row["members"]) for row in listed(in_polars.clusters)] == [each.members for each in whole.clusters]
    assert [(row["left"], row["right"], row["kind"], row["left_cover"]) for row in listed(in_polars.relations)] == [
        (each.left, each.right, each.kind, each.left_cover) for each in whole.relations
    ]
    kept = [row["id"] for row in listed(in_polars.rows) if not row["is_duplicate"]]
    assert kept == [key for key in texts if whole.representative(key) == key]


def test_of_different_texts_with_one_id_the_first_is_compared() -> None:
    frame = pandas.DataFrame({"key": ["a", "a", "a"], "text": [REPORT, "Rain in Ulm.", REPORT]}, index=[3, 3, 4])
    found = deduplicate(frame, id="key")
    assert found.rows.index.equals(frame.index)
    assert [(row["is_duplicate"], row["error"]) for row in listed(found.rows)] == [
        (False, None),
        (False, "repeated-id"),
        (True, None),
    ]
    assert len(found.notes) == 1


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    deduplicate(pandas.DataFrame(ROWS), text="body", progress=lambda done, total: told.append((done, total)))
    assert told
    assert all(0 <= done <= total for done, total in told)


def test_an_empty_frame_has_no_duplicates() -> None:
    found = deduplicate(polars.DataFrame({"text": []}))
    assert [len(frame) for frame in (found.rows, found.relations, found.clusters)] == [0, 0, 0]


def test_reports_of_parsed_rows_are_compared() -> None:
    frame = polars.DataFrame({"body": [f"Quay to close\n\n{REPORT}\nSource link", f"Storm hits quay\n\n{REPORT}", None]})
    parsed = parse(frame, text="body", jobs=0)
    kept = parsed.filter(~deduplicate(parsed, id="id").rows.get_column("is_duplicate"))
    assert kept.get_column("id").to_list() == ["0", "2"]


@pytest.mark.parametrize("library", [pandas.DataFrame, polars.DataFrame])
def test_a_row_without_an_id_has_no_name_of_another_row(library: Any) -> None:
    """A number as its name would be the id of another row, whose text is another one."""
    rows = {"key": ["2", "b", None, ""], "text": ["Rain in Ulm.", REPORT, f"{REPORT} Nobody was hurt.", "Rain in Ulm."]}
    found = deduplicate(library(rows), id="key")
    names = [row["id"] for row in listed(found.rows)]
    assert len(set(names)) == 4
    assert [row["error"] for row in listed(found.rows)] == [None] * 4
    assert {(row["left"], row["right"]) for row in listed(found.relations)} == {("2", names[3]), (names[2], "b")}
    assert [row["cluster"] for row in listed(found.rows)] == ["2", names[2], names[2], "2"]


def test_rows_without_ids_are_named_as_by_the_other_calls() -> None:
    """Without an id in a column of ids by content, without such a column by number."""
    texts = [REPORT, "Rain in Ulm.", REPORT.upper(), REPORT]
    by_content = deduplicate(polars.DataFrame({"key": [None] * 4, "text": texts}), id="key")
    whole = newsnorm.deduplicate(texts)
    assert [tuple(row["members"]) for row in listed(by_content.clusters)] == [each.members for each in whole.clusters]
    assert [row["is_duplicate"] for row in listed(by_content.rows)][3]
    assert by_content.notes == ()
    by_number = deduplicate(polars.DataFrame({"text": texts}))
    assert [row["members"] for row in listed(by_number.clusters)] == [["0", "2", "3"]]


def test_an_id_that_can_not_be_read_is_noted() -> None:
    found = deduplicate(pandas.DataFrame({"key": [["a"], "b", True, ["c"]], "text": [REPORT, "Rain.", "Snow.", None]}), id="key")
    assert found.notes == ("row 0 (and 1 more): metadata-unreadable: id was left out, since it is a list",)
    assert [row["id"] for row in listed(found.rows)][3] is None
