"""
Write an article as TEI P5: a header, annotations that stand off from the raw text, and the report.

Annotations point into texts by URIs: the digest of the text (RFC 6920), and a range of code points (RFC 5147). Without the text,
only the header and the annotations are written, so that the layer can be published where the report can't be.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.export.blocks import Block, Rows, blocks, cells, lists
from newsnorm.export.identity import raw_uri, text_uri, web_uri
from newsnorm.export.loss import Field
from newsnorm.export.values import language, stated_value
from newsnorm.export.xml import Xml, document, element, filled, joined
from newsnorm.records import Article, Entry, Finding, Fix, ParagraphKind, PublicationDate, Removal, Span
from newsnorm.text.lazy_regex import lazy_regex

LACKS: frozenset[Field] = frozenset(("assumed_zone",))
"""The fields that it can't hold."""

TEXTS: frozenset[Field] = frozenset(("title", "standfirst", "description", "captions", "images", "corrections", "text"))
"""The fields that are texts, which can be left out."""

NAMESPACE = "http://www.tei-c.org/ns/1.0"

_NO_TEXT = element("text", None, element("body", None, element("p")))
"""Stands for the text if there is nothing to annotate either, since a document must not be empty."""

_VERSION = lazy_regex(r"\d+(?:\.\d+){0,3}")


def dumps(article: Article, *, without_text: bool = False) -> str:
    """
    Write an article as a document of TEI; what is not known has no element.

    Args:
        article: the article; its ledger is annotated, too, if it has one.
        without_text: whether to leave out the report and every quotation.

    >>> import newsnorm
    >>> found = dumps(newsnorm.parse("Quay to close\\nBy María Pérez\\n\\nThe quay closes on Monday, the port said."))
    >>> found[found.index("<text>") : found.index("</text>")]
    '<text><body><head>Quay to close</head><p xml:id="p0">The quay closes on Monday, the port said.</p></body>'

    """
    attributes = {"xmlns": NAMESPACE, "xml:lang": language(article)}
    annotations = _stand_off(article, without_text=without_text)
    text = _text(article) if not without_text else None if annotations else _NO_TEXT
    return document(element("TEI", attributes, _header(article, without_text=without_text), annotations, text))


# the header


def _header(article: Article, *, without_text: bool) -> Xml:
    return element(
        "teiHeader",
        None,
        element(
            "fileDesc",
            None,
            element("titleStmt", None, element("title", None, None if without_text else article.title)),
            element("publicationStmt", None, element("p")),
            filled("notesStmt", None, *_notes(article, without_text=without_text)),
            element("sourceDesc", None, _source(article, without_text=without_text)),
        ),
        _encoding(article),
        filled("profileDesc", None, *_profile(article, without_text=without_text)),
    )


def _source(article: Article, *, without_text: bool) -> Xml:
    """Describe the report itself."""
    about = article.about
    return element(
        "bibl",
        None,
        filled("title", None, None if without_text else article.title),
        *_people(article),
        *(
            element("respStmt", None, element("resp", None, credit.kind), element("name", None, credit.name))
            for credit in article.credits
        ),
        filled("publisher", None, article.site),
        filled("distributor", None, article.agency),
        _date("published", article.published),
        _date("updated", article.updated),
        filled("biblScope", {"unit": "section"}, about.section),
        _address("url", article.url),
        _address("canonical", about.canonical_url),
        _address("lead-image", about.image),
        filled("idno", {"type": "id"}, article.id),
        filled("idno", {"type": "raw-sha256"}, article.provenance.raw_sha256),
        filled("idno", {"type": "parser"}, article.provenance.parser),
    )


def _people(article: Article) -> Iterator[Xml]:
    authors = article.authors
    for person in article.people:
        name = "author" if person in authors else "editor"
        yield element(name, {"role": person.role}, element("persName", None, person.name))


def _date(kind: str, date: PublicationDate | None) -> Xml | None:
    return None if date is None else element("date", {"type": kind, "when-iso": stated_value(date)})


def _address(kind: str, address: str | None) -> Xml | None:
    if not address:
        return None
    uri = web_uri(address)
    return element("ref", {"type": kind, "target": uri}) if uri else element("idno", {"type": kind}, address)


def _notes(article: Article, *, without_text: bool) -> Iterator[Xml]:
    yield element("note", {"type": "layout"}, article.layout.kind)
    if article.truncated:
        yield element("note", {"type": "truncated"}, "true")
    for note in article.notes:
        yield element("note", {"type": "doubt"}, note)
    for correction in () if without_text else article.corrections:
        yield element("note", {"type": "correction"}, correction.text)


def _encoding(article: Article) -> Xml:
    version = article.provenance.newsnorm
    match = _VERSION.match(version)
    application = {"ident": "newsnorm", "version": match.group() if match else "0"}
    label = element("label", None, f"newsnorm {version}")
    return element("encodingDesc", None, element("appInfo", None, element("application", application, label)))


def _profile(article: Article, *, without_text: bool) -> Iterator[Xml]:
    about, dateline = article.about, article.dateline
    if not without_text:
        for kind, text in (("standfirst", article.standfirst and article.standfirst.text), ("description", about.description)):
            if text:
                yield element("abstract", {"n": kind}, element("p", None, text))
    if dateline:
        yield filled(
            "creation",
            None,
            filled("placeName", None, dateline.place),
            filled("date", None, dateline.date),
            filled("orgName", None, dateline.agency),
        )
    if tag := language(article):
        yield element("langUsage", None, element("language", {"ident": tag}))
    terms = [element("term", None, tag) for tag in about.tags]
    yield filled("textClass", None, filled("keywords", None, *terms))


