"""Determine which fields of an article a format may be unable to hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

from newsnorm.records import PLAIN, Article
from newsnorm.records.findings import WRITERS

Field: TypeAlias = Literal[
    "id",
    "url",
    "canonical_url",
    "site",
    "section",
    "tags",
    "title",
    "standfirst",
    "description",
    "authors",
    "people",
    "agency",
    "published",
    "updated",
    "assumed_zone",
    "dateline",
    "dateline_date",
    "credits",
    "captions",
    "image",
    "images",
    "corrections",
    "language",
    "layout",
    "truncated",
    "text",
    "paragraph_kinds",
    "removals",
    "fixes",
    "notes",
    "findings",
    "provenance",
    "ledger",
    "characters",
]

FIELDS: Mapping[Field, Callable[[Article], object]] = {
    "id": lambda article: article.id,
    "url": lambda article: article.url,
    "canonical_url": lambda article: article.about.canonical_url,
    "site": lambda article: article.site,
    "section": lambda article: article.about.section,
    "tags": lambda article: article.about.tags,
    "title": lambda article: article.title,
    "standfirst": lambda article: article.standfirst,
    "description": lambda article: article.about.description,
    "authors": lambda article: article.authors,
    "people": lambda article: [person for person in article.people if person.role not in WRITERS],
    "agency": lambda article: article.agency,
    "published": lambda article: article.published,
    "updated": lambda article: article.updated,
    "assumed_zone": lambda article: any(date and date.zone == "assumed" for date in (article.published, article.updated)),
    "dateline": lambda article: article.dateline and article.dateline.place,
    "dateline_date": lambda article: article.dateline and article.dateline.date,
    "credits": lambda article: article.credits,
    "captions": lambda article: article.captions,
    "image": lambda article: article.about.image,
    "images": lambda article: article.images,
    "corrections": lambda article: article.corrections,
    "language": lambda article: article.language.code != "und",
    "layout": lambda article: article.layout.kind != "unknown",
    "truncated": lambda article: article.truncated,
    "text": lambda article: article.paragraphs,
    "paragraph_kinds": lambda article: any(kind != PLAIN for kind in article.paragraph_kinds),
    "removals": lambda article: article.removals,
    "fixes": lambda article: article.fixes,
    "notes": lambda article: article.notes,
    "findings": lambda article: len(article.findings()) > len(article.removals),
    "provenance": lambda article: article.provenance.raw_sha256,
    "ledger": lambda article: article.ledger,
}
"""
Field of an article → what is true if an article has it.

``people`` are those who did not write it, ``findings`` the place and the rule of each field in the raw text.
"""

ALL = frozenset(FIELDS)
