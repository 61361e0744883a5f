"""Put counts into words."""

from __future__ import annotations


def many(count: int, noun: str) -> str:
    """
    Return a number with its noun, in the plural unless the number is 1.

    >>> many(1, "record"), many(1_200, "record")
    ('1 record', '1,200 records')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
