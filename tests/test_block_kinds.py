"""The kinds of paragraphs, by the markup around them."""

from __future__ import annotations

import newsnorm
from newsnorm import ParagraphKind

PROSE = "<p>The quay closes on Monday because two of its pillars are broken, the port said in a statement on Thursday.</p>"


def kinds(html: str) -> list[tuple[str, ParagraphKind]]:
    """The paragraphs that are more than a paragraph, of a report with `html` in its middle."""
    article = newsnorm.Parser(passes=()).parse(f"<body>{PROSE * 4}{html}{PROSE * 4}</body>", media_type="text/html")
    pairs = zip(article.paragraphs, article.paragraph_kinds, strict=True)
    return [(text, kind) for text, kind in pairs if kind != ParagraphKind()]


def names(html: str) -> list[str]:
    return [kind.name for _, kind in kinds(html)]


def test_headings_have_their_level() -> None:
    assert [(text, kind.name, kind.level) for text, kind in kinds("<h2>Ferries</h2><h3>Fares</h3>")] == [
        ("Ferries", "heading", 2),
        ("Fares", "heading", 3),
    ]


def test_lists_have_level_and_order() -> None:
    html = "<ol><li>Ferries move.<ul><li>To the north pier.</ul><li>Fares rise.</ol><ul><li>Markets stay.</ul>"
    assert [(text, kind.level, kind.ordered) for text, kind in kinds(html)] == [
        ("Ferries move.", 1, True),
        ("To the north pier.", 2, False),
        ("Fares rise.", 1, True),
        ("Markets stay.", 1, False),
    ]


def test_a_further_part_of_an_item_continues_it() -> None:
    html = "<ul><li>Ferries<br>move.<ul><li>To the pier.</ul><p>All of them.</p></ul>"
    assert [kind.continues for _, kind in kinds(html)] == [False, True, False, True]


def test_quotes_may_be_nested_and_go_on() -> None:
    html = "<blockquote><p>We are sad.</p><blockquote>So were we.</blockquote><p>All of us.</p></blockquote>"
    assert [(kind.name, kind.level, kind.continues) for _, kind in kinds(html)] == [
        ("quote", 1, False),
        ("quote", 2, False),
        ("quote", 1, True),
    ]


def test_the_cells_of_a_row_are_one_row() -> None:
    html = "<table><tr><th>Quay<th>Ships<tr><td>North<td>12</table>"
    rows = kinds(html)
    assert {kind.name for _, kind in rows} == {"table-row"}
    assert sum(not kind.continues for _, kind in rows) == 2
    assert " ".join(text for text, _ in rows).split() == ["Quay", "Ships", "North", "12"]


def test_lines_of_code_are_one_block() -> None:
    rows = kinds("<pre><code>open quay\nclose quay</code></pre>")
    assert [(text, kind.name, kind.continues) for text, kind in rows] == [
        ("open quay", "code", False),
        ("close quay", "code", True),
    ]


def test_the_innermost_element_decides() -> None:
    assert names("<ul><li><h3>Ferries</h3></ul>") == ["heading"]
    assert names("<blockquote><ul><li>Ferries move.</ul></blockquote>") == ["list-item"]


def test_elements_that_arrange_the_page_are_looked_through() -> None:
    for opening, closing in (
        ("<table><tr><td>", "</td></tr></table>"),
        ("<ul><li>", "</li></ul>"),
        ("<blockquote>", "</blockquote>"),
        ("<pre>", "</pre>"),
    ):
        article = newsnorm.Parser(passes=()).parse(f"<body>{opening}{PROSE * 6}{closing}</body>", media_type="text/html")
        assert {kind.name for kind in article.paragraph_kinds} == {"paragraph"}, opening


def test_a_plain_text_has_paragraphs_alone() -> None:
    article = newsnorm.parse("# Quay to close\n\n- The quay closes.\n\n> It closes on Monday.")
    assert article.paragraph_kinds == (ParagraphKind(),) * len(article.paragraphs)
