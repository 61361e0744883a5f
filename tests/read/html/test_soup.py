"""Whatever is fed to the reader of HTML, the laws hold, no visible word is lost, and time and memory stay in bounds."""

from __future__ import annotations

import json
import tracemalloc
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsnorm
from newsnorm.read.html import read_html
from newsnorm.read.limits import MAX_CLAIMS, MAX_DEPTH, MAX_ELEMENTS
from newsnorm.records import Page, RawArticle
from newsnorm.testing import check_laws

INLINE = ("a", "b", "em", "span", "x-word", "font")
BLOCKS = ("div", "p", "h1", "section", "blockquote", "li", "td", "pre", "article", "form")
UNREAD = ("script", "style", "template", "svg", "select", "noscript", "textarea", "iframe", "title")
TAGS = (
    *INLINE,
    *BLOCKS,
    *UNREAD,
    "ul",
    "table",
    "tr",
    "tbody",
    "html",
    "head",
    "body",
    "br",
    "img",
    "meta",
    "hr",
    "plaintext",
    "math",
)
WORDS = st.sampled_from(["quay", "Ulm", "été", "港口", "3:0", "–", "&amp;", "&eacute;", "&nbsp;", "\xad", "\u200b", "Ã©"])


def read(html: str) -> Page:
    return read_html(RawArticle(text=html, sha256=""))


def check_tiles(page: Page) -> None:
    text = page.raw.text
    assert "".join(line.span.of(text) for line in page.lines) == text
    assert [line.number for line in page.lines] == list(range(len(page.lines)))
    for line in page.lines:
        ends = [0, *(piece.text.end for piece in line.pieces)]
        assert all(piece.text.start == end for piece, end in zip(line.pieces, ends, strict=False))


def check_markup(page: Page, html: str) -> None:
    markup = page.markup
    assert len(markup.lines) == len(page.lines)
    for number, element in enumerate(markup.elements):
        assert element.parent < number
        assert element.depth == (markup.elements[element.parent].depth + 1 if number else 0)
        assert 0 <= element.start <= len(html)
    for line, mark in zip(page.lines, markup.lines, strict=True):
        assert (mark is not None) == bool(line.text)
        if mark is not None:
            assert 0 <= mark.linked <= len(line.text) + 20
            markup.path(line.number)
    for claim in markup.claims:
        assert claim.span.of(page.raw.text) == claim.value
        assert not page.lines[claim.line].text
        claim.value.encode("utf-8")


TAG = st.builds(
    lambda form, tag, attributes: form.format(tag=tag, attributes=attributes),
    st.sampled_from(
        [
            "<{tag}{attributes}>",
            "<{tag}{attributes}>",
            "</{tag}>",
            "</{tag}>",
            "<{tag}{attributes}/>",
            "<{tag}{attributes}",
            "<!--{tag}-->",
        ]
    ),
    st.sampled_from(TAGS),
    st.sampled_from(
        [
            "",
            " hidden",
            " class='a b'",
            " itemprop=author content=x",
            " datetime='2024'",
            " name=author content=Ana",
            " a='",
            ' b="',
        ]
    ),
)
SOUP = st.lists(
    st.one_of(TAG, WORDS, st.text(max_size=4), st.sampled_from([" ", "\n", "<", "&", "\0", "\ud800", "<!--", "-->", "]]>"])),
    max_size=40,
).map("".join)


@given(SOUP)
@settings(max_examples=200, deadline=None)
def test_the_lines_of_any_soup_tile_its_page_text(html: str) -> None:
    page = read(html)
    check_tiles(page)
    check_markup(page, html)


@given(SOUP)
@settings(max_examples=30, deadline=None)
def test_the_laws_hold_on_any_soup(html: str) -> None:
    check_laws(newsnorm.parse(html, media_type="text/html"), newsnorm.Parser().page(html, media_type="text/html"))


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        page = newsnorm.Parser().page(b"<html><p>" + data, media_type="text/html")
    except newsnorm.InputError:
        return
    check_tiles(page)


