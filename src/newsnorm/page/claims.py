"""
What does a page claim about its report? Its claims, in the order in which they are believed.

A claim is evidence beside the text: it may confirm what a line says, and it stands alone where the text is silent. Here claims
are ranked and cleaned; `claimed_title`, `claimed_people` and `claimed_dates` read them as the grammar reads lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from html import unescape
from typing import cast

import attrs

from newsnorm.claim_names import claim_names, object_kinds
from newsnorm.records import Claim, ClaimField, Page
from newsnorm.resources import directory_of, read_toml
from newsnorm.text.folding import fold_words
from newsnorm.text.lazy_regex import lazy_regex

LAST = 1_000
"""The rank of claims whose name no list has."""

NAME_WORDS = 4
"""Words of the longest title of a page that may be the name of a site that nothing else says. Chosen, not measured."""

_TAG = lazy_regex(r"<[^<>]{1,200}>")
_UNSPACED = lazy_regex(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of scripts that are written without spaces between words."""


@attrs.frozen(kw_only=True)
class ClaimTrust:
    """Which claims are believed, by names in lower case."""

    person: frozenset[str]
    organization: frozenset[str]
    doubtful: frozenset[str]
    """Names of meta elements that are not believed."""
    author_words: frozenset[str]
    """Words in the names of elements that hold the author."""
    other_words: frozenset[str]
    """Words in the names of elements that hold other texts."""


@cache
def claim_trust() -> ClaimTrust:
    """Read the lists that ship with newsnorm, once."""
    content = read_toml(directory_of("page", "data").joinpath("claims.toml"))
    words = cast("Mapping[str, list[str]]", content)
    marks = cast("Mapping[str, list[str]]", content["marks"])
    return ClaimTrust(
        person=frozenset(words["person"]),
        organization=frozenset(words["organization"]),
        doubtful=frozenset(words["doubtful"]),
        author_words=frozenset(marks["author"]),
        other_words=frozenset(marks["other"]),
    )


def clean(value: str) -> str:
    """
    Return the value of a claim as readable text: references resolved, tags left out, spaces plain.

    >>> clean("Quay &amp;amp; pier <b>closed</b>")
    'Quay & pier closed'
    """
    if "&" in value:
        value = unescape(unescape(value))
    if "<" in value:
        value = _TAG.sub(" ", value)
    return " ".join(value.split())


@attrs.frozen(eq=False)
class PageClaims:
    """
    The claims of a page.

    >>> from newsnorm.records import Markup, Span
    >>> def claim(source, name, value):
    ...     return Claim(field="title", source=source, name=name, value=value, line=0, span=Span(0, 0))
    >>> some = claim("meta", "title", "A"), claim("meta", "og:title", "B"), claim("json-ld", "NewsArticle.headline", "C")
    >>> [each.value for each in PageClaims(some).of("title")]
    ['C', 'B', 'A']
    """

    claims: Sequence[Claim]

    @classmethod
    def of_page(cls, page: Page) -> PageClaims:
        """Take the claims of a page, as it was read."""
        return cls(page.markup.claims)

    @cached_property
    def _by_field(self) -> Mapping[ClaimField, Sequence[Claim]]:
        fields: dict[ClaimField, list[Claim]] = {}
        for claim in self.claims:
            if claim.source == "meta" and claim.name in claim_trust().doubtful:
                continue
            fields.setdefault(claim.field, []).append(claim)
        return {field: sorted(claims, key=_rank) for field, claims in fields.items()}

    def of(self, field: ClaimField) -> Sequence[Claim]:
        """Return the claims about a field, the most trustworthy first: JSON-LD of a report, meta elements, then all others."""
        return self._by_field.get(field, ())

    @cached_property
    def reports(self) -> Sequence[Sequence[Claim]]:
        """The claims of each JSON-LD report whose headline, if it states one, is like a title of the page."""
        titles = [words_in(clean(claim.value)) for claim in self.of("title") if claim.source in ("meta", "title")]
        return [report for report in _reports(self.claims) if _is_own(report, titles)]

    def of_report(self, field: ClaimField) -> Sequence[Claim]:
        """Return what the first JSON-LD report that states a field says of it."""
        stated = ([claim for claim in report if claim.field == field] for report in self.reports)
        return next((claims for claims in stated if claims), ())


def _rank(claim: Claim) -> tuple[int, int]:
    """Return how far down a claim stands in the order in which claims are believed."""
    if claim.source == "json-ld":
        return (0 if is_of_report(claim) else 2), 0
    if claim.source == "meta":
        return 1, claim_names().ranks.get(claim.name, LAST)
    return 3, 0


def is_of_report(claim: Claim) -> bool:
    """Return whether a claim is of a JSON-LD object whose type is that of a report."""
    kind = claim.name.partition(".")[0].lower()
    return claim.source == "json-ld" and any(part in kind for part in object_kinds().report)


def _reports(claims: Sequence[Claim]) -> list[list[Claim]]:
    """
    Return the claims of each JSON-LD report.

    Objects stand one after the other, each with its claims in one order; another one begins where a headline, a day or the
    type of the object comes anew.
    """
    reports: list[list[Claim]] = []
    kind, seen = "", set[ClaimField]()
    for claim in claims:
        if not is_of_report(claim):
            continue
        own = claim.name.partition(".")[0]
        if not reports or own != kind or claim.field in seen:
            reports.append([])
            kind, seen = own, set()
        reports[-1].append(claim)
        if claim.field in ("title", "published"):
            seen.add(claim.field)
    return reports


def _is_own(report: Sequence[Claim], titles: Sequence[frozenset[str]]) -> bool:
    """Return whether a report states no headline, or one that is like a title of the page that is more than a site's name."""
    headline = next((words_in(clean(claim.value)) for claim in report if claim.field == "title"), frozenset[str]())
    told = [title for title in titles if len(title) > NAME_WORDS or 2 * len(title) > len(headline)]
    return not headline or not told or any(2 * len(headline & title) >= min(len(headline), len(title)) for title in told)


def words_in(text: str) -> frozenset[str]:
    """
    Return the words of a text, folded; where no spaces part words, its pairs of characters.

    >>> sorted(words_in("Quay to close: quay closed"))
    ['close', 'closed', 'quay', 'to']
    """
    words = fold_words(text) if text else []
    if text.isascii():
        return frozenset(words)
    return frozenset(part for word in words for part in (_pairs(word) if _UNSPACED.search(word) else (word,)))


def _pairs(word: str) -> Sequence[str]:
    """Return the pairs of characters of a stretch."""
    return [word[at : at + 2] for at in range(len(word) - 1)] or [word]
