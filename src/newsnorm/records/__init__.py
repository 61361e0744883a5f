"""
The records that the rooms of newsnorm exchange: frozen, slotted, with no behaviour beyond small properties.

Data flows in one direction: `RawArticle` → `Page` of `Line` → `Finding` → `Article` with its ledger of `Entry`.
"""

from __future__ import annotations

from newsnorm.records.article import Article, Entry, Provenance
from newsnorm.records.findings import (
    WRITERS,
    Byline,
    Caption,
    Correction,
    Credit,
    CreditKind,
    Dateline,
    DateRole,
    Doubt,
    Fate,
    Finding,
    FindingType,
    Person,
    PersonRole,
    Precision,
    PublicationDate,
    Reason,
    Removal,
    Standfirst,
    Title,
    Zone,
)
from newsnorm.records.image import ArticleImage
from newsnorm.records.layout import NO_ARTICLE, UNKNOWN_LAYOUT, Layout, LayoutKind
from newsnorm.records.markup import NO_MARKUP, Claim, ClaimField, ClaimSource, Element, Image, LineMarkup, Markup
from newsnorm.records.page import (
    NO_METADATA,
    UNDETERMINED,
    Encoding,
    Fix,
    Language,
    Line,
    Metadata,
    Page,
    Piece,
    RawArticle,
)
from newsnorm.records.paragraph import PLAIN, ParagraphKind, ParagraphName
from newsnorm.records.relations import Cluster, Difference, DifferenceKind, Passage, Relation, RelationKind
from newsnorm.records.span import Span

__all__ = [
    "NO_ARTICLE",
    "NO_MARKUP",
    "NO_METADATA",
    "PLAIN",
    "UNDETERMINED",
    "UNKNOWN_LAYOUT",
    "WRITERS",
    "Article",
    "ArticleImage",
    "Byline",
    "Caption",
    "Claim",
    "ClaimField",
    "ClaimSource",
    "Cluster",
    "Correction",
    "Credit",
    "CreditKind",
    "DateRole",
    "Dateline",
    "Difference",
    "DifferenceKind",
    "Doubt",
    "Element",
    "Encoding",
    "Entry",
    "Fate",
    "Finding",
    "FindingType",
    "Fix",
    "Image",
    "Language",
    "Layout",
    "LayoutKind",
    "Line",
    "LineMarkup",
    "Markup",
    "Metadata",
    "Page",
    "ParagraphKind",
    "ParagraphName",
    "Passage",
    "Person",
    "PersonRole",
    "Piece",
    "Precision",
    "Provenance",
    "PublicationDate",
    "RawArticle",
    "Reason",
    "Relation",
    "RelationKind",
    "Removal",
    "Span",
    "Standfirst",
    "Title",
    "Zone",
]
