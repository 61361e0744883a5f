"""Collect cases as pytest items; the plugin ``_newsnorm_pytest`` imports this once a project uses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from newsnorm.catalogue import Catalogue
from newsnorm.errors import CaseError, CatalogueError
from newsnorm.parser import Parser
from newsnorm.testing.accepting import propose
from newsnorm.testing.case import Case, cases, read_case
from newsnorm.testing.checking import failure_of

WRITTEN = "newsnorm-update"
"""Name of the report section with changed expectations; reports also pass from the workers of xdist."""


class CaseFile(pytest.File):
    """The input of a case."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the case, named by its folder."""
        try:
            case = read_case(self.path.parent)
        except CaseError as error:
            raise self.CollectError(str(error)) from error
        item: CaseItem = CaseItem.from_parent(self, name=str(case))
        item.case = case
        yield item


class CaseItem(pytest.Item):
    """A case as a test."""

    case: Case

    def runtest(self) -> None:
        """Check the case."""
        _check(self, [self.case], _parser(self.config))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the location of the case, and what it shows."""
        return self.path, None, f"{self.name}: {self.case.why}"


def check_folder(node: pytest.Item, folder: Path, parser: Parser | None = None) -> None:
    """
    Check the cases of a folder in one test.

    Raises:
        CaseError: there is no case in it, or a file of a case is missing or malformed.

    """
    __tracebackhide__ = True
    _check(node, cases(folder), parser or _parser(node.config))


def _check(node: pytest.Item, every: Sequence[Case], parser: Parser) -> None:
    """
    Fail a test if a case fails; if an update was requested, write the expectations first and skip the test, which would prove
    nothing.
    """
    __tracebackhide__ = True
    updated = list(_update(node, every, parser)) if node.config.getoption("--newsnorm-update") else every
    failures = [failure for case in updated if (failure := failure_of(case, parser)) is not None]
    if failures:
        pytest.fail("\n".join([*failures, _count(len(failures), len(every))]).rstrip(), pytrace=False)
    changed = sum(new is not old for new, old in zip(updated, every, strict=True))
    if changed:
        pytest.skip(f"expectations written, review them: {', '.join(str(case) for case in updated if case not in every)}")


def _count(failed: int, of: int) -> str:
    return f"{failed} of {of} cases fail" if of > 1 else ""


def _update(node: pytest.Item, every: Iterable[Case], parser: Parser) -> Iterator[Case]:
    """Write the expectations of the cases that differ, and yield the updated cases."""
    for case in every:
        proposal = propose(case, parser)
        if proposal.is_change:
            proposal.write()
            node.add_report_section("call", WRITTEN, proposal.diff(node.config.rootpath))
        yield proposal.case


def _parser(config: pytest.Config) -> Parser:
    """Return the default parser extended by the rules of ``newsnorm_catalogue``; fail the test if these are invalid."""
    try:
        return _parser_of(tuple(config.getini("newsnorm_catalogue")))
    except CatalogueError as error:
        message = f"newsnorm_catalogue: {error}"
    pytest.fail(message, pytrace=False)  # outside of except, so that pytest does not show the cause


@cache
def _parser_of(catalogues: tuple[Path, ...]) -> Parser:
    """Return the default parser extended by the rules of some files; made once for all cases."""
    catalogue = Catalogue.default()
    for path in catalogues:
        catalogue |= Catalogue.load(path)
    return Parser(catalogue=catalogue)


def warn_of_folders_left_out(config: pytest.Config, folders: Iterable[str]) -> None:
    """Warn of folders that are missing, or that a run without arguments does not reach."""
    testpaths = [config.rootpath / path for path in config.getini("testpaths")]
    for folder in map(Path, folders):
        if not folder.is_dir():
            raise pytest.UsageError(f"newsnorm_cases: {folder} is not a folder")
        if testpaths and not any(folder.is_relative_to(path) for path in testpaths):
            message = f"newsnorm_cases: {folder} is not in testpaths, so pytest without arguments does not check it"
            config.issue_config_time_warning(pytest.PytestConfigWarning(message), stacklevel=2)


def show_changes(terminal: pytest.TerminalReporter) -> None:
    """Show the changed expectations in the reports of a run."""
    reports = [report for kind in ("skipped", "failed") for report in terminal.getreports(kind)]
    diffs = [text for report in reports for title, text in report.sections if WRITTEN in title]
    if not diffs:
        return
    terminal.section(f"newsnorm: {len(diffs)} expected.json written; review before you commit")
    for diff in diffs:
        for line in diff.splitlines():
            terminal.write_line(line, green=line.startswith("+"), red=line.startswith("-"))
