"""The command line as a whole: help, exit statuses, and errors that are one clear line."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from command_line import invoke
from folders import DOCS

from newsnorm.cli import main
from newsnorm.version import __version__


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


@pytest.mark.parametrize("group", ["", "cases"])
def test_a_list_of_commands_cuts_no_sentence_off(group: str) -> None:
    lines = invoke(*group.split(), "--help").output.partition("Commands:\n")[2].splitlines()
    assert len(lines) > 1
    assert all(line.endswith(".") and not line.endswith("...") for line in lines)


def test_version() -> None:
    assert __version__ in invoke("--version").output


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["parse", "nowhere.txt"], 1, "nowhere.txt"),
        (["run", "nowhere", "--out", "out"], 2, "nowhere: no such file"),
        (["run", "."], 2, "--out FOLDER, or --dry-run"),
        (["learn", "."], 2, "--out FILE, or --dry-run"),
        (["learn", "nowhere", "--out", "sites.toml"], 2, "nowhere: no such file"),
        (["learn", ".", "--out", "nowhere/sites.toml"], 2, "nowhere: no such folder"),
        (["learn", ".", "--dry-run", "--share", "1.5"], 2, "--share"),
        (["run", ".", "--dry-run", "--field", "body=text"], 2, "OURS=THEIRS"),
        (["cases", "check", "."], 1, "no case found"),
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
    assert "our.toml, line 2: x.removal.y" in result.output


@pytest.fixture
def restored_signals() -> Iterator[None]:
    """Give the signals their handlers back: a command that was interrupted leaves them to the end of the process."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    assert signal.SIG_IGN not in map(signal.getsignal, numbers), "programs that are started later would ignore them"
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("restored_signals")
@pytest.mark.parametrize("command", ["parse", "dedup", "learn"])
def test_ctrl_c_ends_any_command_with_130(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("newsnorm.parser.parse_page", interrupt)
    monkeypatch.setattr("newsnorm.corpus.jobs.learn.learn_files", interrupt)
    monkeypatch.setattr("newsnorm.corpus.jobs.relate.dedup_files", interrupt)
    (tmp_path / "a.txt").write_text("It rained in Ulm.", encoding="utf-8")
    result = invoke(command, tmp_path / "a.txt", *(() if command == "parse" else ("--dry-run",)))
    assert (result.exit_code, result.output) == (130, "interrupted\n")
