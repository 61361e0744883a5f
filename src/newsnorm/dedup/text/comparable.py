"""Accept articles, pairs of id and text, plain texts or a mapping, and collect their texts by id."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from newsnorm.errors import InputError
from newsnorm.records import Article
from newsnorm.records.page import ID_LENGTH

Comparable: TypeAlias = Article | tuple[str, str] | str
"""An article (its report is compared, without headline and removed lines), an id with a text, or a text alone."""


def id_and_text(given: object) -> tuple[str, str]:
    """
    Return the id and the text of a comparable; the id of a plain text is a digest of its content.

    >>> id_and_text(("a", "Rain in Ulm.")), id_and_text("Rain in Ulm.")
    (('a', 'Rain in Ulm.'), ('e433abda8c73a17a', 'Rain in Ulm.'))

    Raises:
        InputError: the argument is not comparable, or its id holds half a surrogate pair.

    """
    if isinstance(given, Article):
        return _encodable(given.id), given.text
    if isinstance(given, str):
        return hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH], given
    if isinstance(given, tuple) and len(given) == 2 and all(isinstance(part, str) for part in given):
        return _encodable(given[0]), given[1]
    raise InputError(f"can't compare {_type_name(given)}; pass an Article, a pair of id and text (both str), or a str")


def ids_and_texts(given: Iterable[Comparable] | Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """
    Yield the id and the text of each comparable, or of each item of a mapping of id to text.

    >>> list(ids_and_texts({"a": "Rain in Ulm."}))
    [('a', 'Rain in Ulm.')]

    Raises:
        InputError: an item is not comparable.

    """
    if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
        raise InputError(f"expected several texts, got one {type(given).__name__}; pass a list")
    return map(id_and_text, given.items() if isinstance(given, Mapping) else given)


def _type_name(given: object) -> str:
    """
    Name the type of an object, and the types in a pair.

    >>> _type_name(("a", 3)), _type_name(3)
    ('tuple of str and int', 'int')
    """
    if isinstance(given, tuple) and len(given) == 2:
        return f"tuple of {type(given[0]).__name__} and {type(given[1]).__name__}"
    return type(given).__name__


def _encodable(id: str) -> str:
    try:
        id.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"the id {id!r} contains half a surrogate pair and can't be written; use another id") from error
    return id


class Texts:
    """
    Texts by id: the first text of each id is kept, and other texts with that id are left out.

    >>> texts = Texts.of([("a", "Rain in Ulm."), ("a", "Rain in Ulm."), ("a", "Snow.")])
    >>> texts.kept, texts.left_out, texts.repetitions
    ({'a': 'Rain in Ulm.'}, {'a': 'Snow.'}, 1)
    """

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.left_out: dict[str, str] = {}
        """Id → the first other text that was given under it, for each id with different texts."""
        self.repetitions = 0
        """Number of times that a kept text was given again under its id."""

    @classmethod
    def of(cls, given: Iterable[Comparable] | Mapping[str, str]) -> Texts:
        """
        Collect comparables, or a mapping of id to text.

        Raises:
            InputError: an item is not comparable.

        """
        texts = cls()
        for name, text in ids_and_texts(given):
            texts.add(name, text)
        return texts

    def add(self, id: str, text: str) -> None:
        """Keep a text, unless one was kept under its id."""
        if id not in self.kept:
            self.kept[id] = text
        elif self.kept[id] == text:
            self.repetitions += 1
        else:
            self.left_out.setdefault(id, text)
