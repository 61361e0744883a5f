"""Classify the class names, ids and roles of elements by the groups that their words belong to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from newsnorm.resources import directory_of, read_toml
from newsnorm.text.lazy_regex import lazy_regex

LONGEST = 200
"""Most code points of an element's names that are read."""

_HUMP, _WORD = lazy_regex(r"(?<=[a-z0-9])(?=[A-Z])"), lazy_regex(r"[a-z]+")
_NUMBERED_WORD = lazy_regex(r"[a-z]+(?:11y|1)?")
"""A word, with a number that is part of it: ``a11y``, ``h1``."""


@cache
def name_groups() -> tuple[str, ...]:
    """Return the names of the groups, in the order of their bits."""
    return tuple(_content())


@cache
def group_bit(group: str) -> int:
    """
    Return the bit of a group.

    Raises:
        ValueError: there is no such group.

    """
    return 1 << name_groups().index(group)


@lru_cache(maxsize=20_000)
def groups_of(names: str) -> int:
    """
    Return the groups of the words in some names, as bits.

    >>> [group for group in name_groups() if groups_of("c-relatedLinks sidebar_2") & group_bit(group)]
    ['related', 'side']
    """
    known, words = _bits(), _NUMBERED_WORD.findall(_parted(names[:LONGEST]))
    bits = 0
    for word in known.keys() & words:
        bits |= known[word]
    return bits


def words_of_names(names: str) -> list[str]:
    """
    Return the words of class names, ids or the name of a file.

    >>> words_of_names("wp-caption_text imageCredit")
    ['wp', 'caption', 'text', 'image', 'credit']
    """
    return _WORD.findall(_parted(names))


def _parted(names: str) -> str:
    """Return names in lower case, with a hyphen before each word that begins with a capital."""
    return names if names.islower() else _HUMP.sub("-", names).lower()


@cache
def _content() -> Mapping[str, list[str]]:
    content = read_toml(directory_of("page", "data").joinpath("markup-names.toml"))
    return {group: list(map(str, words)) for group, words in content.items() if isinstance(words, list)}


@cache
def _bits() -> Mapping[str, int]:
    """Return the bits of the groups of each word."""
    bits: dict[str, int] = {}
    for group, words in _content().items():
        for word in words:
            bits[word] = bits.get(word, 0) | group_bit(group)
    return bits
