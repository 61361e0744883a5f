"""Summaries read as English, with one thing and with many."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from newsnorm.records.accounts import DedupSummary, LearnSummary, RelationCounts, RunSummary
from newsnorm.report.summary import check_lines, dedup_lines, learn_lines, relation_lines, run_lines

NONE = RelationCounts(relations={}, clusters=0, clustered=0, bridges=0, repeated_ids=(), notes=())
MANY = RelationCounts(
    relations={"exact": 1_200, "near": 3},
    clusters=1_000,
    clustered=2_100,
    bridges=2,
    repeated_ids=tuple("abcd"),
    notes=("a: cut",),
)
RUN = RunSummary(
    read=5, written=4, failed=1, skipped=("photo.png",), empty=0, duplicates=1, related=NONE, repeated_ids=(), fixed=2, rules={},
    reasons={f"r{number:02}": number for number in range(1, 15)}, languages={"en": 4}, layouts={"page": 3, "index": 1},
    notes={"input-html": 1, "encoding-guessed": 3},
    errors={"bad-json": 1}, newsnorm="1", parser="",
)  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "lines"),
    [
        (NONE, ["relations: none", "clusters: none"]),
        (
            MANY,
            [
                "relations: exact 1,200, near 3",
                "clusters: 1,000, with 2,100 articles",
                "relations overruled by clusters: 2",
                "ids of different texts, of which only the first was compared: 4 (a, b, c, …)",
                "note: a: cut",
            ],
        ),
    ],
)
def test_relations(counts: RelationCounts, lines: list[str]) -> None:
    assert list(relation_lines(counts)) == lines


def test_a_run() -> None:
    assert list(run_lines(RUN, Path("corpus"))) == [
        "read 5 records: 4 articles, 1 error → corpus",
        "skipped 1 file in other formats: photo.png",
        "without a report: 0; exact duplicates: 1; with repaired characters: 2",
        "relations: none",
        "clusters: none",
        "languages: en 4",
        "kinds of text: page 3, index 1",
        "notes: encoding-guessed 3, input-html 1",
        "lines removed: " + ", ".join(f"r{number:02} {number}" for number in range(14, 2, -1)) + ", …",
        "errors: bad-json 1",
    ]
    assert "ids of several different reports: 1 (a)" in run_lines(attrs.evolve(RUN, related=None, repeated_ids=("a",)), None)
    assert next(run_lines(attrs.evolve(RUN, read=1, written=1, failed=0), None)) == "read 1 record: 1 article, 0 errors (dry run)"


def test_relating() -> None:
    summary = DedupSummary(read=5, compared=5, failed=0, skipped=tuple("abcd"), errors={}, found=NONE)
    assert list(dedup_lines(summary, None))[:2] == [
        "read 5 records: 5 compared, 0 errors (dry run)",
        "skipped 4 files in other formats: a, b, c, …",
    ]


def test_archives_are_named_as_such() -> None:
    skipped = ("a.css", "b.tar", "c.7Z")
    lines = list(run_lines(attrs.evolve(RUN, skipped=skipped), None))
    assert "archives among them, to unpack first: 2" in lines
    assert not any("archives" in line for line in run_lines(RUN, None))


def test_learning() -> None:
    summary = LearnSummary(
        read=24, failed=0, skipped=(), without_host=2, hosts=1, hosts_learned=1, hosts_sampled=1, sample=500, rules=9, errors={},
        failures=(), notes=("few-documents: example.org has 2 documents; at least 3 are needed",),
    )  # fmt: skip
    assert list(learn_lines(summary, Path("sites.toml"))) == [
        "read 24 records from 1 host, 0 errors: learned 9 lines of 1 host → sites.toml",
        "note: few-documents: example.org has 2 documents; at least 3 are needed",
        "name the field that holds the URL with --field url=NAME",
        "large hosts, of which a sample of 500 documents was counted: 1",
    ]


def test_the_first_notes_on_hosts_are_shown() -> None:
    summary = LearnSummary(
        read=24, failed=0, skipped=(), without_host=0, hosts=14, hosts_learned=0, hosts_sampled=0, sample=500, rules=0, errors={},
        failures=(), notes=tuple(map(str, range(14))),
    )  # fmt: skip
    assert list(learn_lines(summary, None))[-2:] == ["note: 11", "and 2 notes more, which --json prints"]


def test_cases() -> None:
    assert list(check_lines(2, ["a: differs"])) == ["a: differs", "2 passed, 1 failed"]


def test_records_that_are_no_articles_are_counted() -> None:
    lines = list(run_lines(attrs.evolve(RUN, other_records={"image/png": 3, "warcinfo": 1}), None))
    assert "records that are not articles: image/png 3, warcinfo 1" in lines
