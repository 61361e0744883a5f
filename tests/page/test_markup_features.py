"""Features of lines by their markup, beside the slow and obvious way of working them out."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from newsnorm.page.markup_features import WINDOWS, MarkupFeatures, extract_markup_features
from newsnorm.read import raw_article, read
from newsnorm.records import Metadata, Page

pytest.importorskip("turbohtml")

REPORT = (
    "The harbour board closed the eastern quay on Monday after divers found cracks in three of its piles.",
    "Two ferries were sent to the coal pier, where passengers waited for an hour in the rain without a roof.",
    "The board will decide in June whether the quay is repaired or torn down, its chair said on the radio.",
)
FOOTER = "".join(f"<p>The offices of the paper in town {number} are open from nine to five</p>" for number in range(8))
PAGE = f"""
<html><head><title>Harbour board closes eastern quay | The Quay Post</title>
<meta name="description" content="Divers found cracks in three piles of the eastern quay.">
<meta name="author" content="Ana Ng"></head>
<body><nav class="main-menu"><ul><li><a href="/a">Home</a></li><li><a href="/b">Shipping news of the week</a></li></ul></nav>
<main><article class="story"><h1>Harbour board closes eastern quay</h1><p class="byline">By Ana Ng</p>
<div class="story-body"><p>{REPORT[0]}</p><p>{REPORT[1]}</p><figure><figcaption>The quay on Monday</figcaption></figure>
<p>{REPORT[2]}</p></div></article></main>
<aside class="related-stories"><h2>More on this</h2>
<div><a href="/c">Ferry line asks for a new pier in the north</a></div></aside>
<footer><p>Contact the newsroom</p>{FOOTER}</footer></body></html>
"""


def page_of(html: str) -> Page:
    return read(raw_article(html, Metadata(media_type="text/html")))


@cache
def features() -> MarkupFeatures:
    return extract_markup_features(page_of(PAGE))


def row(text: str) -> int:
    return list(features().lines.texts).index(text)


def under(element: int) -> list[int]:
    """Return the rows of the lines whose block is an element or within it."""
    elements, rows = features().lines.elements, []
    for number, mark in enumerate(features().lines.marks):
        at = mark.block
        while at >= 0 and at != element:
            at = elements[at].parent
        if at == element:
            rows.append(number)
    return rows


def test_what_stands_under_ancestors_is_the_sum_over_their_lines() -> None:
    lines, columns = features().lines, features().columns
    for number, mark in enumerate(lines.marks):
        at = mark.block
        for level in (1, 2, 3, 4):
            at = max(lines.elements[at].parent, 0)
            rows = under(at)
            prose, words = lines.prose[rows].sum(), lines.size[rows].sum()
            linked = (lines.linked * lines.length)[rows].sum() / max(lines.length[rows].sum(), 1)
            assert columns[f"mass{level}"][number] == pytest.approx(prose / lines.total_prose)
            assert columns[f"prose_share{level}"][number] == pytest.approx(prose / max(words, 1))
            assert columns[f"linked{level}"][number] == pytest.approx(linked)
            assert columns[f"lines{level}"][number] == len(rows)


def test_means_around_a_line_are_those_of_the_lines_there() -> None:
    lines, columns = features().lines, features().columns
    for number in range(lines.count):
        for first, last in WINDOWS:
            rows = [at for at in range(number + first, number + last + 1) if 0 <= at < lines.count]
            mean = lines.linked[rows].mean() if rows else 0.0
            side = f"above{-first}" if last < 0 else f"below{last}"
            assert columns[f"links_{side}"][number] == pytest.approx(mean)


def test_likeness_is_the_share_of_prose_in_lines_of_one_form() -> None:
    lines, columns = features().lines, features().columns
    parents = [lines.elements[mark.block].parent for mark in lines.marks]
    for number, parent in enumerate(parents):
        alike = [at for at, other in enumerate(parents) if other == parent]
        assert columns["parent_mass"][number] == pytest.approx(lines.prose[alike].sum() / lines.total_prose)
        assert columns["parent_times"][number] == len(alike)


def test_the_heart_is_the_element_with_the_prose() -> None:
    columns = features().columns
    assert all(columns["within_heart"][row(text)] == 1 and columns["away"][row(text)] >= 1 for text in REPORT)
    assert columns["within_heart"][row("Contact the newsroom")] == 0
    assert columns["climb"][row("Contact the newsroom")] > 0
    assert columns["branch_linked"][row("More on this")] == pytest.approx(43 / 55)


def test_claims_say_which_line_is_title_summary_or_author() -> None:
    columns = features().columns
    assert columns["like_stated_title"].argmax() == row("Harbour board closes eastern quay")
    assert columns["below_headline"][row(REPORT[0])] == 1
    assert columns["from_headline"][row("By Ana Ng")] == pytest.approx(1 / 30)
    assert columns["named"].argmax() == row("By Ana Ng")
    assert columns["described"].argmax() == row(REPORT[0])
    assert columns["near_related"][row("More on this")] == 1


def test_a_stated_text_counts_once_for_each_line() -> None:
    body = " ".join(REPORT * 2)
    html = PAGE.replace(
        "</head>", f'<script type="application/ld+json">{{"articleBody": "{body}", "headline": "Q"}}</script></head>'
    )
    columns = extract_markup_features(page_of(html)).columns
    assert columns["stated"][row(REPORT[0])] == columns["stated"][row(REPORT[1])] == 1
    assert (columns["stated"][row("By Ana Ng")], columns["unstated"][row("By Ana Ng")]) == (0, 1)


@pytest.mark.parametrize("html", ["", "<p>", "<p>One line", "plain text", "<br><br>x", "<div hidden>x</div>", "<li>۱</li>"])
def test_pages_with_little_or_nothing_have_features(html: str) -> None:
    columns = extract_markup_features(page_of(html)).columns
    assert columns.keys() == features().columns.keys()
    assert all(np.isfinite(column).all() for column in columns.values())
    assert len({len(column) for column in columns.values()}) == 1
