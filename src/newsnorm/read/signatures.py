"""Recognise files that are not text: archives, images, arrays."""

from __future__ import annotations

from functools import cache
from typing import cast

import attrs

from newsnorm.resources import Toml, directory_of, read_toml, strings


@attrs.frozen
class Format:
    """A kind of file that is not text."""

    name: str
    begins: tuple[bytes, ...]
    at: int
    """Where one of `begins` stands, in bytes."""
    remedy: str
    """What to do with such a file."""


def recognise(data: bytes) -> Format | None:
    """
    Return the kind of file that bytes begin like; None if they may be text.

    >>> recognise(b"\\x1f\\x8b\\x08\\x00").name, recognise(b"PK is a brand of gum")
    ('gzip', None)
    """
    return next((known for known in _formats() if data.startswith(known.begins, known.at)), None)


@cache
def _formats() -> tuple[Format, ...]:
    rows = cast("list[Toml]", read_toml(directory_of("read", "data").joinpath("signatures.toml"))["format"])
    return tuple(
        Format(
            name=str(row["name"]),
            begins=tuple(map(bytes.fromhex, strings(row["begins"], "signatures"))),
            at=cast("int", row.get("at", 0)),
            remedy=str(row["remedy"]),
        )
        for row in rows
    )
