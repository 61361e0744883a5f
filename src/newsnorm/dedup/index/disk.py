"""
An index of reports on disk: related to everything before it, whatever is added is; for years.

The file is SQLite's. Texts are the truth; the postings by which candidates are found are derived from them, and written in
sorted segments, four of one size into one of the next, so that adding stays cheap and a look-up meets few of them. The texts
since the last segment are read again on opening.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from os import PathLike
from pathlib import Path
from types import TracebackType

import attrs
import numpy as np

from newsnorm.dedup.api import exact_relation, relation_of, same_words
from newsnorm.dedup.cluster.clusters import clustered
from newsnorm.dedup.index.merging import Part, alike, merged
from newsnorm.dedup.index.postings import Asked, Kept, Postings, Tail
from newsnorm.dedup.index.segments import Segment, pack
from newsnorm.dedup.index.store import Row, Store
from newsnorm.dedup.pair_pipeline import Pairs, Progress, extents, judged
from newsnorm.dedup.params import Params
from newsnorm.dedup.propose.features import features_of
from newsnorm.dedup.text.comparable import Comparable, named
from newsnorm.dedup.text.tokens import Places, Words, stacked, words_of
from newsnorm.errors import InputError
from newsnorm.evidence.forest import UNIT
from newsnorm.records import Cluster, Relation

SEGMENT = 4096
"""Articles that wait for a segment: their postings are kept in memory, and made again on opening."""
BATCH = 1000
"""Articles that are added in one change of the file."""
_ROW = struct.Struct("<biIIIIII")
"""Kind, log odds in `UNIT` (or `_NONE`), of both texts the words in passages and in all (covers are their quotients), and the
cells in which passages lie."""
_COLUMNS = np.dtype("<i1, <i4, <u4, <u4, <u4, <u4, <u4, <u4")
"""The same for many rows at once."""
_NONE = -(2**31)


def open_index(path: str | PathLike[str], *, params: Params | None = None, timeout: float = 30.0) -> Index:
    """
    Open an index, or make one where there is no file.

    Args:
        path: the SQLite file; ``:memory:`` for one that is gone when it is closed.
        params: what relations depend on; an index keeps those it was made with, and refuses others.
        timeout: seconds to wait for another process that is changing the file.

    Raises:
        RefusedIndexError: the file is none of ours, of another version, made with other parameters, or in use for longer.
        DamagedIndexError: it doesn't hold what was written to it.

    >>> report = "The harbour master closed the northern quay on Monday evening after a storm had damaged several moorings there."
    >>> with open_index(":memory:") as index:
    ...     index.add(("monday", report))
    ...     [relation.kind for relation in index.add(("tuesday", report + " Nobody was hurt, a spokesman said."))]
    ()
    ['near']

    """
    where = None if str(path) == ":memory:" else Path(path)
    return Index(Store(where, params, timeout))


class Index:
    """See `open_index`. One object may be used by one thread at a time; several processes may open one file."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known = -1
        self._kept = Kept()
        with store.view():
            self._refresh()

    @property
    def params(self) -> Params:
        """What its relations depend on."""
        return self._store.params

    def __enter__(self) -> Index:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Everything that was added is in it already."""
        self._store.close()

    def __len__(self) -> int:
        return self._store.fact("articles")

    def __contains__(self, id: object) -> bool:
        with self._store.view():
            return isinstance(id, str) and self._store.row_of(id) is not None

    def text_of(self, id: str) -> str | None:
        """The text that was added under an id, in which the spans of its relations count; None, if there is none."""
        with self._store.view():
            row = self._store.row_of(id)
        return None if row is None else row.text

    def add(self, given: Comparable) -> tuple[Relation, ...]:
        """
        Add an article, and say how it is related to those before it.

        Of several with the same words the one with the smallest id is named. Adding what is there already changes nothing.

        Raises:
            InputError: another text bears its id, or it is no text.
            RefusedIndexError: another process holds the file for too long.
            DamagedIndexError: the file doesn't hold what was written to it.

        """
        return next(self.add_all((given,)))

    def add_all(self, given: Iterable[Comparable], *, progress: Progress | None = None) -> Iterator[tuple[Relation, ...]]:
        """
        Add many articles, faster than one by one; for each its relations to those before it, as `add` gives them.

        A thousand at a time are written, as a whole or not at all, when their relations are asked for.

        Args:
            given: the articles.
            progress: told how many are done; how many there are, is not known.

        """
        each = iter(given)
        done = 0
        while batch := [named(one) for one in islice(each, BATCH)]:
            found = self._added(batch)
            done += len(batch)
            if progress:
                progress(done, done)
            yield from found

    def query(self, given: Comparable) -> tuple[Relation, ...]:
        """How an article would be related to those in the index, without adding it. One of its own id is left out."""
        return self.query_all((given,))[0]

    def query_all(self, given: Iterable[Comparable]) -> list[tuple[Relation, ...]]:
        """The same for many, faster than one by one."""
        names = [named(one) for one in given]
        with self._store.view():
            self._refresh()
            found = self._look_up(names, None)
            return self._told(found)

    def remove(self, id: str) -> bool:
        """Take an article and its relations out; whether it was there."""
        with self._changing():
            row = self._store.row_of(id)
            if row is None:
                return False
            twins = self._store.twins([row.key]).get(row.key, []) if row.head is None else []
            if twins:
                self._succeed(row, twins)
            self._store.delete(row)
            self._postings.tail.drop([row.key])
        return True

    def relations(self) -> Iterator[Relation]:
        """All relations, exact ones first, then by the ids of left and right, as `newsnorm.deduplicate` gives them."""
        with self._store.view():
            every = list(self._store.names())
            heads = {key: key if head is None else head for key, _, head in every}
            first: dict[int, str] = {}
            for key, name, _ in every:
                first.setdefault(heads[key], name)
            exact = [(first[heads[key]], name) for key, name, _ in every if first[heads[key]] != name]
            rows = list(self._store.relations())
            if any(left not in first or right not in first for left, right, _ in rows):
                raise self._store.damaged("a relation names an article that isn't there")
            others = [tuple(sorted((first[left], first[right]))) for left, right, _ in rows]
            state = self._store.fact("changes")
        for begin in range(0, len(pairs := [*sorted(exact), *sorted(others)]), BATCH):
            with self._store.view():
                found = self._made(pairs[begin : begin + BATCH], state)
            yield from found

    def _made(self, pairs: Sequence[tuple[str, ...]], state: int) -> list[Relation]:
        """The relations of pairs of ids that are known to be related, unless they were removed since."""
        names = sorted({name for pair in pairs for name in pair})
        rows = list(self._store.rows_of(names).values())
        if len(rows) < len(names) and self._store.fact("changes") == state:
            raise self._store.damaged("articles are missing")
        place = {row.id: number for number, row in enumerate(rows)}
        words = words_of(row.text for row in rows)
        asked = np.array(
            [[place[name] for name in pair] for pair in pairs if all(name in place for name in pair)], np.int64
        ).reshape(-1, 2)
        return _records([row.id for row in rows], words, asked)

    def clusters(self) -> tuple[Cluster, ...]:
        """The articles that tell one report, as `newsnorm.deduplicate` puts them together."""
        with self._store.view():
            every = list(self._store.names())
            rows = list(self._store.relations())
        first: dict[int, int] = {}
        for number, (key, _, head) in enumerate(every):
            first.setdefault(key if head is None else head, number)
        twin = np.array([first[key if head is None else head] for key, _, head in every], np.int64)
        size = np.zeros(len(every), np.int64)
        if any(left not in first or right not in first for left, right, _ in rows):
            raise self._store.damaged("a relation names an article that isn't there")
        pairs = np.array([(first[left], first[right]) for left, right, _ in rows], np.int64).reshape(-1, 2)
        table = np.frombuffer(b"".join(data for _, _, data in rows), _COLUMNS)
        kind, odds, left_words, right_words, left_size, right_size, left_cells, right_cells = (
            table[name].astype(np.int64) for name in _COLUMNS.names or ()
        )
        size[pairs[:, 0]], size[pairs[:, 1]] = left_size, right_size
        found = Pairs(
            pairs=pairs,
            kind=kind.astype(np.int8),
            odds=np.where(odds == _NONE, -np.inf, odds * UNIT),
            left_cover=left_words / np.maximum(1, left_size),
            right_cover=right_words / np.maximum(1, right_size),
            cells=np.stack([left_cells, right_cells], 1).astype(np.uint32),
            first=np.zeros(len(pairs) + 1, np.int64),
            spans=np.zeros((0, 4), np.int32),
        )
        return tuple(clustered([name for _, name, _ in every], twin, size[twin], found))

    def check(self) -> None:
        """
        Read the whole file and compare every row with its checksum.

        Raises:
            DamagedIndexError: something doesn't fit.

        """
        self._store.check()

    # what is known of the file

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """A change of the file, after a look at what others have changed. If it fails, everything is read again."""
        try:
            with self._store.change():
                self._refresh()
                yield
                self._store.count("changes", 1)
                self._known += 1
        except BaseException:
            self._known = -1
            raise

    def _refresh(self) -> None:
        """Read segments and tail again, if somebody has changed the file."""
        changes = self._store.fact("changes")
        if changes == self._known:
            return
        segments = self._store.segments()
        tail = Tail(segments[-1].last if segments else 0)
        rows = self._store.rows_after(tail.after)
        while part := list(islice(rows, BATCH)):
            posted = [row for row in part if row.head is None]
            words = words_of(row.text for row in posted)
            tail.add(np.array([row.key for row in posted], np.int64), features_of(words, self.params), words)
        self._opened(segments, tail)
        self._known = changes

    def _opened(self, segments: Sequence[Segment], tail: Tail) -> None:
        self._kept.only(segments)
        self._postings = Postings(segments, tail, self._store.blocks, self._kept)

    # adding

    def _added(self, batch: Sequence[tuple[str, str]]) -> list[tuple[Relation, ...]]:
        with self._changing():
            fresh = self._fresh(batch)
            first = self._store.highest() + 1
            found = self._look_up(list(fresh.items()), first)
            keys = range(first, first + len(fresh))
            self._store.insert(
                Row(key=key, id=name, head=found.heads.get(place), text=text)
                for place, (key, (name, text)) in enumerate(zip(keys, fresh.items(), strict=True))
            )
            self._store.relate(found.rows())
            self._settle()
            told = dict(zip(fresh, self._told(found), strict=True))
        rest = {name: text for name, text in batch if name not in told}
        if rest:
            told.update(zip(rest, self.query_all(rest.items()), strict=True))
        return [told[name] for name, _ in batch]

    def _fresh(self, batch: Sequence[tuple[str, str]]) -> dict[str, str]:
        """What is not in the index yet."""
        fresh: dict[str, str] = {}
        rows = self._store.rows_of([name for name, _ in batch])
        for name, text in batch:
            row = rows.get(name)
            if (row.text if row else fresh.get(name, text)) != text:
                raise InputError(f"{self._store.name} holds another text with the id {name!r}: remove that first, or rename this")
            if row is None:
                fresh[name] = text
        return fresh

    def _look_up(self, names: Sequence[tuple[str, str]], first: int | None) -> _Found:
        """
        What some texts have in common with those of the index, and with those before them.

        Args:
            names: ids and texts.
            first: the key of the first one, if they are to be added; then they join the tail.

        """
        words = words_of(text for _, text in names)
        features = features_of(words, self.params)
        keys = np.arange(first, first + len(names)) if first is not None else np.full(len(names), np.iinfo(np.int64).max)
        if first is not None:
            self._postings.tail.add(keys, features, words)
        known = _Known(self._store, names, first)
        asked = self._postings.asked(features, words)
        heads = self._heads([name for name, _ in names], words, keys, known, asked)
        if first is not None:
            self._postings.tail.drop([first + place for place in heads])
        lone = np.array([place not in heads for place in range(len(names))], np.bool_)
        who, key = asked.candidates(self.params, lone)
        earlier = key < keys[who]
        who, key = who[earlier], key[earlier]
        others = known.rows(sorted(set(key.tolist()) | set(heads.values())))
        place = {row.key: len(names) + number for number, row in enumerate(others)}
        held = np.fromiter((other in place for other in key.tolist()), np.bool_, len(key))
        who, key = who[held], key[held]
        at = np.fromiter((place[other] for other in key.tolist()), np.int64, len(key))
        both = stacked((words, words_of(row.text for row in others)))
        pairs = np.stack([who, at], 1)
        return _Found.made(
            len(names),
            [*(name for name, _ in names), *(row.id for row in others)],
            [*keys.tolist(), *(row.key for row in others)],
            both,
            heads,
            pairs,
        )

    def _heads(self, ids: Sequence[str], words: Words, keys: Places, known: _Known, asked: Asked) -> dict[int, int]:
        """For each text whose words an earlier one has: that one's key."""
        heads: dict[int, int] = {}
        _, first = np.unique(words.whole, return_index=True)
        places, others = asked.alike()
        # of those that come together, the first one stands for all that are like it
        some = (others < keys[places]) & ((others < keys[0]) | np.isin(others, keys[first])) if len(keys) else others < 0
        found = sorted(zip(places[some].tolist(), others[some].tolist(), strict=True))
        rows = known.rows(sorted({key for _, key in found}))
        theirs, row_of = words_of(row.text for row in rows), {row.key: place for place, row in enumerate(rows)}
        for place, key in found:
            if place in heads or key not in row_of or not np.array_equal(words.of(place), theirs.of(row_of[key])):
                continue
            if rows[row_of[key]].id != ids[place] or self._store.twins([key]):  # a text that is asked for may be there itself
                heads[place] = key
        return heads

    def _told(self, found: _Found) -> list[tuple[Relation, ...]]:
        """The relations of each of the texts that were looked up; of several with the same words the smallest id is named."""
        ids = dict(zip(found.keys, found.ids, strict=True))
        others = {found.keys[found.other(row)] for rows in found.of.values() for row in rows}.union(found.heads.values())
        twins = self._store.twin_names(others, found.keys[0]) if found.asked else {}

        def first(key: int, own: str) -> str | None:
            return min((name for name in (ids[key], *twins.get(key, ())) if name != own), default=None)

        told = []
        extent = extents(found.words)
        place_of = {key: place for place, key in enumerate(found.keys)}
        for place, own in enumerate(found.ids[: found.asked]):
            relations = []
            if place in found.heads:
                head = found.heads[place]
                name = first(head, own)
                if name == ids[head]:
                    relations.append(exact_relation(own, name, extent[place], extent[place_of[head]]))
                else:
                    relations += self._pair(name, found, place)
            for row in found.of.get(place, ()):
                other = found.other(row)
                name = first(found.keys[other], own)
                relations += [found.relation(row)] if name == found.ids[other] else self._pair(name, found, place)
            told.append(tuple(sorted(relations, key=lambda relation: (relation.left, relation.right))))
            if place in found.heads:
                twins.setdefault(found.heads[place], []).append(own)
        return told

    def _pair(self, name: str | None, found: _Found, place: int) -> list[Relation]:
        """The relation of one of the texts that were looked up to one that is named."""
        row = None if name is None else self._store.row_of(name)
        if row is None:
            return []
        words = stacked((found.words.only(place), words_of([row.text])))
        return _records([found.ids[place], row.id], words, np.array([[0, 1]]))

    # removing, merging

    def _succeed(self, row: Row, twins: Sequence[Row]) -> None:
        """Let the first of its twins stand for an article that goes: it gets a new key, so its postings are written again."""
        heir, key = twins[0], self._store.highest() + 1
        self._store.succeed(row.key, heir, key)
        words = words_of([heir.text])
        self._postings.tail.add(np.array([key]), features_of(words, self.params), words)
        self._settle()

    def _settle(self) -> None:
        """Write the tail as a segment when it is long, and merge segments of one size."""
        tail = self._postings.tail
        last = self._store.highest()
        if last - tail.after < SEGMENT:
            return
        segments = list(self._postings.segments)
        sizes = tail.sizes(last)
        parts: list[Segment] = []
        while many := alike(segments, len(sizes)):
            parts = segments[-many:] + parts
            sizes = np.concatenate([*(part.sizes for part in segments[-many:]), sizes])
            del segments[-many:]
        first = last + 1 - len(sizes)
        stretches = merged([self._part(part) for part in parts], *tail.postings())
        self._store.write_segment(
            first, last, sizes, (pack(features, keys - first, len(sizes)) for features, keys in stretches if len(features))
        )
        for part in parts:
            self._store.drop_segment(part)
        self._opened(self._store.segments(), Tail(last))

    def _part(self, segment: Segment) -> Part:
        standing = np.ones(len(segment.sizes), np.bool_)
        standing[self._store.gone(segment.first, segment.last) - segment.first] = False
        return Part(segment, standing, self._store.blocks_between)


