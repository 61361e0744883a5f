"""Define the findings of passes: one class per kind, each with its span and its rule."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias, TypeVar

import attrs

from newsnorm.records.span import Span

PersonRole: TypeAlias = Literal["author", "reporter", "interviewer", "editor", "photographer", "translator"]
WRITERS: tuple[PersonRole, ...] = ("author", "reporter", "interviewer")
"""The roles of people who wrote the report."""
DateRole: TypeAlias = Literal["published", "updated"]
Precision: TypeAlias = Literal["year", "month", "day", "minute", "second"]
Zone: TypeAlias = Literal["stated", "assumed", "unknown"]
CreditKind: TypeAlias = Literal["source", "contributing", "photo", "people", "other"]
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
    "embed",
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
    "caption",
    "correction",
    "removal",
    "mark",
    "claim",
    "blank",
    "body",
]
FactKind: TypeAlias = Literal["site", "section", "tag", "description", "image", "url"]


@attrs.frozen(kw_only=True)
class Person:
    """
    A person named in a byline, never an agency or a desk.

    >>> import newsnorm
    >>> newsnorm.fields.parse_byline("By MARÍA PÉREZ").people
    (Person(name='María Pérez', role='author'),)
    """

    name: str
    """As printed, except that all capitals become name case: ``MARÍA PÉREZ`` is ``María Pérez``."""
    role: PersonRole = "author"


class _LateWhy:
    """
    Holds the function that computes `why` for a finding made by `saying_why_later`; not a field, so that copies don't share
    it.
    """

    __slots__ = ("_say_why",)
    _say_why: Callable[[], str]


@attrs.frozen(kw_only=True)
class Finding(_LateWhy):
    """
    A statement about a stretch of a line, such as "this is a byline, because of this rule".

    The class is the label; this is the base class of the ten that passes use, and of `Mark`.

    >>> import newsnorm
    >>> finding = newsnorm.parse("Rain in Ulm.\\nSource link").findings()[0]
    >>> finding.fate, finding.line, finding.text, finding.rule
    ('removal', 1, 'Source link', 'common.removal.source-link')
    """

    fate: ClassVar[Fate]
    in_text: ClassVar[bool] = False
    """Whether the line that it takes is also a paragraph of the report."""
    line: int
    """The `Line.number` of its line, from 0."""
    span: Span
    """The stretch of the raw text, within that line."""
    text: str
    """The readable text of that stretch."""
    rule: str
    """The id of the rule that decided; ids are never reused. ``docs/rules.md`` lists them."""
    takes_line: bool = True
    """Whether the line is used up. False leaves the rest of the line to other findings."""
    why: str = ""
    """For a rule that weighs evidence: what decided, briefly."""
    doubt: str = ""
    """What is uncertain; copied to `Article.notes`."""
    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> str:
            """Say why on first access."""
            if name != "why":
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            try:
                say_why = _say_why.__get__(self)
            except AttributeError:  # another thread has just computed it
                return _why.__get__(self)
            _why.__set__(self, say_why())
            with suppress(AttributeError):
                _say_why.__delete__(self)
            return _why.__get__(self)


_why, _say_why = vars(Finding)["why"], vars(_LateWhy)["_say_why"]


@attrs.frozen(kw_only=True)
class Title(Finding):
    """
    The headline.

    >>> import newsnorm
    >>> newsnorm.parse("Quay to close\\n\\nThe quay closes on Monday, the port said.").headline.text
    'Quay to close'
    """

    fate: ClassVar[Fate] = "title"


@attrs.frozen(kw_only=True)
class Standfirst(Finding):
    """
    The summary between headline and report, found only if something sets it apart from the report.

    Its line is also the first paragraph of the report, so that a wrong label loses nothing; only its ledger entry differs.

    >>> import newsnorm
    >>> report = "The quay closes on Monday because two of its pillars are broken, the port said in a statement on Thursday."
    >>> summary = "Ferries move to the north pier until the summer, and the market to the town hall."
    >>> newsnorm.parse(f"Quay to close for a year\\n{summary}\\nBy María Pérez\\n\\n{report}").standfirst.text == summary
    True
    """

    fate: ClassVar[Fate] = "standfirst"
    in_text: ClassVar[bool] = True


@attrs.frozen(kw_only=True)
class Byline(Finding):
    """
    Who wrote the report: ``By María Pérez and Tom O'Hara``.

    >>> import newsnorm
    >>> byline = newsnorm.fields.parse_byline("By Tom O'Hara (Reuters)")
    >>> byline.people[0].name, byline.agency
    ("Tom O'Hara", 'Reuters')
    """

    fate: ClassVar[Fate] = "byline"
    people: tuple[Person, ...] = ()
    """Empty for a desk, an agency, or a marker such as ``By`` on a line of its own."""
    agency: str | None = None
    """The agency that the byline names, by its usual name."""


@attrs.frozen(kw_only=True)
class PublicationDate(Finding):
    """
    When the report was published or updated, as precisely as the text states it: no part is ever filled in.

    >>> import newsnorm
    >>> date = newsnorm.fields.parse_date("Updated 3 May 2024, 10:15 CET")
    >>> date.value, date.precision, date.role, date.zone
    ('2024-05-03T10:15+01:00', 'minute', 'updated', 'stated')
    """

    fate: ClassVar[Fate] = "date"
    value: str
    """ISO 8601, exactly as precise as the text: ``2024``, ``2024-06``, ``2024-06-20``, ``2024-06-20T14:05+03:00``."""
    precision: Precision
    role: DateRole = "published"
    zone: Zone = "unknown"
    """``stated``: `value` ends in the offset. ``assumed``: an ambiguous name, read as usual in the page's language."""


