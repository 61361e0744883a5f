"""Accept articles, pairs of id and text, or bare texts, and order them by id."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TypeAlias

import attrs

from newsnorm.errors import InputError
from newsnorm.records import Article

Comparable: TypeAlias = Article | tuple[str, str] | str
"""An article (its report is compared, without headline and removed lines), an id with a text, or a text alone."""


def id_and_text(given: object) -> tuple[str, str]:
    """
    Return the id and the text of a comparable; the id of a bare text is a digest of its content.

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
    raise InputError(f"{type(given).__name__} can't be compared: pass an Article, a pair of id and text (both str), or a text")


def _encodable(id: str) -> str:
    try:
        id.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"the id {id!r} holds half a character and can't be written: give the text another id") from error
    return id


@attrs.frozen(eq=False)
class Texts:
    """Texts with distinct ids, in the order of their ids."""

    ids: list[str]
    texts: list[str]

    @classmethod
    def of(cls, given: Iterable[Comparable]) -> Texts:
        """
        Collect comparables; a pair of id and text that occurs twice counts once.

        Raises:
            InputError: two different texts have one id, or something is not comparable.

        """
        if isinstance(given, str):
            raise InputError("one text is no collection of texts: pass a list of them")
        found: dict[str, str] = {}
        for each in given:
            name, text = id_and_text(each)
            if found.setdefault(name, text) != text:
                raise InputError(
                    f"two different texts have the id {name!r}: give each its own, so that a relation names its texts"
                )
        ids = sorted(found)
        return cls(ids, [found[name] for name in ids])