class _Known:
    """Articles by key: those being added, and those of the store."""

    def __init__(self, store: Store, names: Sequence[tuple[str, str]], first: int | None) -> None:
        self._store = store
        self._new = {first + place: name for place, name in enumerate(names)} if first is not None else {}

    def rows(self, keys: Sequence[int]) -> list[Row]:
        """The articles with some keys, in rising order; one that another stands for is left out."""
        stored = [row for row in self._store.rows([key for key in keys if key not in self._new]) if row.head is None]
        new = [Row(key=key, id=self._new[key][0], head=None, text=self._new[key][1]) for key in keys if key in self._new]
        return stored + new


@attrs.frozen(eq=False, kw_only=True)
class _Found:
    """What became of texts that were looked up: so many come first in `ids`, `keys` and `words`, then the others they met."""

    asked: int
    ids: Sequence[str]
    keys: Sequence[int]
    words: Words
    heads: Mapping[int, int]
    pairs: Places
    verdicts: Pairs
    """Its column `pairs` names rows of `pairs`."""
    of: Mapping[int, Sequence[int]]
    """The verdicts on each of the texts."""

    @classmethod
    def made(
        cls, asked: int, ids: Sequence[str], keys: Sequence[int], words: Words, heads: Mapping[int, int], pairs: Places
    ) -> _Found:
        """The verdicts on some pairs; a text is not related to one of its own id."""
        verdicts = judged(words, pairs)
        of: dict[int, list[int]] = {}
        for row, (ours, theirs) in enumerate(pairs[verdicts.pairs].tolist()):
            if ids[ours] != ids[theirs]:
                of.setdefault(ours, []).append(row)
        return cls(asked=asked, ids=ids, keys=keys, words=words, heads=heads, pairs=pairs, verdicts=verdicts, of=of)

    def other(self, row: int) -> int:
        """Whom a verdict relates a text to."""
        return int(self.pairs[self.verdicts.pairs[row], 1])

    def relation(self, row: int) -> Relation:
        """A verdict as a record."""
        ours, theirs = self.pairs[self.verdicts.pairs[row]].tolist()
        return relation_of(self.ids[ours], self.ids[theirs], self.verdicts, row)

    def rows(self) -> Iterator[tuple[int, int, bytes]]:
        """The verdicts as they are stored."""
        found, size = self.verdicts, np.diff(self.words.offset)
        ours, theirs = self.pairs[found.pairs, 0], self.pairs[found.pairs, 1]
        odds = np.where(np.isfinite(found.odds), np.rint(found.odds / UNIT), _NONE)
        words = np.rint(found.left_cover * size[ours]), np.rint(found.right_cover * size[theirs])
        columns = (found.kind, odds, *words, size[ours], size[theirs], *found.cells.T)
        for left, right, *row in zip(
            ours.tolist(), theirs.tolist(), *(column.astype(np.int64).tolist() for column in columns), strict=True
        ):
            yield self.keys[left], self.keys[right], _ROW.pack(*row)


def _records(ids: Sequence[str], words: Words, pairs: Places) -> list[Relation]:
    """The relations of pairs of texts that are known to be related."""
    same = [same_words(words, left, right) for left, right in pairs.tolist()]
    other = np.flatnonzero(~np.array(same, np.bool_))
    verdicts = judged(words, pairs[other])
    extent = extents(words)
    row_of = {row: number for number, row in enumerate(other[verdicts.pairs].tolist())}
    relations = []
    for row, (left, right) in enumerate(pairs.tolist()):
        if same[row]:
            relations.append(exact_relation(ids[left], ids[right], extent[left], extent[right]))
        elif row in row_of:
            relations.append(relation_of(ids[left], ids[right], verdicts, row_of[row]))
    return relations