@attrs.frozen(kw_only=True)
class Dateline(Finding):
    """
    The place, and perhaps day and agency, at the opening of a report: ``LONDON (Reuters) -``.

    >>> import newsnorm
    >>> dateline = newsnorm.fields.parse_dateline("KYIV, Ukraine, June 20 (Reuters) - The bridge was closed.")
    >>> dateline.place, dateline.date, dateline.agency
    ('KYIV, Ukraine', 'June 20', 'Reuters')
    """

    fate: ClassVar[Fate] = "dateline"
    place: str
    """As printed, without day and agency: ``LONDON``, ``KYIV, Ukraine``."""
    date: str | None = None
    """The day as printed: ``June 20``."""
    agency: str | None = None


@attrs.frozen(kw_only=True)
class Credit(Finding):
    """
    Who supplied the text or a picture: ``Source: Reuters``.

    >>> import newsnorm
    >>> credit = newsnorm.fields.parse_credit("Photo: Jane Doe/AFP")
    >>> credit.kind, credit.agency
    ('photo', 'AFP')
    """

    fate: ClassVar[Fate] = "credit"
    name: str
    """As printed, without the label."""
    kind: CreditKind = "source"
    agency: str | None = None
    """The agency that it names, by its usual name: ``AFP``."""


@attrs.frozen(kw_only=True)
class Caption(Finding):
    """
    A line that describes a picture and ends with who took it; it is not part of the report.

    >>> import newsnorm
    >>> report = "The quay closes on Monday because two of its pillars are broken, the port said in a statement on Thursday."
    >>> caption = newsnorm.parse(f"The quay on Sunday. (AP Photo/Jane Doe)\\n\\n{report}").captions[0]
    >>> caption.caption, caption.credit, caption.agency
    ('The quay on Sunday.', 'AP Photo/Jane Doe', 'AP')
    """

    fate: ClassVar[Fate] = "caption"
    caption: str
    """The description, without the credit."""
    credit: str
    """Who took or supplied the picture, as printed, or a word such as ``Symbolbild``; empty if nobody is credited."""
    agency: str | None = None
    """The agency that the credit names, by its usual name; it says nothing about the text."""


