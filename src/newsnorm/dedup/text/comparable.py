"""What is compared: the ids and texts of articles, pairs or strings, in the order of their ids."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TypeAlias

import attrs

from newsnorm.errors import InputError
from newsnorm.records import Article

Comparable: TypeAlias = Article | tuple[str, str] | str
"""An article (its report is compared, without headline and removed lines), an id with a text, or a text alone."""


def named(given: object) -> tuple[str, str]:
    """
    The id and the text of what was given; a bare text is named by its content.

    >>> named(("a", "Rain in Ulm.")), named("Rain in Ulm.")
    (('a', 'Rain in Ulm.'), ('e433abda8c73a17a', 'Rain in Ulm.'))

    Raises:
        InputError: it is nothing of the three.

    """
    if isinstance(given, Article):
        return _storable(given.id), given.text
    if isinstance(given, str):
        return hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()[:16], given
    if isinstance(given, tuple) and len(given) == 2 and all(isinstance(part, str) for part in given):
        return _storable(given[0]), given[1]
    raise InputError(f"{type(given).__name__} can't be compared: hand in an Article, a pair of id and text (both str), or a text")


def _storable(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"the id {name!r} holds half a character and can't be written: give the text another id") from error
    return name


@attrs.frozen(eq=False)
class Texts:
    """Texts with different ids, in the order of their ids."""

    ids: list[str]
    texts: list[str]

    @classmethod
    def of(cls, given: Iterable[Comparable]) -> Texts:
        """
        The texts of what was given. Who stands there twice counts once.

        Raises:
            InputError: two texts bear one id, or something is no text.

        """
        if isinstance(given, str):
            raise InputError("one text is no collection of texts: hand in a list of them")
        found: dict[str, str] = {}
        for each in given:
            name, text = named(each)
            if found.setdefault(name, text) != text:
                raise InputError(
                    f"two different texts bear the id {name!r}: give each its own, so that a relation names its texts"
                )
        ids = sorted(found)
        return cls(ids, [found[name] for name in ids])
