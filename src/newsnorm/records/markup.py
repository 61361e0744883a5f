"""
Record what the markup of a page says: the elements around each line, and the claims of its head.

Empty for plain text. Offsets in the source count code points of the decoded page, not of the page text that `Span` refers to.
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
"""``other``: not a field of an article, such as the word count of a record in a database."""
PageSign: TypeAlias = Literal["password", "refresh"]
"""``password``: a form asks for one. ``refresh``: the page sends its reader on within seconds."""
ClaimSource: TypeAlias = Literal["json-ld", "meta", "title", "link", "microdata", "time"]
"""``meta``: a meta element of a page, or a labelled field of a record in a database."""

SET_ASIDE = "markup.outside"
"""Id of the rule that sets lines aside because of a page's markup."""


class Element(NamedTuple):
    """An element of a page. (A page has thousands, and tuples are made faster than records.)"""

    parent: int
    """Index of the element around it in `Markup.elements`; -1 for the root."""
    tag: str
    """In lower case."""
    names: str
    """Its class, id, role and the like, as written, separated by spaces, with ``#`` before the id."""
    depth: int
    """Number of elements around it."""
    is_hidden: bool
    """Whether it or an element around it is hidden by an attribute or its style."""
    start: int
    """Offset of its start tag in the source; an implied element has the offset of the element around it."""


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
    """Whether ``<br>`` or a line break in preformatted text separates it from the line above."""
    joints: tuple[int, ...] = ()
    """Offsets at which a link ends and the next one follows after at most one space, in code points; only for short lines."""

    def parted(self, text: str) -> str:
        """
        Return the text of the line with commas in place of the spaces between adjoining links; its length stays the same.

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
    A statement that the page makes about itself for machines, in JSON-LD, a meta element or a `<time>`.

    Each has a line of its own below the text of the page, so that a value taken from it has a span like any other.
    """

    field: ClaimField
    source: ClaimSource
    name: str
    """As the page names it: ``article:published_time``, ``NewsArticle.author.Person``."""
    value: str
    line: int
    """The `Line.number` of its line, whose text is empty: passes that read text do not see it."""
    span: Span
    """The value in the page text."""
    beside: int = -1
    """For a claim in the midst of the text: the number of the next line with text; otherwise -1."""

    def part(self, text: str) -> Span:
        """Return the span of a part of the value; the span of the whole value if the source writes it differently."""
        at = self.value.find(text) if text else -1
        return self.span if at < 0 else Span(self.span.start + at, self.span.start + at + len(text))


@attrs.frozen(kw_only=True)
class Image:
    """An image of the page."""

    url: str
    alt: str = ""
    beside: int = -1
    """Number of the next line with text; -1 if there is none."""
    element: int = 0


@attrs.frozen(kw_only=True, eq=False)
class Markup:
    """The markup of a page."""

    elements: tuple[Element, ...] = ()
    """In the order of the source, so that an element comes before everything it contains."""
    lines: tuple[LineMarkup | None, ...] = ()
    """For each `Page.lines`; None for claims and blank lines."""
    claims: tuple[Claim, ...] = ()
    images: tuple[Image, ...] = ()
    signs: frozenset[PageSign] = frozenset()
    """Signs that the page does something else than show a report."""
    base: str = ""
    """The base of the page's relative addresses, as written."""
    article_body: str = ""
    """The longest text that JSON-LD states as the body; often truncated."""
    language: str = ""
    """The language stated by the root element, as written."""
    without_scripts: str = ""
    """The text for browsers without scripts, without its markup; only the beginning."""

    def path(self, number: int, most: int = 12) -> str:
        """
        Return the path to the element of a line, outermost first: ``html > body > div#main > p.lead``.

        Args:
            number: the `Line.number`.
            most: how many elements to name; outer ones beyond that become ``…``.

        """
        named = list(islice(self.around(number), most + 1))
        names = [_name_of(self.elements[index]) for index in named[:most]]
        return " > ".join(reversed([*names, "…"] if len(named) > most else names))

    def place(self, number: int) -> int | None:
        """Return the offset of a line's innermost element in the source, in code points; None for lines without one."""
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
        """The distinct names of all elements."""
        return frozenset(element.names for element in self.elements)

    def tagged(self, tags: Collection[str]) -> frozenset[int]:
        """Return the indices of the elements that have one of the given tags."""
        by_tag = self.by_tag
        return frozenset(index for tag in tags if tag in by_tag for index in by_tag[tag])

    def innermost(self, among: Collection[int]) -> Sequence[int]:
        """
        Return for each element the innermost of some elements that is itself or around it; 0 if there is none.

        >>> elements = [Element(-1, "", "", 0, False, 0), Element(0, "ul", "", 1, False, 0), Element(1, "li", "", 2, False, 9)]
        >>> markup = Markup(elements=tuple(elements))
        >>> markup.innermost(markup.tagged({"ul"}))
        [0, 1, 1]
        """
        found, ends = [0] * len(self.elements), self._ends
        for index in sorted(among):  # inner elements come later and override outer ones
            if 0 < index < len(found):
                found[index : ends[index]] = [index] * (ends[index] - index)
        return found

    @cached_property
    def _ends(self) -> Sequence[int]:
        """For each element, the index after the last element that it contains."""
        ends, parents = list(range(1, len(self.elements) + 1)), self._parents
        for index in range(len(ends) - 1, 0, -1):  # everything that an element contains follows it without a gap
            parent = parents[index]
            if ends[index] > ends[parent]:
                ends[parent] = ends[index]
        return ends

    def sums(self, values: Sequence[int]) -> list[int]:
        """Return for each element the sum of its value and those of all elements in it."""
        sums = list(values)
        parents = self._parents
        for index in range(len(sums) - 1, 0, -1):  # an element stands before all that it contains
            sums[parents[index]] += sums[index]
        return sums

    @cached_property
    def _parents(self) -> Sequence[int]:
        """For each element, the index of the element around it; 0 for the root."""
        return [max(element.parent, 0) for element in self.elements]

    def outwards(self, element: int) -> Iterator[int]:
        """Yield the indices of an element and the elements around it, innermost first, without the root."""
        while element > 0:
            yield element
            element = self.elements[element].parent


def _name_of(element: Element) -> str:
    """Return the tag of an element with its first name: ``div#main``, ``p.lead``."""
    first = element.names.split(maxsplit=1)[0] if element.names else ""
    return element.tag + ("" if first.startswith("#") or not first else ".") + first


NO_MARKUP = Markup()
"""The markup of plain text."""
