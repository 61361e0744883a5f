"""
Classify the paragraphs of a report by the markup around them: headings, list items, rows of a table, quotes or code.

The innermost such element around a line decides. A list item, cell, quote or preformatted element that holds much of the report
only arranges the page, and is ignored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import attrs

from newsnorm.records.markup import Markup
from newsnorm.records.paragraph import PLAIN, ParagraphKind, ParagraphName

NAMES: Mapping[str, ParagraphName] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "list-item"),
    **dict.fromkeys(("td", "th", "tr"), "table-row"),
    "blockquote": "quote",
    "pre": "code",
}
"""Element → the kind of the paragraphs in it."""

MOST_PARAGRAPHS: Mapping[ParagraphName, int] = {"heading": 3, "list-item": 4, "table-row": 3, "quote": 12, "code": 200}
"""Most paragraphs in an element of each kind, or in a cell of a table. Chosen, not measured."""

MOST_SHARE = 0.6
"""Largest share of the report's letters in such an element, if the report has more than `FEW` paragraphs. Chosen, not
measured."""

FEW = 3


def kinds_of(markup: Markup, numbers: Sequence[int], sizes: Sequence[int]) -> tuple[ParagraphKind, ...]:
    """
    Return the kind of each paragraph.

    Args:
        markup: the markup of the page.
        numbers: the `Line.number` of each paragraph, ascending.
        sizes: the code points of each paragraph.

    >>> from newsnorm.records.markup import Element, LineMarkup
    >>> elements = (Element(-1, "", "", 0, False, 0), Element(0, "h2", "", 1, False, 0))
    >>> kinds_of(Markup(elements=elements, lines=(LineMarkup(1, 1, 0, 0, False),)), [0], [8])[0].level
    2

    """
    if not markup.elements:
        return (PLAIN,) * len(numbers)
    around = [_named_around(markup, number) for number in numbers]
    arranging = _arranging(markup, around, sizes)
    begun: set[int] = set()
    kinds: list[ParagraphKind] = []
    for path in around:
        named = [element for element in path if element not in arranging]
        kinds.append(_kind(markup, named, begun) if named else PLAIN)
    return tuple(kinds)


def _named_around(markup: Markup, number: int) -> list[int]:
    """Return the elements of `NAMES` around a line, innermost first."""
    return [index for index in markup.around(number) if markup.elements[index].tag in NAMES]


def _arranging(markup: Markup, around: Sequence[Sequence[int]], sizes: Sequence[int]) -> frozenset[int]:
    """Return the elements that hold too many paragraphs, or too much of the report, to be what their tag says."""
    paragraphs, letters = Counter[int](), Counter[int]()
    for path, size in zip(around, sizes, strict=True):
        for element in path:
            paragraphs[element] += 1
            letters[element] += size
    most = MOST_SHARE * sum(sizes) if len(sizes) > FEW else sum(sizes)
    found = set()
    for element, count in paragraphs.items():
        name = NAMES[markup.elements[element].tag]
        if letters[element] > most or (markup.elements[element].tag != "tr" and count > MOST_PARAGRAPHS[name]):
            found.add(element)
            if name == "table-row":
                found.add(markup.elements[element].parent)  # a row with such a cell arranges the page, too
    return frozenset(found)


def _kind(markup: Markup, named: Sequence[int], begun: set[int]) -> ParagraphKind:
    """Return the kind of a paragraph by the elements around it, innermost first; record which elements have begun."""
    tag = markup.elements[named[0]].tag
    name = NAMES[tag]
    whole = _row(markup, named) if name == "table-row" else named[0]
    kind = ParagraphKind(name, continues=whole in begun)
    begun.add(whole)
    if name == "heading":
        return ParagraphKind(name, level=int(tag[1]), continues=kind.continues)
    if name not in ("list-item", "quote"):
        return kind
    level = sum(NAMES[markup.elements[element].tag] == name for element in named)
    ordered = name == "list-item" and markup.elements[markup.elements[named[0]].parent].tag == "ol"
    return attrs.evolve(kind, level=level, ordered=ordered)


def _row(markup: Markup, named: Sequence[int]) -> int:
    """Return the row around a cell, or the cell if there is none."""
    return next((element for element in named[:2] if markup.elements[element].tag == "tr"), named[0])
