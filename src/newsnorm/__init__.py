"""
newsnorm: news text that is already scraped in, the report and a named reason for every other stretch out.

>>> import newsnorm
>>> article = newsnorm.parse("Quay to close\\n\\nBy María Pérez\\n\\nThe quay closes on Monday, the port said.\\nNo comments:")
>>> article.title, article.authors[0].name, article.text
('Quay to close', 'María Pérez', 'The quay closes on Monday, the port said.')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnorm.assemble import reconstruct
from newsnorm.catalogue import Catalogue
from newsnorm.errors import CaseError, CatalogueError, InputError, LedgerError, NewsnormError, RecordError
from newsnorm.export.jsonl import from_dict, to_dict
from newsnorm.language import identify_language
from newsnorm.parser import Parser, parse
from newsnorm.passes import PASSES
from newsnorm.records import (
    Article,
    Byline,
    Correction,
    Credit,
    Dateline,
    Encoding,
    Entry,
    Finding,
    Fix,
    Language,
    Line,
    Page,
    Person,
    Piece,
    Provenance,
    PublicationDate,
    RawArticle,
    Removal,
    Span,
    Standfirst,
    Title,
)
from newsnorm.version import __version__

if TYPE_CHECKING:
    from newsnorm.corpus.learn import learn

__all__ = [
    "PASSES",
    "Article",
    "Byline",
    "CaseError",
    "Catalogue",
    "CatalogueError",
    "Correction",
    "Credit",
    "Dateline",
    "Encoding",
    "Entry",
    "Finding",
    "Fix",
    "InputError",
    "Language",
    "LedgerError",
    "Line",
    "NewsnormError",
    "Page",
    "Parser",
    "Person",
    "Piece",
    "Provenance",
    "PublicationDate",
    "RawArticle",
    "RecordError",
    "Removal",
    "Span",
    "Standfirst",
    "Title",
    "__version__",
    "from_dict",
    "identify_language",
    "learn",
    "parse",
    "reconstruct",
    "to_dict",
]


def __getattr__(name: str) -> object:
    """Learning stands above the parser and brings the whole corpus side with it, so it is imported when it is asked for."""
    if name == "learn":
        from newsnorm.corpus.learn import learn

        return learn
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
