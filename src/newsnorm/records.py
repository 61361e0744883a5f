"""
The records that travel through newsnorm: frozen, slotted, no behaviour beyond small properties.

There is one coordinate system: a `Span` counts code points of `RawArticle.text`.
Data goes one way: `RawArticle` → `Page` of `Line` → `Finding` → `Article` with its ledger of `Entry`.
"""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias, TypeVar

import attrs

PersonRole: TypeAlias = Literal["author", "reporter", "interviewer", "editor", "photographer", "translator"]
WRITERS: tuple[PersonRole, ...] = ("author", "reporter", "interviewer")
"""The roles of those who wrote the report."""
DateRole: TypeAlias = Literal["published", "updated"]
Precision: TypeAlias = Literal["year", "month", "day", "minute", "second"]
Zone: TypeAlias = Literal["stated", "assumed", "unknown"]
CreditKind: TypeAlias = Literal["source", "photo", "people", "other"]
Reason: TypeAlias = Literal[
    "comments",
    "sharing",
    "subscription",
    "related",
    "read-more",
    "syndication",
    "copyright",
    "caption",
    "advert",
    "consent",
    "paywall",
    "timestamp",
    "tags",
    "navigation",
    "author-box",
    "app",
    "player",
    "agency-trailer",
    "script",
    "placeholder",
    "repetition",
    "stranded",
    "other-text",
]
RelationKind: TypeAlias = Literal["exact", "near", "excerpt", "update", "overlap"]
DifferenceKind: TypeAlias = Literal["number", "name", "wording", "added", "left-out"]
Fate: TypeAlias = Literal[
    "title",
    "standfirst",
    "byline",
    "date",
    "dateline",
    "credit",
    "correction",
    "removal",
    "blank",
    "body",
]


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


@attrs.frozen(kw_only=True)
class Person:
    """Somebody named in a byline. An agency or a desk is no person."""

    name: str
    """As printed, but an all-capitals name in name case: ``MARÍA PÉREZ`` is ``María Pérez``."""
    role: PersonRole = "author"


@attrs.frozen(kw_only=True)
class Finding:
    """
    A statement about a line: "this stretch is a byline, because of this rule".

    The class is the label: see the eight below.
    """

    fate: ClassVar[Fate]
    line: int
    """Which line: its `Line.number`."""
    span: Span
    """The stretch it speaks of."""
    text: str
    """The readable text of that stretch."""
    rule: str
    """The id of the rule that decided; ids are never reused. ``docs/rules.md`` lists them."""
    takes_line: bool = True
    """Whether the line is used up by it. False: it only sits in the line."""
    why: str = ""
    """For a rule that weighs: what decided, in a few words."""
    doubt: str = ""
    """What is uncertain about it; copied to `Article.notes`."""


@attrs.frozen(kw_only=True)
class Title(Finding):
    """The headline."""

    fate: ClassVar[Fate] = "title"


@attrs.frozen(kw_only=True)
class Standfirst(Finding):
    """The lines between headline and report that sum it up."""

    fate: ClassVar[Fate] = "standfirst"


@attrs.frozen(kw_only=True)
class Byline(Finding):
    """Who wrote it: ``By María Pérez and Tom O'Hara``."""

    fate: ClassVar[Fate] = "byline"
    people: tuple[Person, ...] = ()
    agency: str | None = None


@attrs.frozen(kw_only=True)
class PublicationDate(Finding):
    """When it was published or updated, as far as it is written: never a part filled in."""

    fate: ClassVar[Fate] = "date"
    value: str
    """ISO 8601, as long as its precision: ``2024``, ``2024-06``, ``2024-06-20``, ``2024-06-20T14:05+03:00``."""
    precision: Precision
    role: DateRole = "published"
    zone: Zone = "unknown"


@attrs.frozen(kw_only=True)
class Dateline(Finding):
    """The place, and perhaps day and agency, that open a report: ``LONDON (Reuters) -``."""

    fate: ClassVar[Fate] = "dateline"
    place: str
    """As printed, without day and agency: ``LONDON``, ``KYIV, Ukraine``."""
    date: str | None = None
    """The day as printed: ``June 20``."""
    agency: str | None = None


@attrs.frozen(kw_only=True)
class Credit(Finding):
    """Who supplied the text or a picture: ``Source: Reuters``."""

    fate: ClassVar[Fate] = "credit"
    name: str
    kind: CreditKind = "source"
    agency: str | None = None
    """The agency that it names, by its usual name: ``AFP``."""


@attrs.frozen(kw_only=True)
class Correction(Finding):
    """A correction or an editor's note. It marks a line of the body, which keeps it."""

    fate: ClassVar[Fate] = "correction"


@attrs.frozen(kw_only=True)
class Removal(Finding):
    """A line that is not part of the report."""

    fate: ClassVar[Fate] = "removal"
    reason: Reason
    truncates: bool = False
    """Whether it says that the text goes on elsewhere (a paywall, a final "read more")."""
    agency: str | None = None
    """The agency that an agency's trailer or a line of rights names: ``© 2024 AFP``."""


@attrs.frozen(kw_only=True)
class Doubt(Finding):
    """What a pass could not decide; it takes no line, and its `doubt` stands in `Article.notes`."""

    fate: ClassVar[Fate] = "body"


FindingType = TypeVar("FindingType", bound=Finding)


