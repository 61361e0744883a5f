"""Define the article that parsing returns, with its ledger and its provenance."""

from __future__ import annotations

import attrs

from newsnorm.records.findings import (
    WRITERS,
    Byline,
    Caption,
    Correction,
    Credit,
    Dateline,
    DateRole,
    FactKind,
    Fate,
    Finding,
    Mark,
    PageFact,
    Person,
    PublicationDate,
    Removal,
    Standfirst,
    Title,
)
from newsnorm.records.image import ArticleImage
from newsnorm.records.layout import UNKNOWN_LAYOUT, Layout
from newsnorm.records.page import Encoding, Fix, Language
from newsnorm.records.paragraph import PLAIN, ParagraphKind
from newsnorm.records.span import Span


@attrs.frozen
class Entry:
    """
    One row of the ledger: a stretch of the raw text and its one fate.

    >>> import newsnorm
    >>> newsnorm.parse("Source link").ledger
    (Entry(span=Span(start=0, end=11), fate='removal', rule='common.removal.source-link'),)
    """

    span: Span
    fate: Fate
    rule: str = ""
    """Id of the rule that decided; empty for the body, for blank lines, and for claims of a page that no finding took."""


@attrs.frozen(kw_only=True)
class Provenance:
    """
    What is needed to reproduce an article: equal raw texts and equal versions give equal articles.

    >>> import newsnorm
    >>> newsnorm.parse("Rain in Ulm.").provenance.raw_length
    12
    """

    raw_sha256: str
    """Hex digest of the bytes that were passed, or of the text as UTF-8."""
    raw_length: int
    """Length of the raw text in code points."""
    encoding: Encoding | None
    """How bytes were decoded; None if a `str` was passed."""
    newsnorm: str
    """The version of newsnorm."""
    parser: str
    """Hex digest of the parser: its catalogue, tables and passes."""


@attrs.frozen(kw_only=True)
class About:
    """
    What a page of HTML states for machines about its report, besides headline, authors and dates; empty for plain text.

    >>> import newsnorm
    >>> newsnorm.parse("Rain in Ulm.").about
    About(canonical_url=None, section=None, tags=(), description=None, image=None)
    """

    canonical_url: str | None = None
    """The address that the page states as its own."""
    section: str | None = None
    tags: tuple[str, ...] = ()
    """Each once, in the order of the page."""
    description: str | None = None
    """The summary for search engines and social networks; often the standfirst, often truncated."""
    image: str | None = None
    """The address of the lead image."""


