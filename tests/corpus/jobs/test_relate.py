"""Relations and clusters of files, in memory and in an index."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from folders import json_rows as rows
from index_backends import DictIndex
from reports import report

import newsnorm
from newsnorm.corpus.jobs import normalise, relate
from newsnorm.corpus.output import part_store
from newsnorm.corpus.relating import Relating, RelationSinks
from newsnorm.corpus.workers import WorkerOptions
from newsnorm.dedup import open_index
from newsnorm.dedup.index.interface import ReportIndex
from newsnorm.errors import RefusedIndexError

run = partial(normalise.run, workers=WorkerOptions(jobs=0))
dedup_files = partial(relate.dedup_files, workers=WorkerOptions(jobs=0))


def feed(path: Path, articles: dict[str, str]) -> Path:
    path.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in articles.items()), encoding="utf-8")
    return path


ARTICLES = {
    "a": report(1),
    "b": report(1).upper(),
    "c": report(1) + "\n\nNobody was hurt, a spokesman of the town said on Tuesday.",
    "d": report(2),
    "e": "",
}


def test_files_are_related(tmp_path: Path) -> None:
    account = dedup_files([feed(tmp_path / "feed.jsonl", ARTICLES)], tmp_path / "out")
    relations = [(row["left"], row["right"], row["kind"]) for row in rows(tmp_path / "out" / "relations.jsonl")]
    assert relations == [("a", "b", "exact"), ("a", "c", "near")]
    assert rows(tmp_path / "out" / "clusters.jsonl") == [{"id": "a", "representative": "a", "members": ["a", "b", "c"]}]
    assert (account.read, account.compared, account.failed) == (5, 5, 0)
    assert account.found.relations == {"exact": 1, "near": 1}
    assert (account.found.clusters, account.found.clustered, account.found.bridges) == (1, 3, 0)


def test_a_run_and_its_articles_are_related_alike(tmp_path: Path) -> None:
    file = feed(tmp_path / "feed.jsonl", ARTICLES)
    summary = run([file], tmp_path / "run")
    dedup_files([tmp_path / "run" / "articles" / "00000.jsonl"], tmp_path / "again")
    for name in ("relations.jsonl", "clusters.jsonl"):
        assert (tmp_path / "run" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
    assert summary.related is not None
    assert summary.duplicates == summary.related.relations["exact"] == 1


def test_passages_count_in_the_compared_texts(tmp_path: Path) -> None:
    dedup_files([feed(tmp_path / "feed.jsonl", ARTICLES)], tmp_path / "out", as_is=True)
    (near,) = (row for row in rows(tmp_path / "out" / "relations.jsonl") if row["kind"] == "near")
    passages = cast("list[list[int]]", near["passages"])
    left_start, left_end, right_start, right_end = passages[0]
    assert ARTICLES["a"][left_start:left_end] == ARTICLES["c"][right_start:right_end]


def test_an_index_relates_to_what_was_there(tmp_path: Path) -> None:
    index = tmp_path / "news.db"
    dedup_files([feed(tmp_path / "1.jsonl", {"a": ARTICLES["a"], "d": ARTICLES["d"]})], tmp_path / "1", index=index)
    second = feed(tmp_path / "2.jsonl", {"c": ARTICLES["c"], "d": ARTICLES["d"]})
    account = dedup_files([second], tmp_path / "2", index=index)
    assert account.found.relations == {"near": 1}
    assert rows(tmp_path / "2" / "clusters.jsonl") == [{"id": "a", "representative": "a", "members": ["a", "c"]}]
    again = dedup_files([second], tmp_path / "2", index=index, overwrite=True)
    assert again == account


def test_a_job_takes_any_index() -> None:
    def write(index: ReportIndex) -> list[bytes]:
        lines: list[bytes] = []
        given = [*ARTICLES.items(), ("c", "Rain.")]
        list(index.add_all([("a", ARTICLES["a"]), ("d", report(3)), ("x", report(3))]))
        relating = Relating(index, shared=True)
        relating.add(given)
        found = relating.write(lambda: given, [], RelationSinks(relation=lines.append, cluster=lines.append))
        assert (found.relations, found.repeated_ids) == ({"exact": 2, "near": 1}, ("c", "d"))
        assert index.repeated_ids() == ("c", "d")
        return lines

    with open_index(":memory:") as index:
        assert write(DictIndex()) == write(index)


def test_another_text_of_a_known_id_is_named(tmp_path: Path) -> None:
    index = tmp_path / "news.db"
    dedup_files([feed(tmp_path / "1.jsonl", {"a": report(1)})], tmp_path / "1", index=index)
    account = dedup_files([feed(tmp_path / "2.jsonl", {"a": report(3), "b": report(1)})], tmp_path / "2", index=index)
    assert (account.found.repeated_ids, account.found.relations) == (("a",), {"exact": 1})
    (note,) = account.found.notes
    assert note.startswith(f"a: different texts have this id; compared '{report(1)[:10]}")
    assert f"not '{report(3)[:10]}" in note
    again = dedup_files([tmp_path / "1.jsonl"], tmp_path / "1", index=index, overwrite=True)
    assert (again.found.repeated_ids, again.found.notes) == ((), ())


def test_a_refused_index_costs_nothing(tmp_path: Path) -> None:
    file = feed(tmp_path / "feed.jsonl", ARTICLES)
    for call in (dedup_files, run):
        with pytest.raises(RefusedIndexError):
            call([file], tmp_path / "out", index=file)
        assert not (tmp_path / "out").exists()


def test_a_dry_run_leaves_the_index_alone(tmp_path: Path) -> None:
    account = dedup_files([feed(tmp_path / "feed.jsonl", ARTICLES)], None, index=tmp_path / "news.db")
    assert account.found.clusters == 1
    assert not (tmp_path / "news.db").exists()


def test_a_run_without_relations_leaves_none_of_an_earlier_one(tmp_path: Path) -> None:
    file = feed(tmp_path / "feed.jsonl", ARTICLES)
    run([file], tmp_path / "out")
    summary = run([file], tmp_path / "out", overwrite=True, compare=False)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "articles",
        "errors.jsonl",
        "manifest.json",
        "parts.jsonl",
    ]
    assert summary.related is None
    with pytest.raises(newsnorm.InputError, match="an index needs relations between articles"):
        run([file], tmp_path / "other", compare=False, index=tmp_path / "news.db")


def test_a_text_that_is_cut_short_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (relate, part_store):
        monkeypatch.setattr(module, "MAX_TEXT_LENGTH", 100)
    file = feed(tmp_path / "feed.jsonl", {"a": report(1)})
    for number, index in enumerate((None, tmp_path / "news.db")):
        account = dedup_files([file], tmp_path / f"out{number}", index=index)
        assert [note[:10] for note in account.found.notes] == ["a: compare"]
    summary = run([file], tmp_path / "run")
    assert summary.related is not None
    assert summary.related.notes == account.found.notes
