"""Articles as Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from strategies import raw_texts

import newsnorm
from newsnorm.export.markdown import to_markdown

PROSE = "<p>The quay closes on Monday because two of its pillars are broken, the port said in a statement on Thursday.</p>"


def markdown(html: str) -> str:
    article = newsnorm.Parser(passes=()).parse(f"<body>{PROSE * 3}{html}{PROSE * 3}</body>", media_type="text/html")
    prose = "The quay closes on Monday because two of its pillars are broken, the port said in a statement on Thursday."
    return to_markdown(article).replace(prose, "").strip()


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>Ferries</h2>", "## Ferries"),
        ("<ul><li>One<li>Two</ul>", "- One\n- Two"),
        ("<ol><li>One<ol><li>Inner</ol><li>Two</ol>", "1. One\n    1. Inner\n2. Two"),
        ("<ul><li>One<p>More</ul>", "- One\n\n    More"),
        ("<blockquote><p>We<p>are</blockquote>", "> We\n>\n> are"),
        ("<table><tr><td>a<td>b|c<tr><td>d</table>", "| a | b\\|c |\n| --- | --- |\n| d |  |"),
        ("<pre>a = 1\n```</pre>", "````\na = 1\n```\n````"),
        ("<p>1. Is *it* so_?", "1\\. Is \\*it\\* so\\_?"),
        ("<p># no heading", "\\# no heading"),
        ("<p>- no item", "\\- no item"),
    ],
)
def test_a_block_is_written_in_its_form(html: str, expected: str) -> None:
    assert markdown(html) == expected


def test_the_title_stands_above() -> None:
    article = newsnorm.parse("Quay to close\n\nThe quay closes on Monday, the port said.")
    assert to_markdown(article) == "# Quay to close\n\nThe quay closes on Monday, the port said."
    assert to_markdown(article, title=False) == "The quay closes on Monday, the port said."


@given(raw_texts())
def test_no_word_is_lost(raw: str) -> None:
    article = newsnorm.parse(raw)
    written = re.sub(r"\\(?=[^\w\s]|_)", "", to_markdown(article, title=False))
    for paragraph in article.paragraphs:
        assert re.sub(r"\\(?=[^\w\s]|_)", "", paragraph) in written
