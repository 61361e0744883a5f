"""Decode bytes, including Vietnamese encodings for which Python has no codec."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from functools import cache
from typing import Literal, cast

from newsnorm.resources import Toml, directory_of, read_toml

Errors = Literal["strict", "replace"]


def decode_as(data: bytes, codec: str, errors: Errors = "strict") -> str:
    """
    Decode bytes.

    Args:
        data: the bytes.
        codec: the name of a codec of Python's or of ``charmaps.toml``.
        errors: whether invalid bytes raise, or become U+FFFD.

    Raises:
        UnicodeError: the bytes are not valid in that encoding.
        LookupError: the codec is unknown, or not for text.

    >>> decode_as(b"Ph\\xfa Qu\\xfd \\xf0\\xe4o", "viscii")
    'Phú Quý đảo'

    """
    if (table := charmaps().get(codec)) is not None:
        return codecs.charmap_decode(data, errors, table)[0]
    return data.decode(codec, errors)


@cache
def charmaps() -> Mapping[str, str]:
    """Return the characters of the bytes 00 to ff by the name of each encoding."""
    tables = read_toml(directory_of("read", "data").joinpath("charmaps.toml"))
    return {name: _characters(cast("Toml", table)) for name, table in tables.items()}


def _characters(table: Toml) -> str:
    low = cast("dict[str, str]", table["low"])
    return "".join(low.get(f"{byte:02x}", chr(byte)) for byte in range(0x80)) + str(table["high"])
