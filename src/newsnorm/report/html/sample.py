"""
Choose the articles to show, so that every rule, site, language, kind of text and doubt has one as long as there is room.

Nothing but the articles decides: an article's place in the draw is a digest of its id, whatever the order of the corpus.
"""

from __future__ import annotations

import hashlib
from bisect import insort
from collections.abc import Iterable, Mapping, Sequence, Set

import attrs

PER_STRATUM = 3
"""Number of articles that are remembered of each rule, site, …: more give a better sample of a small corpus."""

MAX_MISSING = 50
"""Number of rules, sites, … that are not shown and still named."""


@attrs.frozen(order=True)
class Stratum:
    """What some articles have in common, such as a rule that decided in them."""

    of: str
    """``rule``, ``site``, ``note``, ``language`` or ``kind``."""
    name: str


@attrs.frozen(order=True)
class _Drawn:
    """An article with its place in the draw; the smaller, the earlier."""

    lot: bytes
    number: int


@attrs.frozen
class Coverage:
    """How many of the rules, sites, … of a corpus are in a sample."""

    shown: int
    of: int
    missing: tuple[str, ...] = ()
    """The names of some that are not shown, `MAX_MISSING` at most."""


class Sample:
    """
    A draw of articles, which are added one by one; memory depends on how many are shown, not on the corpus.

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
            strata: what it has in common with others.
            wanted: whether it is chosen before any other, as the member of a cluster that is shown.

        """
        drawn = _Drawn(hashlib.blake2b(id.encode("utf-8", "replace"), digest_size=8).digest(), number)
        if wanted:
            self._wanted.append(number)
        for stratum in strata:
            self._counts[stratum] = self._counts.get(stratum, 0) + 1
            _keep_first(self._first.setdefault(stratum, []), drawn, PER_STRATUM)
        _keep_first(self._any, drawn, self._size)

    def chosen(self) -> list[int]:
        """Return the numbers of the chosen articles: first one of each stratum, the rarest first, then others."""
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
        """Return how many rules, sites, … of the corpus the articles with these strata show."""
        held = {stratum for strata in shown for stratum in strata}
        every: dict[str, list[Stratum]] = {}
        for stratum in sorted(self._counts):
            every.setdefault(stratum.of, []).append(stratum)
        return {name: _coverage(strata, held) for name, strata in every.items()}


def _coverage(strata: Sequence[Stratum], held: Set[Stratum]) -> Coverage:
    missing = [stratum.name for stratum in strata if stratum not in held]
    return Coverage(shown=len(strata) - len(missing), of=len(strata), missing=tuple(missing[:MAX_MISSING]))


def _keep_first(drawn: list[_Drawn], new: _Drawn, most: int) -> None:
    """Add an article to a sorted list unless it is full of earlier ones."""
    if len(drawn) < most or (drawn and new < drawn[-1]):
        insort(drawn, new)
        del drawn[most:]
