"""A run: everything that was read is written or reported, and nothing depends on order."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import attrs
import pytest
from folders import FIXTURES, article_rows, contents
from folders import json_rows as rows

import newsnorm
from newsnorm.corpus.jobs import normalise
from newsnorm.corpus.jobs.relate import dedup_files
from newsnorm.corpus.workers import WorkerOptions
from newsnorm.errors import DamagedIndexError, InputError, TooManyErrorsError
from newsnorm.records.accounts import RunProgress, RunSummary

CORPUS = FIXTURES / "corpus"
BROKEN = FIXTURES / "corpus-broken"
PROSE = "The harbour committee voted on Tuesday to close the eastern quay for repairs until the end of the year, it said."


run = partial(normalise.run, workers=WorkerOptions(jobs=0))


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RunSummary]:
    out = tmp_path_factory.mktemp("run") / "out"
    return out, run([CORPUS], out, ledger=True)


def test_the_account_adds_up(result: tuple[Path, RunSummary]) -> None:
    out, summary = result
    articles, errors = article_rows(out), rows(out / "errors.jsonl")
    assert summary.read == summary.written + summary.failed == len(articles) + len(errors) == 45
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"] == json.loads(json.dumps(attrs.asdict(summary)))
    assert sum(summary.languages.values()) == summary.written


def test_a_bad_record_is_reported_with_its_place(tmp_path: Path) -> None:
    summary = run([BROKEN], tmp_path / "out")
    errors = [(row["source"], row["place"], row["code"]) for row in rows(tmp_path / "out" / "errors.jsonl")]
    assert errors == [("corpus-broken/feed.jsonl", 2, "bad-json"), ("corpus-broken/feed.jsonl", 3, "no-text")]
    assert (summary.read, summary.written, summary.failed) == (3, 1, 2)


def test_exact_duplicates_are_marked(result: tuple[Path, RunSummary]) -> None:
    out, summary = result
    relations = rows(out / "relations.jsonl")
    assert len(relations) == summary.duplicates == 3
    texts = {str(row["id"]): " ".join(str(row["text"]).split()) for row in article_rows(out)}
    for relation in relations:
        assert relation["kind"] == "exact"
        assert str(relation["left"]) < str(relation["right"])
        assert texts[str(relation["left"])] == texts[str(relation["right"])] != ""


def test_every_article_can_be_put_together_again(result: tuple[Path, RunSummary]) -> None:
    for row in article_rows(result[0]):
        article = newsnorm.from_dict(row)  # type: ignore[arg-type]
        path = CORPUS.parent / f"{article.id}.txt"
        if path.exists():
            raw = newsnorm.Parser().page(path.read_bytes()).raw
            assert newsnorm.reconstruct(article, raw) == raw.text


def test_another_place_on_disk_gives_the_same_bytes(result: tuple[Path, RunSummary], tmp_path: Path) -> None:
    shutil.copytree(CORPUS, tmp_path / "moved" / CORPUS.name)
    run([tmp_path / "moved" / CORPUS.name], tmp_path / "out", ledger=True)
    assert contents(tmp_path / "out") == contents(result[0])


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
    assert (summary.read, summary.errors, summary.skipped) == (
        2,
        {"special-file": 1, "unreadable": 1},
        (f"{tmp_path.name}/picture.png",),
    )


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


def test_a_record_that_occurs_twice_is_counted_and_never_its_own_duplicate(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_text(f"{json.dumps({'id': 'a', 'text': PROSE})}\n" * 2, encoding="utf-8")
    summary = run([tmp_path / "feed.jsonl"], tmp_path / "out")
    assert (summary.repeated_ids, summary.duplicates) == ((), 1)
    assert (tmp_path / "out" / "relations.jsonl").read_text(encoding="utf-8") == ""


def test_ids_of_different_reports_are_named(tmp_path: Path) -> None:
    records = ({"id": name, "text": text} for name, text in (("b", PROSE), ("b", "It rained."), ("a", PROSE), ("a", PROSE)))
    (tmp_path / "feed.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    for compare in (True, False):
        summary = run([tmp_path / "feed.jsonl"], tmp_path / f"out-{compare}", compare=compare)
        assert (summary.written, summary.repeated_ids) == (4, ("b",))
    manifest = json.loads((tmp_path / "out-True" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["related"]["repeated_ids"] == ["b"]


DAYS = {"2024-06-20": PROSE, "2024-06-21": "It rained in Ulm.", "2024-06-22": PROSE.upper()}


@pytest.fixture
def days(tmp_path: Path) -> list[Path]:
    """Folders of three days, each with a file of the same name."""
    for day, text in DAYS.items():
        (tmp_path / "scraped" / day).mkdir(parents=True)
        (tmp_path / "scraped" / day / "001.txt").write_text(text, encoding="utf-8")
    return [tmp_path / "scraped" / day for day in DAYS]


def ids(out: Path) -> list[object]:
    return [row["id"] for row in article_rows(out)]


def test_the_folders_of_days_are_part_of_the_ids(days: list[Path], tmp_path: Path) -> None:
    by_folder, by_file, at_once = (tmp_path / name for name in ("folders", "files", "once"))
    assert run(days, by_folder).repeated_ids == ()
    assert ids(by_folder) == ["2024-06-20/001", "2024-06-21/001", "2024-06-22/001"]
    run([day / "001.txt" for day in days], by_file)
    assert contents(by_file) == contents(by_folder)
    assert run([tmp_path / "scraped"], at_once).related == run(days, None).related
    assert ids(at_once) == [f"scraped/{day}/001" for day in DAYS]


def test_days_that_are_run_one_by_one_meet_in_an_index(days: list[Path], tmp_path: Path) -> None:
    index = tmp_path / "news.db"
    related = [run([day], tmp_path / f"out-{day.name}", index=index).related for day in days]
    assert [counts and dict(counts.relations) for counts in related] == [{}, {}, {"exact": 1}]
    (relation,) = rows(tmp_path / "out-2024-06-22" / "relations.jsonl")
    assert (relation["left"], relation["right"]) == ("2024-06-20/001", "2024-06-22/001")


def test_folders_of_one_name_repeat_ids(tmp_path: Path) -> None:
    for site, text in (("herald", PROSE), ("coast", "It rained in Ulm.")):
        (tmp_path / site / "today").mkdir(parents=True)
        (tmp_path / site / "today" / "001.txt").write_text(text, encoding="utf-8")
    summary = run([tmp_path / "herald" / "today", tmp_path / "coast" / "today"], None)
    assert summary.related is not None
    assert (summary.repeated_ids, summary.related.repeated_ids) == (("today/001",), ("today/001",))
    assert "'It rained in Ulm.'" in summary.related.notes[0]
    assert run([tmp_path / "herald", tmp_path / "coast"], None).repeated_ids == ()


def test_a_run_does_not_write_into_what_it_reads(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROSE, encoding="utf-8")
    with pytest.raises(newsnorm.InputError, match="inside the input"):
        run([tmp_path], tmp_path / "out")


def feed(path: Path, texts: dict[str, str]) -> Path:
    rows = (json.dumps({"id": name, "text": text}) for name, text in texts.items())
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_only_what_changed_is_parsed_again(tmp_path: Path) -> None:
    parsed: list[str | None] = []

    def note(page: newsnorm.Page, found: object, rules: object) -> tuple[newsnorm.Finding, ...]:
        parsed.append(page.raw.id)
        return ()

    noting = partial(run, [tmp_path / "in"], parser=newsnorm.Parser(passes=(note,)))
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        feed(tmp_path / "in" / f"{name}.jsonl", {f"{name}{number}": f"{PROSE} {name} {number}" for number in range(3)})
    noting(tmp_path / "out")
    with (tmp_path / "in" / "b.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "b9", "text": "It rained in Ulm."}\nno json\n')
    noting(tmp_path / "alone")
    for options, expected in (({}, ["b0", "b1", "b2", "b9"]), ({}, []), ({"retry": True}, ["b0", "b1", "b2", "b9"])):
        parsed.clear()
        assert noting(tmp_path / "out", overwrite=True, **options).errors == {"bad-json": 1}
        assert parsed == expected
        assert contents(tmp_path / "out") == contents(tmp_path / "alone")


@pytest.mark.parametrize("before", [None, ["url"]], ids=["whole", "flat"])
@pytest.mark.parametrize("after", [None, ["title"]], ids=["whole", "flat"])
def test_a_changed_report_takes_the_place_of_the_old_one_in_an_index(
    before: list[str] | None, after: list[str] | None, tmp_path: Path
) -> None:
    index, file = tmp_path / "news.db", tmp_path / "feed.jsonl"
    run([feed(file, {"a": PROSE, "b": "Snow."})], tmp_path / "out", index=index, columns=before)
    run([feed(file, {"a": "It rained in Ulm.", "c": PROSE})], tmp_path / "out", index=index, columns=after, overwrite=True)
    with newsnorm.open_index(index) as known:
        assert [known.text_of(name) for name in "abc"] == ["It rained in Ulm.", None, PROSE]


def test_a_run_does_not_replace_its_own_input(tmp_path: Path) -> None:
    run([feed(tmp_path / "feed.jsonl", {"a": PROSE})], tmp_path / "out")
    before = contents(tmp_path)
    for name in ("articles/00000.jsonl", "errors.jsonl"):
        with pytest.raises(newsnorm.InputError, match="is the input"):
            run([tmp_path / "out" / name], tmp_path / "out", overwrite=True)
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "out" / "articles" / "00000.jsonl")
    with pytest.raises(newsnorm.InputError, match="is the input"):
        run([tmp_path / "link.jsonl"], tmp_path / "out", overwrite=True)
    (tmp_path / "link.jsonl").unlink()
    assert contents(tmp_path) == before


def test_too_many_errors_stop_a_run_that_can_be_continued(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_text('{"text": "Rain."}\n' + "no json\n" * 3, encoding="utf-8")
    with pytest.raises(newsnorm.NewsnormError, match="3 records failed, more than 2"):
        run([tmp_path / "feed.jsonl"], tmp_path / "out", max_errors=2)
    assert not (tmp_path / "out" / "manifest.json").exists()
    assert run([tmp_path / "feed.jsonl"], tmp_path / "out", max_errors=3).failed == 3


@pytest.fixture
def stopped(tmp_path: Path) -> Path:
    """A run of three files into a folder, which stopped after it had related them."""
    for name in ("a", "b", "c"):
        feed(tmp_path / "in" / f"{name}.jsonl", {name: f"{PROSE} {PROSE}"})

    def stop(progress: RunProgress) -> None:
        if progress.stage == "relate":
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run([tmp_path / "in"], tmp_path / "out", index=tmp_path / "news.db", progress=stop)
    return tmp_path / "out"


@pytest.mark.parametrize("name", ["part.json", "articles.jsonl", "reports.jsonl", "errors.jsonl", "ids.bin"])
@pytest.mark.parametrize(
    "damage", [lambda path: path.write_bytes(b"?"), lambda path: path.write_bytes(path.read_bytes()[:-1] + b"?"), Path.unlink]
)
def test_a_damaged_part_is_made_anew(name: str, damage: Callable[[Path], object], stopped: Path, tmp_path: Path) -> None:
    damage(stopped / ".work" / "parts" / "00001" / name)
    run([tmp_path / "in"], stopped, index=tmp_path / "news.db")
    run([tmp_path / "in"], tmp_path / "again", index=tmp_path / "news.db")
    assert contents(stopped) == contents(tmp_path / "again")


def test_an_index_that_was_removed_meanwhile_is_filled_anew(stopped: Path, tmp_path: Path) -> None:
    (tmp_path / "news.db").unlink()
    assert run([tmp_path / "in"], stopped, index=tmp_path / "news.db").duplicates == 2


def test_a_damaged_index_of_a_stopped_run_says_how_to_go_on(tmp_path: Path) -> None:
    feed(tmp_path / "in" / "a.jsonl", {"a": PROSE})

    def stop(_: RunProgress) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run([tmp_path / "in"], tmp_path / "out", progress=stop)
    (tmp_path / "out" / ".work" / "index.db").write_bytes(b"?")
    with pytest.raises(DamagedIndexError, match="--fresh"):
        run([tmp_path / "in"], tmp_path / "out")
    assert run([tmp_path / "in"], tmp_path / "out", fresh=True).written == 1


ANY_JOB = ("relations.jsonl", ".work/index.db", "log/a", "manifest.json")


@pytest.mark.parametrize(
    ("job", "name"),
    [*((run, name) for name in (*ANY_JOB, "parts.jsonl", "articles/00000.jsonl")), *((dedup_files, name) for name in ANY_JOB)],
)
def test_an_index_does_not_lie_among_the_results(job: Callable[..., object], name: str, tmp_path: Path) -> None:
    feed(tmp_path / "in" / "a.jsonl", {"a": PROSE})
    with pytest.raises(InputError, match="choose another place for the index"):
        job([tmp_path / "in"], tmp_path / "out", index=tmp_path / "out" / name)
    assert not (tmp_path / "out").exists()


def test_a_run_that_is_refused_makes_no_index(tmp_path: Path) -> None:
    feed(tmp_path / "in" / "a.jsonl", {"a": PROSE})
    run([tmp_path / "in"], tmp_path / "out")
    with pytest.raises(InputError, match="--overwrite"):
        run([tmp_path / "in"], tmp_path / "out", index=tmp_path / "news.db")
    assert not (tmp_path / "news.db").exists()


def test_a_folder_that_can_not_be_written_is_told_before_anything_is_learned(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "It rained."}\n', encoding="utf-8")
    told: list[RunProgress] = []
    with pytest.raises(InputError, match=r"a\.jsonl is not a folder; choose another place"):
        run([tmp_path / "a.jsonl"], tmp_path / "a.jsonl" / "out", learn=True, progress=told.append)
    assert told == []


def test_learned_rules_that_were_pruned_are_not_replaced(tmp_path: Path) -> None:
    feed(tmp_path / "in" / "a.jsonl", {"a": PROSE})
    (tmp_path / "out").mkdir()
    learned = tmp_path / "out" / "learned.toml"
    learned.write_text("# mine\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"learned.toml"):
        run([tmp_path / "in"], tmp_path / "out", learn=True)
    learned.unlink()
    run([tmp_path / "in"], tmp_path / "out", learn=True)
    run([tmp_path / "in"], tmp_path / "out", learn=True, overwrite=True)
    learned.write_text("# pruned\n", encoding="utf-8")
    for learn in (True, False):
        with pytest.raises(InputError, match="changed by hand"):
            run([tmp_path / "in"], tmp_path / "out", learn=learn, overwrite=True)
    assert learned.read_text(encoding="utf-8") == "# pruned\n"


def test_a_folder_with_results_is_refused_before_anything_is_learned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(tmp_path / "in" / "a.jsonl", {"a": PROSE})
    run([tmp_path / "in"], tmp_path / "out")
    monkeypatch.setattr(normalise, "learn_discovered", None)
    with pytest.raises(InputError, match="--overwrite"):
        run([tmp_path / "in"], tmp_path / "out", learn=True)


@pytest.mark.parametrize("format", ["jsonl", "jsonl.gz"])
@pytest.mark.parametrize("name", ["articles/00001", "errors"])
@pytest.mark.parametrize("damage", [b"", b"?"])
def test_results_that_were_damaged_are_made_anew(format: str, name: str, damage: bytes, tmp_path: Path) -> None:
    for letter in ("a", "b"):
        feed(tmp_path / "in" / f"{letter}.jsonl", {letter: f"{PROSE} {letter}"})
    (tmp_path / "in" / "c.jsonl").write_text("no json\n", encoding="utf-8")
    run([tmp_path / "in"], tmp_path / "out", format=format)
    before = contents(tmp_path / "out")
    path = next(path for path in (tmp_path / "out").rglob("*.*") if path.as_posix().startswith(f"{tmp_path}/out/{name}."))
    content = path.read_bytes()
    path.write_bytes(damage * len(content))  # of the same length, if not empty
    run([tmp_path / "in"], tmp_path / "out", format=format, overwrite=True)
    assert contents(tmp_path / "out") == before


def test_failures_of_parts_that_are_taken_over_count(tmp_path: Path) -> None:
    run([BROKEN], tmp_path / "out")
    with pytest.raises(TooManyErrorsError):
        run([BROKEN], tmp_path / "out", overwrite=True, max_errors=1)
