"""What is generated is up to date, and the project speaks of itself alone."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
from folders import ROOT

import newsnorm

TEXTS = sorted(path for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("changelog.d/*.md")))
SOURCES = sorted((ROOT / "src").rglob("*.py"))


@pytest.mark.parametrize("name", ["rules", "languages"])
def test_generated_pages_are_what_the_data_say(name: str) -> None:
    """If not: ``scripts/regenerate``."""
    spec = importlib.util.spec_from_file_location(f"make_{name}_doc", ROOT / "tools" / f"make_{name}_doc.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") == module.page()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_links_inside_the_project_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), f"{path.name} links to {target}"


@pytest.mark.parametrize("path", [*TEXTS, *SOURCES], ids=lambda path: path.name)
def test_no_path_of_a_machine_stands_in_the_project(path: Path) -> None:
    assert not re.search(r"(?<![\w.])/(?:work|home|root|tmp)/\w", path.read_text(encoding="utf-8"))


def test_every_change_has_a_fragment_with_a_known_ending() -> None:
    fragments = [path.name for path in (ROOT / "changelog.d").glob("*.md")]
    assert all(re.fullmatch(r"\d+\.(results|added|fixed|deprecated|breaking)\.md", name) for name in fragments), fragments


def test_the_version_is_said_once() -> None:
    assert newsnorm.__version__ in (ROOT / "src" / "newsnorm" / "version.py").read_text(encoding="utf-8")
    assert 'dynamic = ["version"]' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
