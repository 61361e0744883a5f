"""
Write what is known about a text as stand-off W3C Web Annotations, in JSON-LD.

Each article is a collection. Its annotations select stretches of two texts, each named by its digest: the raw text, where fields
and removals stand, and the report, whose paragraphs can be cited. Offsets are in code points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from newsnorm.export.identity import raw_uri, text_uri, urn, web_uri
from newsnorm.export.json_document import known, one_line
from newsnorm.export.loss import Field
from newsnorm.export.quotes import Quote, cite, position
from newsnorm.export.values import language, stated_value
from newsnorm.records import (
    Article,
    Byline,
    Caption,
    Credit,
    Dateline,
    Finding,
    Fix,
    PageFact,
    ParagraphKind,
    PublicationDate,
    Removal,
    Span,
)
from newsnorm.records.schema import Json

LACKS: frozenset[Field] = frozenset(("assumed_zone", "images"))
"""The fields that it can't hold."""

TEXTS: frozenset[Field] = frozenset(("title", "standfirst", "description", "captions", "corrections", "text"))
"""The fields that are texts, which can be left out."""

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def document(article: Article, *, without_text: bool = False) -> dict[str, Json]:
    """
    Return the annotations of an article as an AnnotationCollection with one page.

    Args:
        article: the article; its ledger is annotated, too, if it has one.
        without_text: whether to leave out all quotations, so that the annotations can be published without the text.

    >>> import newsnorm
    >>> found = document(newsnorm.parse("Rain in Ulm.\\nSource link"))["first"]["items"]
    >>> found[1]["target"]["selector"]
    [{'type': 'TextPositionSelector', 'start': 0, 'end': 12}, {'type': 'TextQuoteSelector', 'exact': 'Rain in Ulm.'}]
    >>> [body["value"] for body in found[2]["body"]]
    ['removal', 'syndication', 'common.removal.source-link']

    """
    rows = [
        _whole(article, without_text=without_text),
        *_report(article, without_text=without_text),
        *_raw(article, without_text=without_text),
    ]
    items: list[Json] = [
        {"id": urn(article, "annotation", number), "type": "Annotation", **row} for number, row in enumerate(rows)
    ]
    page: dict[str, Json] = {"id": urn(article, "page", 0), "type": "AnnotationPage", "startIndex": 0, "items": items}
    return known(
        {
            "@context": CONTEXT,
            "id": urn(article),
            "type": "AnnotationCollection",
            "label": article.id,
            "generator": {"type": "Software", "name": f"newsnorm {article.provenance.newsnorm}"},
            "via": web_uri(article.url),
            "language": language(article),
            "total": len(items),
            "first": page,
        }
    )


def dumps(article: Article, *, without_text: bool = False) -> str:
    """Write the annotations of an article as one line of JSON-LD, without the line break."""
    return one_line(document(article, without_text=without_text))


def lost(article: Article, *, without_text: bool) -> Iterator[Field]:
    """Yield the fields that the annotations of an article can't hold."""
    if article.url and web_uri(article.url) is None:
        yield "url"
    if article.site and not any(fact.kind == "site" and fact.value == article.site for fact in article.facts):
        yield "site"
    if without_text:
        yield from TEXTS


def _whole(article: Article, *, without_text: bool) -> dict[str, Json]:
    """Return the annotation of the article as a whole."""
    title = None if without_text else article.title
    return {
        "motivation": "describing",
        "body": [
            *_bodies("describing", title),
            *_bodies("classifying", article.layout.kind),
            *_bodies("tagging", "truncated" if article.truncated else None),
            *_bodies("commenting", *article.notes),
        ],
        "target": raw_uri(article),
    }


def _report(article: Article, *, without_text: bool) -> Iterator[dict[str, Json]]:
    """Yield an annotation for each paragraph of the report."""
    text = article.text
    source, start = text_uri(text), 0
    for paragraph, kind in zip(article.paragraphs, article.paragraph_kinds, strict=True):
        end = start + len(paragraph)
        if paragraph:
            selectors = position(start, end) if without_text else cite(text, start, end).selectors()
            yield {
                "motivation": "classifying",
                "body": [*_bodies("classifying", kind.name), *_bodies("tagging", *_details(kind))],
                "target": _target(source, selectors),
            }
        start = end + len("\n\n")


def _details(kind: ParagraphKind) -> Iterator[str]:
    if kind.level:
        yield f"level {kind.level}"
    if kind.ordered:
        yield "ordered"
    if kind.continues:
        yield "continues"


def _raw(article: Article, *, without_text: bool) -> Iterator[dict[str, Json]]:
    """Yield an annotation for each finding, each fix, and each entry of the ledger that no finding explains."""
    source = raw_uri(article)
    findings = article.findings()
    repaired = sorted((fix.span.end, fix.span.start) for fix in article.fixes)
    for finding in findings:
        quote = [] if without_text or not _is_as_printed(finding, repaired) else Quote(exact=finding.text).selectors()
        yield {
            "motivation": "classifying",
            "body": [
                *_bodies("classifying", finding.fate),
                *_bodies("tagging", *_values(finding, without_text=without_text)),
                *_bodies("describing", finding.rule),
            ],
            "target": _target(source, [*_position(finding.span), *quote]),
        }
    for fix in article.fixes:
        yield _fix(fix, source, without_text=without_text)
    explained = {(finding.span, finding.fate) for finding in findings}
    for entry in article.ledger:
        if (entry.span, entry.fate) not in explained:
            yield {
                "motivation": "classifying",
                "body": [*_bodies("classifying", entry.fate), *_bodies("describing", entry.rule)],
                "target": _target(source, _position(entry.span)),
            }


def _is_as_printed(finding: Finding, repaired: Sequence[tuple[int, int]]) -> bool:
    """
    Return whether the readable text of a finding equals its raw text, apart from the kind of white space.

    Args:
        finding: the finding.
        repaired: where repaired words end and start, in order.

    """
    if not finding.text or len(finding.text) != len(finding.span):
        return False
    after = bisect_right(repaired, (finding.span.start, finding.span.end))
    return after == len(repaired) or repaired[after][1] >= finding.span.end


def _fix(fix: Fix, source: str, *, without_text: bool) -> dict[str, Json]:
    after = None if without_text else fix.after
    return {
        "motivation": "editing",
        "body": [*_bodies("editing", after), *_bodies("describing", *fix.steps)],
        "target": _target(source, _position(fix.span)),
    }


def _position(span: Span) -> list[Json]:
    return position(span.start, span.end)


def _target(source: str, selectors: list[Json]) -> Json:
    return {"type": "SpecificResource", "source": source, "selector": selectors}


def _bodies(purpose: str, *values: str | None) -> list[Json]:
    """Return a body for each known value."""
    return [{"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value} for value in values if value]


def _values(finding: Finding, *, without_text: bool) -> list[str | None]:
    """Return the values of a finding; roles and kinds are prefixed to the value, with a colon."""
    match finding:
        case Byline():
            return [*(f"{person.role}: {person.name}" for person in finding.people), finding.agency]
        case PublicationDate():
            return [finding.role, stated_value(finding)]
        case Dateline():
            return [finding.place, finding.date, finding.agency]
        case Credit():
            return [f"{finding.kind}: {finding.name}", finding.agency]
        case Caption():
            return [None if without_text else finding.caption, finding.credit, finding.agency]
        case PageFact():
            return [None if without_text and finding.kind == "description" else f"{finding.kind}: {finding.value}"]
        case Removal():
            return [finding.reason, finding.agency]
        case _:
            return []
