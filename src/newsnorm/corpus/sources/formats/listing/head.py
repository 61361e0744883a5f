"""Recognise a listing by the beginning of its file, in any encoding."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, cast

from newsnorm.corpus.sources.formats.listing.labels import factiva, nexis
from newsnorm.corpus.sources.formats.listing.lines import lines_of
from newsnorm.corpus.sources.formats.listing.read import listing_of

_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def listing_at(head: bytes) -> Literal["nexis", "factiva"] | None:
    """
    Return the kind of listing that a file begins like; None if it is not a listing.

    >>> listing_at("1 of 12 DOCUMENTS".encode("utf-16")), listing_at(b"Rain in Ulm")
    ('nexis', None)
    """
    codec = next((codec for mark, codec in _WIDE if head.startswith(mark)), None)
    try:
        text = head.decode(codec or "utf-8")
    except UnicodeDecodeError:
        text = head.decode(codec or "cp1252", "replace")
    if _hint().search(text) is None:
        return None
    return cast("Literal['nexis', 'factiva'] | None", listing_of(lines_of(text.removeprefix("\ufeff"))))


@cache
def _hint() -> re.Pattern[str]:
    """Return the kind suggested by what every listing has at its beginning: a number of words, or the number of a document."""
    words = "|".join(map(re.escape, sorted({*nexis().words, *factiva().words})))
    return re.compile(rf"\d\s*(?:{words})\b|\d\s+\w+\s+\d", re.I)
