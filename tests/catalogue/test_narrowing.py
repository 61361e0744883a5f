"""Narrowing follows language and host, and leaves no trace in the catalogue."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from newsnorm import Catalogue, CatalogueError
from newsnorm.catalogue import LineForms


def site_file(directory: Path, content: str) -> Catalogue:
    path = directory / "site" / "example.com.toml"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    return Catalogue.default() | Catalogue.load(directory)


def test_the_language_of_a_site_comes_before_that_of_a_page(tmp_path: Path) -> None:
    catalogue = site_file(tmp_path, "language = 'de-AT'")
    here, there = catalogue.narrow("fr", "example.com"), catalogue.narrow("fr", "example.org")
    assert "byline" in [match.rule.table for match in here.matches(LineForms("Von Anna Weber"))]
    assert "byline" not in [match.rule.table for match in there.matches(LineForms("Von Anna Weber"))]
    assert (here.context.languages, there.context.languages) == (("de",), ("fr",))


@pytest.mark.parametrize("language", ["5", "true", "''", "'42'"])
def test_a_language_that_is_no_code_is_refused(tmp_path: Path, language: str) -> None:
    with pytest.raises(CatalogueError, match="a language code such as"):
        site_file(tmp_path, f"language = {language}")


def test_narrowing_changes_nothing_that_is_compared_or_pickled(tmp_path: Path) -> None:
    asked, fresh = site_file(tmp_path / "a", "language = 'de'"), site_file(tmp_path / "b", "language = 'de'")
    before = pickle.dumps(asked)
    asked.narrow("en", "example.com")
    assert (asked, asked.digest, pickle.dumps(asked)) == (fresh, fresh.digest, before)


def test_equal_questions_share_their_rules() -> None:
    catalogue = Catalogue.default()
    assert catalogue.narrow("pt-BR") is catalogue.narrow("pt-PT")
    assert catalogue.narrow("en", "example.com").indexes[1] is catalogue.narrow("en", "example.org").indexes[1]
