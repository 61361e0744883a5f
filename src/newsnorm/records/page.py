"""
Define the input and how it was read: the raw text, its lines, and where their text came from.

There is one coordinate system: a `Span` counts code points of `RawArticle.text`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from newsnorm.records.markup import NO_MARKUP, ClaimField, Markup
from newsnorm.records.span import Span

ID_LENGTH = 16
"""Number of hex digits of the content's sha256 that serve as the id of a text without one."""


@attrs.frozen(kw_only=True)
class Encoding:
    """
    How bytes were decoded.

    >>> import newsnorm
    >>> newsnorm.parse("Zürich".encode()).provenance.encoding
    Encoding(name='utf-8', reason='valid-utf-8', repaired=0)
    """

    name: str
    """Python's name of the codec: ``utf-8``, ``cp1252``."""
    reason: str
    """Why this codec: ``bom``, ``declared``, ``stated`` (by the page), ``valid-utf-8``, ``nearly-utf-8`` or ``guessed``."""
    repaired: int = 0
    """Number of bytes that were invalid in the codec, and decoded with another one or replaced by U+FFFD."""


@attrs.frozen(kw_only=True)
class Metadata:
    """What the caller knows about a raw text; `newsnorm.parse` explains each field."""

    id: str | None = None
    url: str | None = None
    title: str | None = None
    site: str | None = None
    fetched: str | None = None
    media_type: str | None = None
    """None to recognise pages of HTML by their content."""
    encoding: str | None = None
    """The declared encoding; only bytes need one."""
    language: str | None = None
    """The language, as a BCP 47 code; None identifies it from the text."""


NO_METADATA = Metadata()


@attrs.frozen(kw_only=True)
class StatedField:
    """
    A line of a text that states a field of the report for machines, such as ``Length: 423 words`` in the record of a database.

    >>> import newsnorm
    >>> StatedField(field="author", name="Byline", value="Ana Ng", line=Span(14, 29), span=Span(22, 28)).value
    'Ana Ng'
    """

    field: ClaimField
    name: str
    """The label that the text prints for it."""
    value: str
    """As written, or in a language-independent form."""
    line: Span
    """The line in the raw text, with or without its line break."""
    span: Span
    """The value in the raw text."""


@attrs.frozen(kw_only=True)
class RawArticle:
    """
    The decoded input; never altered.

    >>> import newsnorm
    >>> newsnorm.Parser().page(b"Rain in Ulm.", id="ulm").raw.text
    'Rain in Ulm.'
    """

    text: str
    """The raw text, to which every `Span` refers."""
    sha256: str
    """Hex digest of the input: the bytes, or the text as UTF-8."""
    id: str | None = None
    media_type: str = "text/plain"
    url: str | None = None
    fetched: str | None = None
    """When it was fetched, as ISO 8601, if known; relative dates count back from it."""
    title: str | None = None
    """The title, if the caller knows it."""
    site: str | None = None
    """The name of the site, if the caller knows it; perhaps a host."""
    language: str | None = None
    """The language, if the caller knows it."""
    encoding: Encoding | None = None
    """How bytes were decoded; None if a `str` was passed."""
    notes: tuple[str, ...] = ()
    """Doubts from decoding."""
    stated: tuple[StatedField, ...] = ()
    """The lines of plain text that state fields for machines, in order. They are claims, not part of the report."""


@attrs.frozen
class Piece:
    """
    Where a stretch of `Line.text` came from: character by character if both are of equal length, otherwise as a whole.

    >>> import newsnorm
    >>> newsnorm.Parser().page("In MalmÃ¶").lines[0].pieces[-1]
    Piece(text=Span(start=3, end=8), raw=Span(start=3, end=9))
    """

    text: Span
    """The stretch, in code points of `Line.text`."""
    raw: Span
    """Where it came from, in code points of the raw text."""


@attrs.frozen(kw_only=True)
class Fix:
    """
    One repaired word: mojibake, an entity, a control or invisible character. Changed white space is not recorded.

    >>> import newsnorm
    >>> fix = newsnorm.parse("Rain in MalmÃ¶").fixes[0]
    >>> fix.before, fix.after, fix.span
    ('MalmÃ¶', 'Malmö', Span(start=8, end=14))
    """

    span: Span
    """The broken word in the raw text."""
    before: str
    """The broken word, with unprintable characters made visible: ``a␀b``, ``soft<U+00AD>hyphen``."""
    after: str
    """The repaired word; empty if nothing readable is left."""
    steps: tuple[str, ...]
    """The repair steps, in order: ``entity``, ``encode latin-1``, ``decode utf-8``, ``control`` …"""


