"""Define how two texts are related, where they differ, and which texts carry the same report."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from newsnorm.records.span import Span

RelationKind: TypeAlias = Literal["exact", "near", "excerpt", "update", "overlap"]
DifferenceKind: TypeAlias = Literal["number", "name", "wording", "added", "left-out"]


@attrs.frozen
class Passage:
    """
    A stretch that two texts share, word for word or nearly so; spans refer to the texts that were compared.

    >>> import newsnorm
    >>> newsnorm.compare("Rain fell in Ulm.", "RAIN FELL IN ULM").passages
    (Passage(left=Span(start=0, end=16), right=Span(start=0, end=16)),)
    """

    left: Span
    right: Span


@attrs.frozen(kw_only=True)
class Difference:
    """
    A place where two related texts differ; `newsnorm.differences` returns them.

    Spans count code points of the texts that were compared.

    >>> import newsnorm
    >>> old = "The harbour master closed the northern quay on Monday after 12 moorings had broken in the storm."
    >>> [change] = newsnorm.differences(old, old.replace("12", "14"))
    >>> change.kind, change.left.of(old)
    ('number', '12')
    """

    kind: DifferenceKind
    """`number`, `name`: other figures or names in the same place. `wording`: any other replacement. `added`: a stretch that only
    the right text has. `left-out`: one that only the left text has."""
    left: Span
    """The stretch in the left text; empty if only the right text has one."""
    right: Span
    """The stretch in the right text; empty if only the left text has one."""


@attrs.frozen(kw_only=True)
class Relation:
    """
    What two texts have in common; depends only on the two texts and `newsnorm.dedup.Params`.

    >>> import newsnorm
    >>> relation = newsnorm.compare(("a", "Rain fell in Ulm."), ("b", "RAIN FELL IN ULM"))
    >>> relation.left, relation.right, relation.kind, relation.left_cover
    ('a', 'b', 'exact', 1.0)
    """

    left: str
    """The smaller of the two ids."""
    right: str
    """The larger of the two ids."""
    kind: RelationKind
    """`exact`: the same words. `near`: the same report with small changes. `excerpt`: one text contains the other. `update`: the
    same report with other figures. `overlap`: common passages in two different reports, which are never clustered."""
    left_cover: float
    """Share of the left text's words that lie in passages, from 0 to 1, rounded to four digits."""
    right_cover: float
    """Share of the right text's words that lie in passages."""
    passages: tuple[Passage, ...]
    """In the order of the left text."""


@attrs.frozen(kw_only=True)
class Cluster:
    """
    Two or more texts that carry the same report.

    >>> import newsnorm
    >>> newsnorm.deduplicate([("a", "Rain fell in Ulm."), ("b", "RAIN FELL IN ULM"), ("c", "Snow.")]).clusters
    (Cluster(id='a', members=('a', 'b'), representative='a'),)
    """

    id: str
    """The smallest id of its members."""
    members: tuple[str, ...]
    """The ids of its members, sorted."""
    representative: str
    """The member with the most words that another member has, too; among equals, the one with the fewest other words, then with
    the smallest id."""
