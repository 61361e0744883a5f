"""The interface of an index, as jobs use it, wherever it stores its texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
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

    def add_all(
        self, given: Iterable[Comparable] | Mapping[str, str], *, progress: Progress | None = None
    ) -> Iterator[tuple[Relation, ...]]:
        """
        Add articles, and yield the relations of each to the articles before it, sorted by left and right id.

        Of several articles with the same words, relations name the one with the smallest id. An article with the words of an
        earlier one gets a single relation, ``exact``. Adding an article again changes nothing. An article whose id already has
        another text is left out and has no relations.

        Raises:
            InputError: an item is not text.

        """
        ...

    def insert_all(self, given: Iterable[Comparable] | Mapping[str, str]) -> None:
        """Add articles like `add_all`, without naming their relations, which saves time where all relations are read later."""
        ...

    def query_all(self, given: Iterable[Comparable] | Mapping[str, str]) -> list[tuple[Relation, ...]]:
        """Return the relations that `add_all` would yield, except relations to an article with the same id; add nothing."""
        ...

    def remove(self, id: str) -> bool:
        """Remove an article and its relations; return whether it was there."""
        ...

    def relations(self, ids: Collection[str] | None = None) -> Iterator[Relation]:
        """Yield all relations, or those with one of some articles, exact ones first, then sorted by left and right id."""
        ...

    def clusters(self) -> tuple[Cluster, ...]:
        """Return all clusters, sorted by id."""
        ...

    def representative(self, id: str) -> str:
        """Return the id of the representative of an article's cluster; an article in no cluster represents itself."""
        ...

    def bridges(self) -> Iterator[Relation]:
        """Yield the relations that clusters overrule, sorted by left and right id."""
        ...

    def repeated_ids(self) -> tuple[str, ...]:
        """Return the ids under which other texts were left out since their articles were added, sorted."""
        ...