@attrs.frozen(kw_only=True)
class Article:
    """
    The result of parsing a text: the report, its fields, and an account of every stretch of the raw text.

    Absent values are None or empty. Doubts and guesses are listed in `notes`. All spans count code points of the raw text.

    >>> import newsnorm
    >>> article = newsnorm.parse("Quay to close\\nBy María Pérez\\n\\nThe quay closes on Monday, the port said.\\nSource link")
    >>> article.title, article.authors[0].name, article.text
    ('Quay to close', 'María Pérez', 'The quay closes on Monday, the port said.')
    """

    id: str
    """The id given by the caller, or the first 16 hex digits of the raw text's sha256."""
    url: str | None
    """As given."""
    title: str | None
    """The headline as text; see `headline` for the finding."""
    headline: Title | None
    """The title as a finding in the text; None if it is not in the text."""
    standfirst: Standfirst | None
    bylines: tuple[Byline, ...]
    dates: tuple[PublicationDate, ...]
    dateline: Dateline | None
    credits: tuple[Credit, ...]
    captions: tuple[Caption, ...] = ()
    """The descriptions of pictures that say who took them."""
    images: tuple[ArticleImage, ...] = ()
    """The images of the report on a page of HTML, the lead image first."""
    corrections: tuple[Correction, ...]
    facts: tuple[PageFact, ...] = ()
    """What the page, or the record of a database, states beside headline, authors and dates; empty for other plain text."""
    site: str | None = None
    """The name of the site: the one that the caller gave, unless that is a host, else the one in `facts`."""
    language: Language
    layout: Layout = UNKNOWN_LAYOUT
    """What kind of text was passed in; filter by it to leave out error pages, consent walls and lists of headlines."""
    truncated: bool
    """Whether a removed or marked line says that the text continues elsewhere."""
    paragraphs: tuple[str, ...]
    paragraph_kinds: tuple[ParagraphKind, ...] = attrs.field()
    """The kind of each of `paragraphs`: heading, list item, row of a table, quote, code, or none of these."""
    removals: tuple[Removal, ...]
    marks: tuple[Mark, ...] = ()
    """Lines that are not part of the report but stay in its text, because the parser was told to `keep` more."""
    fixes: tuple[Fix, ...]
    ledger: tuple[Entry, ...]
    """Its spans tile the raw text. Empty only if the article was loaded without it."""
    notes: tuple[str, ...]
    """What was capped, guessed or doubtful."""
    provenance: Provenance

    @paragraph_kinds.default
    def _all_plain(self) -> tuple[ParagraphKind, ...]:
        return (PLAIN,) * len(self.paragraphs)

    @property
    def text(self) -> str:
        """The report, without its dateline: the paragraphs, joined by blank lines."""
        return "\n\n".join(self.paragraphs)

    @property
    def people(self) -> tuple[Person, ...]:
        """The people named in all bylines, in any role, each once, in the order of the text."""
        return tuple(dict.fromkeys(person for byline in self.bylines for person in byline.people))

    @property
    def authors(self) -> tuple[Person, ...]:
        """The people who wrote the report, each once, in the order of the text, without editors, photographers or translators."""
        return tuple(person for person in self.people if person.role in WRITERS)

    @property
    def agency(self) -> str | None:
        """The agency that supplied the text, named by the dateline, or else a byline, a source credit or an agency's trailer."""
        return next((finding.agency for finding in self._wire()), None)

    @property
    def agency_evidence(self) -> tuple[Finding, ...]:
        """The findings that name `agency`, strongest first."""
        agency = self.agency
        return tuple(finding for finding in self._wire() if finding.agency == agency)

    def _wire(self) -> tuple[Dateline | Byline | Credit | Removal | Mark, ...]:
        """List the findings that name an agency, strongest first: dateline, bylines, source and people credits, trailers."""
        datelines = (self.dateline,) if self.dateline is not None else ()
        texts = (credit for kind in ("source", "people") for credit in self.credits if credit.kind == kind)
        return tuple(finding for finding in (*datelines, *self.bylines, *texts, *self.removals, *self.marks) if finding.agency)

    @property
    def published(self) -> PublicationDate | None:
        """
        The date of publication; None if none is stated. If one day is stated several times, the first of the most precise
        dates.
        """
        return self._dated("published")

    @property
    def updated(self) -> PublicationDate | None:
        """
        The date of an update; None if none is stated. If one day is stated several times, the first of the most precise
        dates.
        """
        return self._dated("updated")

    def _dated(self, role: DateRole) -> PublicationDate | None:
        first = next((date for date in self.dates if date.role == role), None)
        again = (date for date in self.dates if first is not None and date.role == role and date.value.startswith(first.value))
        return max(again, key=lambda date: len(date.value), default=first)

    @property
    def about(self) -> About:
        """What the page states about its report for machines."""
        return About(
            canonical_url=self._fact("url"),
            section=self._fact("section"),
            tags=tuple(dict.fromkeys(fact.value for fact in self.facts if fact.kind == "tag")),
            description=self._fact("description"),
            image=self._fact("image"),
        )

    def _fact(self, kind: FactKind) -> str | None:
        return next((fact.value for fact in self.facts if fact.kind == kind), None)

    def findings(self) -> tuple[Finding, ...]:
        """Return all findings, in the order of the raw text."""
        single: tuple[Finding | None, ...] = (self.headline, self.standfirst, self.dateline)
        every = (
            *(finding for finding in single if finding is not None),
            *self.bylines,
            *self.dates,
            *self.credits,
            *self.captions,
            *self.corrections,
            *self.facts,
            *self.removals,
            *self.marks,
        )
        return tuple(sorted(every, key=lambda finding: (finding.span.start, finding.span.end, finding.fate)))
