"""
Find the lines that a page's markup makes captions, picture credits, or posts embedded from elsewhere.

A `figcaption` is a caption; a class name makes one if an image is beside the line, or if names announce an image, since scripts
insert many images. The captions of figures that hold a table or a quotation are headings or sources, which belong to the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby, islice

import attrs

from newsnorm.page.markup_names import words_of_names
from newsnorm.records import Line, Page
from newsnorm.records.markup import Markup
from newsnorm.resources import directory_of, read_toml

NEAR = 3
"""Innermost elements around a line, including its own, one of which must be named for a caption."""

MOST_LINES, MOST_LETTERS = 6, 1_500
"""Lines and code points of the longest caption; anything longer is a text in a box. Chosen, not measured."""

MOST_LINKED = 0.5
"""Largest share of links in a caption's text; a teaser is one link. Chosen, not measured."""

APART = frozenset(
    ("blockquote", "button", "form", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "nav", "ol", "pre", "table", "ul")
)
"""Elements in which no line is a caption."""

LISTS = frozenset(("ol", "ul"))
KEPT = LISTS | {"blockquote", "pre", "table"}
"""Elements that a figure may hold instead of an image, unless they hold images themselves, as in galleries."""


@attrs.frozen
class FigureNames:
    """The words and names of ``figures.toml``."""

    caption: frozenset[str]
    credit: frozenset[str]
    other: frozenset[str]
    image: frozenset[str]
    embed: frozenset[str]
    decoration: frozenset[str]
    counter: frozenset[str]


@attrs.frozen
class Figure:
    """The lines that belong to one picture."""

    holder: int
    """Index of the element around them."""
    lines: tuple[Line, ...]
    credits: frozenset[int]
    """Numbers of the lines that hold only the credit, by the names of their elements."""


@cache
def figure_names() -> FigureNames:
    """Read the names that ship with newsnorm, once."""
    content = read_toml(directory_of("page", "data").joinpath("figures.toml"))
    return FigureNames(**{name: frozenset(map(str, words)) for name, words in content.items() if isinstance(words, list)})


@lru_cache(maxsize=20_000)
def _marks(names: str) -> tuple[bool, bool]:
    """Return whether the names of an element mark it as a caption, and as a credit."""
    known, words = figure_names(), frozenset(words_of_names(names))
    if not known.other.isdisjoint(words):
        return False, False
    return not known.caption.isdisjoint(words), not known.credit.isdisjoint(words)


def figures_of(page: Page) -> Iterator[Figure]:
    """Yield the captions of a page, in its order."""
    markup = page.markup
    holders = _holders(markup)
    if not any(holders):
        return
    figure = markup.innermost(markup.tagged({"figure"}))
    held = _figures_without_image(markup, figure)
    marked = (
        (holders[mark.element], line)
        for line, mark in zip(page.lines, markup.lines, strict=True)
        if line.text and mark is not None and holders[mark.element] > 0
    )
    beside, below_caption = {image.beside for image in markup.images}, -1
    for holder, group in groupby(marked, key=lambda pair: pair[0]):
        lines = tuple(line for _, line in group)
        if figure[holder] in held or not _may_be_caption(markup, lines):
            continue
        credited = frozenset(line.number for line in lines if _is_credit(markup, line.number))
        is_credit_below = len(credited) == len(lines) and lines[0].number == below_caption
        if is_credit_below or _describes_image(markup, holder) or _stands_beside_image(page, lines, beside):
            yield Figure(holder, lines, credited)
            below_caption = _next_line(page, lines[-1])


def embedded_lines(page: Page) -> Iterator[Line]:
    """Yield the lines of posts that are embedded from elsewhere."""
    markup, embed = page.markup, figure_names().embed
    posts = {names for names in _names_with(markup, embed) if not embed.isdisjoint(names.lower().replace("#", "").split())}
    if posts:
        post = markup.innermost({index for index, element in enumerate(markup.elements) if element.names in posts})
        yield from (line for line, mark in zip(page.lines, markup.lines, strict=True) if mark is not None and post[mark.element])


