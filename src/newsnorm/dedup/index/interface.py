"""The interface of an index, as jobs use it, wherever it stores its texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from newsnorm.dedup.pair_pipeline import Progress
from newsnorm.dedup.text.comparable import Comparable
from newsnorm.records import Cluster, Relation


class ReportIndex(Protocol):
    """
    A set of reports that relates each new one to the reports before it.

    `newsnorm.dedup.Index` stores them in an SQLite file. Another class may store them elsewhere, if it gives the same answers as
    `deduplicate`; ``tests/dedup/index/test_contract.py`` checks this for every class in its list of backends.
    """

    def __len__(self) -> int:
        """Return the number of articles."""
        ...

    def __contains__(self, id: object) -> bool:
        """Return whether there is an article with this id."""
        ...

    def text_of(self, id: str) -> str | None:
        """Return the text that was added under an id; None if there is none."""
        ...

    def add_all(self, given: Iterable[Comparable], *, progress: Progress | None = None) -> Iterator[tuple[Relation, ...]]:
        """
        Add articles, and yield the relations of each to the articles before it, sorted by left and right id.

        Of several articles with the same words, relations name the one with the smallest id. An article with the words of an
        earlier one gets a single relation, ``exact``. Adding an article again changes nothing.

        Raises:
            InputError: an id already has another text, or an item is not text.

        """
        ...

    def query_all(self, given: Iterable[Comparable]) -> list[tuple[Relation, ...]]:
        """Return the relations that `add_all` would yield, except relations to an article with the same id; add nothing."""
        ...

    def remove(self, id: str) -> bool:
        """Remove an article and its relations; return whether it was there."""
        ...

    def relations(self) -> Iterator[Relation]:
        """Yield all relations, exact ones first, then sorted by left and right id."""
        ...

    def clusters(self) -> tuple[Cluster, ...]:
        """Return all clusters, sorted by id."""
        ...
