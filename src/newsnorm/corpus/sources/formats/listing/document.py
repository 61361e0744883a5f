"""Define what the readers of listings find: documents with their fields, or pieces that are not documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from newsnorm.corpus.sources.formats.listing.lines import ListedLine
from newsnorm.records.accounts import FailureCode
from newsnorm.records.markup import ClaimField

WORDS_APART, SHARE_APART = 20, 0.1
"""Words, and share of the stated length, by which the stated length may differ from the words found, since databases count in
their own way."""


@attrs.frozen(kw_only=True)
class ListedField:
    """A labelled field of a document, on one line."""

    field: ClaimField
    label: str
    line: ListedLine
    value: str
    """As written on the line."""
    meaning: str = ""
    """The value in a language-independent form: a day in ISO 8601, a language code; empty if as written."""


@attrs.frozen(kw_only=True)
class ListedDocument:
    """A document of a listing."""

    number: int
    """Its place in the listing, from 1."""
    lines: Sequence[ListedLine]
    """From its first line up to its last."""
    headline: Sequence[ListedLine]
    fields: Sequence[ListedField]
    """One field per line that is not part of headline and text, in order."""
    codes: Sequence[ListedLine] = ()
    """The lines of headline and text that begin with a code, which does not belong to them."""
    id: str | None = None
    """The number of the document in its database."""
    words: int | None = None
    """Number of words stated by the database."""
    is_ended: bool = True
    """Whether its end was found."""

    @property
    def body(self) -> list[ListedLine]:
        """The lines of the text."""
        others = {line.number for line in self.headline} | {field.line.number for field in self.fields}
        return [line for line in self.lines if line.text and line.number not in others]


@attrs.frozen(kw_only=True)
class BrokenDocument:
    """A piece of a listing that can't be read as a document."""

    number: int
    lines: Sequence[ListedLine]
    code: FailureCode
    message: str


def count_words(lines: Iterable[ListedLine]) -> int:
    """Count the words of lines, separated by blanks."""
    return sum(len(line.text.split()) for line in lines)


def fits_length(words: int, stated: int) -> bool:
    """
    Return whether a text fits the length stated by a database.

    >>> fits_length(85, 64), fits_length(84, 64), fits_length(1_090, 1_000)
    (False, True, True)
    """
    return abs(words - stated) <= max(WORDS_APART, SHARE_APART * stated)
