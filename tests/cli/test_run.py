"""``newsnorm run``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import RAW, invoke
from folders import FIXTURES, article_rows, json_rows

from newsnorm.cli import terminal


def test_run_writes_a_corpus(tmp_path: Path) -> None:
    result = invoke("run", FIXTURES / "corpus", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert result.output.startswith(f"read 45 records: 45 articles, 0 errors → {tmp_path / 'out'}\n")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "articles",
        "clusters.jsonl",
        "errors.jsonl",
        "log",
        "manifest.json",
        "parts.jsonl",
        "relations.jsonl",
    ]


def test_run_ends_with_3_when_records_could_not_be_read(tmp_path: Path) -> None:
    result = invoke("run", FIXTURES / "corpus-broken", "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert "read 3 records: 1 article, 2 errors" in result.output
    assert "errors: bad-json 1, no-text 1" in result.output
    errors = tmp_path / "out" / "errors.jsonl"
    assert len(errors.read_text(encoding="utf-8").splitlines()) == 2
    assert result.stderr.splitlines()[-1].startswith(f"first of {errors}: corpus-broken/feed.jsonl:2: bad-json: ")


@pytest.mark.parametrize("command", ["run", "dedup"])
def test_a_dry_run_tells_the_first_failure(command: str, tmp_path: Path) -> None:
    result = invoke(command, FIXTURES / "corpus-broken", "--dry-run")
    assert result.exit_code == 3
    assert result.stderr.splitlines()[-1].startswith("first error: corpus-broken/feed.jsonl:2: bad-json: ")
    found = json.loads(invoke(command, FIXTURES / "corpus-broken", "--dry-run", "--json").stdout)["first_failure"]
    assert (found["source"], found["place"], found["code"]) == ("corpus-broken/feed.jsonl", 2, "bad-json")
    (tmp_path / "a.txt").write_text(RAW, encoding="utf-8")
    assert json.loads(invoke(command, tmp_path / "a.txt", "--dry-run", "--json").stdout)["first_failure"] is None


def test_a_table_without_texts_is_told_how_to_name_them(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,content\nQuay to close,It closes on Monday.\n", encoding="utf-8")
    for command, *form in (("run", "--to", "csv"), ("dedup",)):
        result = invoke(command, tmp_path / "a.csv", "--out", tmp_path / command, *form)
        assert "--field text=NAME; the columns are: title, content" in result.stderr.splitlines()[-1]


def test_run_can_skip_relations(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RAW, encoding="utf-8")
    result = invoke("run", tmp_path / "a.txt", "--no-relations", "--dry-run", "--field", "text=body")
    assert (result.exit_code, "relations" in result.output) == (0, False)


def test_run_refuses_to_replace_results(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RAW, encoding="utf-8")
    assert invoke("run", tmp_path / "a.txt", "--out", tmp_path / "out").exit_code == 0
    again = invoke("run", tmp_path / "a.txt", "--out", tmp_path / "out")
    assert again.exit_code == 2
    assert "--overwrite" in again.output
    assert invoke("run", tmp_path / "a.txt", "--out", tmp_path / "out", "--overwrite").exit_code == 0


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RAW, encoding="utf-8")
    result = invoke("run", tmp_path / "a.txt", "--dry-run", "--json")
    assert json.loads(result.output)["written"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_options_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_text(json.dumps({"body": RAW}) + "\n", encoding="utf-8")
    config = tmp_path / "run.toml"
    config.write_text(
        f'out = "{tmp_path / "out"}"\nfield = ["text=body"]\nno-relations = true\nto = "jsonl.gz"\n', encoding="utf-8"
    )
    result = invoke("run", tmp_path / "feed.jsonl", "--config", config)
    assert (result.exit_code, "1 article, 0 errors" in result.output) == (0, True)
    assert [path.name for path in (tmp_path / "out" / "articles").iterdir()] == ["00000.jsonl.gz"]
    config.write_text("colour = 1\n", encoding="utf-8")
    refused = invoke("run", tmp_path / "feed.jsonl", "--config", config)
    assert refused.exit_code == 2
    assert "run has no option 'colour'" in refused.output


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("no-relations = [true]", "no-relations must be true or false"),
        ("learn = 2024-01-01", "learn must be true or false"),
        ("index = true", "index must be a string in quotation marks"),
        ('field = "text=body"', "field must be a list of strings"),
        ("field = [5]", "field must be a list of strings"),
        ('to = ["csv"]', "to must be a string in quotation marks"),
        ('jobs = "two"', "jobs must be a number"),
    ],
)
def test_a_wrong_type_in_a_file_of_options_is_named(line: str, wanted: str, tmp_path: Path) -> None:
    config = tmp_path / "run.toml"
    config.write_text(f"{line}\n", encoding="utf-8")
    result = invoke("run", tmp_path, "--dry-run", "--config", config)
    assert (result.exit_code, wanted in result.output) == (2, True), result.output


def test_an_empty_path_is_not_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(RAW, encoding="utf-8")
    for arguments in (("a.txt", "--out", ""), ("", "--dry-run"), ("a.txt", "--dry-run", "--index", "")):
        result = invoke("run", *arguments)
        assert (result.exit_code, "the path is empty" in result.output) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_limit_of_memory_beyond_64_bits_is_refused(tmp_path: Path) -> None:
    assert invoke("run", tmp_path, "--dry-run", "--max-memory", str(10**19)).exit_code == 2


def test_retry_writes_to_the_folder_that_it_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-a.txt").write_text(RAW, encoding="utf-8")
    assert invoke("run", "--out", "out", "--fresh", "--jobs", "0", "--", "-a.txt").exit_code == 0
    (tmp_path / "out").rename(tmp_path / "moved")
    result = invoke("retry", "moved")
    assert (result.exit_code, f"1 article, 0 errors → {tmp_path / 'moved'}" in result.output) == (0, True), result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["-a.txt", "moved"]


def test_retry_does_not_read_standard_input_for_what_it_held_then(tmp_path: Path) -> None:
    row = json.dumps({"text": RAW}) + "\n"
    assert invoke("run", "-", "--format", "jsonl", "--out", tmp_path / "out", input=row).exit_code == 0
    result = invoke("retry", tmp_path / "out", input="")
    assert (result.exit_code, "made from standard input" in result.output) == (2, True)
    assert len(article_rows(tmp_path / "out")) == 1


def test_retry_parses_what_failed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name, line in (("a", json.dumps({"text": RAW})), ("b", "no json")):
        (tmp_path / "in" / f"{name}.jsonl").write_text(line + "\n", encoding="utf-8")
    assert invoke("run", "in", "--out", "out").exit_code == 3
    (tmp_path / "in" / "b.jsonl").write_text('{"text": "It rained in Ulm."}\n', encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    result = invoke("retry", tmp_path / "out")
    assert (result.exit_code, "2 articles, 0 errors" in result.output) == (0, True)
    assert invoke("retry", tmp_path / "out").exit_code == 0
    assert invoke("retry", tmp_path / "in").exit_code == 2


def test_a_run_can_learn_first(tmp_path: Path) -> None:
    texts = (
        "The eastern quay closes on Monday because two of its pillars are broken, the port said in a statement.",
        "Bakers have agreed on a loaf that keeps for five days without any additive, their guild announced.",
        "A barn owl has raised four chicks behind the clock of the town hall, which is to stand still until June.",
    )
    rows = (
        {"text": f"{text}\nHarbour desk, room 12", "url": f"https://example.com/{number}"} for number, text in enumerate(texts)
    )
    (tmp_path / "feed.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert invoke("run", tmp_path / "feed.jsonl", "--out", tmp_path / "out", "--learn").exit_code == 0
    assert tuple(row["text"] for row in article_rows(tmp_path / "out")) == texts
    assert "Harbour desk, room 12" in (tmp_path / "out" / "learned.toml").read_text(encoding="utf-8")


def test_events_are_logged_as_json(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RAW, encoding="utf-8")
    assert invoke("run", tmp_path / "a.txt", "--out", tmp_path / "out", "--log-json").exit_code == 0
    rows = json_rows(tmp_path / "out" / "log" / "run.jsonl")
    assert [row["event"] for row in rows] == ["started", "part", "related", "published"]
    assert (rows[1]["records"], rows[1]["failed"]) == (1, 0)


def test_a_run_that_is_refused_leaves_no_log(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RAW, encoding="utf-8")
    assert invoke("run", tmp_path, "--out", tmp_path / "out", "--log-json").exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("command", ["run", "learn"])
def test_an_input_is_not_replaced(tmp_path: Path, command: str) -> None:
    file = tmp_path / "articles" / "00000.jsonl"
    file.parent.mkdir()
    file.write_text(json.dumps({"text": RAW, "url": "https://example.com/1"}) + "\n", encoding="utf-8")
    before = file.read_bytes()
    out = {"run": tmp_path, "learn": file}[command]
    result = invoke(command, file, "--out", out, "--overwrite")
    assert (result.exit_code, file.read_bytes()) == (2, before)
    assert "is the input" in result.output


def test_progress_is_told_in_lines_where_there_is_no_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "LINE_EVERY", 0.0)
    (tmp_path / "a.txt").write_text(RAW, encoding="utf-8")
    result = invoke("run", tmp_path / "a.txt", "--dry-run", "--learn")
    stages = [line.partition(":")[0] for line in result.stderr.splitlines()]
    assert list(dict.fromkeys(stages)) == ["learn", "parse", "index"]
    assert "1 record (" in result.stderr


def test_standard_input_and_patterns_are_inputs(tmp_path: Path) -> None:
    feed = '{"body": {"text": "The quay was closed on Monday, the port said."}, "lang": "en"}\n'
    told = invoke(
        "run", "-", "--out", tmp_path / "out", "--format", "jsonl", "--field", "text=body.text", "--jobs", "0", input=feed
    )
    assert (told.exit_code, "read 1 record: 1 article, 0 errors" in told.output) == (0, True)
    assert "languages: sv 1" in invoke("run", "-", "--dry-run", "--language", "sv", "--jobs", "0", input="Rain.").output
    (tmp_path / "quay_2024-06-20.txt").write_text("The quay was closed on Monday.", encoding="utf-8")
    told = invoke("run", f"{tmp_path}/quay*.txt", "--dry-run", "--name-pattern", "{site}_{fetched}", "--jobs", "0")
    assert (told.exit_code, "1 article" in told.output) == (0, True)
    refused = invoke("run", tmp_path, "--dry-run", "--name-pattern", "{who}")
    assert (refused.exit_code, "name pattern" in refused.output) == (2, True)


def test_a_process_without_standard_error_can_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RAW, encoding="utf-8")
    call = f"exec {sys.executable} -m newsnorm.cli run a.txt --out out --jobs 0 >&- 2>&-"
    assert subprocess.run(["sh", "-c", call], cwd=tmp_path, check=False).returncode == 0
    assert len(article_rows(tmp_path / "out")) == 1
