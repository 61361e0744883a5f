"""Read what a page claims about its report for machines, field by field."""

from __future__ import annotations

from functools import cache

import attrs

from newsnorm.catalogue import Context
from newsnorm.grammar import Grammar
from newsnorm.grammar.byline import BylineReader
from newsnorm.grammar.byline_markers import NO_MARKERS
from newsnorm.page.claimed_dates import DateClaims
from newsnorm.page.claimed_people import AuthorClaims
from newsnorm.page.claimed_title import HeadlineClaims
from newsnorm.page.claims import PageClaims
from newsnorm.records import Page, RawArticle


@attrs.frozen(eq=False)
class Claimed:
    """The claims of a page, read by field."""

    claims: PageClaims
    title: HeadlineClaims
    authors: AuthorClaims
    dates: DateClaims

    @classmethod
    def of(cls, page: Page, context: Context, reader: BylineReader, host: str) -> Claimed:
        """
        Collect the claims of a page; they are read on first access.

        Args:
            page: the page, with the text of every line.
            context: what the grammar needs to know about the page.
            reader: reads bylines.
            host: the host of its URL, in lower case; empty if unknown.

        """
        claims = PageClaims.of_page(page)
        title = HeadlineClaims(page, claims, host)
        return cls(
            claims=claims,
            title=title,
            authors=AuthorClaims(claims, title, reader, context.grammar),
            dates=DateClaims(claims, title, context, page.raw.fetched or ""),
        )


@cache
def nothing_claimed() -> Claimed:
    """Return what a page without markup claims: nothing. All such pages share it, so that nothing is worked out for them."""
    grammar = Grammar.default()
    page = Page(raw=RawArticle(text="", sha256=""), lines=())
    return Claimed.of(page, Context(grammar=grammar), BylineReader(grammar, NO_MARKERS), "")
