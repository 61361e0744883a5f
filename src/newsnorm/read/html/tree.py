"""
Walk the elements and texts of a page in document order; the only import of the HTML parser.

Whoever replaces the parser writes another `walk`: it tells a `Sink` what stands where.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol, TypeAlias

from newsnorm.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from turbohtml import Node

Attributes: TypeAlias = Mapping[str, str]

MISSING = "pages of HTML need the extra html: pip install 'newsnorm[html]'"

UNREAD = frozenset(
    ("style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "select", "textarea", "noframes")
)
"""Elements whose content is no text of the page."""

EMPTY = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"))


class Sink(Protocol):
    """Takes what stands on a page, in document order. Places count code points of the source."""

    def start(self, tag: str, attributes: Attributes, at: int) -> None:
        """Take a start tag."""

    def end(self, tag: str) -> None:
        """Take the end of the innermost open element."""

    def text(self, text: str) -> None:
        """Take a stretch of text, with character references resolved."""

    def script(self, kind: str, text: str) -> None:
        """Take the content of a script element; `kind` is its type."""


def walk(html: str, sink: Sink) -> None:
    """
    Tell a sink the elements and texts of a page, as a browser without scripts sees them.

    Raises:
        MissingExtraError: the extra ``html`` is not installed.

    """
    try:
        from turbohtml import Element, Text, parse
    except ImportError as error:
        raise MissingExtraError(MISSING) from error
    root = parse(html).root
    if root is None:
        return
    line_starts = _line_starts(html)
    at = 0
    open_tags = [""]
    unread: list[Iterator[Node]] = [iter((root,))]
    while unread:
        node = next(unread[-1], None)
        if node is None:
            unread.pop()
            if tag := open_tags.pop():
                sink.end(tag)
        elif isinstance(node, Text):
            sink.text(node.data)
        elif isinstance(node, Element):
            tag = node.tag
            if tag == "script":
                sink.script(_joined(node.attrs.get("type")), node.text)
            elif tag not in UNREAD:
                if (position := node.position) is not None:
                    at = line_starts[position[0] - 1] + position[1]
                sink.start(tag, {name: _joined(value) for name, value in node.attrs.items()}, at)
                if tag not in EMPTY:
                    open_tags.append(tag)
                    unread.append(iter(node.children))


def is_installed() -> bool:
    """Return whether the HTML parser is installed; it is not imported."""
    return find_spec("turbohtml") is not None


def require_parser() -> None:
    """
    Do nothing if the HTML parser is installed.

    Raises:
        MissingExtraError: it is not.

    """
    if not is_installed():
        raise MissingExtraError(MISSING)


def _joined(value: str | list[str] | None) -> str:
    """Return the value of an attribute as one string: token lists are joined by spaces."""
    return " ".join(value) if isinstance(value, list) else value or ""


def _line_starts(html: str) -> list[int]:
    """Return where each line of the source begins, in code points."""
    starts, at = [0], html.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = html.find("\n", at + 1)
    return starts
