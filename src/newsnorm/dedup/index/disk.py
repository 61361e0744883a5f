"""
Keep an index of reports on disk for years: each new report is related to everything before it.

The index is a SQLite file. Texts are authoritative. The postings, which are used to find candidates, are derived from them and
written in sorted segments; four segments of one size are merged into one of the next size, so adding stays cheap and a look-up
reads few segments. The texts since the last segment are read again when the index is opened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from os import PathLike
from pathlib import Path
from types import TracebackType

import attrs
import numpy as np

from newsnorm.dedup.index.contents import Contents
from newsnorm.dedup.index.lookup import LookUp, RelationNaming, look_up
from newsnorm.dedup.index.memtable import MemTable
from newsnorm.dedup.index.merging import MergeSource, count_mergeable, merge_postings
from newsnorm.dedup.index.postings import IndexSizes, Postings, SegmentCache
from newsnorm.dedup.index.segments import Segment, pack
from newsnorm.dedup.index.store import ArticleRow, Store
from newsnorm.dedup.index.token_cache import TokenCache
from newsnorm.dedup.membership import Membership
from newsnorm.dedup.pair_pipeline import Progress
from newsnorm.dedup.params import Params
from newsnorm.dedup.propose.features import sample_features
from newsnorm.dedup.relation_records import relate_known_pairs
from newsnorm.dedup.text.comparable import Comparable, Texts, ids_and_texts
from newsnorm.dedup.text.tokens import tokenize
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


@attrs.frozen(eq=False, kw_only=True)
class _Inserted:
    """What became of a batch of articles."""

    known: Mapping[str, str]
    """Id → text of those that were in the index before."""
    kept: Mapping[str, str]
    """Id → the text that is in the index now."""
    new: Sequence[str]
    """The ids of those that were added."""
    found: LookUp
    """How these are related to each other and to earlier articles."""


class Index:
    """
    An index of reports on disk, opened by `newsnorm.open_index`.

    Each object may be used by one thread at a time; several processes may open the same file. It says of its articles what
    `newsnorm.deduplicate` says of the same texts, in whatever order and batches they were added: the same relations, clusters,
    representatives and bridges. The text that was added first under an id stays; other texts with that id are left out, and
    `repeated_ids` lists the id.

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
        self._tokens = TokenCache(self._sizes.cached_tokens)
        self._membership = Membership.of(())
        self._clustered_changes = -1
        """The number of changes of the file that the clusters reflect; -1 if they were never computed."""
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
        nothing, and returns its relations again. If its id already has another text, the article is left out: it has no
        relations, and `repeated_ids` lists its id until the other text is removed.

        Args:
            given: an article (its report is compared), a pair of id and text, or a text (its id is a digest of its content).

        Raises:
            InputError: the argument is not text.
            RefusedIndexError: another process is changing the file beyond the timeout.
            DamagedIndexError: the content of the file is not what was written to it.

        """
        return next(self.add_all((given,)))

    def add_all(
        self, given: Iterable[Comparable] | Mapping[str, str], *, progress: Progress | None = None
    ) -> Iterator[tuple[Relation, ...]]:
        """
        Add many articles, faster than one by one, and yield for each its relations to the articles before it, like `add`.

        Nothing happens until you iterate. Articles are written in batches of a thousand, each completely or not at all, before
        the relations of the batch are yielded.

        Args:
            given: the articles, in the forms that `add` accepts, or a mapping of id to text.
            progress: called with the number of articles done, twice, since the total is unknown.

        Raises:
            InputError: an item is not text; its batch is not written.
            RefusedIndexError: another process is changing the file beyond the timeout.
            DamagedIndexError: the content of the file is not what was written to it.

        """
        articles = ids_and_texts(given)
        done = 0
        while batch := list(islice(articles, self._sizes.batch_articles)):
            found = self._add_batch(batch)
            done += len(batch)
            if progress:
                progress(done, done)
            yield from found

    def insert_all(self, given: Iterable[Comparable] | Mapping[str, str]) -> None:
        """
        Add many articles like `add_all`, without naming their relations, which saves time where all are read later.

        Raises:
            InputError: an item is not text; its batch is not written.
            RefusedIndexError: another process is changing the file beyond the timeout.
            DamagedIndexError: the content of the file is not what was written to it.

        """
        articles = ids_and_texts(given)
        while batch := list(islice(articles, self._sizes.batch_articles)):
            with self._change():
                self._insert(batch)

    def query(self, given: Comparable) -> tuple[Relation, ...]:
        """Return the relations of an article to the articles in the index, except one with its own id; add nothing."""
        return self.query_all((given,))[0]

    def query_all(self, given: Iterable[Comparable] | Mapping[str, str]) -> list[tuple[Relation, ...]]:
        """Return the relations of many articles, in their order; faster than `query` one by one."""
        texts = list(ids_and_texts(given))
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

    def relations(self, ids: Collection[str] | None = None) -> Iterator[Relation]:
        """
        Yield relations, exact ones first, then by the ids of left and right, like `newsnorm.deduplicate`.

        Args:
            ids: only relations with one of these articles; None for all. A duplicate has one relation, to the article with the
                smallest id among those with the same words.

        """
        contents = Contents.read(self._store)
        pairs = [*contents.exact_pairs(), *contents.other_pairs()]
        wanted = pairs if ids is None else [(left, right) for left, right in pairs if left in ids or right in ids]
        yield from self._relations_between(wanted, contents.changes)

    def clusters(self) -> tuple[Cluster, ...]:
        """
        Return all clusters, sorted by id, like `newsnorm.deduplicate`.

        After a change of the file, this weighs all relations again.
        """
        return self._clustered().clusters

    def representative(self, id: str) -> str:
        """Return the id of the representative of an article's cluster, see `clusters`; one in no cluster represents itself."""
        return self._clustered().representative(id)

    def bridges(self) -> Iterator[Relation]:
        """Yield the relations that clusters overrule, like `newsnorm.dedup.Deduplication.bridges`."""
        contents = Contents.read(self._store)
        yield from self._relations_between(contents.bridges(self._clustered(contents)), contents.changes)

    def repeated_ids(self) -> tuple[str, ...]:
        """Return the ids under which other texts were left out since their articles were added, sorted."""
        with self._store.view():
            return tuple(self._store.repeated_ids())

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
            self._tokens.clear()
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
        return look_up(self._store, self._postings, self._tokens, self.params, texts, first_key)

    def _add_batch(self, batch: Sequence[tuple[str, str]]) -> list[tuple[Relation, ...]]:
        with self._change():
            inserted = self._insert(batch)
            relations = dict(zip(inserted.new, RelationNaming(self._store, inserted.found).relations(), strict=True))
        again = {name: text for name, text in batch if inserted.known.get(name) == text}
        if again:
            relations.update(zip(again, self.query_all(again), strict=True))
        return [relations[name] if inserted.kept[name] == text else () for name, text in batch]

    def _insert(self, batch: Sequence[tuple[str, str]]) -> _Inserted:
        """Write articles and how they are related, within a change."""
        known = {name: row.text for name, row in self._store.rows_of([name for name, _ in batch]).items()}
        texts = Texts.of(known)
        for name, text in batch:
            texts.add(name, text)
        new = {name: text for name, text in texts.kept.items() if name not in known}
        first_key = self._store.highest_key() + 1
        found = self._look_up(list(new.items()), first_key)
        self._store.insert(
            ArticleRow(key=first_key + number, id=name, canonical=found.canonical.get(number), text=text)
            for number, (name, text) in enumerate(new.items())
        )
        self._store.insert_relations(found.packed_relations())
        self._write_segment_if_due()
        self._store.insert_repeated(texts.left_out)
        return _Inserted(known=known, kept=texts.kept, new=list(new), found=found)

    def _clustered(self, contents: Contents | None = None) -> Membership:
        """Return the clusters, computed again from `contents`, or from the file, if the file has changed."""
        changes = contents.changes if contents else self._store.count("changes")
        if changes != self._clustered_changes:
            contents = contents or Contents.read(self._store)
            self._membership, self._clustered_changes = contents.membership(), contents.changes
        return self._membership

    def _relations_between(self, pairs: Sequence[tuple[str, str]], changes: int) -> Iterator[Relation]:
        """Yield the relations of pairs of related articles, as many as are still there; see `_relate_again`."""
        for begin in range(0, len(pairs), self._sizes.batch_articles):
            with self._store.view():
                found = self._relate_again(pairs[begin : begin + self._sizes.batch_articles], changes)
            yield from found

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
