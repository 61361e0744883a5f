"""Accept articles, pairs of id and text, or plain texts, and sort them by id."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import attrs

from newsnorm.errors import InputError
from newsnorm.records import Article

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
        return hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()[:16], given
    if isinstance(given, tuple) and len(given) == 2 and all(isinstance(part, str) for part in given):
        return _encodable(given[0]), given[1]
    raise InputError(f"can't compare {type(given).__name__}; pass an Article, a pair of id and text (both str), or a str")


def _encodable(id: str) -> str:
    try:
        id.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"the id {id!r} contains half a surrogate pair and can't be written; use another id") from error
    return id


@attrs.frozen(eq=False)
class Texts:
    """Texts with distinct ids, sorted by id."""

    ids: list[str]
    texts: list[str]

    @classmethod
    def of(cls, given: Iterable[Comparable] | Mapping[str, str]) -> Texts:
        """
        Collect comparables, or a mapping of id to text; a pair of id and text that occurs twice counts once.

        Raises:
            InputError: two different texts have the same id, or an item is not comparable.

        """
        if isinstance(given, str):
            raise InputError("expected several texts, got one str; pass a list")
        found: dict[str, str] = {}
        for each in given.items() if isinstance(given, Mapping) else given:
            name, text = id_and_text(each)
            if found.setdefault(name, text) != text:
                raise InputError(
                    f"two different texts have the id {name!r}; ids must be unique, since relations refer to texts by id"
                )
        ids = sorted(found)
        return cls(ids, [found[name] for name in ids])
