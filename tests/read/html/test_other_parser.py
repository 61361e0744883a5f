"""The parser can be exchanged: tokens of Python's own `html.parser` give the same lines on pages without mistakes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from folders import FIXTURES

import newsnorm
from newsnorm.errors import MissingExtraError
from newsnorm.read import raw_article
from newsnorm.read.html import read_html
from newsnorm.records import Metadata

turbohtml = pytest.importorskip("turbohtml")

RAW = ("script", "style", "textarea", "title", "iframe", "noscript", "noframes", "noembed", "xmp")
PAGES = [path for path in sorted(FIXTURES.rglob("input.html")) if not path.parent.name.startswith("hostile-")]


class OtherToken:
    """A token with the attributes that `walk` asks for."""

    def __init__(self, type: object, place: tuple[int, int], tag: str = "", data: str = "") -> None:
        self.type, self.tag, self.data = type, tag, data
        self.line, self.col = place
        self.attrs: list[tuple[str, str]] = []
        self.self_closing = False


class OtherTokenizer(HTMLParser):
    """Python's own tokenizer, slow and not quite that of the standard."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[OtherToken] = []
        self._raw = ""

    def _add(self, kind: str, tag: str = "", data: str = "") -> OtherToken:
        token = OtherToken(getattr(turbohtml.TokenType, kind), self.getpos(), tag, data)
        self.tokens.append(token)
        return token

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._raw:
            token = self._add("START_TAG", tag)
            token.attrs = list({name: value or "" for name, value in reversed(attrs)}.items())[::-1]
            self._raw = tag if tag in RAW else ""

    def handle_endtag(self, tag: str) -> None:
        if not self._raw or tag == self._raw:
            self._raw = ""
            self._add("END_TAG", tag)

    def handle_data(self, data: str) -> None:
        self._add("TEXT", data=data)

    def handle_comment(self, data: str) -> None:
        self._add("COMMENT", data=data)


def other_tokens(html: str) -> Iterator[OtherToken]:
    tokenizer = OtherTokenizer()
    tokenizer.feed(html)
    tokenizer.close()
    return iter(tokenizer.tokens)


def test_there_are_pages_to_compare() -> None:
    assert len(PAGES) >= 40


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_another_tokenizer_gives_the_same_page(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = raw_article(path.read_bytes(), Metadata(media_type="text/html"))
    first = read_html(raw)
    monkeypatch.setattr(turbohtml, "tokenize", other_tokens)
    second = read_html(raw)
    assert [line.text for line in second.lines] == [line.text for line in first.lines]
    assert second.markup.elements == first.markup.elements
    assert second.markup.lines == first.markup.lines
    assert second.markup.claims == first.markup.claims


def test_without_the_parser_one_sentence_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "turbohtml", None)
    with pytest.raises(MissingExtraError) as caught:
        newsnorm.parse("<p>It rained.", media_type="text/html")
    assert str(caught.value) == "pages of HTML need the extra html: pip install 'newsnorm[html]'"
    assert newsnorm.parse("It rained.").paragraphs == ("It rained.",)
