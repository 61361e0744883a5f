"""Define which elements separate lines, contain no text, or end others: the parts of the HTML standard that lines depend on."""

from __future__ import annotations

from collections.abc import Mapping

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

BLOCKS = HEADINGS | frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "button", "caption", "center"),
        *("dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure"),
        *("footer", "form", "frameset", "header", "hgroup", "hr", "html", "legend", "li"),
        *("listing", "main", "menu", "nav", "ol", "optgroup", "option", "p", "plaintext", "pre"),
        *("search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead"),
        *("tr", "ul", "xmp", "video", "audio", "picture", "amp-img"),
    )
)
"""Elements that start on a line of their own."""

STRONG = frozenset(("b", "strong", "em", "i"))

PREFORMATTED = frozenset(("pre", "listing", "xmp", "plaintext"))

INLINE = STRONG | frozenset(("a", "big", "code", "font", "nobr", "s", "small", "strike", "tt", "u"))
"""Elements whose end tag, if blocks stand open inside, ends none of these blocks."""

WITHOUT_TEXT = frozenset(("head", "video", "audio", "picture"))
"""Elements whose text a reader does not see; images in them are read."""

UNREAD = frozenset(("template", "svg", "object", "canvas", "select", "datalist"))
"""Elements of which nothing is read."""

RAW = frozenset(("script", "style", "iframe", "noembed", "noframes", "noscript", "textarea"))
"""Elements of which nothing is read, and whose content is not markup to a tokenizer."""

EMPTY = frozenset(
    (
        *("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image"),
        *("img", "input", "keygen", "link", "meta", "param", "source", "track", "wbr"),
    )
)
"""Elements without an end tag."""

UNRECORDED = EMPTY - {"base", "br", "hr", "image", "img", "input", "link", "meta", "source"}
"""Elements without text of which nothing is kept."""

HEAD = frozenset(("base", "basefont", "bgsound", "link", "meta", "noscript", "script", "style", "template", "title"))
"""Elements that may stand in the head."""

CELLS = frozenset(("td", "th", "caption"))
SCOPES = CELLS | {"table"}
"""End tags inside these do not end elements around them."""

TABLE_PARTS = CELLS | frozenset(("tr", "tbody", "thead", "tfoot", "colgroup"))

CLOSES_P = (
    BLOCKS - TABLE_PARTS - {"body", "html", "button", "optgroup", "option", "legend", "video", "audio", "picture", "amp-img"}
)
"""Elements whose start ends an open paragraph."""

_ROWS = ("tr", "td", "th", "caption")
_BODIES = ("tbody", "thead", "tfoot", *_ROWS)

CLOSES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "li": (("li",), ("ul", "ol", "menu", "dir")),
    "dd": (("dd", "dt"), ("dl",)),
    "dt": (("dd", "dt"), ("dl",)),
    "td": (("td", "th"), ("tr", "table")),
    "th": (("td", "th"), ("tr", "table")),
    "tr": (_ROWS, ("table",)),
    "tbody": (_BODIES, ("table",)),
    "thead": (_BODIES, ("table",)),
    "tfoot": (_BODIES, ("table",)),
    "option": (("option",), ("select", "datalist")),
    "optgroup": (("option", "optgroup"), ("select", "datalist")),
    "rt": (("rt", "rp"), ("ruby",)),
    "rp": (("rt", "rp"), ("ruby",)),
    "a": (("a",), ()),
    "button": (("button",), ()),
}
"""Which open elements a start tag ends, unless one of the second stands open inside them."""

OUTERMOST = frozenset(("html", "head", "body"))
"""Elements of which a page has one each."""

ENDING = OUTERMOST | CLOSES_P | HEADINGS | EMPTY | frozenset(CLOSES)
"""Elements whose start may end others or have no end themselves."""
