"""
Rank the claims of a page about its report by how far they are trusted.

A claim is evidence in addition to the text: it may confirm a line, and it stands alone where the text says nothing. This module
ranks and cleans claims; `claimed_title`, `claimed_people` and `claimed_dates` read them with the grammar for lines.
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
"""The rank of claims whose name is not listed."""

NAME_WORDS = 4
"""Most words of a page title that may be the name of a site if nothing else states one. Chosen, not measured."""

_TAG = lazy_regex(r"<[^<>]{1,200}>")
_UNSPACED = lazy_regex(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of scripts that are written without spaces between words."""


@attrs.frozen(kw_only=True)
class ClaimTrust:
    """Which claims are trusted, by names in lower case."""

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
    Return the value of a claim as readable text: character references resolved, tags removed, white space made plain.

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
        """Collect the claims of a page as it was read."""
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
        """Return the claims about a field, most trusted first: JSON-LD of a report, meta elements, then all others."""
        return self._by_field.get(field, ())

    @cached_property
    def reports(self) -> Sequence[Sequence[Claim]]:
        """The claims of each JSON-LD report whose headline, if stated, resembles a title of the page."""
        titles = [words_in(clean(claim.value)) for claim in self.of("title") if claim.source in ("meta", "title")]
        return [report for report in _reports(self.claims) if _is_own(report, titles)]

    def of_report(self, field: ClaimField) -> Sequence[Claim]:
        """Return the claims about a field by the first JSON-LD report that states it."""
        stated = ([claim for claim in report if claim.field == field] for report in self.reports)
        return next((claims for claims in stated if claims), ())


def _rank(claim: Claim) -> tuple[int, int]:
    """Return the rank of a claim; lower ranks are trusted more."""
    if claim.source == "json-ld":
        return (0 if is_of_report(claim) else 2), 0
    if claim.source == "meta":
        return 1, claim_names().ranks.get(claim.name, LAST)
    return 3, 0


def is_of_report(claim: Claim) -> bool:
    """Return whether a claim comes from a JSON-LD object whose type is a report."""
    kind = claim.name.partition(".")[0].lower()
    return claim.source == "json-ld" and any(part in kind for part in object_kinds().report)


def _reports(claims: Sequence[Claim]) -> list[list[Claim]]:
    """
    Return the claims of each JSON-LD report.

    The claims of one object follow those of another, each in a fixed order; a new object begins where a headline, a day or the
    type occurs again.
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
    """Return whether a report states no headline, or one that resembles a title of the page other than a site name."""
    headline = next((words_in(clean(claim.value)) for claim in report if claim.field == "title"), frozenset[str]())
    told = [title for title in titles if len(title) > NAME_WORDS or 2 * len(title) > len(headline)]
    return not headline or not told or any(2 * len(headline & title) >= min(len(headline), len(title)) for title in told)


def words_in(text: str) -> frozenset[str]:
    """
    Return the folded words of a text; in scripts without spaces between words, its pairs of characters.

    >>> sorted(words_in("Quay to close: quay closed"))
    ['close', 'closed', 'quay', 'to']
    """
    words = fold_words(text) if text else []
    if text.isascii():
        return frozenset(words)
    return frozenset(part for word in words for part in (_pairs(word) if _UNSPACED.search(word) else (word,)))


def _pairs(word: str) -> Sequence[str]:
    """Return the pairs of neighbouring characters of a stretch."""
    return [word[at : at + 2] for at in range(len(word) - 1)] or [word]
