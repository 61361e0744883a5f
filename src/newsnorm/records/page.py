"""
What came in and how it was read: raw text, its lines, their origin.

There is one coordinate system: a `Span` counts code points of `RawArticle.text`.
"""

from __future__ import annotations

import attrs


@attrs.frozen
class Span:
    """
    A half-open stretch of `RawArticle.text`, in code points.

    >>> Span(2, 5).of("abcdefg")
    'cde'
    """

    start: int
    """Index of its first code point."""
    end: int
    """Index after its last code point; never below `start`."""

    def of(self, text: str) -> str:
        """The stretch of `text` that the span covers."""
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start


@attrs.frozen(kw_only=True)
class Encoding:
    """How bytes became text."""

    name: str
    """Python's name of the codec that was used: ``utf-8``, ``cp1252``."""
    reason: str
    """Why this one: ``bom``, ``declared``, ``valid-utf-8``, ``nearly-utf-8`` or ``guessed``."""
    repaired: int = 0
    """How many bytes did not fit the codec and were read by another or replaced by U+FFFD."""


@attrs.frozen(kw_only=True)
class RawArticle:
    """What came in, decoded; never altered."""

    text: str
    """The raw text: what every `Span` counts in."""
    sha256: str
    """Hex digest of what was handed in: the bytes, or the text as UTF-8."""
    id: str | None = None
    media_type: str = "text/plain"
    url: str | None = None
    fetched: str | None = None
    """When it was fetched, as ISO 8601, if the caller knows: the only reference time there is."""
    title: str | None = None
    """The title that the caller knows from elsewhere."""
    site: str | None = None
    """The name or host of the site, if the caller knows it."""
    encoding: Encoding | None = None
    """None, if it came in as text."""
    notes: tuple[str, ...] = ()
    """What was doubtful in decoding."""


@attrs.frozen
class Piece:
    """Where a stretch of `Line.text` came from: character by character if both are equally long, else as a whole."""

    text: Span
    """The stretch, in code points of `Line.text`."""
    raw: Span
    """Where it came from."""


@attrs.frozen(kw_only=True)
class Hint:
    """What the markup said about a line. Empty for plain text."""

    tag: str = ""
    name: str = ""
    classes: tuple[str, ...] = ()
    link_share: float = 0.0


NO_HINT = Hint()


@attrs.frozen(kw_only=True)
class Fix:
    """One repaired word: mojibake, an entity, a control or invisible character. White space that became plain is no fix."""

    span: Span
    """The broken word in the raw text."""
    before: str
    """It, with what can't be shown made visible: ``a␀b``, ``soft<U+00AD>hyphen``."""
    after: str
    """What it became; empty, if there was nothing to read in it."""
    steps: tuple[str, ...]
    """What was done, in order: ``entity``, ``encode latin-1``, ``decode utf-8``, ``control`` …"""


@attrs.frozen(kw_only=True)
class Line:
    """
    A cut of the page.

    The lines' spans tile the raw text; the text of a line never changes after reading.
    A run of blank lines is one line without text.
    """

    number: int
    """Its place in `Page.lines`, from 0."""
    span: Span
    """Its territory in the raw text: the line break that ends it is included."""
    text: str
    """The readable text: repaired, white space as plain spaces, none around it."""
    pieces: tuple[Piece, ...]
    """They tile `text`; an untouched line has one, a line without text none."""
    hint: Hint = NO_HINT
    fixes: tuple[Fix, ...] = ()

    def raw_span(self, start: int, end: int) -> Span:
        """
        The raw stretch that ``text[start:end]`` came from.

        Exact where the text is untouched, else exact to the repaired word.

        >>> line = Line(number=0, span=Span(10, 16), text="Quays", pieces=(Piece(Span(0, 5), Span(10, 15)),))
        >>> line.raw_span(1, 3)
        Span(start=11, end=13)
        """
        if len(self.pieces) == 1 and len(self.pieces[0].text) == len(self.pieces[0].raw):
            base = self.pieces[0].raw.start
            return Span(base + start, base + end)
        begin = finish = None
        for piece in self.pieces:
            if piece.text.end <= start and begin is None:
                continue
            exact = len(piece.text) == len(piece.raw)
            if begin is None:
                begin = piece.raw.start + (max(0, start - piece.text.start) if exact else 0)
            if piece.text.start >= end:
                break
            finish = piece.raw.start + (end - piece.text.start) if exact and end < piece.text.end else piece.raw.end
        if begin is None:
            begin = self.pieces[-1].raw.end if self.pieces else self.span.start
        return Span(begin, max(begin, finish if finish is not None else begin))


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
    """From 0 to 1; rounded to two digits, so that machines agree."""
    method: str = "none"
    """Who says so: ``langdetect`` (its profiles), ``script`` (the letters alone), ``given`` or ``none``."""


UNDETERMINED = Language()


@attrs.frozen(kw_only=True)
class Page:
    """All that a pass may see."""

    raw: RawArticle
    lines: tuple[Line, ...]
    """At least one."""
    language: Language = UNDETERMINED
    notes: tuple[str, ...] = ()
    """What was capped or doubtful in reading."""
