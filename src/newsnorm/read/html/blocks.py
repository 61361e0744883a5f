"""Gather the text of a page into lines: one per block of text, with inline markup joined and a line break at ``<br>``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import attrs

from newsnorm.read.html.claims import RawClaim, claims_of_element, claims_of_meta
from newsnorm.read.html.images import address_of, largest
from newsnorm.read.html.inline import may_part, quotation_marks
from newsnorm.read.html.tags import BLOCKS, PREFORMATTED, STRONG, WITHOUT_TEXT
from newsnorm.read.html.tree import Attributes
from newsnorm.read.limits import MAX_CLAIMS, MAX_ELEMENTS, MAX_IMAGES, MAX_PAGE_LINES
from newsnorm.records.markup import Element, LineMarkup, PageSign
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import QUOTES

LONGEST_NAMES = 500
"""Most code points that are kept of an element's class, id and the like."""

LONGEST_UNSCRIPTED = 1_000
"""Most code points that are kept of a page's text for browsers without scripts."""

LONGEST_JOINED, MOST_JOINTS = 300, 20
"""Code points of the longest line whose adjoining links are noted, as those of a byline, and the most of them."""

COMPACTED = 4_096
"""Lines after `MAX_PAGE_LINES` that are kept one by one before they are joined; short strings take a lot of memory."""

