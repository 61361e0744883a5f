"""What can be found in a page: a class a kind, each with its span and its rule."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias, TypeVar

import attrs

from newsnorm.records.page import Span

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
