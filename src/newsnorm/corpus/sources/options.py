"""Define how files are read: what the user states about them, and size limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, get_args

import attrs

Format: TypeAlias = Literal["text", "jsonl", "json", "csv", "tsv", "parquet", "warc", "nexis", "factiva", "office"]
"""A file format, in any compression; ``office`` is DOCX or RTF."""

FORMATS: tuple[Format, ...] = get_args(Format)

MIB = 1024 * 1024


@attrs.frozen(kw_only=True)
class Limits:
    """
    Size limits; anything larger is a failure, so that a bad file can't exhaust memory.

    >>> Limits(record=1_000).record
    1000
    """

    record: int = 64 * MIB
    """The longest record, in bytes: 16 Mi characters of four bytes each."""
    ratio: int = 300
    """Largest ratio of unpacked to compressed size beyond `harmless`; text becomes 3 to 20 times larger."""
    harmless: int = 16 * MIB
    """Unpacked size in bytes up to which any ratio is allowed."""


@attrs.frozen(kw_only=True)
class ReadOptions:
    """
    What the user states about the files to read.

    >>> ReadOptions(fields={"text": "body"}).fields["text"]
    'body'
    """

    fields: Mapping[str, str] = attrs.field(factory=dict)
    """Our field → its name in the records, where it differs."""
    format: Format | None = None
    """The format of all files; None detects it from endings and beginnings."""
    media_type: str | None = None
    """The media type of texts that don't state one; None detects it from file endings and content."""
    language: str | None = None
    """The language of texts that don't state one, as a BCP 47 code; None identifies it."""
    name_pattern: str | None = None
    """The pattern of file names, such as ``{site}/{fetched}_{id}``; None reads only an id from names."""
    limits: Limits = Limits()

    def extended(self, fields: Mapping[str, str] | None, media_type: str | None) -> ReadOptions:
        """
        Return options extended by further settings; None leaves an option as it is.

        >>> ReadOptions(media_type="text/html").extended({"text": "body"}, None).media_type
        'text/html'
        """
        return attrs.evolve(self, fields=fields or self.fields, media_type=media_type or self.media_type)


NO_OPTIONS = ReadOptions()
