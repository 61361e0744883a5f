"""
Cite a stretch of a text, and check a citation: do the position and the quotation agree?

A quotation includes the words before and after it, so that it can be found even if its position is wrong, as in citations written
by language models. Offsets are half-open and in code points, as in the selectors of W3C's Web Annotation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias, cast

import attrs

from newsnorm.errors import InputError
from newsnorm.records import Span
from newsnorm.records.schema import Json

Agreement: TypeAlias = Literal["agrees", "moved", "ambiguous", "altered", "missing"]

CONTEXT = 32
"""Code points of context quoted before and after a stretch."""

_SIGNS = str.maketrans(dict.fromkeys("‘’‚‛`´′", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—―−", "-"))


@attrs.frozen(kw_only=True)
class Quote:
    """
    A quotation: the words, their context, and their position.

    >>> cite("Rain fell in Ulm.", 5, 9, context=3)
    Quote(exact='fell', prefix='in ', suffix=' in', start=5, end=9)
    """

    exact: str
    """The quoted words."""
    prefix: str = ""
    """The text before them."""
    suffix: str = ""
    """The text after them."""
    start: int | None = None
    """Where they begin, in code points; None if unknown."""
    end: int | None = None
    """Where they end."""

    def selectors(self) -> list[Json]:
        """
        Return the selectors of Web Annotation: one of the position, if it is known, and one of the quotation.

        >>> cite("Rain fell.", 0, 4, context=3).selectors()[1]
        {'type': 'TextQuoteSelector', 'exact': 'Rain', 'suffix': ' fe'}
        """
        quote: dict[str, Json] = {"type": "TextQuoteSelector", "exact": self.exact}
        if self.prefix:
            quote["prefix"] = self.prefix
        if self.suffix:
            quote["suffix"] = self.suffix
        return [*position(self.start, self.end), quote]


def position(start: int | None, end: int | None) -> list[Json]:
    """Return the selector of a position, in a list; an empty list if it is not known."""
    return [] if start is None or end is None else [{"type": "TextPositionSelector", "start": start, "end": end}]


@attrs.frozen(kw_only=True)
class Located:
    """
    Where a quotation was found in a text, and whether its stated position agrees.

    >>> locate("Rain fell in Ulm.", Quote(exact="Rain", start=3, end=7))
    Located(kind='moved', span=Span(start=0, end=4), found='Rain')
    """

    kind: Agreement
    """
    ``agrees``: the position has these words, and this context stands nowhere else; or there is none and the words stand in one
    place. ``moved``: they stand elsewhere, in one place or with this context. ``ambiguous``: elsewhere in several places; the
    nearest is returned. ``altered``: only words that differ in case, white space, quotation marks or dashes are there.
    ``missing``: nothing like it is there.
    """
    span: Span | None
    """Where the words stand, in code points; None if they are missing."""
    found: str
    """The text found there; empty if the words are missing."""

    @property
    def agrees(self) -> bool:
        """Whether the quotation is right as it is."""
        return self.kind == "agrees"


def cite(text: str, start: int, end: int, *, context: int = CONTEXT) -> Quote:
    """
    Quote a stretch of a text with its context.

    Args:
        text: the text, such as `newsnorm.Article.text`.
        start: its first code point.
        end: the code point after its last.
        context: how many code points to quote before and after it.

    Raises:
        InputError: the stretch is empty, or not within the text.

    >>> cite("Rain fell in Ulm.", 13, 16).exact
    'Ulm'

    """
    if not 0 <= start < end <= len(text):
        raise InputError(f"{start} to {end} is not a stretch of a text of {len(text)} characters")
    return Quote(
        exact=text[start:end],
        prefix=text[max(0, start - context) : start],
        suffix=text[end : end + context],
        start=start,
        end=end,
    )


def locate(text: str, quote: Quote | Mapping[str, Json] | Sequence[Json]) -> Located:
    """
    Find a quotation in a text, and say whether its position agrees with its words.

    Takes time in proportion to the text.

    Args:
        text: the text, such as `newsnorm.Article.text`.
        quote: a quotation, or selectors of Web Annotation: one, a list, or an annotation or a target that has them.

    Raises:
        InputError: there are no quoted words, or the selectors can't be read.

    >>> text = "The quay closes on Monday. “It is broken,” the port said. The quay was built in 1921."
    >>> locate(text, Quote(exact="closes on Monday", start=9, end=25)).agrees
    True
    >>> locate(text, Quote(exact="The quay", suffix=" was built", start=0, end=8)).kind
    'moved'
    >>> locate(text, {"type": "TextQuoteSelector", "exact": '"It is broken,"'})
    Located(kind='altered', span=Span(start=27, end=42), found='“It is broken,”')

    """
    given = quote if isinstance(quote, Quote) else _read(quote)
    if not given.exact:
        raise InputError("the quotation has no words; pass them as exact")
    if (at := _place_stated(text, given)) is not None:
        return _located("agrees", text, at, given.exact)
    framed = f"{given.prefix}{given.exact}{given.suffix}"
    places = [start + len(given.prefix) for start in _places(text, framed, given.start)] if framed != given.exact else []
    if not places and (at := _place_stated(text, attrs.evolve(given, prefix="", suffix=""))) is not None:
        return _located("agrees", text, at, given.exact)  # the words and their position are right, only the context is wrong
    places = places or _places(text, given.exact, given.start)
    if places:
        alone: Agreement = "agrees" if given.start is None else "moved"
        return _located(alone if len(places) == 1 else "ambiguous", text, places[0], given.exact)
    return _alike(text, given)


def _located(kind: Agreement, text: str, start: int, exact: str) -> Located:
    span = Span(start, start + len(exact))
    return Located(kind=kind, span=span, found=span.of(text))


def _place_stated(text: str, quote: Quote) -> int | None:
    """Return the stated position, if the words and their context are there."""
    start, end = quote.start, quote.end
    if start is None or start < 0 or (end is not None and end - start != len(quote.exact)):
        return None
    end = start + len(quote.exact)
    before, after = text[max(0, start - len(quote.prefix)) : start], text[end : end + len(quote.suffix)]
    return start if (before, text[start:end], after) == (quote.prefix, quote.exact, quote.suffix) else None


def _places(text: str, words: str, near: int | None) -> list[int]:
    """Return the places of some words: none, the only one, or two, the one nearest to a position first."""
    first = text.find(words)
    if first < 0:
        return []
    last = text.rfind(words)
    if first == last:
        return [first]
    if near is None:
        return [first, last]
    near = max(0, near)
    before, after = text.rfind(words, 0, near + len(words)), text.find(words, near)
    nearest = min((place for place in (before, after) if place >= 0), key=lambda place: abs(place - near))
    return [nearest, last if nearest == first else first]


def _alike(text: str, quote: Quote) -> Located:
    """Find words that differ only in case, white space, quotation marks or dashes."""
    folded, origin = _folded(text)
    words = _folded(quote.exact)[0].strip()
    near = None if quote.start is None else sum(1 for place in origin if place < quote.start)
    places = _places(folded, words, near) if words else []
    if not places:
        return Located(kind="missing", span=None, found="")
    span = Span(origin[places[0]], origin[places[0] + len(words) - 1] + 1)
    return Located(kind="altered", span=span, found=span.of(text))


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text folded so that irrelevant differences disappear, and the offset that each character came from."""
    letters: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(text.translate(_SIGNS)):
        plain = " " if letter.isspace() else letter.lower()
        if plain == " " and letters and letters[-1] == " ":
            continue
        letters.extend(plain)
        origin.extend([place] * len(plain))
    return "".join(letters), origin


