"""
Write an article as NITF 3.6, the XML of newsrooms and agencies.

Dates are as precise as the text states them: their type in NITF is text, by convention ISO 8601.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.export.blocks import Block, Rows, blocks, cells, lists
from newsnorm.export.identity import urn
from newsnorm.export.loss import Field
from newsnorm.export.values import language, lead_image, stated_value
from newsnorm.export.xml import Xml, document, element, filled, joined
from newsnorm.records import Article, ParagraphKind

LACKS: frozenset[Field] = frozenset(("assumed_zone", "removals", "fixes", "findings", "ledger"))
"""The fields that it can't hold."""

NAMESPACE = "http://iptc.org/std/NITF/2006-10-18/"
VERSION = {"version": "-//IPTC//DTD NITF 3.6//EN", "change.date": "September 11, 2009", "change.time": "12:26"}
"""The version, as the schema fixes it."""


def dumps(article: Article) -> str:
    """
    Write an article as a document of NITF; what is not known has no element.

    >>> import newsnorm
    >>> found = dumps(newsnorm.parse("Quay to close\\nBy María Pérez\\n\\nThe quay closes on Monday, the port said."))
    >>> found[found.index("<body.head>") : found.index("</body.head>")]
    '<body.head><hedline><hl1>Quay to close</hl1></hedline><byline><person>María Pérez</person></byline>'

    """
    attributes = {"xmlns": NAMESPACE, **VERSION, "uno": urn(article), "baselang": language(article)}
    return document(element("nitf", attributes, _head(article), _body(article)))


def _head(article: Article) -> Xml:
    published = stated_value(article.published) if article.published else None
    about = article.about
    publication = {
        "date.publication": published,
        "name": article.site,
        "position.section": about.section,
        "ex-ref": article.url,
    }
    return element(
        "head",
        None,
        filled("title", None, article.title),
        *(element("meta", {"name": name, "content": content}) for name, content in _metadata(article)),
        element(
            "docdata",
            None,
            *(element("correction", {"info": correction.text}) for correction in article.corrections),
            element("doc-id", {"id-string": article.id}),
            element("date.issue", {"norm": published}) if published else None,
            filled("key-list", None, *(element("keyword", {"key": tag}) for tag in about.tags)),
        ),
        element("pubdata", publication) if any(publication.values()) else None,
        element("revision-history", {"norm": stated_value(article.updated)}) if article.updated else None,
    )


def _metadata(article: Article) -> Iterator[tuple[str, str]]:
    """Yield names and values of fields for which NITF has no element."""
    found = {
        "canonical-url": article.about.canonical_url,
        "description": article.about.description,
        "layout": article.layout.kind,
        "truncated": "true" if article.truncated else None,
        "raw-sha256": article.provenance.raw_sha256,
        "newsnorm": article.provenance.newsnorm,
        "parser": article.provenance.parser,
    }
    yield from ((name, value) for name, value in found.items() if value)
    yield from (("note", note) for note in article.notes)


def _body(article: Article) -> Xml:
    return element("body", None, _body_head(article), _content(article), _end(article))


def _body_head(article: Article) -> Xml:
    dateline = article.dateline
    standfirst = article.standfirst
    return filled(
        "body.head",
        None,
        element("hedline", None, element("hl1", None, article.title)) if article.title else None,
        *_bylines(article),
        element("distributor", None, element("org", None, article.agency)) if article.agency else None,
        element("dateline", None, element("location", None, dateline.place), filled("story.date", None, dateline.date))
        if dateline
        else None,
        element("abstract", None, element("p", None, standfirst.text)) if standfirst else None,
    )


def _bylines(article: Article) -> Iterator[Xml]:
    for byline in article.bylines:
        people = [
            element("person", None, person.name, element("function", {"value": person.role}) if person.role != "author" else None)
            for person in byline.people
        ]
        if people:
            yield element("byline", None, *people)


def _content(article: Article) -> Xml:
    lead = lead_image(article)
    return element(
        "body.content",
        None,
        *(_WRITERS[block.name](block) for block in blocks(article.paragraphs, article.paragraph_kinds)),
        *(_picture(image.url, image.caption, image.credit, image.alt) for image in article.images),
        _picture(lead, kind="lead") if lead else None,
        *(_picture(None, caption.caption, caption.credit) for caption in article.captions),
    )


def _picture(address: str | None, caption: str = "", credit: str = "", alt: str = "", kind: str | None = None) -> Xml:
    reference = {"source": address or None, "source-credit": credit or None, "alternate-text": alt or None}
    return element(
        "media",
        {"class": kind, "media-type": "image"},
        element("media-reference", reference),
        filled("media-caption", None, element("p", None, caption) if caption else None),
    )


def _end(article: Article) -> Xml:
    """Write the credits, one per line; the class says what for."""
    lines = [element("em", {"class": credit.kind}, credit.name) for credit in article.credits]
    parted = [piece for line in lines for piece in (line, element("br"))][:-1]
    return filled("body.end", None, filled("tagline", None, *parted))


def _level(kind: ParagraphKind) -> dict[str, str | None]:
    return {"class": f"level-{kind.level}" if kind.level > 1 else None}


def _paragraph(block: Block) -> Xml:
    return joined(*(element("p", None, text) for text, _ in block.rows))


def _heading(block: Block) -> Xml:
    return element("hl2", _level(block.rows[0][1]), " ".join(text for text, _ in block.rows))


def _list(block: Block) -> Xml:
    return joined(*(element("ol" if ordered else "ul", None, *map(_item, group)) for ordered, group in lists(block.rows)))


def _item(item: Rows) -> Xml:
    (first, kind), *more = item
    return element("li", _level(kind), first, *(element("p", None, text) for text, _ in more))


def _table(block: Block) -> Xml:
    return element(
        "table", None, *(element("tr", None, *(element("td", None, cell) for cell in row)) for row in cells(block.rows))
    )


def _quote(block: Block) -> Xml:
    return element("bq", _level(block.rows[0][1]), element("block", None, _paragraph(block)))


def _code(block: Block) -> Xml:
    return element("pre", None, "\n".join(text for text, _ in block.rows))


_WRITERS = {
    "paragraph": _paragraph,
    "heading": _heading,
    "list-item": _list,
    "table-row": _table,
    "quote": _quote,
    "code": _code,
}
