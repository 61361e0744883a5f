"""
The pytest plugin of newsnorm: cases as tests, without any Python.

It stands beside the package, not in it, so that every test run that has newsnorm installed starts without importing newsnorm:
what needs the parser is imported where it is used. ``pytest -p no:newsnorm`` leaves the plugin out.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from newsnorm.parser import Parser

CASES, CATALOGUES, UPDATE = "newsnorm_cases", "newsnorm_catalogue", "--newsnorm-update"
INPUTS = ("raw.txt", "input.html")
"""Names of the inputs of cases; `newsnorm.testing.case.MEDIA_TYPES` has them, too."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--newsnorm-update`` and the settings ``newsnorm_cases`` and ``newsnorm_catalogue``."""
    parser.getgroup("newsnorm").addoption(
        UPDATE,
        action="store_true",
        help="rewrite the expectations of cases that differ, write missing ones, and show the changes",
    )
    parser.addini(CASES, "folders of newsnorm cases, each of which is a test", type="paths", default=[])
    parser.addini(CATALOGUES, "files or folders of rules that the parser of newsnorm cases has, too", type="paths", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """
    Refuse to update by a setting: each change of a result would be accepted, and nobody would see it.

    Warn of folders of cases that this run leaves out because ``testpaths`` does.
    """
    if not hasattr(config, "workerinput") and config.getoption(UPDATE) and UPDATE not in config.invocation_params.args:
        raise pytest.UsageError(f"{UPDATE} is for the command line, not for addopts: it accepts every change of a result")
    if folders := _folders(config, CASES):
        from newsnorm.testing.pytest_cases import warn_of_folders_left_out

        warn_of_folders_left_out(config, folders)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a case by its input, if its folder is in one of ``newsnorm_cases``."""
    if file_path.name not in INPUTS or os.fspath(file_path.parent.parent) not in _folders(parent.config, CASES):
        return None
    from newsnorm.testing.pytest_cases import CaseFile

    collector: pytest.Collector = CaseFile.from_parent(parent, path=file_path)
    return collector


@pytest.fixture
def newsnorm_cases(request: pytest.FixtureRequest) -> Callable[..., None]:
    """
    Return a function that checks the cases of a folder: ``newsnorm_cases("tests/our-articles", parser=ours)``.

    A relative folder is one in pytest's root directory. The default parser has the rules of ``newsnorm_catalogue``.
    """
    from newsnorm.testing.pytest_cases import check_folder

    def check(path: str | Path, parser: Parser | None = None) -> None:
        __tracebackhide__ = True
        check_folder(request.node, request.config.rootpath / path, parser)

    return check


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show which expectations were written, and how they changed."""
    if terminalreporter.config.getoption(UPDATE):
        from newsnorm.testing.pytest_cases import show_changes

        show_changes(terminalreporter)


def _folders(config: pytest.Config, name: str) -> list[str]:
    """Return the paths of a setting, without ``..`` in them."""
    return [os.path.normpath(path) for path in config.getini(name)]