def _read(given: Mapping[str, Json] | Sequence[Json]) -> Quote:
    """
    Read selectors: a selector, a list of them, or what has them.

    Raises:
        InputError: they can't be read.

    """
    rows = _selectors(given)
    quote = next((row for row in rows if row.get("type") == "TextQuoteSelector"), {})
    place = next((row for row in rows if row.get("type") == "TextPositionSelector"), {})
    texts = {name: quote.get(name, "") for name in ("exact", "prefix", "suffix")}
    numbers = {name: place.get(name) for name in ("start", "end")}
    for name, text in texts.items():
        if not isinstance(text, str):
            raise InputError(f"{name} of a TextQuoteSelector is {text!r}, not a string")
    for name, number in numbers.items():
        if isinstance(number, bool) or not isinstance(number, (int, type(None))):
            raise InputError(f"{name} of a TextPositionSelector is {number!r}, not a whole number")
    return Quote(**cast("dict[str, str]", texts), **cast("dict[str, int | None]", numbers))  # type: ignore[arg-type]


def _selectors(given: Json | Mapping[str, Json] | Sequence[Json]) -> list[Mapping[str, Json]]:
    if isinstance(given, Mapping):
        inner = given.get("target", given.get("selector"))
        return [given] if inner is None else _selectors(inner)
    if isinstance(given, Sequence) and not isinstance(given, str):
        return [row for each in given for row in _selectors(each)]
    raise InputError(f"{given!r} is not a selector; pass a TextQuoteSelector, or a list with a TextPositionSelector as well")
