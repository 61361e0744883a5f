"""Old import paths lead to the new ones for a year, with a warning."""

from __future__ import annotations

from importlib import import_module

import pytest

from newsnorm.corpus.jobs import normalise, relate
from newsnorm.records import accounts
from newsnorm.report import explain

MOVED = [
    ("newsnorm.corpus.run", "run", normalise.run),
    ("newsnorm.corpus.run", "Summary", accounts.RunSummary),
    ("newsnorm.corpus.related", "dedup_files", relate.dedup_files),
    ("newsnorm.corpus.related", "Account", accounts.DedupSummary),
    ("newsnorm.corpus.related", "RelationCounts", accounts.RelationCounts),
    ("newsnorm.export.explain", "explain", explain.explain),
    ("newsnorm.export.explain", "Row", explain.Row),
    ("newsnorm.export.explain", "shown", explain.shown),
]


@pytest.mark.parametrize(("module", "name", "successor"), MOVED, ids=[f"{module}.{name}" for module, name, _ in MOVED])
def test_a_moved_name_is_found_with_a_warning(module: str, name: str, successor: object) -> None:
    with pytest.warns(DeprecationWarning, match=rf"{module}.{name} is deprecated; use newsnorm\.") as warned:
        assert getattr(import_module(module), name) is successor
    assert warned[0].filename == __file__


def test_other_names_are_not_found() -> None:
    with pytest.raises(AttributeError, match=r"newsnorm\.corpus\.run.*'walk'"):
        import_module("newsnorm.corpus.run").walk  # noqa: B018
