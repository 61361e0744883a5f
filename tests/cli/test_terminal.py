"""What commands read from a terminal and print to one."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import ClassVar, get_args

import click
import pytest
from click.testing import CliRunner

from newsnorm.cli.terminal import COLOURS, echo_lines, echo_styled, named, progress_bar, read_input
from newsnorm.records import Metadata
from newsnorm.report.explain import Style, StyledLine


def printed(styled: list[StyledLine], color: bool | None, *, terminal: bool = False) -> str:
    @click.command()
    def command() -> None:
        echo_styled(styled, color)

    return CliRunner().invoke(command, color=terminal).output


def test_a_file_is_read_as_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"K\xf6ln\r\n")
    assert read_input(tmp_path / "a.txt") == b"K\xf6ln\r\n"


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"K\xf6ln\r\n")))
    assert read_input(Path("-")) == b"K\xf6ln\r\n"


def test_an_article_is_named_after_its_file() -> None:
    metadata = Metadata(url="https://example.com/a")
    assert named(Path("scraped/2024.05.quay.txt"), metadata) == Metadata(url="https://example.com/a", id="2024.05.quay")
    assert named(Path("-"), metadata) == metadata


def test_lines_are_printed_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    echo_lines(["Köln", "", "東京"])
    assert capsys.readouterr().out == "Köln\n\n東京\n"


LINES = [StyledLine("removed", "removal"), StyledLine("kept", "body"), StyledLine("of no fate", "plain")]


def test_styled_lines_have_their_colours() -> None:
    assert printed(LINES, True, terminal=True) == "\x1b[31mremoved\x1b[0m\n\x1b[32mkept\x1b[0m\nof no fate\x1b[0m\n"


@pytest.mark.parametrize("color", [None, False])
def test_a_file_or_a_user_who_says_no_gets_no_colours(color: bool | None) -> None:
    assert printed(LINES, color) == "removed\nkept\nof no fate\n"


def test_every_style_has_a_colour_or_is_plain() -> None:
    styles = {style for part in get_args(Style) for style in (get_args(part) or (part,))}
    assert styles - COLOURS.keys() == {"plain"}
    assert COLOURS.keys() <= styles


class Terminal(io.StringIO):
    """Standard error that is, or is not, a terminal."""

    def __init__(self, *, is_one: bool) -> None:
        super().__init__()
        self.is_one = is_one

    def isatty(self) -> bool:
        return self.is_one


class Bar:
    """A bar that notes where it stands after each move."""

    n, total = 0, 0
    moves: ClassVar[list[tuple[int, int]]] = []

    def __init__(self, **_: object) -> None:
        self.moves.clear()

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def reset(self, total: int) -> None:
        self.n, self.total = 0, total

    def update(self, more: int) -> None:
        self.n += more
        self.moves.append((self.n, self.total))


def test_the_bar_moves_to_what_is_done_and_starts_anew_with_another_total(monkeypatch: pytest.MonkeyPatch) -> None:
    done = [(40, 100), (40, 100), (100, 100), (3, 7), (7, 7)]
    monkeypatch.setattr("tqdm.tqdm", Bar)
    with progress_bar() as update:
        for move in done:
            update(*move)
    assert Bar.moves == done


def test_the_bar_is_drawn_on_a_terminal_and_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", screen := Terminal(is_one=True))
    with progress_bar() as update:
        update(1, 2)
    assert "\r" in screen.getvalue()
    assert "\n" not in screen.getvalue()


def test_no_bar_is_drawn_into_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", screen := Terminal(is_one=False))
    with progress_bar() as update:
        update(1, 2)
        update(2, 2)
    assert screen.getvalue() == ""
