"""How two texts are related, where they differ, and which texts tell one report."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from newsnorm.records.page import Span

RelationKind: TypeAlias = Literal["exact", "near", "excerpt", "update", "overlap"]
DifferenceKind: TypeAlias = Literal["number", "name", "wording", "added", "left-out"]


@attrs.frozen
class Passage:
    """A stretch that two texts have in common, word for word or nearly so; spans count in the texts that were compared."""

    left: Span
    right: Span


@attrs.frozen(kw_only=True)
class Difference:
    """Where two related texts part."""

    kind: DifferenceKind
    """`number`, `name`: other figures or names in the same place. `wording`: anything else that was replaced. `added`: the right
    text has a stretch more. `left-out`: it has one less."""
    left: Span
    """The stretch in the left text; empty where the right one has something added."""
    right: Span


@attrs.frozen(kw_only=True)
class Relation:
    """
    What two texts have in common: a function of the two, and of `newsnorm.dedup.Params`.

    The smaller id is `left`.
    """

    left: str
    right: str
    kind: RelationKind
    """`exact`: the same words. `near`: the same report, headline, lead or letters aside. `excerpt`: one lies in the other.
    `update`: the same report with other figures. `overlap`: passages in common, but two reports, and never one cluster."""
    left_cover: float
    """Share of the left text's words that lie in passages, from 0 to 1."""
    right_cover: float
    passages: tuple[Passage, ...]
    """In the order of the left text."""


@attrs.frozen(kw_only=True)
class Cluster:
    """Texts that tell one report."""

    id: str
    """The smallest id of its members."""
    members: tuple[str, ...]
    """In the order of their ids."""
    representative: str
    """The member with the most words that another member has too; of equals the one with the fewest other words, then the
    smallest id."""
