"""Define the records of a catalogue, rules with their examples and sites, and check that rules are valid."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal, TypeAlias, get_args

import attrs

from newsnorm.catalogue.templates import check_template, is_template
from newsnorm.errors import CatalogueError
from newsnorm.records import CreditKind, DateRole, PersonRole, Reason
from newsnorm.text.folding import fold

Kind: TypeAlias = Literal["line", "start", "template", "label", "cut", "run", "hint"]
Table: TypeAlias = Literal["removal", "byline", "date", "credit", "correction"]
Side: TypeAlias = Literal["head", "tail"]
Tier: TypeAlias = Literal[1, 2, 3]

TABLES: tuple[Table, ...] = ("byline", "correction", "credit", "date", "removal")
"""The tables of a rule file, in the order in which a file is read."""

UNTRANSLATED = "en"
"""The language of untranslated themes; its templates hold on every page."""

WHOLE_PHRASE_KINDS = ("line", "start", "cut", "run")
"""Kinds whose phrases have no slots."""


@attrs.frozen(kw_only=True)
class Example:
    """A line that a rule matches, with the values of its slots."""

    line: str
    names: tuple[str, ...] = ()
    agency: str | None = None
    source: str | None = None
    place: str | None = None
    date: str | None = None
    updated: str | None = None


@attrs.frozen(kw_only=True)
class Seen:
    """How often a learned line was seen, and when."""

    documents: int
    """Number of documents of the host that had the line in the zone of its rule."""
    of: int
    """Number of documents of the host that were looked at."""
    first: str = ""
    """ISO 8601 day of the first document that had the line; empty if no document was dated."""
    last: str = ""
    """ISO 8601 day of the last document that had it."""
    until: str = ""
    """Last day on which the rule holds, if the line stopped recurring; empty if it still holds."""


@attrs.frozen(kw_only=True)
class Rule:
    """One piece of knowledge: phrases, how they match, what they mean, and example lines that prove it."""

    id: str
    table: Table
    """The kind of finding that the rule makes."""
    kind: Kind
    phrases: tuple[str, ...]
    examples: tuple[Example, ...] = ()
    never: tuple[str, ...] = ()
    """Lines that the rule must not match."""
    needs: tuple[str, ...] = ()
    """For kind start: texts, one of which the line must also contain at the beginning of a word; empty if the opening
    suffices."""
    reason: Reason | None = None
    zone: Side | None = None
    """Where the rule holds: above the first or below the last line of prose; None for anywhere."""
    tier: Tier = 1
    """What a removal needs besides a matching line: 1 nothing, 2 its zone or a removed neighbour, 3 removed lines on both
    sides."""
    side: Side = "tail"
    """Which way a cut goes."""
    only_in: tuple[str, ...] = ()
    """Primary language subtags on whose pages the rule holds; empty for all."""
    language: str = ""
    """Language of the rule's file; its templates hold only on pages in that language; empty for all."""
    host: str = ""
    """The site on whose pages the rule holds; empty for all."""
    truncates: bool = False
    role: DateRole = "published"
    credit: CreditKind = "source"
    person_role: PersonRole = "author"
    origin: Literal["curated", "learned"] = "curated"
    seen: Seen | None = None
    """For a learned rule, how often and when its line was seen."""

    @property
    def rank(self) -> int:
        """Precedence, lowest number first: 0 site, 1 CMS, 2 language, 3 common, 4 learned."""
        if self.origin == "learned":
            return 4
        if self.host:
            return 0
        return 2 if self.language else 3 if self.id.startswith("common.") else 1

    @property
    def precedence(self) -> tuple[int, str]:
        """Sort key of rules, strongest first."""
        return self.rank, self.id

    @property
    def is_translated(self) -> bool:
        """Whether the rule is a template of a language other than English; other phrases hold on any page."""
        return self.kind == "template" and self.language not in ("", UNTRANSLATED)

    @cached_property
    def spares_head(self) -> bool:
        """Whether its lines could be the report's own headline, so that it takes no line above the prose."""
        return any("{headline}" in phrase for phrase in self.phrases)

    @cached_property
    def holds_title(self) -> bool:
        """Whether its lines are some words followed by the title of something else."""
        return self.spares_head or any("{title}" in phrase for phrase in self.phrases)

    @cached_property
    def holds_address(self) -> bool:
        """Whether its lines are some words followed by a mail address."""
        return any("{email}" in phrase for phrase in self.phrases)

    @property
    def is_universal(self) -> bool:
        """Whether the rule holds on every page."""
        return not self.host and not self.only_in and not self.is_translated

    def holds_on(self, code: str, host: str) -> bool:
        """
        Return whether the rule holds on a page.

        Args:
            code: the primary subtag of the page's language; ``und`` for any.
            host: the host of the page's URL; empty if unknown.

        """
        if self.host and not is_host_of(self.host, host):
            return False
        if code == "und":
            return True
        return (not self.only_in or code in self.only_in) and (not self.is_translated or self.language == code)

    def check(self, place: str) -> None:
        """
        Check that the rule is complete and consistent.

        Args:
            place: the name of its file, for the message.

        Raises:
            CatalogueError: a value is unknown, missing or contradicts another; the message names the place and the rule.

        """
        problem = next(self._problems(), None)
        if problem is not None:
            raise CatalogueError(f"{place}: {self.id}: {problem}")
        for phrase in self.phrases:
            if self.kind == "template" or (self.kind == "label" and is_template(phrase)):
                check_template(phrase, f"{place}: {self.id}")

    def _problems(self) -> Iterator[str]:
        """Yield a message for each problem."""
        for name, known in _CHOICES.items():
            if getattr(self, name) not in known:
                choices = ", ".join(str(value) for value in known if value is not None)
                yield f"{name} = {getattr(self, name)!r}; expected one of {choices}"
        if not self.phrases:
            yield "it has no phrases"
        if self.table == "removal" and self.reason is None:
            yield "a removal needs a reason"
        if self.needs and not (self.kind == "start" and all(map(fold, self.needs))):
            yield "needs is only for rules of kind start, and each of its texts must have letters"
        yield from filter(None, (self._tier_problem(), self._phrase_problem(), self._origin_problem()))

    def _tier_problem(self) -> str:
        tiered = self.tier == 1 or (self.table == "removal" and self.kind not in ("run", "hint"))
        return "" if tiered else "only removals may have a tier, except those of kind run and hint"

    def _phrase_problem(self) -> str:
        if self.kind not in WHOLE_PHRASE_KINDS:
            return ""
        empty = next((phrase for phrase in self.phrases if not _has_letters(phrase) or is_template(phrase)), None)
        return "" if empty is None else f"{empty!r} has no letters, or has slots, which are only for the kinds template and label"

    def _origin_problem(self) -> str:
        if self.origin != "learned":
            return "documents, of, first, last and until are only for learned rules" if self.seen is not None else ""
        plain = (self.table, self.kind, bool(self.host), self.only_in) == ("removal", "line", True, ())
        return "" if plain else "a learned rule must be a removal of kind line with a host and without only_in"


