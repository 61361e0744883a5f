"""Read labelled fields: which field of an article each states, and its value in a language-independent form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from newsnorm.corpus.sources.formats.listing.document import ListedField
from newsnorm.corpus.sources.formats.listing.labels import Interfaces, Labelled, day_of, factiva, language_of
from newsnorm.corpus.sources.formats.listing.lines import ListedLine
from newsnorm.records.markup import ClaimField

CLAIMS: Mapping[str, ClaimField] = {
    "author": "author",
    "description": "description",
    "language": "language",
    "published": "published",
    "section": "section",
    "site": "site",
    "tag": "tag",
}
"""Our name of a field → the claim that it makes; other fields state nothing about the article."""

_SHARE = re.compile(r"\s?\(\d{1,3}\s?%\)")
"""The relevance that a database gives a subject."""


def read_field(name: str, label: str, line: ListedLine, value: str, languages: Iterable[str] = ()) -> ListedField:
    """
    Return what a line states.

    Args:
        name: our name of the field.
        label: the label in the listing.
        line: the line.
        value: the part of the line that is the value.
        languages: languages in which a date may be written.

    """
    meaning = ""
    field = CLAIMS.get(name, "other")
    if name == "author":
        first, _, rest = value.partition(" ")
        value = rest.strip() if first.casefold() in factiva().lines("by") else value
    elif name == "section":
        value = value.partition(";")[0].strip()
    elif name == "tag":
        meaning = _SHARE.sub("", value)
    elif name == "language":
        meaning = language_of(value)
        field = field if meaning else "other"
    elif name == "published":
        meaning = day_of(value, languages)
    return ListedField(field=field if value else "other", label=label, line=line, value=value or line.text, meaning=meaning)


def other(line: ListedLine, label: str) -> ListedField:
    """Return the field of a line that states nothing about the article."""
    return ListedField(field="other", label=label, line=line, value=line.text)


def of_label(labelled: Labelled, line: ListedLine) -> ListedField:
    """Return what a labelled line states."""
    return read_field(labelled.name, labelled.label, line, labelled.value)


def labelled_fields(lines: Iterable[ListedLine], interfaces: Interfaces) -> Iterator[ListedField]:
    """Yield a field for each line with text: labelled ones, and lines between them, which belong to the label above."""
    label = ""
    for line in lines:
        labelled = interfaces.labelled(line.text) if line.text else None
        if not line.text:
            label = ""
        elif labelled is not None:
            label = labelled.label
            yield of_label(labelled, line)
        else:
            yield other(line, label)
