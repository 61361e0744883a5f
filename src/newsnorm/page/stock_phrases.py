"""Load words of stock text that sites print beside reports (consent, accounts, rights, notes on authors), and signs of code."""

from __future__ import annotations

from functools import cache
from typing import cast

import attrs

from newsnorm.resources import DataFiles, Toml, directory_of, strings

EVERYWHERE = "en"
"""The language whose stock text occurs on pages in any language, since themes are left untranslated."""


@attrs.frozen(kw_only=True)
class StockPhrases:
    """The words of stock text, the sentences that a site prints beside any report, on pages in one language."""

    words: frozenset[str]
    """Words of consent, accounts, prompts, rights and rules for comments."""
    stretches: tuple[str, ...]
    """Their counterparts in scripts without spaces between words, as stretches of text."""
    you: frozenset[str]
    """Words with which a site addresses its reader or speaks of itself."""
    author: frozenset[str]
    """Words of notes on authors."""


@attrs.frozen(kw_only=True)
class CodeSigns:
    """Signs of scripts and data on a page."""

    anchors: tuple[str, ...]
    """Signs that occur only in code."""
    all: tuple[str, ...]
    """The anchors, and signs that may also occur in prose."""


@cache
def stock_phrases(language: str) -> StockPhrases:
    """
    Return the words of stock text on a page in `language`, a BCP 47 code; for an unknown language, the words of `EVERYWHERE`.

    >>> "cookies" in stock_phrases("pt-BR").words
    True
    """
    code = language.partition("-")[0]
    words, you, author = (
        frozenset((*_row(key, code), *_row(key, EVERYWHERE))) for key in ("words", "you", "author")
    )  # fmt: skip
    stretches = _row("stretches", code if code in _languages() else EVERYWHERE)
    return StockPhrases(words=words, stretches=stretches, you=you, author=author)


@cache
def code_signs() -> CodeSigns:
    """Return the signs of code."""
    content = cast("Toml", _files().table("stock-phrases").get("code", {}))
    anchors, signs = (strings(content.get(name, []), f"stock-phrases, code, {name}") for name in ("anchors", "signs"))
    return CodeSigns(anchors=anchors, all=(*anchors, *signs))


def digest() -> str:
    """Return the SHA-256 of the stock phrases, in hex."""
    return _files().digest


@cache
def _files() -> DataFiles:
    return DataFiles.read(directory_of("page", "data"))


@cache
def _languages() -> frozenset[str]:
    content = _files().table("stock-phrases")
    return frozenset(code for key in ("words", "stretches", "you", "author") for code in cast("Toml", content.get(key, {})))


def _row(key: str, language: str) -> tuple[str, ...]:
    rows = _files().table("stock-phrases").get(key, {})
    row = rows.get(language, []) if isinstance(rows, dict) else []
    return strings(row, f"stock-phrases, {key}, {language}")
