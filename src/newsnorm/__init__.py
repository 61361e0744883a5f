"""
Normalise scraped news text: keep the report, and account for everything else with a rule and a reason.

>>> import newsnorm
>>> article = newsnorm.parse("Quay to close\\n\\nBy María Pérez\\n\\nThe quay closes on Monday, the port said.\\nNo comments:")
>>> article.title, article.authors[0].name, article.text
('Quay to close', 'María Pérez', 'The quay closes on Monday, the port said.')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsnorm.errors import (
    CaseError,
    CatalogueError,
    DamagedIndexError,
    InputError,
    LedgerError,
    NewsnormError,
    RecordError,
    RefusedIndexError,
)
from newsnorm.version import __version__

if TYPE_CHECKING:
    from newsnorm import export as export
    from newsnorm.assemble import reconstruct
    from newsnorm.catalogue import Catalogue
    from newsnorm.corpus.records import read_records
    from newsnorm.corpus.sources.record import SourceRecord
    from newsnorm.dedup import compare, deduplicate, differences, open_index
    from newsnorm.language import identify_language
    from newsnorm.learner import learn
    from newsnorm.parser import Parser, parse
    from newsnorm.passes import PASSES
    from newsnorm.records import (
        About,
        Article,
        ArticleImage,
        Byline,
        Caption,
        Cluster,
        Correction,
        Credit,
        Dateline,
        Difference,
        Encoding,
        Entry,
        Finding,
        Fix,
        Language,
        Layout,
        Line,
        Mark,
        Page,
        PageFact,
        ParagraphKind,
        Passage,
        Person,
        Piece,
        Provenance,
        PublicationDate,
        RawArticle,
        Relation,
        Removal,
        Span,
        Standfirst,
        Title,
    )
    from newsnorm.records.accounts import Failure
    from newsnorm.records.schema import from_dict, to_dict

__all__ = [
    "PASSES",
    "About",
    "Article",
    "ArticleImage",
    "Byline",
    "Caption",
    "CaseError",
    "Catalogue",
    "CatalogueError",
    "Cluster",
    "Correction",
    "Credit",
    "DamagedIndexError",
    "Dateline",
    "Difference",
    "Encoding",
    "Entry",
    "Failure",
    "Finding",
    "Fix",
    "InputError",
    "Language",
    "Layout",
    "LedgerError",
    "Line",
    "Mark",
    "NewsnormError",
    "Page",
    "PageFact",
    "ParagraphKind",
    "Parser",
    "Passage",
    "Person",
    "Piece",
    "Provenance",
    "PublicationDate",
    "RawArticle",
    "RecordError",
    "RefusedIndexError",
    "Relation",
    "Removal",
    "SourceRecord",
    "Span",
    "Standfirst",
    "Title",
    "__version__",
    "compare",
    "deduplicate",
    "differences",
    "from_dict",
    "identify_language",
    "learn",
    "open_index",
    "parse",
    "read_records",
    "reconstruct",
    "to_dict",
]


_RECORDS = (
    *("About", "Article", "ArticleImage", "Byline", "Caption", "Cluster", "Correction", "Credit", "Dateline", "Difference"),
    *("Encoding", "Entry", "Finding", "Fix", "Language", "Layout", "Line", "Mark", "Page", "PageFact", "ParagraphKind"),
    *("Passage", "Person", "Piece", "Provenance", "PublicationDate", "RawArticle", "Relation", "Removal", "Span", "Standfirst"),
    "Title",
)

_LATER = {
    **dict.fromkeys(_RECORDS, "newsnorm.records"),
    "PASSES": "newsnorm.passes",
    "Catalogue": "newsnorm.catalogue",
    "Failure": "newsnorm.records.accounts",
    "Parser": "newsnorm.parser",
    "SourceRecord": "newsnorm.corpus.sources.record",
    "compare": "newsnorm.dedup",
    "deduplicate": "newsnorm.dedup",
    "differences": "newsnorm.dedup",
    "from_dict": "newsnorm.records.schema",
    "identify_language": "newsnorm.language",
    "learn": "newsnorm.learner",
    "open_index": "newsnorm.dedup",
    "parse": "newsnorm.parser",
    "read_records": "newsnorm.corpus.records",
    "reconstruct": "newsnorm.assemble",
    "to_dict": "newsnorm.records.schema",
}
"""Name → the module that it is imported from on first use, since no program needs all of them."""

_LATER_MODULES = (
    *("assemble", "catalogue", "dedup", "export", "fields", "frames", "language", "parser", "passes", "records", "spark"),
)


def __getattr__(name: str) -> object:
    """Import a name of `_LATER`, or a module, on first use."""
    from importlib import import_module

    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    if name in _LATER_MODULES:
        return import_module(f"newsnorm.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_LATER_MODULES})
