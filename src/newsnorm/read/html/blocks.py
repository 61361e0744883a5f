"""Gather the text of a page into lines: one for each block of text, inline markup joined, ``<br>`` parts lines."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from newsnorm.read.html.claims import MOST_CLAIMS, RawClaim, claims_of_element, claims_of_meta
from newsnorm.read.html.tree import Attributes
from newsnorm.records.markup import Element, LineMarkup
from newsnorm.text.lazy_regex import lazy_regex

BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "button", "center", "dd", "details"),
        *("dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer"),
        *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup"),
        *("hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option"),
        *("p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th"),
        *("thead", "tr", "ul", "video", "audio", "picture", "amp-img"),
    )
)
"""Elements that start on a line of their own."""

STRONG = frozenset(("b", "strong", "em", "i"))
WITHOUT_TEXT = frozenset(("head", "video", "audio", "picture"))
"""Elements whose text a reader does not see."""

_HIDDEN = lazy_regex(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")


@attrs.frozen
class TextLine:
    """A line of text, with what the markup says of it."""

    text: str
    markup: LineMarkup


@attrs.frozen
class RawImage:
    """An image, and the number of text lines above it."""

    url: str
    alt: str
    element: int
    lines_above: int


class Gatherer:
    """Takes what stands on a page (a `Sink`), and makes lines, elements and claims of it."""

    def __init__(self) -> None:
        self.lines: list[TextLine] = []
        self.elements: list[Element] = [Element(-1, "", "", 0, False, 0)]
        self.claims: list[RawClaim] = []
        self.images: list[RawImage] = []
        self.json_ld: list[str] = []
        self.language = ""
        self._open = [0]
        self._blocks = [0]
        self._parts: list[str] = []
        self._element = self._block = self._linked = self._strong = 0
        self._links = self._bold = self._unseen = self._preformatted = 0
        self._broken = False
        self._title: list[str] | None = None

    def start(self, tag: str, attributes: Attributes, at: int) -> None:
        """Open an element."""
        if tag == "br":
            self._flush()
            self._broken = True
            return
        if tag == "meta":
            self._claim(claims_of_meta(attributes))
            return
        if tag == "link":
            if attributes.get("rel", "").lower() == "canonical" and attributes.get("href"):
                self._claim((RawClaim("url", "link", "canonical", attributes["href"]),))
            return
        if tag == "img":
            self._image(attributes)
            return
        if tag in BLOCKS:
            self._flush()
        if tag in ("hr", "input", "source", "track", "wbr", "area", "base", "col", "embed", "param"):
            return
        self._push(tag, attributes, at)

    def _push(self, tag: str, attributes: Attributes, at: int) -> None:
        number, parent = len(self.elements), self._open[-1]
        above = self.elements[parent]
        names, is_hidden = "", above.is_hidden
        if attributes:
            names = " ".join(filter(None, map(attributes.get, ("class", "id", "role", "rel", "itemprop"))))
            is_hidden = is_hidden or _hides(attributes)
            if "datetime" in attributes or "itemprop" in attributes:
                self._claim(claims_of_element(tag, attributes, len(self.lines) + bool(self._parts)))
            if tag == "html":
                self.language = attributes.get("lang") or attributes.get("xml:lang") or ""
        self.elements.append(Element(parent, tag, names, above.depth + 1, is_hidden, at))
        self._open.append(number)
        if tag in BLOCKS:
            self._blocks.append(number)
        self._count(tag, 1)
        if tag == "title" and self._title is None and self._unseen:
            self._title = []

    def _count(self, tag: str, step: int) -> None:
        """Note that an element with an effect on its text opens (1) or closes (-1)."""
        if tag == "a":
            self._links += step
        elif tag in STRONG:
            self._bold += step
        elif tag in WITHOUT_TEXT:
            self._unseen += step
        elif tag == "pre":
            self._preformatted += step

    def end(self, tag: str) -> None:
        """Close the innermost open element."""
        if tag == "title" and self._title is not None and self._unseen:
            title = " ".join("".join(self._title).split())
            if title and not any(claim.source == "title" for claim in self.claims):
                self._claim((RawClaim("title", "title", "title", title),))
        self._open.pop()
        if tag in BLOCKS:
            self._flush()
            self._blocks.pop()
        self._count(tag, -1)

    def text(self, text: str) -> None:
        """Add a stretch of text to the line that is being gathered."""
        if self._unseen:
            if self._title is not None and self.elements[self._open[-1]].tag == "title":
                self._title.append(text)
            return
        if self._preformatted and "\n" in text:
            for number, part in enumerate(text.split("\n")):
                if number:
                    self._flush()
                    self._broken = True
                self._add(part)
            return
        self._add(text)

    def script(self, kind: str, text: str) -> None:
        """Keep the content of a JSON-LD script."""
        if "ld+json" in kind.lower():
            self.json_ld.append(text)

    def finish(self) -> None:
        """End the last line."""
        self._flush()

    def _add(self, text: str) -> None:
        if not self._parts:
            if not text or text.isspace():
                return
            self._element, self._block = self._open[-1], self._blocks[-1]
        self._parts.append(text)
        if self._links:
            self._linked += len(text)
        if self._bold:
            self._strong += len(text)

    def _flush(self) -> None:
        """End the line that is being gathered, if it has text."""
        if self._parts:
            text = " ".join("".join(self._parts).split())
            self._parts.clear()
            if text:
                size = len(text)
                markup = LineMarkup(self._element, self._block, min(self._linked, size), min(self._strong, size), self._broken)
                self.lines.append(TextLine(text, markup))
            self._linked = self._strong = 0
        self._broken = False

    def _claim(self, claims: Iterable[RawClaim]) -> None:
        """Note claims, up to a limit."""
        self.claims += [claim for claim in claims if len(self.claims) < MOST_CLAIMS]

    def _image(self, attributes: Attributes) -> None:
        url = attributes.get("src", "") or attributes.get("data-src", "")
        if url and not url.startswith("data:"):
            self.images.append(RawImage(url, attributes.get("alt", ""), self._open[-1], len(self.lines) + bool(self._parts)))


def _hides(attributes: Attributes) -> bool:
    """Return whether an element is hidden by its own attributes."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return "style" in attributes and _HIDDEN.search(attributes["style"]) is not None