@attrs.frozen
class Entry:
    """One row of the ledger: a stretch of the raw text and its one fate."""

    span: Span
    fate: Fate
    rule: str = ""
    """The rule that decided; empty for blank lines and the body, which nobody took."""


@attrs.frozen(kw_only=True)
class Provenance:
    """Enough to reproduce the article: the same raw text and the same versions give the same article."""

    raw_sha256: str
    raw_length: int
    """Code points of the raw text."""
    encoding: Encoding | None
    newsnorm: str
    """The version of newsnorm."""
    parser: str
    """The digest of the parser: its catalogue, tables and passes."""


@attrs.frozen(kw_only=True)
class Article:
    """
    A report as newsnorm hands it out.

    Absent is None or empty; nothing in it is guessed without a word in `notes`.
    """

    id: str
    """As given, else the first 16 digits of the raw text's sha256."""
    url: str | None
    title: str | None
    """The headline as text; see `headline` for the finding."""
    headline: Title | None
    """Where the title stood; None, if the text is silent or the caller's title was taken."""
    standfirst: Standfirst | None
    bylines: tuple[Byline, ...]
    dates: tuple[PublicationDate, ...]
    dateline: Dateline | None
    credits: tuple[Credit, ...]
    corrections: tuple[Correction, ...]
    language: Language
    truncated: bool
    """Whether a removed line says that the text goes on elsewhere."""
    paragraphs: tuple[str, ...]
    removals: tuple[Removal, ...]
    fixes: tuple[Fix, ...]
    ledger: tuple[Entry, ...]
    """Its spans tile the raw text. Empty only on an article that was loaded without it."""
    notes: tuple[str, ...]
    """What was capped, guessed or doubtful."""
    provenance: Provenance

    @property
    def text(self) -> str:
        """The report: the paragraphs joined by blank lines, without the dateline."""
        return "\n\n".join(self.paragraphs)

    @property
    def people(self) -> tuple[Person, ...]:
        """All people of all bylines, whatever their role, each once, in their order."""
        return tuple(dict.fromkeys(person for byline in self.bylines for person in byline.people))

    @property
    def authors(self) -> tuple[Person, ...]:
        """Those of the bylines who wrote the report, each once, in their order: no editors, photographers or translators."""
        return tuple(person for person in self.people if person.role in WRITERS)

    @property
    def agency(self) -> str | None:
        """Whose wire copy it is: the agency that the dateline, else a byline, a source credit or the agency's trailer names."""
        return next((finding.agency for finding in self._wire()), None)

    @property
    def agency_evidence(self) -> tuple[Finding, ...]:
        """The findings that name `agency`, the strongest first."""
        agency = self.agency
        return tuple(finding for finding in self._wire() if finding.agency == agency)

    def _wire(self) -> tuple[Dateline | Byline | Credit | Removal, ...]:
        """What names an agency that supplied the text: dateline, bylines, credits of sources, then of people, and trailers."""
        datelines = (self.dateline,) if self.dateline is not None else ()
        texts = (credit for kind in ("source", "people") for credit in self.credits if credit.kind == kind)
        return tuple(finding for finding in (*datelines, *self.bylines, *texts, *self.removals) if finding.agency)

    @property
    def published(self) -> PublicationDate | None:
        """The first date of publication found."""
        return self._dated("published")

    @property
    def updated(self) -> PublicationDate | None:
        """The first date of an update found."""
        return self._dated("updated")

    def _dated(self, role: DateRole) -> PublicationDate | None:
        return next((date for date in self.dates if date.role == role), None)

    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found, by its place in the raw text."""
        single: tuple[Finding | None, ...] = (self.headline, self.standfirst, self.dateline)
        every = (
            *(finding for finding in single if finding is not None),
            *self.bylines,
            *self.dates,
            *self.credits,
            *self.corrections,
            *self.removals,
        )
        return tuple(sorted(every, key=lambda finding: (finding.span.start, finding.span.end, finding.fate)))


@attrs.frozen
class Passage:
    """A stretch that two texts have in common, word for word or nearly so; spans count in the texts that were compared."""

    left: Span
    right: Span


@attrs.frozen(kw_only=True)
class Difference:
    """Where two related texts part."""

    kind: DifferenceKind
    """`number`, `name`: other figures or names in the same place. `wording`: anything else that was replaced. `added`: the right
    text has a stretch more. `left-out`: it has one less."""
    left: Span
    """The stretch in the left text; empty where the right one has something added."""
    right: Span


@attrs.frozen(kw_only=True)
class Relation:
    """
    What two texts have in common: a function of the two, and of `newsnorm.dedup.Params`.

    The smaller id is `left`.
    """

    left: str
    right: str
    kind: RelationKind
    """`exact`: the same words. `near`: the same report, headline, lead or letters aside. `excerpt`: one lies in the other.
    `update`: the same report with other figures. `overlap`: passages in common, but two reports, and never one cluster."""
    left_cover: float
    """Share of the left text's words that lie in passages, from 0 to 1."""
    right_cover: float
    passages: tuple[Passage, ...]
    """In the order of the left text."""


@attrs.frozen(kw_only=True)
class Cluster:
    """Texts that tell one report."""

    id: str
    """The smallest id of its members."""
    members: tuple[str, ...]
    """In the order of their ids."""
    representative: str
    """The member with the most words that another member has too; of equals the one with the fewest other words, then the
    smallest id."""
