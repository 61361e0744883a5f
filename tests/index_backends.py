"""The indexes that have to fulfil the contract, and the simplest of them: a dictionary that is compared anew each time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from newsnorm.dedup import Deduplication, deduplicate, open_index
from newsnorm.dedup.index.disk import Index
from newsnorm.dedup.index.interface import ReportIndex
from newsnorm.dedup.index.postings import IndexSizes
from newsnorm.dedup.index.store import Store
from newsnorm.dedup.pair_pipeline import Progress
from newsnorm.dedup.text.comparable import Comparable, Texts, ids_and_texts
from newsnorm.records import Cluster, Relation


class DictIndex:
    """Keeps texts in a dictionary, and asks `deduplicate` about all of them each time."""

    def __init__(self) -> None:
        self._texts = Texts()

    def __len__(self) -> int:
        return len(self._texts.kept)

    def __contains__(self, id: object) -> bool:
        return id in self._texts.kept

    def text_of(self, id: str) -> str | None:
        return self._texts.kept.get(id)

    def add_all(
        self, given: Iterable[Comparable] | Mapping[str, str], *, progress: Progress | None = None
    ) -> Iterator[tuple[Relation, ...]]:
        for done, (name, text) in enumerate(ids_and_texts(given), 1):
            self._texts.add(name, text)
            relations = self._related(name, text) if self._texts.kept[name] == text else ()
            if progress:
                progress(done, done)
            yield relations

    def insert_all(self, given: Iterable[Comparable] | Mapping[str, str]) -> None:
        for name, text in ids_and_texts(given):
            self._texts.add(name, text)

    def query_all(self, given: Iterable[Comparable] | Mapping[str, str]) -> list[tuple[Relation, ...]]:
        return [self._related(name, text) for name, text in ids_and_texts(given)]

    def _related(self, name: str, text: str) -> tuple[Relation, ...]:
        others = {other: known for other, known in self._texts.kept.items() if other != name}
        repeated = {relation.right for relation in deduplicate(others.items()).relations if relation.kind == "exact"}
        distinct = [(other, known) for other, known in others.items() if other not in repeated]
        own = [each for each in deduplicate([*distinct, (name, text)]).relations if name in (each.left, each.right)]
        return tuple([each for each in own if each.kind == "exact"] or own)

    def remove(self, id: str) -> bool:
        self._texts.left_out.pop(id, None)
        return self._texts.kept.pop(id, None) is not None

    def relations(self, ids: Collection[str] | None = None) -> Iterator[Relation]:
        return (each for each in self._found().relations if ids is None or each.left in ids or each.right in ids)

    def clusters(self) -> tuple[Cluster, ...]:
        return self._found().clusters

    def representative(self, id: str) -> str:
        return self._found().representative(id)

    def bridges(self) -> Iterator[Relation]:
        return self._found().bridges()

    def repeated_ids(self) -> tuple[str, ...]:
        return tuple(sorted(self._texts.left_out))

    def _found(self) -> Deduplication:
        return deduplicate(self._texts.kept)


def _small(cached: int) -> IndexSizes:
    """Segments of a few texts, so that merging happens."""
    return IndexSizes(segment_articles=8, batch_articles=5, cached_postings=cached, read_blocks=3)


BACKENDS: Mapping[str, Callable[[Path], ReportIndex]] = {
    "dictionary": lambda _: DictIndex(),
    "SQLite in memory": lambda _: open_index(":memory:"),
    "SQLite file": lambda folder: open_index(folder / "news.db"),
    "SQLite file, read block by block": lambda folder: Index(Store(folder / "blocks.db", None, 30.0), _small(0)),
    "SQLite file, read whole": lambda folder: Index(Store(folder / "whole.db", None, 30.0), _small(10_000)),
}
"""Name → makes an empty index; files go into the folder."""