def _holders(markup: Markup) -> Sequence[int]:
    """Return for each element the index of the element that makes it part of a caption; 0 if there is none."""
    elements, named = markup.elements, _marking_names(markup)
    if not named and "figcaption" not in markup.by_tag:
        return []
    marking = markup.tagged({"figcaption"}) | {index for index, element in enumerate(elements) if element.names in named}
    holders = [0]
    for index, element in enumerate(elements[1:], 1):
        outer = holders[element.parent]
        if not outer and index not in marking:
            holder = 0  # most elements
        elif element.tag == "figcaption":
            holder = index
        elif element.tag in APART:
            holder = outer if element.tag in LISTS and outer and elements[outer].tag == "figcaption" else 0
        elif outer and (elements[outer].tag == "figcaption" or element.depth - elements[outer].depth < NEAR):
            holder = outer
        else:
            holder = index if index in marking else 0
        holders.append(holder)
    return holders


def _marking_names(markup: Markup) -> frozenset[str]:
    """Return the names on a page that mark an element as a caption or a credit."""
    known = figure_names()
    return frozenset(names for names in _names_with(markup, known.caption | known.credit) if any(_marks(names)))


def _names_with(markup: Markup, words: Iterable[str]) -> Sequence[str]:
    """Return the names on a page that contain one of some words; few pages have any."""
    in_use = markup.names_in_use
    text = "\n".join(in_use).lower()
    held = [word for word in words if word in text]
    return [names for names in in_use if any(word in names.lower() for word in held)] if held else []


def _figures_without_image(markup: Markup, figure: Sequence[int]) -> frozenset[int]:
    """
    Return the figures that hold a table, a list, a quotation or code without images in it, besides their caption.

    Args:
        markup: the markup of a page.
        figure: for each element, the innermost figure around it or itself; 0 if there is none.

    """
    kept = markup.tagged(KEPT)
    if not kept:
        return frozenset()
    pictured = {around for image in markup.images for around in markup.outwards(image.element)}
    caption = markup.innermost(markup.tagged({"figcaption", "figure"}))
    bare = (index for index in kept if index not in pictured and markup.elements[caption[index]].tag != "figcaption")
    return frozenset(figure[index] for index in bare) - {0}


def _may_be_caption(markup: Markup, lines: Sequence[Line]) -> bool:
    """Return whether lines are short enough for a caption, and not mostly links."""
    letters = sum(len(line.text) for line in lines)
    marks = (markup.lines[line.number] for line in lines)
    linked = sum(mark.linked for mark in marks if mark is not None)
    return len(lines) <= MOST_LINES and letters <= MOST_LETTERS and linked <= MOST_LINKED * letters


def _stands_beside_image(page: Page, lines: Sequence[Line], beside: set[int]) -> bool:
    """Return whether an image is right above some lines, among them, or right below them."""
    return any(line.number in beside for line in lines) or _next_line(page, lines[-1]) in beside


def _next_line(page: Page, line: Line) -> int:
    """Return the number of the next line with text; -1 if there is none."""
    return next((other.number for other in page.lines[line.number + 1 :] if other.text), -1)


def _describes_image(markup: Markup, holder: int) -> bool:
    """Return whether a caption's element is a `figcaption`, or names on it or around it announce an image."""
    element = markup.elements[holder]
    if element.tag == "figcaption":
        return True
    around = markup.elements[element.parent].names if element.parent >= 0 else ""
    return not figure_names().image.isdisjoint(words_of_names(f"{element.names} {around}"))


def _is_credit(markup: Markup, number: int) -> bool:
    """Return whether the innermost name around a line that marks a caption or a credit marks a credit."""
    for index in islice(markup.around(number), NEAR):
        caption, credit = _marks(markup.elements[index].names)
        if caption or credit:
            return not caption
    return False