@attrs.frozen(kw_only=True)
class Line:
    """
    A line of the page: a stretch of the raw text, and its readable text.

    The spans of all lines tile the raw text; the text of a line never changes after reading.
    A run of blank lines is one line without text.

    >>> import newsnorm
    >>> [(line.number, line.text, line.span) for line in newsnorm.Parser().page("Rain\\tin Ulm\\n\\n").lines]
    [(0, 'Rain in Ulm', Span(start=0, end=12)), (1, '', Span(start=12, end=13))]
    """

    number: int
    """Its place in `Page.lines`, from 0."""
    span: Span
    """Its stretch of the raw text, including the line break that ends it."""
    text: str
    """The readable text: repaired, with white space as plain spaces, and stripped."""
    pieces: tuple[Piece, ...]
    """They tile `text`: an untouched line has one piece, a line without text none."""
    fixes: tuple[Fix, ...] = ()
    _start: int = attrs.field(default=-1, init=False, eq=False, repr=False)
    """For a line made by `untouched_line`: the offset of its text in the raw text, in code points; otherwise -1."""

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> tuple[Piece, ...]:
            """Make the pieces of an untouched line on first access."""
            if name != "pieces":
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            size, start = len(self.text), self._start
            pieces = (Piece(Span(0, size), Span(start, start + size)),) if size else ()
            _set_pieces(self, pieces)
            return pieces

    def raw_span(self, start: int, end: int) -> Span:
        """
        Return the span of the raw text that ``text[start:end]`` came from.

        Exact where the text is untouched, otherwise exact to the repaired word.

        Args:
            start: first code point, counted in `text`.
            end: code point after the last, counted in `text`.

        >>> line = Line(number=0, span=Span(10, 16), text="Quays", pieces=(Piece(Span(0, 5), Span(10, 15)),))
        >>> line.raw_span(1, 3)
        Span(start=11, end=13)

        """
        if self._start >= 0:
            return Span(self._start + start, self._start + end)
        pieces = [piece for piece in self.pieces if piece.text.end > start]
        if not pieces:
            begin = self.pieces[-1].raw.end if self.pieces else self.span.start
            return Span(begin, begin)
        begin = _raw_place(pieces[0], max(start, pieces[0].text.start), pieces[0].raw.start)
        covering = [piece for piece in pieces if piece.text.start < end]
        if not covering:
            return Span(begin, begin)
        last = covering[-1]
        return Span(begin, max(begin, _raw_place(last, min(end, last.text.end), last.raw.end)))


def _raw_place(piece: Piece, place: int, otherwise: int) -> int:
    """
    Return the offset in the raw text of the code point `place` of a line; `otherwise` if its piece only corresponds as a
    whole.
    """
    return piece.raw.start + place - piece.text.start if len(piece.text) == len(piece.raw) else otherwise


_set_number, _set_span, _set_text, _set_pieces, _set_fixes, _set_start = (
    vars(Line)[field.name].__set__ for field in attrs.fields(Line)
)


def untouched_line(number: int, span: Span, text: str, start: int) -> Line:
    """
    Make a line whose text equals the raw text, apart from the kind of its white space.

    It equals a line constructed with its one piece, but is cheaper: a page has hundreds of lines, and few of their pieces are
    used.

    Args:
        number: its place in `Page.lines`.
        span: its stretch of the raw text.
        text: its readable text; may be empty.
        start: where the text starts in the raw text, in code points.

    >>> line = untouched_line(0, Span(10, 16), "Quays", 10)
    >>> line == Line(number=0, span=Span(10, 16), text="Quays", pieces=(Piece(Span(0, 5), Span(10, 15)),))
    True

    """
    line = Line.__new__(Line)
    _set_number(line, number)
    _set_span(line, span)
    _set_text(line, text)
    _set_fixes(line, ())
    _set_start(line, start)
    return line


@attrs.frozen(kw_only=True)
class Language:
    """
    The language of a text.

    >>> Language(code="pt", confidence=0.99, method="langdetect")
    Language(code='pt', confidence=0.99, method='langdetect')
    """

    code: str = "und"
    """A BCP 47 code; ``und`` when unsure."""
    confidence: float = 0.0
    """From 0 to 1, rounded to two digits so that all machines agree."""
    method: str = "none"
    """
    How it was identified: ``langdetect`` (its profiles), ``script`` (the letters alone), ``markup`` (as the page states it),
    ``given`` (by the caller) or ``none``.
    """


UNDETERMINED = Language()


@attrs.frozen(kw_only=True)
class Page:
    """
    A raw text split into lines, with its language: all that a pass may see.

    >>> import newsnorm
    >>> page = newsnorm.Parser().page("Der Hafen bleibt am Montag geschlossen.\\nQuellenlink")
    >>> page.language.code, len(page.lines)
    ('de', 2)
    """

    raw: RawArticle
    lines: tuple[Line, ...]
    """At least one."""
    language: Language = UNDETERMINED
    notes: tuple[str, ...] = ()
    """Limits reached and doubts in reading."""
    markup: Markup = NO_MARKUP
    """What the markup says about each line, and what the page claims about itself; empty for plain text."""
