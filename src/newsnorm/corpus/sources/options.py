"""How files are read: what the user says of them, and the limits of what is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, get_args

import attrs

Format: TypeAlias = Literal["text", "jsonl", "json", "csv", "tsv", "parquet", "warc", "nexis", "factiva", "office"]
"""A format of files, whatever they are compressed with; ``office`` is DOCX or RTF."""

FORMATS: tuple[Format, ...] = get_args(Format)

MIB = 1024 * 1024


@attrs.frozen(kw_only=True)
class Limits:
    """
    The most that is read of one thing; what is larger is a failure, so that a bad file can't fill the memory.

    >>> Limits(record=1_000).record
    1000
    """

    record: int = 64 * MIB
    """The longest record, in bytes: 16 Mi characters of four bytes each."""
    ratio: int = 300
    """How many times larger a compressed file may become, once it is `harmless`; text becomes 3 to 20 times larger."""
    harmless: int = 16 * MIB
    """The size up to which a compressed file may unpack by any ratio, in bytes."""


@attrs.frozen(kw_only=True)
class ReadOptions:
    """
    What the user says of the files to read.

    >>> ReadOptions(fields={"text": "body"}).fields["text"]
    'body'
    """

    fields: Mapping[str, str] = attrs.field(factory=dict)
    """Our field → its name in the records, where it differs."""
    format: Format | None = None
    """The format of all files; None goes by their endings and beginnings."""
    media_type: str | None = None
    """That of texts which state none; None goes by the endings of files and the beginnings of texts."""
    language: str | None = None
    """That of texts which state none, as a BCP 47 code; None identifies the language of each."""
    name_pattern: str | None = None
    """How the names of texts are made, such as ``{site}/{fetched}_{id}``; None reads nothing from names but an id."""
    limits: Limits = Limits()

    def extended(self, fields: Mapping[str, str] | None, media_type: str | None) -> ReadOptions:
        """
        Return options with what else is said of the files; None leaves an option as it is.

        >>> ReadOptions(media_type="text/html").extended({"text": "body"}, None).media_type
        'text/html'
        """
        return attrs.evolve(self, fields=fields or self.fields, media_type=media_type or self.media_type)


NO_OPTIONS = ReadOptions()
