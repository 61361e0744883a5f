"""The command line: what it prints, how it ends, and what it says when something is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from folders import DOCS, FIXTURES

from newsnorm.cli import main
from newsnorm.version import __version__

CORPUS = FIXTURES / "corpus"
RAW = (
    "Fire closes MalmÃ¶ bridge\nBy María Pérez\n\n"
    "MALMO (Reuters) - The bridge was closed on Monday after a fire, the police said in a statement.\nSource link\n"
)


def invoke(*arguments: str | Path, input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=input)


def commands(group: click.Group = main, prefix: str = "") -> list[str]:
    names = []
    for name, command in group.commands.items():
        names.append(f"{prefix}{name}")
        if isinstance(command, click.Group):
            names.extend(commands(command, f"{prefix}{name} "))
    return names


@pytest.mark.parametrize("name", commands())
def test_a_command_has_help_an_example_and_a_place_in_the_docs(name: str) -> None:
    result = invoke(*name.split(), "--help")
    assert result.exit_code == 0
    assert name == "cases" or f"Example: newsnorm {name}" in result.output
    assert f"newsnorm {name}" in (DOCS / "cli.md").read_text(encoding="utf-8")


def test_version() -> None:
    assert __version__ in invoke("--version").output


def test_parse_prints_an_article(tmp_path: Path) -> None:
    file = tmp_path / "bridge.txt"
    file.write_text(RAW, encoding="utf-8")
    data = json.loads(invoke("parse", file, "--ledger").output)
    assert (data["id"], data["title"], data["agency"]) == ("bridge", "Fire closes Malmö bridge", "Reuters")
    assert data["ledger"][-1]["end"] == len(RAW)
    assert invoke("parse", file, "--text").output.startswith("The bridge was closed")


def test_parse_reads_standard_input_and_what_the_caller_knows() -> None:
    result = invoke("parse", "-", "--title", "Known", "--url", "https://example.com/a", input=RAW)
    data = json.loads(result.output)
    assert (data["title"], data["url"]) == ("Known", "https://example.com/a")
    assert len(data["id"]) == 16


def test_explain_shows_each_line_with_its_rule() -> None:
    output = invoke("explain", "-", input=RAW).output
    assert "title.first-line" in output
    assert "MalmÃ¶ → Malmö" in output
    assert "common.removal.source-link" in output
    assert "\x1b" not in output
    assert "\x1b" in invoke("explain", "-", "--color", input=RAW).output


def test_explain_as_json_tiles_the_text() -> None:
    rows = [json.loads(line) for line in invoke("explain", "-", "--json", input=RAW).output.splitlines()]
    assert [row["line"] for row in rows] == [1, 2, 3, 4, 4, 5]
    assert [row["fate"] for row in rows] == ["title", "byline", "blank", "dateline", "body", "removal"]


def test_explain_is_safe_for_a_terminal() -> None:
    output = invoke("explain", "-", input="a\x1b[31mb\x07\u202ec\x9b31m\r\nIt rained.").output
    assert not any((ord(letter) < 32 and letter not in "\n") or letter in "\x9b\u202e" for letter in output)


def test_run_writes_a_corpus_and_ends_with_3_when_records_failed(tmp_path: Path) -> None:
    result = invoke("run", CORPUS, "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert "1 errors" in result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "articles.jsonl",
        "clusters.jsonl",
        "errors.jsonl",
        "relations.jsonl",
        "summary.json",
    ]


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


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["parse", "nowhere.txt"], 1, "nowhere.txt"),
        (["run", "nowhere", "--out", "out"], 2, "nowhere: no such file"),
        (["run", "."], 2, "--out"),
        (["learn", "."], 2, "--out"),
        (["learn", "nowhere", "--out", "sites.toml"], 2, "nowhere: no such file"),
        (["learn", ".", "--out", "nowhere/sites.toml"], 2, "nowhere is no directory"),
        (["learn", ".", "--dry-run", "--share", "1.5"], 2, "--share"),
        (["run", ".", "--dry-run", "--field", "body=text"], 2, "OURS=THEIRS"),
        (["cases", "check", "."], 1, "no case in it"),
        (["parse", "-", "--catalogue", "nowhere.toml"], 2, "nowhere.toml"),
    ],
)
def test_an_error_is_one_clear_line(
    arguments: list[str], status: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = invoke(*arguments, input="x")
    assert result.exit_code == status
    assert says in result.output
    assert "Traceback" not in result.output


def test_a_wrong_catalogue_names_file_and_rule(tmp_path: Path) -> None:
    (tmp_path / "our.toml").write_text("[[removal]]\nid = 'x.removal.y'\nkind = 'regex'\nphrases = ['a']\n", encoding="utf-8")
    result = invoke("parse", "-", "--catalogue", tmp_path / "our.toml", input="x")
    assert result.exit_code == 1
    assert "our.toml: x.removal.y" in result.output


def test_cases_are_checked_and_accepted(tmp_path: Path) -> None:
    case = tmp_path / "cases" / "bridge"
    case.mkdir(parents=True)
    (case / "raw.txt").write_text(RAW, encoding="utf-8")
    (case / "about.toml").write_text('why = "A fire."\n', encoding="utf-8")
    (case / "expected.json").write_text('{"title": "Wrong"}', encoding="utf-8")
    failing = invoke("cases", "check", tmp_path / "cases")
    assert (failing.exit_code, "title: expected 'Wrong'" in failing.output) == (1, True)
    assert "differs" in invoke("cases", "accept", tmp_path / "cases", "--dry-run").output
    assert "rewritten: bridge" in invoke("cases", "accept", tmp_path / "cases").output
    assert json.loads((case / "expected.json").read_text(encoding="utf-8")) == {"title": "Fire closes Malmö bridge"}
    assert invoke("cases", "check", tmp_path / "cases").exit_code == 0


LEARN = FIXTURES / "learn"


def test_learn_writes_a_file_that_run_parse_and_explain_take(tmp_path: Path) -> None:
    file = tmp_path / "sites.toml"
    result = invoke("learn", LEARN, "--out", file)
    assert (result.exit_code, file.read_bytes()) == (0, (LEARN / "sites.toml").read_bytes())
    assert "9 lines of 3 hosts learned" in result.output
    row = json.loads((LEARN / "others.jsonl").read_text(encoding="utf-8").splitlines()[0])
    given = ("--url", row["url"], "--catalogue", file)
    assert "Seite 4" not in invoke("parse", "-", "--text", *given, input=row["text"]).output
    assert "learned from 3 of 3 documents of talblick" in invoke("explain", "-", *given, input=row["text"]).output
    summary = json.loads(invoke("run", LEARN, "--dry-run", "--json", "--catalogue", file).output)
    assert summary["reasons"]["repetition"] > 14 * 4


def test_learn_does_not_replace_what_somebody_pruned(tmp_path: Path) -> None:
    file = tmp_path / "sites.toml"
    file.write_text("# pruned\n", encoding="utf-8")
    refused = invoke("learn", LEARN, "--out", file)
    assert (refused.exit_code, file.read_text(encoding="utf-8")) == (2, "# pruned\n")
    assert "--overwrite" in refused.output
    dry = invoke("learn", LEARN, "--out", file, "--dry-run", "--json")
    assert (json.loads(dry.output)["rules"], file.read_text(encoding="utf-8")) == (9, "# pruned\n")
    assert invoke("learn", LEARN, "--out", file, "--overwrite").exit_code == 0
    assert "[[removal]]" in file.read_text(encoding="utf-8")


def test_learn_finishes_with_3_and_says_what_it_could_not_read(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_text('{"text": "It rained."}\nno json\n', encoding="utf-8")
    (tmp_path / "photo.png").write_bytes(b"")
    result = invoke("learn", tmp_path, "--dry-run")
    assert result.exit_code == 3
    for says in ("feed.jsonl:2: bad-json", "of no known host: 1", "skipped 1", "errors: bad-json 1"):
        assert says in result.output
