"""
The records that travel through newsnorm: frozen, slotted, no behaviour beyond small properties.

Data goes one way: `RawArticle` → `Page` of `Line` → `Finding` → `Article` with its ledger of `Entry`.
"""

from __future__ import annotations

from newsnorm.records.article import Article, Entry, Provenance
from newsnorm.records.findings import (
    WRITERS,
    Byline,
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
from newsnorm.records.page import NO_HINT, UNDETERMINED, Encoding, Fix, Hint, Language, Line, Page, Piece, RawArticle, Span
from newsnorm.records.relations import Cluster, Difference, DifferenceKind, Passage, Relation, RelationKind

__all__ = [
    "NO_HINT",
    "UNDETERMINED",
    "WRITERS",
    "Article",
    "Byline",
    "Cluster",
    "Correction",
    "Credit",
    "CreditKind",
    "DateRole",
    "Dateline",
    "Difference",
    "DifferenceKind",
    "Doubt",
    "Encoding",
    "Entry",
    "Fate",
    "Finding",
    "FindingType",
    "Fix",
    "Hint",
    "Language",
    "Line",
    "Page",
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