class _VisibleWords(HTMLParser):
    """A slow, obvious reader of well-formed pages: the words outside elements that show none."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in UNREAD and not dict(attrs)
        if tag in BLOCKS or tag in ("br", "tr", "ul", "table"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in UNREAD
        if tag in BLOCKS or tag in ("tr", "ul", "table"):
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.parts.append(data)


def visible_words(html: str) -> list[str]:
    words = _VisibleWords()
    words.feed(html)
    words.close()
    return "".join(words.parts).split()


def _wrapped(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag}>"


PLAIN = st.lists(st.sampled_from(["quay", "Ulm", "été", "港口", "x&amp;y", "&eacute;", " ", " ", "\n"]), max_size=6).map("".join)
FLOW = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.builds(_wrapped, st.sampled_from(["div", "section", "article", "blockquote", "u", "b", "x-word", "em"]), inner),
        st.builds(lambda items: _wrapped("ul", "".join(_wrapped("li", item) for item in items)), st.lists(inner, max_size=3)),
        st.builds(
            lambda cells: _wrapped("table", _wrapped("tr", "".join(_wrapped("td", cell) for cell in cells))),
            st.lists(inner, max_size=3),
        ),
        st.builds(_wrapped, st.sampled_from(["p", "h1", "pre"]), PLAIN),
        st.builds(
            _wrapped, st.sampled_from(["script", "style", "template", "svg", "noscript", "textarea", "title"]), st.just("no word")
        ),
        st.just("<br>"),
        st.just("<img src=a alt='no word'>"),
    ),
    max_leaves=12,
)


@given(FLOW)
@settings(max_examples=200, deadline=None)
def test_all_visible_words_of_a_well_formed_page_are_in_its_lines(body: str) -> None:
    html = f"<html><head><title>no word</title></head><body>{body}</body></html>"
    page = read(html)
    assert [word for line in page.lines for word in line.text.split()] == visible_words(html)


FLOODS = {
    "deep": "<div>" * 40_000,
    "deep and closed": "<div>" * 15_000 + "x" + "</div>" * 15_000,
    "bold": "<b>" * 60_000,
    "bold paragraphs": "".join(f"<p><b class=c{number}>x" for number in range(10_000)),
    "anchors": "<a href=/x><div>x</a>" * 10_000,
    "late ends": "<div>" * 20_000 + "</span>" * 20_000,
    "cells": "<table><tr><td>x" * 12_000,
    "rows": "<table>" + "<tr><td>x" * 20_000,
    "attributes": "<p " + " ".join(f"a{number}=1" for number in range(20_000)) + ">x",
    "many bodies": "".join(f"<body a{number}=1>" for number in range(12_000)),
    "open quotes": "<p a='x>" * 25_000,
    "comments": "<!-- x -->" * 20_000,
    "open comments": "<!--" * 50_000,
    "references": "&amp;" * 40_000,
    "broken references": "&#x;&notit" * 20_000,
    "metas": '<meta name="author" content="Ana Ng">' * 5_000,
    "images": "".join(f"<img src={number}.jpg srcset='a 1w, b 2w'>" for number in range(5_000)),
    "classes": "".join(f"<p class='{'c ' * 50}{number}'>x" for number in range(2_000)),
    "JSON-LD": "<script type=application/ld+json>" + "[" * 100_000 + "</script>",
    "JSON-LD objects": "<script type=application/ld+json>[" + '{"headline":"x","author":["y"]},' * 6_000 + "{}]</script>",
    "titles": "<title>x</title>" * 12_000,
    "choices": "<select><option>x" * 12_000,
    "templates": "<template>" * 20_000,
    "srcset": "<img srcset='" + "a" * 100_000 + " b" * 50_000 + "'>",
    "styles": "<p style='" + "display" + " " * 100_000 + "'>x",
    "zeros": "\0" * 200_000,
}


@pytest.mark.parametrize("name", FLOODS)
def test_floods_are_read_within_their_caps(name: str) -> None:
    html = FLOODS[name]
    page = read(html)
    check_tiles(page)
    check_markup(page, html)
    assert max(element.depth for element in page.markup.elements) <= MAX_DEPTH
    assert len(page.markup.elements) <= MAX_ELEMENTS
    assert len(page.markup.claims) <= MAX_CLAIMS


@pytest.mark.parametrize("name", ["deep", "bold", "anchors", "rows", "classes", "JSON-LD objects"])
def test_memory_is_bounded_by_the_page(name: str) -> None:
    html = FLOODS[name]
    read("<p>x")
    tracemalloc.start()
    read(html)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak <= 15 * len(html) + 20_000_000


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<div>" * 600, "markup-depth"),
        ("<p " + " ".join(f"a{number}" for number in range(200)) + ">x", "markup-attributes"),
        ("<p>x" * 50_001, "markup-elements"),
        ('<meta name="author" content="Ana Ng">' * 1_001, "markup-claims"),
        ("<script type=application/ld+json>{'a'</script>", "markup-json"),
        ("<p>One<a href='x", "markup-unfinished"),
        ("<p>One<!-- x", "markup-unfinished"),
        ("<p>One<script>x", "markup-unfinished"),
    ],
)
def test_what_was_capped_stands_in_the_notes(html: str, code: str) -> None:
    assert [note.partition(":")[0] for note in read(html).notes if note.startswith("markup")] == [code]


@pytest.mark.parametrize(
    "html", ["<p>One", "<p>One</p><!-- x -->", "<p>1 < 2", "<plaintext><a href=", "x<script>y</script>", "<p title='<b'>"]
)
def test_a_page_that_is_whole_has_no_note(html: str) -> None:
    assert read(html).notes == ()


def test_text_beyond_all_caps_is_kept() -> None:
    words = [f"w{number}" for number in range(30_000)]
    page = read("<div>" * 600 + "<p>".join(words))
    assert page.raw.text.split() == words
    assert [word for line in page.lines for word in line.text.split()] == words


def test_a_huge_flood_of_attributes_takes_little_memory_and_a_huge_value_stays() -> None:
    flood = "<p>One</p><p " + "\n".join(f"a{number}=1" for number in range(120_000)) + "><b>Two</b>"
    tracemalloc.start()
    page = read(flood)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak <= 15 * len(flood)
    assert [line.text for line in page.lines if line.text] == ["One", "Two"]
    assert page.notes[0].startswith("markup-attributes: ")
    assert page.markup.place(1) == flood.index("<b>")
    value = "<p>One</p><p data-x='" + "x" * 1_000_000 + "' class=a>Two"
    assert read(value).markup.path(1) == "html > body > p.a"


JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=6),
        st.sampled_from(["NewsArticle", "Ana Ng", "2024-05-06", "<b>x</b>"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                [
                    "@type",
                    "@graph",
                    "headline",
                    "author",
                    "name",
                    "datePublished",
                    "image",
                    "url",
                    "articleBody",
                    "publisher",
                    "keywords",
                    "mainEntity",
                ]
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=20,
)


@given(JSON, st.integers(0, 200))
@settings(max_examples=200, deadline=None)
def test_any_json_ld_is_read(value: object, cut: int) -> None:
    text = json.dumps(value).replace("</", "<\\/")
    html = f"<script type='application/ld+json'>{text}</script><script type='application/ld+json'>{text[:cut]}</script><p>One"
    page = read(html)
    check_tiles(page)
    check_markup(page, html)
    assert [line.text for line in page.lines if line.text] == ["One"]