@attrs.frozen(kw_only=True)
class Correction(Finding):
    """
    A correction or an editor's note; its line stays in the body.

    >>> import newsnorm
    >>> report = "The quay closes on Monday, the port said in a short statement on its site."
    >>> article = newsnorm.parse(f"{report}\\nCorrection: An earlier version named another quay.")
    >>> article.corrections[0].text == article.paragraphs[-1]
    True
    """

    fate: ClassVar[Fate] = "correction"


@attrs.frozen(kw_only=True)
class Removal(Finding):
    """
    A line that is not part of the report.

    >>> import newsnorm
    >>> removal = newsnorm.parse("Rain in Ulm.\\nSource link").removals[0]
    >>> removal.text, removal.reason
    ('Source link', 'syndication')
    """

    fate: ClassVar[Fate] = "removal"
    reason: Reason
    truncates: bool = False
    """Whether the line says that the text continues elsewhere (a paywall, a final "read more")."""
    agency: str | None = None
    """The agency named by an agency's trailer or a rights notice: ``© 2024 AFP``."""


@attrs.frozen(kw_only=True)
class Mark(Finding):
    """
    A line that is not part of the report, but stays in the text because the parser was told to keep it.

    >>> import newsnorm
    >>> article = newsnorm.parse("Rain in Ulm.\\nSource link", keep="all")
    >>> article.paragraphs, article.removals, article.marks[0].reason
    (('Rain in Ulm.', 'Source link'), (), 'syndication')
    """

    fate: ClassVar[Fate] = "mark"
    in_text: ClassVar[bool] = True
    reason: Reason
    """Why `keep="report"` removes it."""
    truncates: bool = False
    """Whether it says that the text continues elsewhere."""
    agency: str | None = None
    """The agency named by an agency's trailer or a rights notice."""

    @classmethod
    def of(cls, removal: Removal) -> Mark:
        """Make a mark from a removal."""
        return cls(
            line=removal.line,
            span=removal.span,
            text=removal.text,
            rule=removal.rule,
            takes_line=removal.takes_line,
            why=removal.why,
            doubt=removal.doubt,
            reason=removal.reason,
            truncates=removal.truncates,
            agency=removal.agency,
        )


@attrs.frozen(kw_only=True)
class PageFact(Finding):
    """
    A fact that a page states about itself for machines: its site, a section, a tag and the like, but no headline, author or date.

    Its line is the page's claim, which stands below the text.

    >>> import newsnorm
    >>> page = newsnorm.Parser().page("Rain in Ulm.")
    >>> PageFact(line=0, span=page.lines[0].span, text="Harbour News", rule="fact.site", kind="site", value="Harbour News").fate
    'claim'
    """

    fate: ClassVar[Fate] = "claim"
    kind: FactKind
    value: str
    """As the page states it, with plain spaces; addresses are absolute."""


@attrs.frozen(kw_only=True)
class Doubt(Finding):
    """A question that a pass could not decide. It takes no line; its `doubt` is copied to `Article.notes`."""

    fate: ClassVar[Fate] = "body"


FindingType = TypeVar("FindingType", bound=Finding)


def saying_why_later(finding: FindingType, say_why: Callable[[], str]) -> FindingType:
    """
    Let a new finding compute its `Finding.why` on first access, since a page has hundreds of findings and few are asked.

    Args:
        finding: a new finding; it is changed and returned.
        say_why: returns what decided, briefly; called at most once. It is not pickled with the finding.

    >>> finding = Doubt(line=0, span=Span(0, 4), text="Rain", rule="extent.kept")
    >>> saying_why_later(finding, lambda: "four letters").why
    'four letters'

    """
    _why.__delete__(finding)
    _say_why.__set__(finding, say_why)
    return finding
