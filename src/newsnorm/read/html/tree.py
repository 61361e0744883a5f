"""
Walk the elements and texts of a page in document order; the only import of the HTML parser.

The parser cuts the page into tags and texts; `OpenElements` says which elements are open. It follows the HTML standard where it
matters for lines (implied ends, cells of tables, misplaced end tags), but opens no element that the source does not write, as the
standard does for misnested tags: 24 kB of them become a tree of two million elements.
To replace the parser, write another `walk`, which reports the content of a page to a `Sink`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Protocol, TypeAlias, cast

import attrs

from newsnorm.errors import MissingExtraError
from newsnorm.read.extras import is_html_installed
from newsnorm.read.html.tags import (
    BLOCKS,
    CLOSES,
    CLOSES_P,
    EMPTY,
    ENDING,
    HEAD,
    HEADINGS,
    INLINE,
    OUTERMOST,
    RAW,
    SCOPES,
    TABLE_PARTS,
    UNREAD,
    UNRECORDED,
)
from newsnorm.read.limits import MAX_ATTRIBUTES, MAX_DEPTH
from newsnorm.text.lazy_regex import lazy_regex

Attributes: TypeAlias = Mapping[str, str]

PAGES, EXTRA = "pages of HTML", "html"
"""The feature that needs an extra, and the extra."""

NO_ATTRIBUTES: Attributes = {}

LONG_PAGE = 1_000_000
"""Code points of a page that may hold a tag with so many attributes that they take too much memory."""

DENSE = 32
"""Code points for each sign between attributes, on average, above which a huge tag is not a flood but has long values."""

_LINE_BREAK = lazy_regex("\r\n?|\n")
_XML = lazy_regex(r"\s*<\?xml\s")
_EMPTY_RAW = lazy_regex(r"(?i)<(?:script|style|title|iframe|textarea|noscript|noframes|xmp)\b[^<>]*/>")
_HUGE_TAG = lazy_regex(r"<[a-zA-Z][^<>]{100000,}")
_TAG_NAME = lazy_regex(r"<[a-zA-Z][^\s/<>]{0,100}")
_ON_A_LINE = lazy_regex(r"[^\r\n]+")
_COMMENT_END = lazy_regex("--!?>")
_WHOLE_TAG = lazy_regex(r"""(?s)<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*+>|<[^>]*>""")
_CUT_TAG = lazy_regex("<[a-zA-Z/!?]")


class Token(Protocol):
    """A tag, a text or a comment of the source, as the parser cuts it; a tag has no data, the others have no name."""

    type: object
    tag: str
    """In lower case."""
    data: str
    attrs: list[tuple[str, str]]
    """The first of each name."""
    self_closing: bool
    line: int
    """Counted from 1."""
    col: int
    """Code points before it on the line."""


class Sink(Protocol):
    """Receives the content of a page, in document order. Places count code points of the source."""

    def again(self, tag: str, attributes: Attributes, at: int) -> None:
        """Take another start tag of the root or the body."""

    def start(self, tag: str, attributes: Attributes, at: int) -> None:
        """Take a start tag. Elements of `EMPTY` have no end."""

    def end(self, tag: str) -> None:
        """Take the end of the innermost open element."""

    def part(self) -> None:
        """Take the border of a block that is not an element; text after it begins a new line."""

    def text(self, text: str) -> None:
        """Take a stretch of text, with character references resolved."""

    def script(self, kind: str, text: str) -> None:
        """Take the content of a script element; `kind` is its type."""

    def without_scripts(self, text: str) -> None:
        """Take the source of the content for browsers without scripts."""


@attrs.frozen
class Walked:
    """Counts of what a walk left out."""

    too_deep: int = 0
    """Elements that stand deeper than `MAX_DEPTH`."""
    capped: int = 0
    """Elements with more than `MAX_ATTRIBUTES` attributes."""
    unread_end: int = 0
    """Code points at the end, if the page ends within a tag, a comment or a script."""


class OpenElements:
    """The open elements, outermost first, and where each tag is among them."""

    def __init__(self, sink: Sink) -> None:
        self.too_deep = 0
        self.unread = -1
        """Where the outermost open element is that is not read; -1 if there is none."""
        self._sink = sink
        self._tags: list[str] = []
        self._places: dict[str, list[int]] = {}
        self._scopes = [-1]
        self._blocks = [-1]
        self._late: set[int] = set()  # inline elements whose end tag came before that of a block inside
        self._skipped: Counter[str] = Counter()  # elements that stand too deep to be opened
        self.has_body = self._has_head = False

    def start(self, tag: str, attributes: Attributes, at: int) -> None:
        """Open an element, after what its start tag ends."""
        if not self.has_body and self.unread < 0 and not self._begin(tag, attributes, at):
            return
        if tag not in ENDING or self._end_others(tag, attributes, at):
            self._open(tag, attributes, at)

    def _end_others(self, tag: str, attributes: Attributes, at: int) -> bool:
        """Close the elements that a start tag ends; return whether its own element is still to be opened."""
        if tag in OUTERMOST:
            if self.unread < 0:
                self._sink.again(tag, attributes, at)
            return False
        if tag in CLOSES_P and self._places.get("p"):
            self._end_paragraph()
        if tag in CLOSES:
            self._end_implied(tag)
        elif tag in HEADINGS and self._tags[-1] in HEADINGS:
            self._close(len(self._tags) - 1)
        if self.unread >= 0 and tag in CLOSES_P:
            self._break_out()
        if tag in EMPTY:
            if self.unread < 0 and tag not in UNRECORDED:
                self._sink.start(tag if tag != "image" else "img", attributes, at)
            return False
        return True

    def end(self, tag: str) -> None:
        """Close the elements that an end tag ends, if any."""
        if self._skipped and self._skipped[tag] > 0:
            self._skipped[tag] -= 1
            self._part(tag)
            return
        places = self._places.get(tag)
        if not places:
            self._end_unopened(tag)
            return
        place = places[-1]
        if place < self._scopes[-1]:
            if tag != "table" and (tag not in TABLE_PARTS or place < self._last("table")):
                return
        elif tag == "body" or tag == "html":
            return
        if self._blocks[-1] > place and tag in INLINE:
            self._late.add(place)
            return
        self._close(place)

    def __contains__(self, tag: str) -> bool:
        """Return whether an element with a tag is open."""
        return self._last(tag) >= 0

    def text(self, text: str) -> None:
        """Take a text before the body: white space, or the beginning of a body without a start tag."""
        if text and not text.isspace():
            self._begin_body(NO_ATTRIBUTES, 0)
            self._sink.text(text)

    def finish(self) -> None:
        """Close all open elements."""
        if self._tags:
            self._close(0)

    def _begin(self, tag: str, attributes: Attributes, at: int) -> bool:
        """Open what stands around an element before the body; return whether that element is still to be opened."""
        if not self._tags:
            is_root = tag == "html"
            self._open("html", attributes if is_root else NO_ATTRIBUTES, at if is_root else 0)
            if is_root:
                return False
        if tag == "html":
            return True
        if tag == "head" or (tag in HEAD and not self._has_head):
            if not self._has_head:
                self._has_head = True
                self._open("head", attributes if tag == "head" else NO_ATTRIBUTES, at)
            return tag != "head"
        if tag in HEAD:
            return True
        self._begin_body(attributes if tag == "body" else NO_ATTRIBUTES, at)
        return tag != "body"

    def _begin_body(self, attributes: Attributes, at: int) -> None:
        """Open the body, after the end of the head."""
        if not self._tags:
            self._open("html", NO_ATTRIBUTES, 0)
        if len(self._tags) > 1:
            self._close(1)
        self.has_body = True
        self._open("body", attributes, at)

    def _open(self, tag: str, attributes: Attributes, at: int) -> None:
        """Open an element, unless it stands too deep."""
        place = len(self._tags)
        if place >= MAX_DEPTH:
            self.too_deep += 1
            self._skipped[tag] += 1
            self._part(tag)
            return
        self._tags.append(tag)
        places = self._places.get(tag)
        if places is None:
            self._places[tag] = [place]
        else:
            places.append(place)
        if tag in BLOCKS:
            self._blocks.append(place)
            if tag in SCOPES:
                self._scopes.append(place)
        if self.unread < 0:
            if tag in UNREAD:
                self.unread = place
            else:
                self._sink.start(tag, attributes, at)

    def _close(self, place: int) -> None:
        """Close an element and all within."""
        tags, places = self._tags, self._places
        if self._skipped:
            self._skipped.clear()
        for at in range(len(tags) - 1, place - 1, -1):
            tag = tags.pop()
            places[tag].pop()
            if tag in BLOCKS:
                self._blocks.pop()
                if tag in SCOPES:
                    self._scopes.pop()
            if self.unread < 0:
                self._sink.end(tag)
            elif at == self.unread:
                self.unread = -1
        if self._late:
            self._late = {at for at in self._late if at < place}
            if place - 1 in self._late:
                self._close(place - 1)

    def _part(self, tag: str) -> None:
        """Begin a new line where an element that is not opened would begin or end one."""
        if self.unread < 0 and tag in BLOCKS:
            self._sink.part()

    def _last(self, tag: str) -> int:
        """Return the index of the innermost open element with a tag; -1 if there is none."""
        places = self._places.get(tag)
        return places[-1] if places else -1

    def _end_paragraph(self) -> None:
        """Close the open paragraph, if it stands in the same cell and button."""
        place = self._places["p"][-1]
        if place > self._scopes[-1] and place > self._last("button"):
            self._close(place)

    def _end_implied(self, tag: str) -> None:
        """Close the elements that end where another begins."""
        ended, limits = CLOSES[tag]
        places = [open_ones[-1] for name in ended if (open_ones := self._places.get(name))]
        if not places:
            return  # most elements end here
        floor = max(map(self._last, limits)) if limits else -1
        if tag not in TABLE_PARTS:
            floor = max(floor, self._scopes[-1])
        place = min((place for place in places if place > floor), default=-1)
        if place < 0:
            return
        if tag == "a" and self._blocks[-1] > place:
            self._late.add(place)
        else:
            self._close(place)

    def _end_unopened(self, tag: str) -> None:
        """Begin a new line where the end tag of a paragraph or a line break stands alone."""
        if self.has_body and self.unread < 0:
            if tag == "p":
                self._sink.part()
            elif tag == "br":
                self._sink.start("br", NO_ATTRIBUTES, 0)

    def _break_out(self) -> None:
        """Close a drawing or a menu of choices that was never ended, where a block begins in it."""
        tag = self._tags[self.unread]
        if (tag == "svg" and self._last("foreignobject") < 0) or tag == "select":
            self._close(self.unread)


def walk(html: str, sink: Sink, *, is_xml: bool = False) -> Walked:
    """
    Report the elements and texts of a page to a sink, as a browser without scripts sees them.

    Args:
        html: the page.
        sink: receives the content.
        is_xml: whether it was served as XML; a page with an XML declaration is read as one anyway.

    Returns:
        What was left out.

    Raises:
        MissingExtraError: the extra ``html`` is not installed.

    """
    try:
        from turbohtml import TokenType, tokenize
    except ImportError as error:
        raise MissingExtraError.of(PAGES, EXTRA) from error
    if is_xml or _XML.match(html) is not None:
        is_xml = True
        html = _EMPTY_RAW.sub(_blanks, html)
    source = _HUGE_TAG.sub(_without_flood, html) if len(html) > LONG_PAGE else html
    reader = _TokenReader(source, sink, is_xml=is_xml, capped=source != html)
    start, end, text = TokenType.START_TAG, TokenType.END_TAG, TokenType.TEXT
    read_start, read_end, read_text = reader.start, reader.end, reader.text
    token = None
    for token in cast("Iterable[Token]", tokenize(source)):
        kind = token.type
        if kind is text:
            read_text(token.data)
        elif kind is start:
            read_start(token)
        elif kind is end:
            read_end(token.tag)
        elif is_xml and kind is TokenType.COMMENT:
            reader.comment(token.data)
    return reader.finish(token)


def require_parser() -> None:
    """
    Do nothing if the HTML parser is installed.

    Raises:
        MissingExtraError: it is not installed.

    """
    if not is_html_installed():
        raise MissingExtraError.of(PAGES, EXTRA)


class _TokenReader:
    """Separates elements from content that is not markup, and knows the place of each tag in the source."""

    def __init__(self, html: str, sink: Sink, *, is_xml: bool, capped: int) -> None:
        self._html = html
        self._sink = sink
        self._tree = OpenElements(sink)
        self._is_xml = is_xml
        self._before_line = _line_lengths(html)
        self._has_zeros = "\0" in html
        self._raw = ""  # the open element whose content is not markup
        self._kind = ""  # the type of an open script
        self._capped = capped

    def start(self, token: Token) -> None:
        """Take a start tag."""
        tag, pairs = token.tag, token.attrs
        attributes = NO_ATTRIBUTES
        if pairs:
            if len(pairs) > MAX_ATTRIBUTES:
                self._capped += 1
                del pairs[MAX_ATTRIBUTES:]
            attributes = dict(pairs)
        if tag in RAW:
            self._raw, self._kind = tag, attributes.get("type", "")
            return
        if tag == "title":
            self._raw = tag
        line = token.line - 1
        self._tree.start(tag, attributes, self._before_line[line] + line + token.col)
        if self._is_xml and token.self_closing and tag not in EMPTY:
            self._raw = ""
            self._tree.end(tag)

    def end(self, tag: str) -> None:
        """Take an end tag."""
        if self._raw:
            is_read = self._raw == "title"
            self._raw = ""
            if not is_read:
                return
        self._tree.end(tag)

    def text(self, text: str) -> None:
        """Take a text, or the content of a script."""
        tree = self._tree
        if tree.unread >= 0:
            return
        if self._has_zeros:
            text = text.replace("\0", "")
        if not self._raw:
            if tree.has_body:
                self._sink.text(text)
            else:
                tree.text(text)
        elif self._raw == "title":
            self._sink.text(text)
        elif self._raw == "script":
            self._sink.script(self._kind, text)
        elif self._raw == "noscript":
            self._sink.without_scripts(text)
            if "<img" in text:
                self._images(text)

    def comment(self, text: str) -> None:
        """Take a comment of a page in XML, where a marked section is text."""
        if text.startswith("[CDATA[") and not self._raw and self._tree.unread < 0:
            self.text(text[7:].removesuffix("]]"))

    def finish(self, last: Token | None) -> Walked:
        """Close what is open, and count what was left out."""
        unread_end = 0 if last is None else self._unread_end(last)
        self._tree.finish()
        return Walked(self._tree.too_deep, self._capped, unread_end)

    def _images(self, text: str) -> None:
        """Take the images for readers without scripts; often the only ones with an address."""
        from turbohtml import TokenType, tokenize

        for token in tokenize(text):
            if token.type is TokenType.START_TAG and token.tag == "img" and token.attrs:
                self._sink.start("img", dict(token.attrs[:MAX_ATTRIBUTES]), 0)

    def _unread_end(self, last: Token) -> int:
        """Return the number of code points lost at the end, because the page ends within a tag, a comment or a script."""
        html = self._html
        at = self._before_line[last.line - 1] + last.line - 1 + last.col
        if self._raw and self._raw != "title":
            return len(html) - at
        if html.startswith("<!--", at) and _COMMENT_END.search(html, at + 2) is None:
            return len(html) - at
        if html.startswith("<", at):
            tag = _WHOLE_TAG.match(html, at)
            at = tag.end() if tag is not None else len(html)
        cut = _CUT_TAG.search(html, at)
        return len(html) - cut.start() if cut is not None and "plaintext" not in self._tree else 0


def _without_flood(tag: re.Match[str]) -> str:
    """Return a huge tag with blanks for its attributes if they are a flood."""
    whole = tag.group()
    name = _TAG_NAME.match(whole)
    rest = whole[name.end() :] if name is not None else ""
    if sum(map(rest.count, " \t\n\r\f/=")) * DENSE < len(rest):
        return whole
    return whole[: -len(rest)] + _ON_A_LINE.sub(_blanks, rest)


def _blanks(found: re.Match[str]) -> str:
    """Return blanks of the length of a match."""
    return " " * len(found.group())


def _line_lengths(html: str) -> list[int]:
    """Return the code points before each line of the source, without the last one of each line break."""
    if "\r" in html and html.count("\r") != html.count("\r\n"):
        return [0, *(found.end() - number for number, found in enumerate(_LINE_BREAK.finditer(html), 1))]
    return [0, *accumulate(map(len, html.split("\n")))]