_AT_ONCE = lazy_regex(r"\s*\d(?!\d)\s*(?:\.\d*)?\s*[;,]")
"""A refresh after less than ten seconds, to another address."""
_TAG = lazy_regex(r"<[^<>]{0,500}>")
_HIDDEN = lazy_regex(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_STRUCK, _READINGS = frozenset(("del", "s", "strike")), frozenset(("rt", "rp"))
_EFFECTS = STRONG | WITHOUT_TEXT | PREFORMATTED | _STRUCK | _READINGS | {"a", "amp-img", "body", "html", "q", "title"}
_RUBY = frozenset(("ruby", "rb", "rtc"))
_NAMING = ("class", "id", "role", "rel", "itemprop")
_PREFIXES = {"id": "#"}
"""Prefix that distinguishes an id from a class."""
_OTHER_NAMES = frozenset(_NAMING[1:])
_APART = frozenset(("a", "time", "span", "label", "small"))
"""Inline elements that pages often set apart by style alone, without a blank between them."""
_LINKS = frozenset(("aa", "atime", "timea", "timetime"))
_new = tuple.__new__
"""Makes a named tuple in half the time; a page has a thousand elements."""
_HIDING = frozenset(("hidden", "aria-hidden", "style"))
_STATING = frozenset(("datetime", "itemprop"))
_BLANKS = "\n\t\r\f\u2028\u2029"
"""White space that HTML reads as a blank, other than the blank. (U+2028 is not one, but is displayed as one, and would split a
line.)"""
_WIDE_BLANK = lazy_regex("(?<![\xc2-\xf4])\xa0+ [ \xa0]*| \xa0[ \xa0]*")
"""A no-break space beside a blank; not after a letter that it may be the second half of, once a broken letter is repaired."""


class TextLine(NamedTuple):
    """A line of text, with what the markup says about it."""

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
    """A `Sink` that turns the content of a page into lines, elements and claims."""

    def __init__(self) -> None:
        self.lines: list[TextLine] = []
        self.rest: list[str] = []
        """The text after `MAX_PAGE_LINES` lines; an item may hold several lines."""
        self.elements: list[Element] = [Element(-1, "", "", 0, False, 0)]
        self.claims: list[RawClaim] = []
        self.images: list[RawImage] = []
        self.json_ld: list[str] = []
        self.language = ""
        self.unscripted = ""
        self.base = ""
        self.signs: set[PageSign] = set()
        self.unrecorded_elements = 0
        self.unread_claims = 0
        self._open = [0]
        self._blocks = [0]
        self._parts: list[str] = []
        self._body = self._element = self._block = self._linked = self._strong = 0
        self._anchors: list[bool] = []  # for each open anchor, whether it is a link
        self._link_end = 0  # the parts of the line up to the end of its last link
        self._joints: list[int] = []  # the parts up to the end of each link that another one adjoins
        self._links = self._bold = self._unseen = self._preformatted = 0
        self._is_broken = False
        self._ended = ""  # the inline element that ended last, if no text has followed
        self._seam = ""  # that one and the inline element that began then
        self._is_struck_apart = False  # struck text has begun or ended, and no text has followed
        self._is_reading = False  # how a word is spoken: small print beside it
        self._quotations: list[str] = []  # for each open quotation, the mark that ends it, if one began it
        self._unquoted = False  # whether a quotation has begun without text so far
        self._title: list[str] | None = None  # the parts of the title that is open
        self._has_title = False
        self._source = ""  # the address that a picture names for its image
        self._addresses: set[str] = set()

    def again(self, tag: str, attributes: Attributes, at: int) -> None:
        """Take the language of the root, or the names of a body that began before its start tag."""
        if tag == "html":
            self._take_language(attributes)
        elif tag == "body" and self._body and not self.elements[self._body].names:
            self.elements[self._body] = self.elements[self._body]._replace(names=_names(attributes), start=at)

    def start(self, tag: str, attributes: Attributes, at: int) -> None:
        """Open an element, or take one that has no end."""
        take = _WITHOUT_END.get(tag)
        if take is not None:
            take(self, attributes)
            return
        number, parent = len(self.elements), self._open[-1]
        above = self.elements[parent]
        names, is_hidden = "", above.is_hidden
        is_block = tag in BLOCKS
        if is_block:
            if self._parts:
                self._flush()
            self._is_broken = self._is_reading = False
        if attributes:
            names = _names(attributes)
            is_hidden = is_hidden or (not _HIDING.isdisjoint(attributes) and _hides(attributes))
            if not _STATING.isdisjoint(attributes):
                self._claim(claims_of_element(tag, attributes, len(self.lines) + bool(self._parts)))
        if number < MAX_ELEMENTS:
            self.elements.append(_new(Element, (parent, tag, names, above.depth + 1, is_hidden, at)))
        else:
            self.unrecorded_elements += 1
            number = parent
        self._open.append(number)
        if is_block:
            self._blocks.append(number)
        if self._ended and tag in _APART:
            self._seam = self._ended + tag
        if tag in _EFFECTS:
            self._begin_effect(tag, attributes, number)

    def end(self, tag: str) -> None:
        """Close the innermost open element."""
        self._open.pop()
        if tag in BLOCKS:
            if self._parts:
                self._flush()
            self._is_broken = False
            self._blocks.pop()
        if tag in _APART:
            self._ended = tag
        if tag in _EFFECTS:
            self._end_effect(tag)

    def part(self) -> None:
        """End the line that is being gathered, if it has text."""
        if self._parts:
            self._flush()
        self._is_broken = False

    def text(self, text: str) -> None:
        """Add a stretch of text to the line that is being gathered."""
        if not self._parts and not self._preformatted and self._title is None and text.isspace():
            return  # most texts end here: the white space between elements
        if self._title is not None:
            self._title.append(text)
        elif self._unseen or self._is_reading:
            return
        elif self._preformatted and "\n" in text:
            for number, line in enumerate(text.split("\n")):
                if number:
                    self._break()
                self._add(line)
        else:
            self._add(text)

    def script(self, kind: str, text: str) -> None:
        """Keep the content of a JSON-LD script."""
        if "ld+json" in kind.lower():
            self.json_ld.append(text)

    def without_scripts(self, text: str) -> None:
        """Keep the text for browsers without scripts, without its markup and up to a limit."""
        if len(self.unscripted) < LONGEST_UNSCRIPTED:
            self.unscripted += _one_line(_TAG.sub(" ", text[:LONGEST_UNSCRIPTED])) + "\n"

    def finish(self) -> None:
        """End the last line."""
        self.part()

    def _begin_effect(self, tag: str, attributes: Attributes, number: int) -> None:
        """Record the effect of an element on its text."""
        if tag == "a":
            is_link = "href" in attributes or "name" not in attributes
            self._anchors.append(is_link)
            self._links += is_link
            if is_link and self._link_end and len(self._joints) < MOST_JOINTS and self._adjoins():
                self._joints.append(self._link_end)
        elif tag in STRONG:
            self._bold += 1
        elif tag in WITHOUT_TEXT:
            self._unseen += 1
            self._source = ""
        elif tag in PREFORMATTED:
            self._preformatted += 1
        elif tag == "title":
            self._title = []
        elif tag == "html":
            self._take_language(attributes)
        elif tag == "body":
            self._body = number
        elif tag in _STRUCK:
            self._is_struck_apart = bool(self._parts)
        elif tag in _READINGS:
            self._is_reading = self.elements[self.elements[number].parent].tag in _RUBY
        elif tag == "q":
            self._quotations.append("")
            self._unquoted = True
        else:
            self._image(attributes)

    def _adjoins(self) -> bool:
        """Return whether at most a blank follows the last link of the line."""
        behind = self._parts[self._link_end : self._link_end + 3]
        return len(behind) < 3 and all(map(str.isspace, behind))

    def _end_effect(self, tag: str) -> None:
        """Undo the effect of an element on its text."""
        if tag == "a":
            self._links -= self._anchors.pop()
            self._link_end = len(self._parts)
        elif tag in STRONG:
            self._bold -= 1
        elif tag in WITHOUT_TEXT:
            self._unseen -= 1
            self._source = ""
        elif tag in PREFORMATTED:
            self._preformatted -= 1
        elif tag == "title":
            self._end_title()
        elif tag in _STRUCK:
            self._is_struck_apart = bool(self._parts)
        elif tag in _READINGS:
            self._is_reading = False
        elif tag == "q":
            self._end_quotation()

    def _begin_quotation(self, text: str) -> str:
        """Return the first text of a quotation after the mark that browsers print, unless the page writes one."""
        quoted = text.lstrip()
        if not quoted:
            return text
        self._unquoted = False
        before = "".join(self._parts[-2:]).rstrip()[-1:]
        if quoted[0] in QUOTES or before in QUOTES:
            return text
        opening, self._quotations[-1] = quotation_marks(self.language, len(self._quotations))
        return text[: len(text) - len(quoted)] + opening + quoted

    def _end_quotation(self) -> None:
        """End a quotation with its mark, if one began it."""
        mark = self._quotations.pop()
        self._unquoted = False
        if mark and self._parts:
            last = self._parts[-1]
            self._parts[-1] = last.rstrip()
            self._parts.append(mark + last[len(self._parts[-1]) :])
        elif mark and self.lines and not self.rest:  # it ends with a block inside
            self.lines[-1] = self.lines[-1]._replace(text=self.lines[-1].text + mark)

    def _take_language(self, attributes: Attributes) -> None:
        """Take the language of the page."""
        self.language = self.language or attributes.get("lang") or attributes.get("xml:lang") or ""

    def _end_title(self) -> None:
        """Claim the first title of the page."""
        title = _one_line("".join(self._title or ()))
        self._title = None
        if title and not self._has_title:
            self._has_title = True
            self._claim((RawClaim("title", "title", "title", title),))

    def _add(self, text: str) -> None:
        """Add text without line breaks that count."""
        if not self._parts:
            if not text or text.isspace():
                return
            self._element, self._block = self._open[-1], self._blocks[-1]
        elif (self._seam or self._is_struck_apart) and text and self._is_parted(self._parts[-1][-1:], text[0]):
            self._parts.append(" ")
        self._ended = self._seam = ""
        self._is_struck_apart = False
        if self._unquoted:
            text = self._begin_quotation(text)
        self._parts.append(text)
        if self._links or self._bold:
            size = len(" ".join(text.split()))
            if self._links:
                self._linked += size
            if self._bold:
                self._strong += size

    def _is_parted(self, last: str, first: str) -> bool:
        """Return whether to put a blank between two letters where struck text or an inline element begins or ends."""
        if self._is_struck_apart:
            return may_part(last, first)
        return _is_new_word(last, first, are_links=self._seam in _LINKS)

    def _break(self, _: Attributes | None = None) -> None:
        """End the line, and record that the next one belongs to the same block."""
        self.part()
        self._is_broken = True

    def _flush(self) -> None:
        """Keep the line that is being gathered."""
        text = _one_line("".join(self._parts) if len(self._parts) > 1 else self._parts[0])
        joints: tuple[int, ...] = ()
        if self._joints and len(text) <= LONGEST_JOINED:
            joints = tuple(len(_one_line("".join(self._parts[:joint]))) for joint in self._joints)
        self._parts.clear()
        self._joints.clear()
        self._link_end = 0
        if text and len(self.lines) < MAX_PAGE_LINES:
            size = len(text)
            linked = min(self._linked, size) if self._linked else 0
            strong = min(self._strong, size) if self._strong else 0
            mark = _new(LineMarkup, (self._element, self._block, linked, strong, self._is_broken, joints))
            self.lines.append(_new(TextLine, (text, mark)))
        elif text:
            self.rest.append(text)
            if len(self.rest) == COMPACTED:
                self.rest = ["\n".join(self.rest)]
        self._linked = self._strong = 0

    def _claim(self, claims: Iterable[RawClaim]) -> None:
        """Record claims, up to a limit."""
        for claim in claims:
            if len(self.claims) < MAX_CLAIMS:
                self.claims.append(claim)
            else:
                self.unread_claims += 1

    def _meta(self, attributes: Attributes) -> None:
        """Take a meta element."""
        self._claim(claims_of_meta(attributes))
        if attributes.get("http-equiv", "").lower() == "refresh" and _AT_ONCE.match(attributes.get("content", "")) is not None:
            self.signs.add("refresh")

    def _link(self, attributes: Attributes) -> None:
        """Take the canonical address of the page."""
        if attributes.get("href") and "canonical" in attributes.get("rel", "").lower().split():
            self._claim((RawClaim("url", "link", "canonical", attributes["href"]),))

    def _offer(self, attributes: Attributes) -> None:
        """Take an address of the image of a picture."""
        if self._unseen and not self._source:
            self._source = largest(attributes.get("srcset") or attributes.get("data-srcset") or "")

    def _image(self, attributes: Attributes) -> None:
        """Take an image; one with the address of an earlier image is its copy for readers without scripts."""
        url = address_of(attributes) or self._source
        if url and url not in self._addresses and len(self.images) < MAX_IMAGES:
            self._addresses.add(url)
            alt = _one_line(attributes.get("alt", ""))
            self.images.append(RawImage(url, alt, self._open[-1], len(self.lines) + bool(self._parts)))

    def _locate(self, attributes: Attributes) -> None:
        """Take the base of relative addresses; the first one counts."""
        self.base = self.base or attributes.get("href", "").strip()

    def _field(self, attributes: Attributes) -> None:
        """Take a field of a form."""
        if attributes.get("type", "").lower() == "password":
            self.signs.add("password")

    def _rule(self, _: Attributes) -> None:
        """Take a rule between lines."""
        self.part()


_WITHOUT_END: Mapping[str, Callable[[Gatherer, Attributes], None]] = {
    "base": Gatherer._locate,
    "br": Gatherer._break,
    "hr": Gatherer._rule,
    "img": Gatherer._image,
    "input": Gatherer._field,
    "link": Gatherer._link,
    "meta": Gatherer._meta,
    "source": Gatherer._offer,
}


def _is_new_word(last: str, first: str, *, are_links: bool) -> bool:
    """
    Return whether a word begins between two inline elements without a blank between them.

    Args:
        last: the last letter of the text in the first element; empty if it has none.
        first: the first letter of the text in the second.
        are_links: whether both are links or times; these hardly ever share a word.

    >>> _is_new_word("n", "1", are_links=False), _is_new_word("B", "N", are_links=True), _is_new_word("O", "p", are_links=False)
    (True, True, False)

    """
    if not (last.isalnum() and first.isalnum()):
        return False
    if are_links:
        return not (last.islower() and first.islower())
    return first.isupper() if last.isdigit() else last.islower() and (first.isupper() or first.isdigit())


def _names(attributes: Attributes) -> str:
    """Return the class, id and the like of an element, the id with a ``#`` before it."""
    names = attributes.get("class", "")
    if not _OTHER_NAMES.isdisjoint(attributes):
        names = " ".join([_PREFIXES.get(name, "") + attributes[name] for name in _NAMING if attributes.get(name)])
    return names[:LONGEST_NAMES].strip()


def _hides(attributes: Attributes) -> bool:
    """Return whether an element is hidden by its own attributes."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return "style" in attributes and _HIDDEN.search(attributes["style"]) is not None


def _one_line(text: str) -> str:
    """
    Return a text with single blanks for its white space.

    Other signs of Unicode that look blank stay as they are: some are halves of broken letters, which are repaired later.

    >>> _one_line("  The quay\\n\\tcloses. ")
    'The quay closes.'
    """
    if text.isascii():
        return " ".join(text.split())
    for blank in _BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    if "\xa0" in text:
        text = _WIDE_BLANK.sub(" ", text)
    if "  " in text:
        text = " ".join(filter(None, text.split(" ")))
    return text.strip(" ")
