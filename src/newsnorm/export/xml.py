"""Write XML elements, escaped as necessary, and documents."""

from __future__ import annotations

import re
from collections.abc import Mapping

ILLEGAL = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""A regular expression for characters that XML 1.0 does not allow, even escaped."""

_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_VALUE = {**_TEXT, '"': "&quot;", "\t": "&#9;", "\n": "&#10;"}
_IN_TEXT = re.compile("[&<>\r]")
_IN_VALUE = re.compile('[&<>\r"\t\n]')


class Xml(str):
    """A piece of a document, already escaped."""

    __slots__ = ()


def element(name: str, attributes: Mapping[str, str | None] | None = None, *content: str | None) -> Xml:
    """
    Write an element.

    Args:
        name: its name.
        attributes: name → value; None leaves the attribute out.
        content: elements, and texts, which are escaped; None is left out.

    >>> element("p", {"n": 'a"b', "rend": None}, "Fish & ", element("em", None, "chips"), None)
    '<p n="a&quot;b">Fish &amp; <em>chips</em></p>'

    """
    opening = name + "".join(f' {key}="{_value(value)}"' for key, value in (attributes or {}).items() if value is not None)
    inner = "".join(piece if isinstance(piece, Xml) else _text(piece) for piece in content if piece)
    return Xml(f"<{opening}>{inner}</{name}>" if inner else f"<{opening}/>")


def filled(name: str, attributes: Mapping[str, str | None] | None = None, *content: str | None) -> Xml:
    """
    Write an element, unless it has no content.

    >>> filled("head", None, None), filled("head", None, "Rain")
    ('', '<head>Rain</head>')
    """
    return element(name, attributes, *content) if any(content) else Xml()


def joined(*pieces: str) -> Xml:
    """Concatenate elements."""
    return Xml("".join(pieces))


def document(root: Xml) -> str:
    """Write a document in UTF-8, without a line break at its end."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}'


def _text(text: str) -> str:
    return _IN_TEXT.sub(lambda match: _TEXT[match[0]], text)


def _value(text: str) -> str:
    return _IN_VALUE.sub(lambda match: _VALUE[match[0]], text)
