"""
Keep an index of reports on disk for years: each new report is related to everything before it.

The index is a SQLite file. Texts are authoritative. The postings, which are used to find candidates, are derived from them and
written in sorted segments; four segments of one size are merged into one of the next size, so adding stays cheap and a look-up
reads few segments. The texts since the last segment are read again when the index is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from os import PathLike
from pathlib import Path
from types import TracebackType

import attrs
import numpy as np

from newsnorm.dedup.cluster.clusters import cluster_texts
from newsnorm.dedup.index.lookup import LookUp, RelationNaming, look_up
from newsnorm.dedup.index.memtable import MemTable
from newsnorm.dedup.index.merging import MergeSource, count_mergeable, merge_postings
from newsnorm.dedup.index.postings import IndexSizes, Postings, SegmentCache
from newsnorm.dedup.index.segments import Segment, pack
from newsnorm.dedup.index.store import ArticleRow, Store
from newsnorm.dedup.index.verdict_rows import unpack_verdicts
from newsnorm.dedup.pair_pipeline import Progress
from newsnorm.dedup.params import Params
from newsnorm.dedup.propose.features import sample_features
from newsnorm.dedup.relation_records import relate_known_pairs
from newsnorm.dedup.text.comparable import Comparable, id_and_text
from newsnorm.dedup.text.tokens import tokenize
from newsnorm.errors import InputError
from newsnorm.records import Cluster, Relation


def open_index(path: str | PathLike[str], *, params: Params | None = None, timeout: float = 30.0) -> Index:
    """
    Open an index on disk; a missing file is created.

    Args:
        path: the SQLite file; ``:memory:`` for an index that disappears when it is closed.
        params: how candidates are found; an index keeps the parameters it was made with, and refuses others.
        timeout: seconds to wait for another process that is changing the file.

    Returns:
        The index, which is a context manager.

    Raises:
        RefusedIndexError: the file is not an index, has another version or other parameters, or stays in use beyond the timeout.
        DamagedIndexError: the content of the file is not what was written to it.

    >>> report = "The harbour master closed the northern quay on Monday evening after a storm had damaged several moorings there."
    >>> with open_index(":memory:") as index:
    ...     index.add(("monday", report))
    ...     [relation.kind for relation in index.add(("tuesday", report + " Nobody was hurt, a spokesman said."))]
    ()
    ['near']

    """
    where = None if str(path) == ":memory:" else Path(path)
    return Index(Store(where, params, timeout))


@attrs.frozen(eq=False)
class _Articles:
    """All articles of an index, sorted by id, as columns for making relations and clusters."""

    ids: list[str]
    canonical: list[int]
    """Key of the canonical article of each; its own key if it is canonical itself."""
    first_of: dict[int, int]
    """Canonical key → index of its article with the smallest id."""

    @classmethod
    def read(cls, store: Store) -> _Articles:
        ids, canonical = [], []
        first_of: dict[int, int] = {}
        for number, (key, name, other) in enumerate(store.articles()):
            ids.append(name)
            canonical.append(key if other is None else other)
            first_of.setdefault(canonical[-1], number)
        return cls(ids, canonical, first_of)

    def pairs(self, store: Store, relations: Sequence[tuple[int, int, bytes]]) -> list[tuple[int, int]]:
        """Return the pair of articles for each stored relation, as indices of the articles with the smallest ids."""
        if any(left not in self.first_of or right not in self.first_of for left, right, _ in relations):
            raise store.damaged("a relation names an article that isn't there")
        return [(self.first_of[left], self.first_of[right]) for left, right, _ in relations]


class Index:
    """
    An index of reports on disk, opened by `newsnorm.open_index`.

    Each object may be used by one thread at a time; several processes may open the same file. Order and batches don't matter:
    relations and clusters equal those of `newsnorm.deduplicate` for the same texts.

    >>> import newsnorm
    >>> with newsnorm.open_index(":memory:") as index:
    ...     found = list(index.add_all([("a", "Rain fell in Ulm."), ("b", "RAIN FELL IN ULM"), ("c", "Snow.")]))
    ...     len(index), [cluster.members for cluster in index.clusters()]
    (3, [('a', 'b')])
    """

    def __init__(self, store: Store, sizes: IndexSizes | None = None) -> None:
        """Read the content of an open file."""
        self._store = store
        self._sizes = sizes or IndexSizes()
        self._known_changes = -1
        """The number of changes of the file that segments and memory reflect; -1 if they have to be read again."""
        self._cache = SegmentCache(self._sizes.cached_postings)
        with store.view():
            self._refresh()

    @property
    def params(self) -> Params:
        """The parameters that the index was made with."""
        return self._store.params

    def __enter__(self) -> Index:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; everything that was added has already been written."""
        self._store.close()

    def __len__(self) -> int:
        """Return the number of articles."""
        return self._store.count("articles")

    def __contains__(self, id: object) -> bool:
        with self._store.view():
            return isinstance(id, str) and self._store.row_of(id) is not None

    def text_of(self, id: str) -> str | None:
        """Return the text that was added under an id, to which spans of its relations refer; None if there is none."""
        with self._store.view():
            row = self._store.row_of(id)
        return None if row is None else row.text

    def add(self, given: Comparable) -> tuple[Relation, ...]:
        """
        Add an article, and return its relations to the articles before it.

        Of several articles with the same words, relations name the one with the smallest id. Adding an article again changes
        nothing.

        Args:
            given: an article (its report is compared), a pair of id and text, or a text (its id is a digest of its content).

        Raises:
            InputError: the id already has another text, or the argument is not text.
            RefusedIndexError: another process is changing the file beyond the timeout.
            DamagedIndexError: the content of the file is not what was written to it.

        """
        return next(self.add_all((given,)))

    def add_all(self, given: Iterable[Comparable], *, progress: Progress | None = None) -> Iterator[tuple[Relation, ...]]:
        """
        Add many articles, faster than one by one, and yield for each its relations to the articles before it, like `add`.

        Nothing happens until you iterate. Articles are written in batches of a thousand, each completely or not at all, before
        the relations of the batch are yielded.

        Args:
            given: the articles, in the forms that `add` accepts.
            progress: called with the number of articles done, twice, since the total is unknown.

        Raises:
            InputError: an id already has another text, or an item is not text; its batch is not written.
            RefusedIndexError: another process is changing the file beyond the timeout.
            DamagedIndexError: the content of the file is not what was written to it.

        """
        articles = iter(given)
        done = 0
        while batch := [id_and_text(each) for each in islice(articles, self._sizes.batch_articles)]:
            found = self._add_batch(batch)
            done += len(batch)
            if progress:
                progress(done, done)
            yield from found

    def query(self, given: Comparable) -> tuple[Relation, ...]:
        """Return the relations of an article to the articles in the index, except one with its own id; add nothing."""
        return self.query_all((given,))[0]

    def query_all(self, given: Iterable[Comparable]) -> list[tuple[Relation, ...]]:
        """Return the relations of many articles, in their order; faster than `query` one by one."""
        texts = [id_and_text(each) for each in given]
        with self._store.view():
            self._refresh()
            return RelationNaming(self._store, self._look_up(texts, None)).relations()

    def remove(self, id: str) -> bool:
        """Remove an article and its relations; return whether it was there."""
        with self._change():
            row = self._store.row_of(id)
            if row is None:
                return False
            duplicates = self._store.exact_duplicates([row.key]).get(row.key, []) if row.canonical is None else []
            if duplicates:
                self._promote_duplicate(row, duplicates[0])
            self._store.delete(row)
            self._postings.memtable.drop([row.key])
        return True

    def relations(self) -> Iterator[Relation]:
        """Yield all relations, exact ones first, then by the ids of left and right, like `newsnorm.deduplicate`."""
        with self._store.view():
            articles = _Articles.read(self._store)
            stored = articles.pairs(self._store, list(self._store.relations()))
            changes = self._store.count("changes")
        first = [articles.first_of[key] for key in articles.canonical]
        exact = sorted((canonical, number) for number, canonical in enumerate(first) if canonical != number)
        others = sorted((min(pair), max(pair)) for pair in stored)
        pairs = [(articles.ids[left], articles.ids[right]) for left, right in [*exact, *others]]
        for begin in range(0, len(pairs), self._sizes.batch_articles):
            with self._store.view():
                found = self._relate_again(pairs[begin : begin + self._sizes.batch_articles], changes)
            yield from found

    def clusters(self) -> tuple[Cluster, ...]:
        """Return all clusters, sorted by id, like `newsnorm.deduplicate`; this weighs all relations again."""
        with self._store.view():
            articles = _Articles.read(self._store)
            stored = list(self._store.relations())
        pairs = np.array(articles.pairs(self._store, stored), np.int64).reshape(-1, 2)
        canonical = np.array([articles.first_of[key] for key in articles.canonical], np.int64)
        related, size = unpack_verdicts(pairs, [data for _, _, data in stored], len(articles.ids))
        return tuple(cluster_texts(articles.ids, canonical, size[canonical], related))

    def check(self) -> None:
        """
        Read the whole file, and verify the checksum of every row.

        Raises:
            DamagedIndexError: the content of the file is not what was written to it.

        """
        self._store.check()

    # following the file

    @contextmanager
    def _change(self) -> Iterator[None]:
        """Change the file, after reading the changes of other processes; if it fails, read everything again next time."""
        try:
            with self._store.change():
                self._refresh()
                yield
                self._store.add_to_count("changes", 1)
                self._known_changes += 1
        except BaseException:
            self._known_changes = -1
            raise

    def _refresh(self) -> None:
        """Read the segments and the texts since the last one, if another process has changed the file."""
        changes = self._store.count("changes")
        if changes == self._known_changes:
            return
        segments = self._store.segments()
        memtable = MemTable(segments[-1].last if segments else 0)
        rows = self._store.rows_after(memtable.after)
        while batch := list(islice(rows, self._sizes.batch_articles)):
            canonical = [row for row in batch if row.canonical is None]
            tokens = tokenize(row.text for row in canonical)
            keys = np.array([row.key for row in canonical], np.int64)
            memtable.add(keys, sample_features(tokens, self.params), tokens)
        self._set_postings(segments, memtable)
        self._known_changes = changes

    def _set_postings(self, segments: Sequence[Segment], memtable: MemTable) -> None:
        self._cache.keep_only(segments)
        self._postings = Postings(segments, memtable, self._store.blocks, self._cache, self._sizes.read_blocks)

    # adding and reading

    def _look_up(self, texts: Sequence[tuple[str, str]], first_key: int | None) -> LookUp:
        return look_up(self._store, self._postings, self.params, texts, first_key)

    def _add_batch(self, batch: Sequence[tuple[str, str]]) -> list[tuple[Relation, ...]]:
        with self._change():
            new = self._new_texts(batch)
            first_key = self._store.highest_key() + 1
            found = self._look_up(list(new.items()), first_key)
            self._store.insert(
                ArticleRow(key=first_key + number, id=name, canonical=found.canonical.get(number), text=text)
                for number, (name, text) in enumerate(new.items())
            )
            self._store.insert_relations(found.packed_relations())
            self._write_segment_if_due()
            relations = dict(zip(new, RelationNaming(self._store, found).relations(), strict=True))
        known = {name: text for name, text in batch if name not in relations}
        if known:
            relations.update(zip(known, self.query_all(known.items()), strict=True))
        return [relations[name] for name, _ in batch]

    def _new_texts(self, batch: Sequence[tuple[str, str]]) -> dict[str, str]:
        """Return id → text for the articles that are not in the index yet."""
        new: dict[str, str] = {}
        rows = self._store.rows_of([name for name, _ in batch])
        for name, text in batch:
            row = rows.get(name)
            if (row.text if row else new.get(name, text)) != text:
                raise InputError(
                    f"{self._store.name} has another text with the id {name!r}; remove that text first, or use another id"
                )
            if row is None:
                new[name] = text
        return new

    def _relate_again(self, pairs: Sequence[tuple[str, str]], changes: int) -> list[Relation]:
        """
        Make the relations of pairs of related articles.

        Args:
            pairs: ids of left and right.
            changes: the count of changes of the file when they were read; articles may have been removed since.

        """
        ids = sorted({name for pair in pairs for name in pair})
        rows = list(self._store.rows_of(ids).values())
        if len(rows) < len(ids) and self._store.count("changes") == changes:
            raise self._store.damaged("articles are missing")
        number_of = {row.id: number for number, row in enumerate(rows)}
        known = [(number_of[left], number_of[right]) for left, right in pairs if left in number_of and right in number_of]
        tokens = tokenize(row.text for row in rows)
        return relate_known_pairs([row.id for row in rows], tokens, np.array(known, np.int64).reshape(-1, 2))

    # removing and merging

    def _promote_duplicate(self, row: ArticleRow, successor: ArticleRow) -> None:
        """Make an exact duplicate canonical in place of an article; it gets a new key, and its postings are written again."""
        key = self._store.highest_key() + 1
        self._store.promote_duplicate(row.key, successor, key)
        tokens = tokenize([successor.text])
        self._postings.memtable.add(np.array([key]), sample_features(tokens, self.params), tokens)
        self._write_segment_if_due()

    def _write_segment_if_due(self) -> None:
        """Write the postings in memory as a segment if there are enough, merged with segments of about the same size."""
        memtable = self._postings.memtable
        last = self._store.highest_key()
        if last - memtable.after < self._sizes.segment_articles:
            return
        segments = list(self._postings.segments)
        sizes = memtable.sizes_until(last)
        merged: list[Segment] = []
        while many := count_mergeable(segments, len(sizes)):
            merged = segments[-many:] + merged
            sizes = np.concatenate([*(segment.sizes for segment in segments[-many:]), sizes])
            del segments[-many:]
        first = last + 1 - len(sizes)
        ranges = merge_postings([self._merge_source(segment) for segment in merged], *memtable.postings())
        self._store.write_segment(
            first, last, sizes, (pack(features, keys - first, len(sizes)) for features, keys in ranges if len(features))
        )
        for segment in merged:
            self._store.drop_segment(segment)
        self._set_postings(self._store.segments(), MemTable(last))

    def _merge_source(self, segment: Segment) -> MergeSource:
        is_present = np.ones(len(segment.sizes), np.bool_)
        is_present[self._store.removed_keys(segment.first, segment.last) - segment.first] = False
        return MergeSource(segment, is_present, self._store.blocks_between)
