"""The indexes that have to fulfil the contract, and the simplest of them: a dictionary that is compared anew each time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from newsnorm.dedup import deduplicate, open_index
from newsnorm.dedup.index.disk import Index
from newsnorm.dedup.index.interface import ReportIndex
from newsnorm.dedup.index.postings import IndexSizes
from newsnorm.dedup.index.store import Store
from newsnorm.dedup.pair_pipeline import Progress
from newsnorm.dedup.text.comparable import Comparable, id_and_text
from newsnorm.errors import InputError
from newsnorm.records import Cluster, Relation


class DictIndex:
    """Keeps texts in a dictionary, and asks `deduplicate` about all of them each time."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, id: object) -> bool:
        return id in self._texts

    def text_of(self, id: str) -> str | None:
        return self._texts.get(id)

    def add_all(self, given: Iterable[Comparable], *, progress: Progress | None = None) -> Iterator[tuple[Relation, ...]]:
        for done, (name, text) in enumerate(map(id_and_text, given), 1):
            if self._texts.get(name, text) != text:
                raise InputError(f"another text with the id {name!r}")
            relations = self._related(name, text)
            self._texts[name] = text
            if progress:
                progress(done, done)
            yield relations

    def query_all(self, given: Iterable[Comparable]) -> list[tuple[Relation, ...]]:
        return [self._related(*id_and_text(each)) for each in given]

    def _related(self, name: str, text: str) -> tuple[Relation, ...]:
        others = {other: known for other, known in self._texts.items() if other != name}
        repeated = {relation.right for relation in deduplicate(others.items()).relations if relation.kind == "exact"}
        distinct = [(other, known) for other, known in others.items() if other not in repeated]
        own = [each for each in deduplicate([*distinct, (name, text)]).relations if name in (each.left, each.right)]
        return tuple([each for each in own if each.kind == "exact"] or own)

    def remove(self, id: str) -> bool:
        return self._texts.pop(id, None) is not None

    def relations(self) -> Iterator[Relation]:
        return iter(deduplicate(self._texts.items()).relations)

    def clusters(self) -> tuple[Cluster, ...]:
        return deduplicate(self._texts.items()).clusters


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