def _has_letters(phrase: str) -> bool:
    """Return whether a phrase is not empty when folded."""
    return phrase[:1].isalnum() or fold(phrase) != ""


_CHOICES: dict[str, tuple[object, ...]] = {
    "kind": get_args(Kind),
    "table": get_args(Table),
    "reason": (*get_args(Reason), None),
    "zone": (*get_args(Side), None),
    "tier": get_args(Tier),
    "side": get_args(Side),
    "role": get_args(DateRole),
    "credit": get_args(CreditKind),
    "person_role": get_args(PersonRole),
    "origin": ("curated", "learned"),
}
"""The permitted values of each field of a rule."""


@attrs.frozen(kw_only=True)
class Site:
    """Settings of one site: the keys at the top of the file named after its host."""

    host: str
    """``example.com``; with a leading dot its subdomains too."""
    without: tuple[str, ...] = ()
    """Ids of rules that do not hold there."""
    language: str | None = None
    """BCP 47 code of the language whose rules hold on all its pages; None for the language of each page."""
    day_first: bool | None = None
    """Whether ``5/6/2024`` is 5 June; None where the language decides."""

    def holds_for(self, host: str) -> bool:
        """
        Return whether a page of `host` belongs to the site.

        >>> Site(host=".example.com").holds_for("news.example.com"), Site(host="example.com").holds_for("news.example.com")
        (True, False)
        """
        return is_host_of(self.host, host)


def is_host_of(site: str, host: str) -> bool:
    """Return whether a host is `site`, or a subdomain of it if `site` begins with a dot."""
    return host == site.removeprefix(".") or (site.startswith(".") and host.endswith(site))
