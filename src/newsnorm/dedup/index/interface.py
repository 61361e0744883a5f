"""The interface of an index: what a job may ask of it, wherever it keeps its texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from newsnorm.dedup.pair_pipeline import Progress
from newsnorm.dedup.text.comparable import Comparable
from newsnorm.records import Cluster, Relation


class ReportIndex(Protocol):
    """
    A set of reports that relates each new one to those before it.

    `newsnorm.dedup.Index` keeps them in an SQLite file. Another class may keep them elsewhere, if it answers as `deduplicate`
    does; ``tests/dedup/index/test_contract.py`` checks every class in its list of backends for that.
    """

    def __len__(self) -> int:
        """Return the number of articles."""
        ...

    def __contains__(self, id: object) -> bool:
        """Return whether an article bears this id."""
        ...

    def text_of(self, id: str) -> str | None:
        """Return the text that was added under an id, None if there is none."""
        ...

    def add_all(self, given: Iterable[Comparable], *, progress: Progress | None = None) -> Iterator[tuple[Relation, ...]]:
        """
        Add articles, and yield the relations of each to those before it, in the order of left and right id.

        Of several articles with the same words, relations name the one with the smallest id. An article that has the words of an
        earlier one gets a single relation, ``exact``. Adding an article again changes nothing.

        Raises:
            InputError: another text bears an id, or something is not comparable.

        """
        ...

    def query_all(self, given: Iterable[Comparable]) -> list[tuple[Relation, ...]]:
        """Return what `add_all` would, without adding; an article with the same id is left out."""
        ...

    def remove(self, id: str) -> bool:
        """Remove an article and its relations; return whether it was there."""
        ...

    def relations(self) -> Iterator[Relation]:
        """Yield all relations, exact ones first, then in the order of left and right id."""
        ...

    def clusters(self) -> tuple[Cluster, ...]:
        """Return the clusters of articles that tell one report."""
        ...
