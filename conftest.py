"""Code in the README and in docs/ runs as tests, each file in one namespace; a test that is not marked slow is fast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from newsnorm.spark.extra import is_installed as spark_is_installed

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SPARK_PAGE = "spark.md"
"""The page of docs/ whose code has a session of Spark, ``spark``."""

TUTORIAL = "tutorial.md"
"""The page whose code needs what its commands have written; tests/test_tutorial.py runs both."""

_pages = Sybil(parsers=[PythonCodeBlockParser()], patterns=["*.md"], excludes=[f"**/{SPARK_PAGE}", f"**/{TUTORIAL}"])
_spark_page = Sybil(parsers=[PythonCodeBlockParser()], patterns=[f"**/{SPARK_PAGE}"], fixtures=["spark"])
pytest_collect_file = (_pages + _spark_page).pytest()

collect_ignore_glob = [] if spark_is_installed() else ["src/newsnorm/spark/*"]

settings.register_profile("newsnorm", deadline=None, derandomize=True)  # no test is timed, and a run is the same as the last
settings.load_profile("newsnorm")

SLOW_PAGES = ("in-many-processes.md", "tables.md", SPARK_PAGE)
"""Pages of docs/ whose code takes seconds."""


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """Return a session of Spark on this machine; skip the test where there can be none."""
    from spark_session import session, why_not  # lies in tests/, which a run of the shipped cases does not reach

    if (reason := why_not()) is not None:
        pytest.skip(reason)
    with session() as made:
        yield made


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
        if item.path.name in SLOW_PAGES or "spark" in getattr(item, "fixturenames", ()) or item.path.parent.name == "spark":
            item.add_marker("slow")
        if item.get_closest_marker("slow") is None and item.get_closest_marker("nightly") is None:
            item.add_marker("fast")
