"""A run: everything that was read is written or reported, and nothing depends on order."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import attrs
import pytest
from folders import FIXTURES

import newsnorm
from newsnorm.corpus.jobs.normalise import run
from newsnorm.records.accounts import RunSummary

CORPUS = FIXTURES / "corpus"
BROKEN = FIXTURES / "corpus-broken"
PROSE = "The harbour committee voted on Tuesday to close the eastern quay for repairs until the end of the year, it said."


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RunSummary]:
    out = tmp_path_factory.mktemp("run") / "out"
    return out, run([CORPUS], out, ledger=True)


def test_the_account_adds_up(result: tuple[Path, RunSummary]) -> None:
    out, summary = result
    articles, errors = rows(out / "articles.jsonl"), rows(out / "errors.jsonl")
    assert summary.read == summary.written + summary.failed == len(articles) + len(errors) == 45
    assert json.loads((out / "summary.json").read_text(encoding="utf-8")) == json.loads(json.dumps(attrs.asdict(summary)))
    assert sum(summary.languages.values()) == summary.written


def test_a_bad_record_is_reported_with_its_place(tmp_path: Path) -> None:
    summary = run([BROKEN], tmp_path / "out")
    errors = [(row["source"], row["line"], row["code"]) for row in rows(tmp_path / "out" / "errors.jsonl")]
    assert errors == [("feed.jsonl", 2, "bad-json"), ("feed.jsonl", 3, "no-text")]
    assert (summary.read, summary.written, summary.failed) == (3, 1, 2)


def test_exact_duplicates_are_marked(result: tuple[Path, RunSummary]) -> None:
    out, summary = result
    relations = rows(out / "relations.jsonl")
    assert len(relations) == summary.duplicates == 3
    texts = {str(row["id"]): " ".join(str(row["text"]).split()) for row in rows(out / "articles.jsonl")}
    for relation in relations:
        assert relation["kind"] == "exact"
        assert str(relation["left"]) < str(relation["right"])
        assert texts[str(relation["left"])] == texts[str(relation["right"])] != ""


def test_every_article_can_be_put_together_again(result: tuple[Path, RunSummary]) -> None:
    for row in rows(result[0] / "articles.jsonl"):
        article = newsnorm.from_dict(row)  # type: ignore[arg-type]
        path = CORPUS / f"{article.id}.txt"
        if path.exists():
            raw = newsnorm.Parser().page(path.read_bytes()).raw
            assert newsnorm.reconstruct(article, raw) == raw.text


def test_other_names_and_places_on_disk_give_the_same_bytes(result: tuple[Path, RunSummary], tmp_path: Path) -> None:
    shutil.copytree(CORPUS, tmp_path / "moved")
    run([tmp_path / "moved"], tmp_path / "out", ledger=True)
    for name in ("articles.jsonl", "errors.jsonl", "relations.jsonl", "summary.json"):
        assert (tmp_path / "out" / name).read_bytes() == (result[0] / name).read_bytes()


def test_duplicates_do_not_depend_on_the_order_of_records(tmp_path: Path) -> None:
    records = [
        {"id": name, "text": text}
        for name, text in (("c", PROSE), ("a", PROSE + "\nSource link"), ("b", "Other. " + PROSE), ("d", PROSE))
    ]
    found = []
    for number, order in enumerate((records, records[::-1])):
        file = tmp_path / f"{number}.jsonl"
        file.write_text("".join(json.dumps(record) + "\n" for record in order), encoding="utf-8")
        run([file], tmp_path / f"out{number}")
        found.append((tmp_path / f"out{number}" / "relations.jsonl").read_text(encoding="utf-8"))
    assert found[0] == found[1]
    relations = [(row["left"], row["right"], row["kind"]) for row in map(json.loads, found[0].splitlines())]
    assert relations == [("a", "c", "exact"), ("a", "d", "exact"), ("a", "b", "near")]


def test_empty_reports_are_no_duplicates(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("", encoding="utf-8")
    summary = run([tmp_path], None)
    assert (summary.empty, summary.duplicates) == (2, 0)


def test_what_is_no_file_is_reported(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "picture.png").write_bytes(b"x")
    (tmp_path / ".hidden.txt").write_bytes(b"x")
    summary = run([tmp_path], None)
    assert (summary.read, summary.errors, summary.skipped) == (2, {"special-file": 2}, ("picture.png",))


def test_a_pass_that_raises_costs_its_record(tmp_path: Path) -> None:
    def fail(page: newsnorm.Page, found: object, rules: object) -> list[newsnorm.Finding]:
        if "bad" in page.raw.text:
            raise ZeroDivisionError("\x1b[31m oops")
        return []

    (tmp_path / "in").mkdir()
    for name, text in (("a", "bad"), ("b", "good")):
        (tmp_path / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    summary = run([tmp_path / "in"], tmp_path / "out", parser=newsnorm.Parser(passes=(fail,)))
    assert (summary.written, summary.errors) == (1, {"parser-error": 1})
    assert "\x1b" not in (tmp_path / "out" / "errors.jsonl").read_text(encoding="utf-8")


def test_an_input_that_does_not_exist_stops_the_run_before_it_starts(tmp_path: Path) -> None:
    with pytest.raises(newsnorm.InputError, match="nowhere"):
        run([tmp_path / "nowhere"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_records_of_one_id_are_counted_and_never_their_own_duplicate(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_text(f"{json.dumps({'id': 'a', 'text': PROSE})}\n" * 2, encoding="utf-8")
    summary = run([tmp_path / "feed.jsonl"], tmp_path / "out")
    assert (summary.repeated_ids, summary.duplicates) == (1, 1)
    assert (tmp_path / "out" / "relations.jsonl").read_text(encoding="utf-8") == ""


def test_a_run_does_not_write_into_what_it_reads(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROSE, encoding="utf-8")
    with pytest.raises(newsnorm.InputError, match="inside the input"):
        run([tmp_path], tmp_path / "out")
