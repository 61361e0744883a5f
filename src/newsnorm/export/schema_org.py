"""
Write an article as a NewsArticle of schema.org, in JSON-LD.

Dates are as precise as the text states them: ISO 8601 knows months and years, and times without offset.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from newsnorm.export.identity import urn, web_uri
from newsnorm.export.json_document import known, one_line
from newsnorm.export.loss import Field
from newsnorm.export.values import language, lead_image, stated_value
from newsnorm.records import Article, ArticleImage, Caption, Person
from newsnorm.records.schema import Json

LACKS: frozenset[Field] = frozenset(
    ("assumed_zone", "layout", "truncated", "paragraph_kinds", "removals", "fixes", "notes", "findings", "ledger")
)
"""The fields that it can't hold."""

CONTEXT = "https://schema.org"


def document(article: Article) -> dict[str, Json]:
    """
    Return an article as a NewsArticle; what is not known is left out.

    >>> import newsnorm
    >>> article = newsnorm.parse("Quay to close\\nBy María Pérez\\nJune 20, 2024\\n\\nThe quay closes on Monday, the port said.")
    >>> found = document(article)
    >>> found["headline"], found["author"], found["datePublished"]
    ('Quay to close', [{'@type': 'Person', 'name': 'María Pérez'}], '2024-06-20')

    """
    url, canonical = web_uri(article.url), web_uri(article.about.canonical_url)
    row: dict[str, Json] = {
        "@context": CONTEXT,
        "@type": "NewsArticle",
        "@id": urn(article),
        "identifier": [
            article.id,
            f"sha256:{article.provenance.raw_sha256}",
            *_no_address(article.url, article.about.canonical_url),
        ],
        "url": url,
        **_other_address(url, canonical),
        "headline": article.title,
        "abstract": article.standfirst.text if article.standfirst else None,
        "description": article.about.description,
        "inLanguage": language(article),
        "datePublished": stated_value(article.published) if article.published else None,
        "dateModified": stated_value(article.updated) if article.updated else None,
        "author": [_person(person) for person in article.authors],
        **_others(article.people),
        "sourceOrganization": _organisation(article.agency),
        "publisher": _organisation(article.site),
        "creditText": [credit.name for credit in article.credits],
        "dateline": article.dateline.text.strip() if article.dateline else None,
        "locationCreated": {"@type": "Place", "name": article.dateline.place} if article.dateline else None,
        "articleSection": article.about.section,
        "keywords": list(article.about.tags),
        "image": [*map(_image, article.images), *_lead_image(article)],
        "associatedMedia": [_caption(caption) for caption in article.captions],
        "correction": [{"@type": "CorrectionComment", "text": correction.text} for correction in article.corrections],
        "articleBody": article.text or None,
    }
    return known(row)


def dumps(article: Article) -> str:
    """
    Write an article as one line of JSON-LD, without the line break; it may be put between the tags of a script in a page of HTML.

    >>> import newsnorm
    >>> "</script>" in dumps(newsnorm.parse("Rain in </script> Ulm."))
    False

    """
    return one_line(document(article)).replace("<", "\\u003c")


def _other_address(url: str | None, canonical: str | None) -> dict[str, Json]:
    """Return the address that the page states as its own; on another host, it is where the report comes from."""
    if canonical is None or canonical == url:
        return {}
    elsewhere = url is not None and urlsplit(canonical).hostname != urlsplit(url).hostname
    return {"isBasedOn" if elsewhere else "sameAs": canonical}


def _person(person: Person) -> Json:
    title = person.role if person.role in ("reporter", "interviewer", "photographer") else None  # the property says the others
    return known({"@type": "Person", "name": person.name, "jobTitle": title})


def _others(people: Sequence[Person]) -> dict[str, Json]:
    """Return the people who did not write it, by their roles."""
    rows: dict[str, Json] = {}
    for key, roles in (("editor", ("editor",)), ("translator", ("translator",)), ("contributor", ("photographer",))):
        rows[key] = [_person(person) for person in people if person.role in roles]
    return rows


def _organisation(name: str | None) -> Json:
    return None if name is None else {"@type": "Organization", "name": name}


def _image(image: ArticleImage) -> Json:
    return known(
        {
            "@type": "ImageObject",
            **_address(image.url),
            "caption": image.caption,
            "description": image.alt,
            "creditText": image.credit,
        }
    )


def _lead_image(article: Article) -> list[Json]:
    """Return the lead image that the page names, if it is not among its images."""
    address = lead_image(article)
    return [{"@type": "ImageObject", **_address(address), "representativeOfPage": True}] if address else []


def _address(address: str) -> dict[str, Json]:
    """Return the address of an image; anything but a web address is taken as its name."""
    uri = web_uri(address)
    return {"contentUrl": uri} if uri else {"identifier": address}


def _no_address(*addresses: str | None) -> list[Json]:
    """Return the text given as an address that is not one."""
    return [address for address in addresses if address and web_uri(address) is None]


def _caption(caption: Caption) -> Json:
    return known({"@type": "ImageObject", "caption": caption.caption, "creditText": caption.credit})
