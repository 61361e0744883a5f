"""
Decide by its markup whether a page of HTML is a list of other pages.

Each teaser of a list has a headline that is a link, and a few words of text; the report of an article is in one element without
such a headline every few lines.
"""

from __future__ import annotations

from functools import cache
from typing import cast

import attrs

from newsnorm.page.prose import is_prose
from newsnorm.records import Page
from newsnorm.records.markup import Markup
from newsnorm.resources import directory_of, read_toml

LINKED = 0.8
"""Smallest share of a teaser's headline that is a link. Chosen, not measured."""

SHORTEST, LONGEST = 15, 200
"""Code points of the shortest and longest headline of a teaser. Chosen, not measured."""

TEASERS, CLAIMED_TEASERS = 5, 3
"""Fewest headlines of a list, and of a page that claims to be a list. Chosen, not measured."""

MOST_TEXT = 350
"""Most code points of running text with one headline, or with all, on a page without a report. Chosen, not measured."""

HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6", "dt"))
OUTSIDE = frozenset(("aside", "footer", "header", "nav"))


@attrs.frozen
class PageClaim:
    """What a page claims to be, for machines."""

    is_article: bool
    is_listing: bool
    is_closed: bool
    """Whether the page is not open to all readers."""


@attrs.frozen
class Teasers:
    """The headlines of a page that are links, and the text around them."""

    headlines: tuple[str, ...]
    """Each once, in the order of the page."""
    longest: int
    """Code points of the longest running text, without links, that is nearer to one headline than to others."""


def claim_of(markup: Markup) -> PageClaim:
    """Return what a page claims to be; dates count as the claim of an article unless the page claims to be a list."""
    known = _known()
    kinds = {word for claim in markup.claims if claim.field == "kind" for word in claim.value.lower().split()}
    is_listing = not known["listing"].isdisjoint(kinds)
    is_article = not known["article"].isdisjoint(kinds)
    is_dated = any(claim.field == "published" and claim.source in ("meta", "json-ld") for claim in markup.claims)
    is_closed = any(claim.field == "access" and claim.value.strip().lower() in known["closed"] for claim in markup.claims)
    says_article = any(
        claim.field == "kind" and claim.source == "meta" and claim.value.lower() == "article" for claim in markup.claims
    )
    if is_listing:
        return PageClaim(is_article=says_article, is_listing=not says_article, is_closed=is_closed)
    return PageClaim(is_article=is_article or is_dated, is_listing=False, is_closed=is_closed)


@cache
def _known() -> dict[str, frozenset[str]]:
    content = cast("dict[str, list[str]]", read_toml(directory_of("page", "data").joinpath("claims.toml"))["kinds"])
    return {name: frozenset(values) for name, values in content.items()}


def teasers_of(page: Page) -> Teasers:
    """Collect the headlines of teasers on a page, and the longest text around one."""
    markup = page.markup
    heading, outside = markup.innermost(markup.tagged(HEADINGS)), markup.innermost(markup.tagged(OUTSIDE))
    headlines: dict[str, None] = {}
    held: set[int] = set()
    texts = []
    for line, mark in zip(page.lines, markup.lines, strict=True):
        if mark is None or not line.text or outside[mark.element]:
            continue
        if mark.linked >= LINKED * len(line.text):
            if SHORTEST <= len(line.text) <= LONGEST and heading[mark.element]:
                headlines.setdefault(line.text)
                held.update(markup.outwards(mark.element))
        elif is_prose(line.text):
            texts.append((len(line.text), mark.element))
    nearest = markup.innermost(held)
    letters: dict[int, int] = {}
    for size, element in texts:
        letters[nearest[element]] = letters.get(nearest[element], 0) + size
    return Teasers(tuple(headlines), max(letters.values(), default=0))


def is_listing(claim: PageClaim, teasers: Teasers) -> bool:
    """Return whether a page is a list of teasers without a report."""
    fewest = CLAIMED_TEASERS if claim.is_listing else TEASERS
    return not claim.is_article and len(teasers.headlines) >= fewest and teasers.longest <= MOST_TEXT