# annotations


def _stand_off(article: Article, *, without_text: bool) -> Xml:
    """Write the positions of everything in the raw text and, without the text, of each paragraph in the report."""
    source = raw_uri(article)
    groups = (
        ("findings", [_finding(finding, source, without_text=without_text) for finding in article.findings()]),
        ("fixes", [_fix(fix, source, without_text=without_text) for fix in article.fixes]),
        ("ledger", [_entry(entry, source) for entry in article.ledger]),
        ("report", list(_report(article)) if without_text else []),
    )
    return filled("standOff", None, *(filled("spanGrp", {"type": kind}, *spans) for kind, spans in groups))


def _at(source: str, span: Span) -> str:
    return f"{source}#char={span.start},{span.end}"


def _finding(finding: Finding, source: str, *, without_text: bool) -> Xml:
    reason = finding.reason if isinstance(finding, Removal) else None
    attributes = {"type": finding.fate, "subtype": reason, "n": finding.rule, "target": _at(source, finding.span)}
    return element("span", attributes, None if without_text else finding.text)


def _fix(fix: Fix, source: str, *, without_text: bool) -> Xml:
    attributes = {"type": "fix", "n": "; ".join(fix.steps), "target": _at(source, fix.span)}
    return element("span", attributes, None if without_text else fix.after)


def _entry(entry: Entry, source: str) -> Xml:
    return element("span", {"type": entry.fate, "n": entry.rule or None, "target": _at(source, entry.span)})


def _report(article: Article) -> Iterator[Xml]:
    source, start = text_uri(article.text), 0
    for paragraph, kind in zip(article.paragraphs, article.paragraph_kinds, strict=True):
        end = start + len(paragraph)
        yield element("span", {"type": kind.name, **_kind(kind), "target": _at(source, Span(start, end))})
        start = end + len("\n\n")


def _kind(kind: ParagraphKind) -> dict[str, str | None]:
    """Return the attributes that describe the kind of a finding."""
    details = (str(kind.level) if kind.level else "", "ordered" if kind.ordered else "", "continues" if kind.continues else "")
    return {"n": " ".join(filter(None, details)) or None}


# the text


def _text(article: Article) -> Xml:
    pictures = list(_pictures(article))
    back = element("back", None, element("div", {"type": "pictures"}, *pictures)) if pictures else None
    content = list(filter(None, _content(article))) or [element("p")]  # a body must not be empty
    return element("text", None, element("body", None, filled("head", None, article.title), *content), back)


def _content(article: Article) -> Iterator[Xml]:
    """Yield the content before the first heading, and a division for each heading."""
    division: Block | None = None
    within: list[Xml] = []
    first = 0
    for block in blocks(article.paragraphs, article.paragraph_kinds):
        if block.name == "heading":
            yield _division(division, within)
            division, within = block, [element("head", _id(first), " ".join(text for text, _ in block.rows))]
        else:
            within.append(_WRITERS[block.name](block, first))
        first += len(block.rows)
    yield _division(division, within)


def _division(heading: Block | None, within: list[Xml]) -> Xml:
    if heading is None:
        return joined(*within)
    content = within if len(within) > 1 else [*within, element("p")]  # a division must not be empty
    return element("div", {"type": "section", "n": str(heading.rows[0][1].level)}, *content)


def _id(number: int) -> dict[str, str | None]:
    """Return the name of a paragraph in the document, by its index."""
    return {"xml:id": f"p{number}"}


def _paragraph(block: Block, first: int) -> Xml:
    return joined(*(element("p", _id(first + number), text) for number, (text, _) in enumerate(block.rows)))


def _list(block: Block, first: int) -> Xml:
    written: list[Xml] = []
    for ordered, group in lists(block.rows):
        inner = []
        for item in group:
            inner.append(_item(item, first))
            first += len(item)
        written.append(element("list", {"rend": "numbered" if ordered else "bulleted"}, *inner))
    return joined(*written)


def _item(item: Rows, first: int) -> Xml:
    (text, kind), *more = item
    level = {"n": str(kind.level)} if kind.level else {}
    inner = [element("p", _id(first + number), text) for number, (text, _) in enumerate(more, 1)]
    return element("item", {**_id(first), **level}, text, *inner)


def _table(block: Block, first: int) -> Xml:
    rows = [element("row", None, *(element("cell", None, cell) for cell in row)) for row in cells(block.rows)]
    return element("table", _id(first), *rows)


def _quote(block: Block, first: int) -> Xml:
    return element("quote", {"n": str(block.rows[0][1].level)}, _paragraph(block, first))


def _code(block: Block, first: int) -> Xml:
    return element("ab", {"type": "code", "xml:space": "preserve", **_id(first)}, "\n".join(text for text, _ in block.rows))


_WRITERS = {
    "paragraph": _paragraph,
    "list-item": _list,
    "table-row": _table,
    "quote": _quote,
    "code": _code,
}


def _pictures(article: Article) -> Iterator[Xml]:
    """Yield the pictures, and the captions whose pictures are missing."""
    for image in article.images:
        yield _picture(image.caption, image.credit, image.url, image.alt)
    for caption in article.captions:
        yield _picture(caption.caption, caption.credit)


def _picture(caption: str, credit: str, address: str = "", alt: str = "") -> Xml:
    uri = web_uri(address)
    return element(
        "figure",
        None,
        element("graphic", {"url": uri}) if uri else filled("note", {"type": "address"}, address),
        filled("head", None, caption),
        filled("figDesc", None, alt),
        filled("note", {"type": "credit"}, credit),
    )
