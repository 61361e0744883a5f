"""
What the markup of a page says: the elements around each line, and the claims of its head.

Empty for plain text. Places in the source count code points of the decoded page, not of the page text that `Span` refers to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Literal, NamedTuple, TypeAlias

import attrs

from newsnorm.records.span import Span

ClaimField: TypeAlias = Literal[
    "title",
    "author",
    "published",
    "updated",
    "site",
    "section",
    "tag",
    "description",
    "image",
    "language",
    "url",
    "kind",
    "access",
    "other",
]
"""``other``: what no field of an article takes, such as the word count of a record in a database."""
PageSign: TypeAlias = Literal["password", "refresh"]
"""``password``: a form asks for one. ``refresh``: the page sends its reader on within seconds."""
ClaimSource: TypeAlias = Literal["json-ld", "meta", "title", "link", "microdata", "time"]
"""``meta``: a meta element of a page, or a labelled field of a record in a database."""

SET_ASIDE = "markup.outside"
"""Id of the rule by which the markup of a page sets lines aside."""


class Element(NamedTuple):
    """An element of a page. (A page has thousands; a tuple is made faster than a record.)"""

    parent: int
    """Index of the element around it in `Markup.elements`; -1 for the root."""
    tag: str
    """In lower case."""
    names: str
    """Its class, id, role and the like, as written, parted by spaces; a ``#`` stands before the id."""
    depth: int
    """Number of elements around it."""
    is_hidden: bool
    """Whether it or an element around it is hidden by an attribute or its style."""
    start: int
    """Where its start tag begins in the source; for an implied element, as for the one around it."""


class LineMarkup(NamedTuple):
    """What the markup says of a line."""

    element: int
    """Index of the innermost element around its first letter."""
    block: int
    """Index of the innermost block there: an element that starts on a line of its own."""
    linked: int
    """Code points of its text inside links."""
    strong: int
    """Code points of its text inside bold or italic elements."""
    is_broken: bool
    """Whether ``<br>`` or a line break of preformatted text parts it from the line above."""
    joints: tuple[int, ...] = ()
    """Where a link ends and the next one follows with at most a blank between them, in code points; noted for short lines."""

    def parted(self, text: str) -> str:
        """
        Return the text of the line with commas for the blanks between adjoining links: its length stays.

        >>> LineMarkup(1, 1, 11, 0, False, joints=(9,)).parted("By Ana Ng Bo Li")
        'By Ana Ng,Bo Li'
        """
        for joint in self.joints:
            if text[joint : joint + 1] == " ":
                text = f"{text[:joint]},{text[joint + 1 :]}"
        return text


@attrs.frozen(kw_only=True)
class Claim:
    """
    A statement that the page makes about itself for machines: JSON-LD, a meta element, a `<time>`.

    Each stands on a line of its own below the text of the page, so that a value taken from it has a span like any other.
    """

    field: ClaimField
    source: ClaimSource
    name: str
    """As the page names it: ``article:published_time``, ``NewsArticle.author.Person``."""
    value: str
    line: int
    """The `Line.number` of its line, whose text is empty: passes that read text do not see it."""
    span: Span
    """Where the value is in the page text."""
    beside: int = -1
    """For a claim made amid the text: the number of the next line with text; else -1."""

    def part(self, text: str) -> Span:
        """Return where a part of the value is in the page text; the whole value, if that is written in another way."""
        at = self.value.find(text) if text else -1
        return self.span if at < 0 else Span(self.span.start + at, self.span.start + at + len(text))


@attrs.frozen(kw_only=True)
class Image:
    """An image of the page."""

    url: str
    alt: str = ""
    beside: int = -1
    """Number of the next line with text; -1 if it is the last thing on the page."""
    element: int = 0


