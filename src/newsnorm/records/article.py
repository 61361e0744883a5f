"""A report as it is handed out, with its ledger and its provenance."""

from __future__ import annotations

import attrs

from newsnorm.records.findings import (
    WRITERS,
    Byline,
    Correction,
    Credit,
    Dateline,
    DateRole,
    Fate,
    Finding,
    Person,
    PublicationDate,
    Removal,
    Standfirst,
    Title,
)
from newsnorm.records.page import Encoding, Fix, Language, Span


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
