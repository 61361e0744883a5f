"""How files are read: what the user says of them, and the limits of what is read."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

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


@attrs.frozen(kw_only=True)
class ReadOptions:
    """
    What the user says of the files to read.

    >>> ReadOptions(fields={"text": "body"}).fields["text"]
    'body'
    """

    fields: Mapping[str, str] = attrs.field(factory=dict)
    """Our field → its name in the records, where it differs."""
    media_type: str | None = None
    """That of texts which state none; None goes by the endings of files and the beginnings of texts."""
    limits: Limits = Limits()


NO_OPTIONS = ReadOptions()