@attrs.frozen(kw_only=True, eq=False)
class Markup:
    """The markup of a page."""

    elements: tuple[Element, ...] = ()
    """In the order of the source, so that an element stands before all that it contains."""
    lines: tuple[LineMarkup | None, ...] = ()
    """For each `Page.lines`; None for claims and blank lines."""
    claims: tuple[Claim, ...] = ()
    images: tuple[Image, ...] = ()
    signs: frozenset[PageSign] = frozenset()
    """What the page does instead of showing a report."""
    base: str = ""
    """The address that the page names for its relative addresses, as written."""
    article_body: str = ""
    """The longest text that JSON-LD gives as the body; often cut off."""
    language: str = ""
    """The language that the root element names, as written."""
    without_scripts: str = ""
    """What the page says to readers whose browser runs no scripts, without its markup; only the beginning."""

    def path(self, number: int, most: int = 12) -> str:
        """
        Return the path to the element of a line, outermost first: ``html > body > div#main > p.lead``.

        Args:
            number: the `Line.number`.
            most: elements to name; the outer ones beyond them become ``…``.

        """
        named = list(islice(self.around(number), most + 1))
        names = [_name_of(self.elements[index]) for index in named[:most]]
        return " > ".join(reversed([*names, "…"] if len(named) > most else names))

    def place(self, number: int) -> int | None:
        """Return where the innermost element of a line begins in the source, in code points; None for lines without one."""
        line = self.of_line(number)
        return None if line is None else self.elements[line.element].start

    def of_line(self, number: int) -> LineMarkup | None:
        """Return what the markup says of a line, by its `Line.number`; None for claims, blank lines and plain text."""
        return self.lines[number] if number < len(self.lines) else None

    def around(self, number: int) -> Iterator[int]:
        """Yield the indices of the elements around a line, innermost first, without the root."""
        line = self.of_line(number)
        return self.outwards(line.element if line is not None else 0)

    @cached_property
    def by_tag(self) -> Mapping[str, Sequence[int]]:
        """Tag → the indices of the elements with that tag, ascending."""
        found: dict[str, list[int]] = {}
        for index, element in enumerate(self.elements):
            if (tagged := found.get(element.tag)) is None:
                tagged = found[element.tag] = []
            tagged.append(index)
        return found

    @cached_property
    def names_in_use(self) -> frozenset[str]:
        """The names of all elements; many have equal ones."""
        return frozenset(element.names for element in self.elements)

    def tagged(self, tags: Collection[str]) -> frozenset[int]:
        """Return the indices of the elements with one of some tags."""
        by_tag = self.by_tag
        return frozenset(index for tag in tags if tag in by_tag for index in by_tag[tag])

    def innermost(self, among: Collection[int]) -> Sequence[int]:
        """
        Return for each element the innermost one of some elements that it is or stands in; 0 if there is none.

        >>> elements = [Element(-1, "", "", 0, False, 0), Element(0, "ul", "", 1, False, 0), Element(1, "li", "", 2, False, 9)]
        >>> markup = Markup(elements=tuple(elements))
        >>> markup.innermost(markup.tagged({"ul"}))
        [0, 1, 1]
        """
        found, ends = [0] * len(self.elements), self._ends
        for index in sorted(among):  # an inner element comes later, and overrides what is around it
            if 0 < index < len(found):
                found[index : ends[index]] = [index] * (ends[index] - index)
        return found

    @cached_property
    def _ends(self) -> Sequence[int]:
        """Index behind the last element that each contains."""
        ends, parents = list(range(1, len(self.elements) + 1)), self._parents
        for index in range(len(ends) - 1, 0, -1):  # an element stands before all that it contains, without a gap
            parent = parents[index]
            if ends[index] > ends[parent]:
                ends[parent] = ends[index]
        return ends

    def sums(self, values: Sequence[int]) -> list[int]:
        """Return for each element the sum of the values of it and of all elements in it."""
        sums = list(values)
        parents = self._parents
        for index in range(len(sums) - 1, 0, -1):  # an element stands before all that it contains
            sums[parents[index]] += sums[index]
        return sums

    @cached_property
    def _parents(self) -> Sequence[int]:
        """Index of the element around each; the root's own is 0."""
        return [max(element.parent, 0) for element in self.elements]

    def outwards(self, element: int) -> Iterator[int]:
        """Yield the index of an element and of those around it, innermost first, without the root."""
        while element > 0:
            yield element
            element = self.elements[element].parent


def _name_of(element: Element) -> str:
    """Return the tag of an element with its first name: ``div#main``, ``p.lead``."""
    first = element.names.split(maxsplit=1)[0] if element.names else ""
    return element.tag + ("" if first.startswith("#") or not first else ".") + first


NO_MARKUP = Markup()
"""The markup of plain text."""
