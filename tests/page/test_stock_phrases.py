"""Words of stock text by language, and signs of code."""

from __future__ import annotations

import pytest

from newsnorm.page.stock_phrases import code_signs, digest, stock_phrases


@pytest.mark.parametrize("language", ["en", "de", "de-AT", "und", "xx"])
def test_english_words_hold_everywhere(language: str) -> None:
    assert stock_phrases("en").words <= stock_phrases(language).words


def test_words_of_a_language() -> None:
    assert "datenschutz" in stock_phrases("de").words
    assert "datenschutz" not in stock_phrases("fr").words


def test_anchors_are_signs_of_code() -> None:
    assert set(code_signs().anchors) < set(code_signs().all)


def test_the_digest_is_of_the_file() -> None:
    assert len(digest()) == 64
