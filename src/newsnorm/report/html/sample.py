"""
Choose the articles to show, so that each rule, site, language, kind of text and note has one while there is room.

The choice depends on the articles alone: an article's rank in the draw is a digest of its id, so the order of the corpus does not
matter.
"""

from __future__ import annotations

import hashlib
from bisect import insort
from collections.abc import Iterable, Mapping, Sequence, Set

import attrs

PER_STRATUM = 3
"""Number of articles remembered for each rule, site, …; more of them make a better sample of a small corpus."""

MAX_MISSING = 50
"""Most rules, sites, … without a shown article that are named."""


@attrs.frozen(order=True)
class Stratum:
    """A property that articles share, such as a rule that decided in them."""

    of: str
    """``rule``, ``site``, ``note``, ``language`` or ``kind``."""
    name: str


@attrs.frozen(order=True)
class _Drawn:
    """An article with its rank in the draw; lower ranks come first."""

    lot: bytes
    number: int


@attrs.frozen
class Coverage:
    """How many of the rules, sites, … of a corpus are in a sample."""

    shown: int
    of: int
    missing: tuple[str, ...] = ()
    """Names of those without a shown article, `MAX_MISSING` at most."""


class Sample:
    """
    A sample of articles, which are added one by one; memory use depends on its size, not on the size of the corpus.

    Args:
        size: the most articles to choose.

    >>> sample = Sample(2)
    >>> for number in range(5):
    ...     sample.add(number, f"article {number}", [Stratum("rule", "rare" if number == 3 else "common")])
    >>> sample.chosen()[0], len(sample.chosen())
    (3, 2)

    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._seen = 0
        self._counts: dict[Stratum, int] = {}
        self._first: dict[Stratum, list[_Drawn]] = {}
        self._any: list[_Drawn] = []
        self._wanted: list[int] = []

    def add(self, number: int, id: str, strata: Iterable[Stratum], *, wanted: bool = False) -> None:
        """
        Add an article to the draw.

        Args:
            number: its number, from 0.
            id: its id.
            strata: its strata.
            wanted: whether to choose it before others, because it is a member of a shown cluster.

        """
        drawn = _Drawn(hashlib.blake2b(id.encode("utf-8", "replace"), digest_size=8).digest(), number)
        if wanted:
            self._wanted.append(number)
        for stratum in strata:
            self._counts[stratum] = self._counts.get(stratum, 0) + 1
            _keep_first(self._first.setdefault(stratum, []), drawn, PER_STRATUM)
        _keep_first(self._any, drawn, self._size)

    def chosen(self) -> list[int]:
        """Return the numbers of the chosen articles: first one for each stratum, the rarest stratum first, then others."""
        order: dict[int, None] = {}
        rarest_first = sorted(self._first, key=lambda stratum: (self._counts[stratum], stratum))
        for stratum in rarest_first:
            drawn = [each.number for each in self._first[stratum]]
            if not any(number in order for number in drawn):
                order[drawn[0]] = None
        order |= dict.fromkeys(self._wanted)
        for place in range(PER_STRATUM):
            order |= dict.fromkeys(
                drawn[place].number for drawn in map(self._first.get, rarest_first) if drawn and place < len(drawn)
            )
        order |= dict.fromkeys(drawn.number for drawn in self._any)
        return list(order)[: self._size]

    def coverage(self, shown: Iterable[Sequence[Stratum]]) -> Mapping[str, Coverage]:
        """Return how many rules, sites, … of the corpus are covered by articles with these strata."""
        held = {stratum for strata in shown for stratum in strata}
        every: dict[str, list[Stratum]] = {}
        for stratum in sorted(self._counts):
            every.setdefault(stratum.of, []).append(stratum)
        return {name: _coverage(strata, held) for name, strata in every.items()}


def _coverage(strata: Sequence[Stratum], held: Set[Stratum]) -> Coverage:
    missing = [stratum.name for stratum in strata if stratum not in held]
    return Coverage(shown=len(strata) - len(missing), of=len(strata), missing=tuple(missing[:MAX_MISSING]))


def _keep_first(drawn: list[_Drawn], new: _Drawn, most: int) -> None:
    """Insert an article into a sorted list, unless the list is full of lower ranks."""
    if len(drawn) < most or (drawn and new < drawn[-1]):
        insort(drawn, new)
        del drawn[most:]
