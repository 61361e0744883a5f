"""Convert dates printed by machines to a form that the date reader, which is made for people's writing, understands."""

from __future__ import annotations

import datetime

from newsnorm.text.lazy_regex import lazy_regex

_EPOCH = lazy_regex(r"[0-9]{10}(?:[0-9]{3})?\Z")
"""Seconds or milliseconds since 1970, from 2001 on."""

_SPELLINGS = (
    # ISO 8601 without separators: 20240514T083000Z
    (lazy_regex(r"\A((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?=T[0-9]|\Z)"), r"\1-\2-\3"),
    (lazy_regex(r"(?<=[0-9]T)([0-9]{2})([0-9]{2})([0-9]{2})(?![0-9:])"), r"\1:\2:\3"),
    (lazy_regex(r"(?<=[0-9]T)([0-9]{2})([0-9]{2})(?![0-9:])"), r"\1:\2"),
    # the zone's name after its offset: GMT+0200 (CEST) in JavaScript, +02:00[Europe/Berlin] in Java
    (lazy_regex(r"([+-][0-9]{2}:?[0-9]{2}|Z) ?[(\[][^()\[\]]{1,60}[)\]]\Z"), r"\1"),
    # the offset before the year, in Ruby: 08:30:00 +0200 2024
    (lazy_regex(r"([0-9]{2}:[0-9]{2}:[0-9]{2}) ([+-][0-9]{4}) ([0-9]{4})\Z"), r"\3 \1 \2"),
    # a T that PHP took for the zone's name: 2024-05-14CEST08:30:00+02:00
    (lazy_regex(r"\A([0-9]{4}-[0-9]{2}-[0-9]{2})[A-Z]{3,4}(?=[0-9]{2}:[0-9]{2})"), r"\1T"),
)
"""Pairs of an expression and its replacement."""


def spell_out(text: str) -> str:
    """
    Convert a machine-printed date to a form that `newsnorm.grammar.dates.search.read_whole` reads; return any other text
    unchanged.

    >>> spell_out("Tue May 14 2024 08:30:00 GMT+0200 (CEST)"), spell_out("20240514T083000Z"), spell_out("1715668200")
    ('Tue May 14 2024 08:30:00 GMT+0200', '2024-05-14T08:30:00Z', '2024-05-14T06:30:00+00:00')
    """
    if _EPOCH.match(text):
        return (datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(seconds=int(text[:10]))).isoformat()
    for expression, replacement in _SPELLINGS:
        text = expression.sub(replacement, text)
    return text
