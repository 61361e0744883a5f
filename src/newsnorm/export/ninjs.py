"""
Write an article as IPTC ninjs 3.1, news in JSON.

A ninjs date has a day, a time and an offset. A date that lacks any of them is left out rather than completed; a time to the
minute is written with the second 00, since RFC 3339 has no shorter form.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.export.identity import urn, web_uri
from newsnorm.export.json_document import known, one_line
from newsnorm.export.loss import Field
from newsnorm.export.values import language, lead_image
from newsnorm.records import Article, PublicationDate
from newsnorm.records.schema import Json
from newsnorm.text.lazy_regex import lazy_regex

LACKS: frozenset[Field] = frozenset(
    ("assumed_zone", "dateline_date", "layout", "paragraph_kinds", "removals", "fixes", "notes", "findings", "ledger")
)
"""The fields that it can't hold; `lost` says what it can't hold of one article."""

STANDARD = {"name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"}

_MINUTE = lazy_regex(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(?=[Z+-])")
_FULL = lazy_regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)\Z")


def document(article: Article) -> dict[str, Json]:
    """
    Return an article as an object of ninjs; what is not known is left out.

    >>> import newsnorm
    >>> raw = "Quay to close\\nBy María Pérez\\n\\nLONDON (Reuters) - The quay closes on Monday, the port said."
    >>> article = newsnorm.parse(raw)
    >>> found = document(article)
    >>> found["headlines"], found["located"], found["infoSources"]
    ([{'role': 'main', 'value': 'Quay to close'}], 'LONDON', [{'name': 'Reuters', 'role': 'agency'}])

    """
    row: dict[str, Json] = {
        "uri": urn(article),
        "standard": dict(STANDARD),
        "type": "text",
        "representationType": "partial" if article.truncated else None,
        "language": language(article),
        "firstCreated": _moment(article.published),
        "versionCreated": _moment(article.updated),
        "headlines": _texts("main", article.title),
        "descriptions": list(_descriptions(article)),
        "bodies": [{"role": "main", "contentType": "text/plain", "charCount": len(article.text), "value": article.text}]
        if article.paragraphs
        else None,
        "by": "\n".join(byline.text for byline in article.bylines),
        "people": [{"name": person.name, "rel": person.role} for person in article.people],
        "infoSources": list(_sources(article)),
        "located": article.dateline.place if article.dateline else None,
        "subjects": list(_subjects(article)),
        "renditions": list(_renditions(article)),
        "associations": list(_pictures(article)),
        "altIds": list(_other_ids(article)),
    }
    return known(row)


def dumps(article: Article) -> str:
    """Write an article as one line of ninjs, without the line break."""
    return one_line(document(article))


def lost(article: Article) -> Iterator[Field]:
    """Yield the dates of an article that ninjs can't hold."""
    if article.published and _moment(article.published) is None:
        yield "published"
    if article.updated and _moment(article.updated) is None:
        yield "updated"


def _moment(date: PublicationDate | None) -> str | None:
    """Return a date with a time and a stated offset; None if it lacks one of them."""
    if date is None or date.zone != "stated" or not _FULL.match(date.value):
        return None
    return _MINUTE.sub(r"\1:00", date.value)


def _texts(role: str, *values: str | None) -> list[Json]:
    return [{"role": role, "value": value} for value in values if value]


def _descriptions(article: Article) -> Iterator[Json]:
    yield from _texts("standfirst", article.standfirst.text if article.standfirst else None)
    yield from _texts("description", article.about.description)
    yield from _texts("correction", *(correction.text for correction in article.corrections))


def _sources(article: Article) -> Iterator[Json]:
    """Yield who supplied the text, published it or is credited."""
    if article.agency:
        yield {"name": article.agency, "role": "agency"}
    if article.site:
        yield {"name": article.site, "role": "publisher"}
    for credit in article.credits:
        yield {"name": credit.name, "role": credit.kind}


def _subjects(article: Article) -> Iterator[Json]:
    if article.about.section:
        yield {"name": article.about.section, "rel": "section"}
    for tag in article.about.tags:
        yield {"name": tag, "rel": "tag"}


def _renditions(article: Article) -> Iterator[Json]:
    """Yield the web address of the report."""
    for name, address in (("web", article.url), ("canonical", article.about.canonical_url)):
        if uri := web_uri(address):
            yield {"name": name, "href": uri}


def _pictures(article: Article) -> Iterator[Json]:
    """Yield the pictures, and the captions whose pictures are missing."""
    for number, image in enumerate(article.images):
        yield _picture(article, f"image {number + 1}", image.url, image.caption, image.credit, image.alt)
    if address := lead_image(article):
        yield _picture(article, "lead image", address)
    for number, caption in enumerate(article.captions):
        yield _picture(article, f"caption {number + 1}", "", caption.caption, caption.credit)


def _picture(article: Article, name: str, address: str, caption: str = "", credit: str = "", alt: str = "") -> Json:
    uri = web_uri(address)
    row: dict[str, Json] = {
        "name": name,
        "rel": "picture",
        "uri": urn(article, name),
        "type": "picture",
        "by": credit,
        "descriptions": [*_texts("caption", caption), *_texts("alternative", alt)],
        "renditions": [{"name": "web", "href": uri}] if uri else None,
        "altIds": [{"role": "url", "value": address}] if address and not uri else None,
    }
    return known(row)


def _other_ids(article: Article) -> Iterator[Json]:
    yield {"role": "id", "value": article.id}
    yield {"role": "raw-sha256", "value": article.provenance.raw_sha256}
    for role, address in (("url", article.url), ("canonical-url", article.about.canonical_url)):
        if address and web_uri(address) is None:
            yield {"role": role, "value": address}
