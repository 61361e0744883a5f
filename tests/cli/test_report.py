"""``newsnorm report``: the figures, the page, and everything that it refuses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import generated
import pytest
from command_line import invoke
from results import ROWS, write_run

import newsnorm
from newsnorm.corpus.jobs.report.job import report


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_run(tmp_path_factory.mktemp("run"))


def test_the_figures_are_counts_of_the_corpus(run: Path) -> None:
    result = invoke("report", run, "--json")
    found = json.loads(result.output)
    figures = found["figures"]
    assert (figures["articles"], found["errors"], found["clusters"], found["clustered"]) == (4, {"no-text": 1}, 1, 2)
    assert figures["removals"]["syndication"] == {"common.removal.source-link": 4}
    assert figures["months"]["2024-06"] == 1
    assert found["html"] is None


def test_the_page_is_the_same_each_time_and_says_what_it_shows(run: Path, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        result = invoke("report", run, "--html", tmp_path / name)
        assert result.exit_code == 0, result.output
    assert "with 4 of 4 articles" in result.output
    assert "raw text" not in result.output
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_a_smaller_page_has_fewer_articles(run: Path, tmp_path: Path) -> None:
    assert "with 2 of 4 articles" in invoke("report", run, "--html", tmp_path / "a.html", "--articles", "2").output
    smallest = invoke("report", run, "--html", tmp_path / "b.html", "--max-bytes", "1").output
    assert "with 0 of 4 articles" in smallest


def test_a_page_keeps_to_its_limit_and_to_the_rarest(tmp_path: Path) -> None:
    rows = [generated.article(number) for number in range(80)]
    rows[41]["text"] = f"Rain in Ulm\n\n{rows[41]['text']}\nSign up for our newsletter"
    (tmp_path / "feed.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    run, page, limit = tmp_path / "out", tmp_path / "a.html", 130_000
    assert invoke("run", tmp_path / "feed.jsonl", "--out", run).exit_code == 0
    found = json.loads(invoke("report", run, "--html", page, "--max-bytes", str(limit), "--json").output)
    assert 10 < found["shown"] < 60
    assert page.stat().st_size == found["size"] <= limit
    rules = found["coverage"]["rule"]
    assert (rules["shown"], rules["missing"]) == (rules["of"], [])


def test_an_existing_file_is_kept_unless_it_may_be_replaced(run: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text("mine")
    refused = invoke("report", run, "--html", page)
    assert refused.exit_code == 2
    assert "--overwrite" in refused.output
    assert page.read_text() == "mine"
    assert invoke("report", run, "--html", page, "--overwrite").exit_code == 0


@pytest.mark.parametrize("name", ["manifest.json", "errors.jsonl", "articles/00000.jsonl", "../feed.jsonl"])
def test_results_and_inputs_are_never_replaced(run: Path, name: str) -> None:
    before = (run / name).read_bytes()
    assert invoke("report", run, "--html", run / name, "--overwrite").exit_code == 2
    assert (run / name).read_bytes() == before


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nowhere/a.html", "nowhere: no such folder; create it"),
        ("feed.jsonl/a.html", "feed.jsonl: no such folder"),
        (f"{'s' * 246}.html", "can't be written: File name too long; choose another place"),
    ],
)
def test_a_page_that_can_not_be_written_is_told_before_the_work(run: Path, tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "feed.jsonl").write_bytes(b"")
    refused = invoke("report", run, "--html", tmp_path / name)
    assert refused.exit_code == 2
    assert says in refused.output
    assert [path.name for path in tmp_path.iterdir()] == ["feed.jsonl"]
    told: list[object] = []
    with pytest.raises(newsnorm.InputError, match="choose another place"):
        report(run, tmp_path / name, progress=lambda *amounts: told.append(amounts))
    assert told == []


def test_a_run_that_found_nothing_has_a_page(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    ran = invoke("run", tmp_path / "in", "--out", tmp_path / "out")
    assert (ran.exit_code, ran.output.splitlines()[1]) == (0, "no input has a record in a supported format")
    result = invoke("report", tmp_path / "out", "--html", tmp_path / "a.html")
    assert (result.exit_code, (tmp_path / "a.html").is_file()) == (0, True), result.output


def test_raw_texts_that_are_gone_are_told(run: Path, tmp_path: Path) -> None:
    moved = Path(shutil.copytree(run, tmp_path / "out"))
    shutil.rmtree(moved / "log")
    lost = invoke("report", moved, "--html", tmp_path / "a.html")
    assert "shown without raw text, which was not available: 4 articles" in lost.output
    found = invoke("report", moved, "--html", tmp_path / "b.html", "--inputs", run.parent / "feed.jsonl")
    assert "raw text" not in found.output


def test_texts_are_found_again_in_a_folder_of_another_name(tmp_path: Path) -> None:
    feeds = tmp_path / "feeds"
    feeds.mkdir()
    for row in ROWS[:2]:
        (feeds / f"{row['id']}.txt").write_text(str(row["text"]), encoding="utf-8")
    (feeds / "again.txt").write_text(str(ROWS[0]["text"]), encoding="utf-8")
    assert invoke("run", feeds, "--out", tmp_path / "out").exit_code == 0
    feeds.rename(tmp_path / "archive")
    assert "3 articles" in invoke("report", tmp_path / "out", "--html", tmp_path / "a.html").output.splitlines()[-1]
    found = invoke("report", tmp_path / "out", "--html", tmp_path / "b.html", "--inputs", tmp_path / "archive")
    assert "raw text" not in found.output


def test_an_input_that_has_changed_is_not_shown_as_the_raw_text(tmp_path: Path) -> None:
    run = write_run(tmp_path)
    rows = [dict(ROWS[0], text="Another text.\n"), *ROWS[1:]]
    (tmp_path / "feed.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    assert "not available: 1 article" in invoke("report", run, "--html", tmp_path / "a.html").output


@pytest.mark.parametrize("arguments", [["--ledger"], ["--to", "jsonl.gz"], ["--no-relations"], ["--to", "parquet"]], ids=" ".join)
def test_every_form_of_whole_articles_is_read(arguments: list[str], tmp_path: Path) -> None:
    run = write_run(tmp_path, *arguments)
    assert "4 articles" in invoke("report", run, "--html", tmp_path / "a.html").output


def test_what_is_no_corpus_is_refused(run: Path, tmp_path: Path) -> None:
    assert "no results of a finished run" in invoke("report", tmp_path).output
    table = write_run(tmp_path, "--to", "csv")
    refused = invoke("report", table)
    assert (refused.exit_code, "flat table" in refused.output) == (2, True)
    copy = Path(shutil.copytree(run, tmp_path / "copy"))
    with (copy / "articles" / "00000.jsonl").open("ab") as shard:
        shard.write(b"{}\n")
    assert "changed since the run wrote it" in invoke("report", copy).output
