"""Find what the page states about itself for machines, besides headline, authors and dates."""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.catalogue import Rules
from newsnorm.page.addresses import absolute_address
from newsnorm.page.claims import clean
from newsnorm.page.state import CodeRule, Found
from newsnorm.records import Claim, FactKind, Page, PageFact

SITE = CodeRule("fact.site", "The name of the site that the page states; of several names, the one that resembles the host.")
CANONICAL = CodeRule(
    "fact.url", "The address that the page states as its own: the canonical link, else og:url, else the one in JSON-LD."
)
SECTION = CodeRule("fact.section", "The section that the page states.")
TAG = CodeRule("fact.tag", "A tag or keyword that the page states.")
DESCRIPTION = CodeRule("fact.description", "The description that the page states.")
IMAGE = CodeRule("fact.image", "The address of the lead image that the page states.")
CODE_RULES = (SITE, CANONICAL, SECTION, TAG, DESCRIPTION, IMAGE)

MOST_TAGS, LONGEST_TAG = 50, 100
"""Most tags of a page that are kept, and code points of the longest."""


def find_facts(page: Page, found: Found, rules: Rules) -> Iterator[PageFact]:
    """Yield what the page claims about its site, address, section, tags, description and lead image."""
    claims = found.layout.claimed.claims
    site = found.layout.claimed.title.site
    if site is not None:
        yield _fact(found, site[0], "site", SITE, site[1])
    links = [claim for claim in claims.of("url") if claim.source == "link"] or [*claims.of("url")]
    yield from _first(found, [*links, *claims.of_report("url")], "url", CANONICAL)
    metas = [claim for claim in claims.of("image") if claim.source == "meta"]
    yield from _first(found, [*claims.of_report("section"), *claims.of("section")], "section", SECTION)
    yield from _first(found, [*claims.of_report("description"), *claims.of("description")], "description", DESCRIPTION)
    yield from _first(found, [*metas, *claims.of_report("image")], "image", IMAGE)
    yield from _tags(found)


def _first(found: Found, claims: list[Claim], kind: FactKind, rule: CodeRule) -> Iterator[PageFact]:
    """Yield the first claim with a value."""
    for claim in claims:
        value = clean(claim.value)
        if kind in ("url", "image"):
            value = _address(found.page, value)
        if value:
            yield _fact(found, claim, kind, rule, value)
            return


def _address(page: Page, value: str) -> str:
    """Return an absolute address; empty if it can't be completed, or the value is not an address."""
    address = absolute_address(page, value)
    return address if address.startswith(("http://", "https://")) and " " not in address else ""


def _tags(found: Found) -> Iterator[PageFact]:
    """Yield each tag once; a list of keywords is split at its commas."""
    known: set[str] = set()
    for claim in found.layout.claimed.claims.of("tag"):
        for tag in clean(claim.value).replace(";", ",").split(","):
            text = " ".join(tag.split())
            if text and len(text) <= LONGEST_TAG and text.casefold() not in known and len(known) < MOST_TAGS:
                known.add(text.casefold())
                yield _fact(found, claim, "tag", TAG, text)


def _fact(found: Found, claim: Claim, kind: FactKind, rule: CodeRule, value: str) -> PageFact:
    """Make the finding; it takes the line of the claim unless an earlier finding did."""
    takes = found.taken(claim.line) is None
    span = claim.part(value)
    return PageFact(
        line=claim.line, span=span, text=value, rule=rule.id, takes_line=takes, why=claim.name, kind=kind, value=value
    )
