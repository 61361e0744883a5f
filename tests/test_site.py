"""The site leads to every page, and what its pages show is checked: code runs, commands have the options that they are given."""

from __future__ import annotations

import importlib.util
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from folders import DOCS, ROOT
from sybil import Document
from sybil.parsers.markdown import PythonCodeBlockParser

from newsnorm.cli import main

NAVIGATION = tomllib.loads((DOCS / "navigation.toml").read_text(encoding="utf-8"))
PLACED = [ROOT / f"{page}.md" for group in NAVIGATION["groups"] for page in group["pages"]]
BELOW = [page for pattern in NAVIGATION["below"].values() for page in ROOT.glob(f"{pattern}.md")]
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "benchmarks" / "README.md"])

FENCE = re.compile(r"^[ >]*(?:```+|~~~+)[ \t]*(\S[^\n]*)?\n(.*?)^[ >]*(?:```+|~~~+)[ \t]*$", re.MULTILINE | re.DOTALL)
KNOWN_BLOCKS = {"python", "console", "json", "toml", "text"}
"""Kinds of blocks: the first runs, the second is checked here, the others are shown."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path) -> list[re.Match[str]]:
    """Each fenced block of a page: its first group is the word behind the fence, its second one the text."""
    return list(FENCE.finditer(path.read_text(encoding="utf-8")))


def test_every_page_has_one_place_in_the_navigation() -> None:
    """If not: add it to docs/navigation.toml."""
    pages = [name(page) for page in DOCS.rglob("*.md")]
    placed = [name(page) for page in [DOCS / "index.md", *PLACED, *BELOW]]
    assert sorted(placed) == sorted({*placed, *pages})


def test_every_page_of_the_navigation_exists() -> None:
    assert [name(page) for page in PLACED if not page.is_file()] == []


def test_the_navigation_has_few_groups() -> None:
    assert len(NAVIGATION["groups"]) <= 7


def test_the_index_leads_to_every_how_to() -> None:
    linked = re.findall(r"\]\((how-to/[^)#]+)", (DOCS / "index.md").read_text(encoding="utf-8"))
    assert {path.relative_to(DOCS).as_posix() for path in (DOCS / "how-to").glob("*.md")} <= set(linked)


def test_the_index_names_every_extra_for_users() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    named = re.findall("`([a-z]+)`", (DOCS / "index.md").read_text(encoding="utf-8").partition("## Install")[2])
    assert set(extras) - {"bench", "data", "dev", "docs", "test"} <= set(named)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_block_is_of_a_known_kind(path: Path) -> None:
    assert {block[1] for block in blocks(path)} <= KNOWN_BLOCKS


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_block_of_python_is_skipped(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    run = {region.start for region in PythonCodeBlockParser()(Document(text, str(path)))}
    code = [block for block in blocks(path) if block[1] == "python"]
    assert [block[2] for block in code if run.isdisjoint(range(block.start(), block.end()))] == []
    assert "<!-- skip" not in text
    assert (
        not code or path.name == "README.md" or path.is_relative_to(DOCS)
    )  # only there are they collected; tutorial.md has its own test


def test_what_a_page_loads_from_another_host_is_seen(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("check_site", ROOT / "tools" / "check_site.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page, style = tmp_path / "page.html", tmp_path / "page.css"
    page.write_text(
        '<a href="https://example.com">read</a><img src="near.png"><script src="https://a.example/x.js"></script>'
        '<link rel="stylesheet" href="//b.example/x.css"><p style="background: url(https://c.example/x.png)">',
        encoding="utf-8",
    )
    style.write_text("@import 'https://d.example/x.css'; p { background: url(near.png) }", encoding="utf-8")
    assert [len(module.foreign_addresses(path)) for path in (page, style)] == [3, 1]


PICTURES = [
    (path, *found) for path in PAGES for found in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", path.read_text(encoding="utf-8"))
]


def test_pictures_are_small_and_say_what_they_show() -> None:
    """Taken by tools/make_pictures.py."""
    assert PICTURES
    for page, says, target in PICTURES:
        assert len(says) > 40, f"{name(page)}: {target} needs an alternative text"
        assert (page.parent / target).stat().st_size <= 150_000, target
    shown = {(page.parent / target).resolve() for page, _, target in PICTURES}
    assert shown >= set((DOCS / "pictures").iterdir())


def shown_commands(text: str) -> Iterator[list[str]]:
    """Each command of newsnorm behind a prompt, as words: up to a pipe or a redirection."""
    for line in re.sub(r"\\\n\s*", "", text).splitlines():
        if not line.lstrip().startswith("$ "):
            continue
        lexer = shlex.shlex(line.lstrip()[2:], posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        command: list[str] = []
        for word in [*lexer, ";"]:
            if set(word) <= set("();<>|&"):
                if command and Path(command[0]).name == "newsnorm":
                    yield command[1:]
                command = []
            else:
                command.append(word)


def check(command: click.Command, words: list[str]) -> None:
    """Raise a UsageError if a command has no such option, or an option no such value; FORMAT is any, files need not exist."""
    context = click.Context(command, info_name="newsnorm")
    if isinstance(command, click.Group) and words and not words[0].startswith("-"):
        inner = command.get_command(context, words[0])
        if inner is None:
            raise click.UsageError(f"no command {words[0]}")
        check(inner, words[1:])
        return
    values, _, _ = command.make_parser(context).parse_args(list(words))
    for parameter in command.params:
        value = values.get(parameter.name or "")
        stands_for_any = isinstance(value, str) and re.fullmatch("[A-Z]+", value)
        if isinstance(value, str) and not stands_for_any and not isinstance(parameter.type, click.Path | click.File):
            parameter.type.convert(value, parameter, context)


CONSOLE = [(name(path), block[2]) for path in PAGES for block in blocks(path) if block[1] == "console"]
COMMANDS = sorted({(page, *words) for page, text in CONSOLE for words in shown_commands(text)})


@pytest.mark.parametrize("shown", COMMANDS, ids=" ".join)
def test_commands_have_the_options_that_pages_give_them(shown: tuple[str, ...]) -> None:
    _, *words = shown
    check(main, words)


@pytest.mark.parametrize("path", [*PAGES, *sorted((ROOT / "changelog.d").glob("*.md"))], ids=name)
def test_programs_that_print_figures_exist(path: Path) -> None:
    programs = re.findall(
        r"(?<![\w/.-])(?:benchmarks|tools)/[\w/]+\.py|(?<![\w/.-])scripts/[\w-]+", path.read_text(encoding="utf-8")
    )
    assert [program for program in programs if not (ROOT / program).is_file()] == []


@pytest.mark.parametrize("shown", ["rum", "run a --nowhere", "run a --jobs many", "cases chek a"])
def test_a_command_that_would_fail_is_seen(shown: str) -> None:
    with pytest.raises(click.UsageError):
        check(main, shown.split())


def test_commands_end_at_pipes_and_redirections() -> None:
    shown = "$ newsnorm parse a.txt --text | wc > n\n$ cat b | .venv/bin/newsnorm explain - \\\n    --json\noutput newsnorm\n"
    assert list(shown_commands(shown)) == [["parse", "a.txt", "--text"], ["explain", "-", "--json"]]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_row_stands_without_a_table(path: Path) -> None:
    """A blank line in the midst of a table ends it, and the rows below it are shown as text."""
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    tables = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert [table for table in tables if not re.match(r"\|.*\n\|[ :|-]+\|\n", table)] == []
