"""Code in the README and in docs/ runs as tests, each file in one namespace; a test that is not marked slow is fast."""

from __future__ import annotations

import pytest
from hypothesis import settings
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

pytest_collect_file = Sybil(parsers=[PythonCodeBlockParser()], patterns=["*.md"]).pytest()

settings.register_profile("newsnorm", deadline=None, derandomize=True)  # no test is timed, and a run is the same as the last
settings.load_profile("newsnorm")

SLOW_PAGES = ("in-many-processes.md", "tables.md")
"""Pages of docs/ whose code takes seconds."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --nightly."""
    parser.addoption("--nightly", action="store_true", help="run the tests marked nightly, too, which take minutes each")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    Mark the slow pages ``slow``, and ``fast`` whatever is not slow, so that either can be chosen with ``-m``.

    Leave out the nightly tests unless they were asked for.
    """
    nightly = [item for item in items if item.get_closest_marker("nightly")]
    if nightly and not config.getoption("--nightly"):
        config.hook.pytest_deselected(items=nightly)
        items[:] = [item for item in items if item not in nightly]
    for item in items:
        if item.path.name in SLOW_PAGES:
            item.add_marker("slow")
        if item.get_closest_marker("slow") is None and item.get_closest_marker("nightly") is None:
            item.add_marker("fast")
