"""Read a listing: decode it or extract its text from an office document, find its documents, and make a record of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from newsnorm.corpus.sources.formats.listing import factiva, nexis
from newsnorm.corpus.sources.formats.listing.document import BrokenDocument, ListedDocument
from newsnorm.corpus.sources.formats.listing.lines import ListedLine
from newsnorm.corpus.sources.formats.listing.record import failure_of, record_of
from newsnorm.corpus.sources.options import ReadOptions
from newsnorm.corpus.sources.record import SourceFile, SourceRecord
from newsnorm.records.accounts import Failure

Documents: TypeAlias = Callable[[Sequence[ListedLine]], Iterator[ListedDocument | BrokenDocument]]

LISTINGS: Mapping[str, Documents] = {"nexis": nexis.documents, "factiva": factiva.documents}
"""Kind of listing → function that finds its documents."""


def listing_of(lines: Sequence[ListedLine]) -> str | None:
    """
    Return the kind of listing that begins with some lines; None if they don't begin one.

    >>> from newsnorm.corpus.sources.formats.listing.lines import lines_of
    >>> listing_of(lines_of("1 of 2 DOCUMENTS")), listing_of(lines_of("It rained in Ulm."))
    ('nexis', None)
    """
    return "nexis" if nexis.is_listing(lines) else "factiva" if factiva.is_listing(lines) else None


def read_listing(
    text: str,
    lines: Sequence[ListedLine],
    name: str,
    file: SourceFile,
    options: ReadOptions,
    notes: Sequence[str] = (),
) -> Iterator[SourceRecord | Failure]:
    """
    Yield the records of a listing in order, and a failure for each document that can't be read.

    Args:
        text: the text of the listing.
        lines: its lines.
        name: one of `LISTINGS`.
        file: where it comes from.
        options: what the user states about the files.
        notes: doubts from decoding it.

    """
    for document in LISTINGS[name](lines):
        if isinstance(document, BrokenDocument):
            yield failure_of(document, file)
        else:
            yield record_of(document, text, file, options, notes)
