"""
Read and write the rows of an index file. Together with `file_format`, the only module that knows SQLite.

The checksum of every row is verified on reading, and counts reveal missing rows.
"""

from __future__ import annotations

import json
import sqlite3
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import attrs
import numpy as np

from newsnorm.dedup.array_ops import Hashes, Indices
from newsnorm.dedup.index.file_format import article_checksum, check_header, checksum, id_checksum, make_file, write_schema
from newsnorm.dedup.index.segments import FeatureCounts, Segment
from newsnorm.dedup.params import SCHEME, Params
from newsnorm.errors import DamagedIndexError, RefusedIndexError

_BOUND_VALUES = 900
"""The most values bound in one statement."""
Value = TypeVar("Value", int, str)
Row = TypeVar("Row")

_ARTICLE = "SELECT key, id, head, article.sum, data, text.sum FROM article LEFT JOIN text USING (key)"
_PRAGMAS = (
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "temp_store = MEMORY",
    "cache_size = -65536",
    "journal_mode = WAL",
    "synchronous = NORMAL",
)

_WRITING = 2
"""How many of the last pragmas write to the file."""

_REFUSALS = (
    ("locked", "is being changed by another process; wait for it, or raise the timeout"),
    ("busy", "is being changed by another process; wait for it, or raise the timeout"),
    ("full", "can't be written, because its disk is full; free some space (this change was not written)"),
    ("disk I/O", "can't be written or read; check the space on its disk (this change was not written)"),
    ("readonly", "is read-only; check the permissions of the file and its folder"),
    ("unable to open", "can't be opened; its folder must exist and be writable, since two files are kept beside it"),
)
"""Part of an error message of SQLite → what went wrong and what to do about it."""


@attrs.frozen(kw_only=True)
class ArticleName:
    """An article of the index, without its text."""

    key: int
    id: str
    canonical: int | None
    """Key of the article with the same tokens that is compared in its place; None if it is canonical itself."""


@attrs.frozen(kw_only=True)
class ArticleRow(ArticleName):
    """An article of the index."""

    text: str


class Store:
    """An open index file. Errors of SQLite become `RefusedIndexError` or `DamagedIndexError`."""

    def __init__(self, path: Path | None, params: Params | None, timeout: float, *, read_only: bool = False) -> None:
        """
        Open a file, or create it if it is missing; None opens an index in memory. See `newsnorm.open_index`.

        With `read_only`, a missing file is refused, and nothing is written, not even beside it.
        """
        self.name: str = str(path or ":memory:")
        if path is not None and not read_only and (not path.exists() or path.stat().st_size == 0):
            make_file(path, params or Params())
        if path is not None:
            check_header(path)
        place = _read_only_address(path) if path is not None and read_only else self.name
        with self._guarded():
            self._base = sqlite3.connect(
                place, timeout=timeout, isolation_level=None, check_same_thread=False, uri=place != self.name
            )
        try:
            with self._guarded():
                if path is None:
                    write_schema(self._base, params or Params())
                for pragma in _PRAGMAS[: -_WRITING if read_only else None]:
                    self._base.execute(f"PRAGMA {pragma}")
            self.params: Params = self._read_params(params)
        except BaseException:
            self._base.close()
            raise

    def _read_params(self, asked: Params | None) -> Params:
        """Read the parameters of the file; refuse it if other parameters were requested."""
        with self._guarded():
            facts = dict(self._base.execute("SELECT name, value FROM fact"))
        try:
            params = Params(**json.loads(facts["params"]))
            sound = facts["digest"] == params.digest and facts["scheme"] == str(SCHEME)
        except (KeyError, TypeError, ValueError) as error:
            raise self.damaged("its parameters can't be read") from error
        if facts["scheme"] != str(SCHEME):
            raise RefusedIndexError(
                f"{self.name} was made with hashing scheme {facts['scheme']}, expected {SCHEME}; make a new index"
            )
        if not sound:
            raise self.damaged("its parameters don't match their digest")
        if asked is not None and asked != params:
            raise RefusedIndexError(
                f"{self.name} was made with {params}, not with {asked}; open it without params, or make a new index"
            )
        return params

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if "malformed" in str(error) or "corrupt" in str(error):
                raise self.damaged(str(error)) from error
            why = next((why for sign, why in _REFUSALS if sign in str(error)), str(error))
            raise RefusedIndexError(f"{self.name} {why}") from error
        except sqlite3.ProgrammingError as error:
            raise RefusedIndexError(f"{self.name} is closed; open it again") from error
        except (sqlite3.DatabaseError, UnicodeError, OverflowError) as error:
            raise self.damaged(str(error)) from error

    def damaged(self, what: str) -> DamagedIndexError:
        """Return the error to raise if the content of the file is not what was written."""
        return DamagedIndexError(f"{self.name} is damaged ({what}); restore a copy, or make a new index from the articles")

    @contextmanager
    def change(self) -> Iterator[None]:
        """Run a write transaction: everything inside the block is written, or nothing."""
        with self._guarded():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._base.execute("ROLLBACK")
                raise
            self._base.execute("COMMIT")

    @contextmanager
    def view(self) -> Iterator[None]:
        """Run a read transaction: everything inside the block sees the same state of the file."""
        with self._guarded():
            if self._base.in_transaction:
                yield
                return
            self._base.execute("BEGIN")
            try:
                yield
            finally:
                self._base.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def count(self, name: str) -> int:
        """Return a count that the file keeps: ``articles``, ``relations``, ``repeated`` or ``changes``."""
        with self._guarded():
            row = self._base.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        if row is None or not str(row[0]).isdigit():
            raise self.damaged(f"its number of {name} is missing")
        return int(row[0])

    def add_to_count(self, name: str, by: int) -> None:
        """Change a count that the file keeps."""
        self._base.execute("UPDATE fact SET value = CAST(value AS INTEGER) + ? WHERE name = ?", (by, name))

    # articles

    def highest_key(self) -> int:
        """Return the highest key that was ever used."""
        row = self._base.execute(
            "SELECT max((SELECT ifnull(max(key), 0) FROM article), (SELECT ifnull(max(key), 0) FROM gone))"
        ).fetchone()
        return int(row[0])

    def insert(self, rows: Iterable[ArticleRow]) -> None:
        """Write articles."""
        rows = list(rows)
        texts = ((row.key, zlib.compress(row.text.encode("utf-8", "surrogatepass"), 3)) for row in rows)
        self._base.executemany(
            "INSERT INTO article VALUES (?, ?, ?, ?)",
            ((row.key, row.id, row.canonical, article_checksum(row.key, row.id, row.canonical)) for row in rows),
        )
        self._base.executemany("INSERT INTO text VALUES (?, ?, ?)", ((key, data, checksum(data, key)) for key, data in texts))
        self.add_to_count("articles", len(rows))

    def rows(self, keys: Sequence[int]) -> list[ArticleRow]:
        """Return the articles with some keys, without removed ones; ascending if the keys are."""
        return self._present(keys, f"{_ARTICLE} WHERE", self._row)

    def names(self, keys: Sequence[int]) -> list[ArticleName]:
        """Return the articles with some keys, without removed ones and without texts; ascending if the keys are."""
        return self._present(keys, "SELECT key, id, head, sum FROM article WHERE", self._name)

    def _present(self, keys: Sequence[int], query: str, make: Callable[..., Row]) -> list[Row]:
        """Make the articles with some keys from the rows of a query; those without a row must have been removed."""
        found: list[Row] = []
        for part in _parts(keys):
            rows = self._base.execute(f"{query} key IN ({_marks(part)}) ORDER BY key", part).fetchall()
            found += [make(*row) for row in rows]
            if len(rows) < len(part):
                (gone,) = self._base.execute(f"SELECT count(*) FROM gone WHERE key IN ({_marks(part)})", part).fetchone()
                if len(rows) + gone != len(part):
                    raise self.damaged("articles are missing")
        return found

    def rows_after(self, key: int) -> Iterator[ArticleRow]:
        """Return the articles with higher keys, ascending."""
        query = f"{_ARTICLE} WHERE key > ? ORDER BY key"
        return (self._row(*row) for row in self._base.execute(query, (key,)))

    def row_of(self, id: str) -> ArticleRow | None:
        """Return the article with an id, or None."""
        row = self._base.execute(f"{_ARTICLE} WHERE id = ?", (id,)).fetchone()
        return self._row(*row) if row else None

    def smallest_duplicates(self, canonical: Iterable[int], below: int) -> dict[int, list[str]]:
        """Return for some canonical articles the two smallest ids of their duplicates with keys below `below`."""
        found: dict[int, list[str]] = {}
        for article in canonical:
            query = "SELECT key, id, head, sum FROM article WHERE head = ? AND key < ? ORDER BY id LIMIT 2"
            for key, name, _, stored in self._base.execute(query, (article, below)):
                if stored != article_checksum(key, name, article):
                    raise self.damaged(f"article {key} was changed")
                found.setdefault(article, []).append(name)
        return found

    def rows_of(self, ids: Sequence[str]) -> dict[str, ArticleRow]:
        """Return the articles with some ids, by id."""
        found = {}
        for part in _parts(ids):
            for row in self._base.execute(f"{_ARTICLE} WHERE id IN ({_marks(part)})", part):
                one = self._row(*row)
                found[one.id] = one
        return found

    def exact_duplicates(self, canonical: Iterable[int]) -> dict[int, list[ArticleRow]]:
        """Return canonical key → duplicates for some canonical articles; duplicates are sorted by key."""
        found: dict[int, list[ArticleRow]] = {}
        for part in _parts(sorted(set(canonical))):
            query = f"{_ARTICLE} WHERE head IN ({_marks(part)}) ORDER BY key"
            for row in self._base.execute(query, part):
                duplicate = self._row(*row)
                found.setdefault(duplicate.canonical or 0, []).append(duplicate)
        return found

    def _name(self, key: int, id: str, canonical: int | None, stored: int) -> ArticleName:
        """Check a row without its text."""
        if stored != article_checksum(key, id, canonical):
            raise self.damaged(f"article {id!r} was changed")
        return ArticleName(key=key, id=id, canonical=canonical)

    def _row(self, key: int, id: str, canonical: int | None, stored: int, data: bytes | None, stored_of_text: int) -> ArticleRow:
        """Check a row of `_ARTICLE`, and decompress its text."""
        try:
            if data is None:
                raise self.damaged(f"the text of article {id!r} is missing")
            if stored != article_checksum(key, id, canonical) or stored_of_text != checksum(data, key):
                raise self.damaged(f"article {id!r} was changed")
            return ArticleRow(key=key, id=id, canonical=canonical, text=zlib.decompress(data).decode("utf-8", "surrogatepass"))
        except (TypeError, AttributeError, struct.error, zlib.error, UnicodeError) as error:
            raise self.damaged(f"article {key} can't be read") from error

    def delete(self, row: ArticleRow) -> None:
        """Remove an article, its relations if it is canonical, and its id from the repeated ones; its key is never used again."""
        self._base.execute("DELETE FROM article WHERE key = ?", (row.key,))
        self._base.execute("DELETE FROM text WHERE key = ?", (row.key,))
        self._base.execute("INSERT INTO gone VALUES (?)", (row.key,))
        self.add_to_count("articles", -1)
        self.add_to_count("repeated", -self._base.execute("DELETE FROM repeated WHERE id = ?", (row.id,)).rowcount)
        if row.canonical is None:
            cursor = self._base.execute("DELETE FROM relation WHERE left = ? OR right = ?", (row.key, row.key))
            self.add_to_count("relations", -cursor.rowcount)

    def promote_duplicate(self, old: int, successor: ArticleRow, key: int) -> None:
        """Make a duplicate of the article `old` canonical under a new key, and move relations and other duplicates to it."""
        self.delete(successor)
        self.insert([attrs.evolve(successor, key=key, canonical=None)])
        for duplicate in self.exact_duplicates([old]).get(old, []):
            changed = article_checksum(duplicate.key, duplicate.id, key)
            self._base.execute("UPDATE article SET head = ?, sum = ? WHERE key = ?", (key, changed, duplicate.key))
        rows = [(key if left == old else left, key if right == old else right, data) for left, right, data in self.relations(old)]
        cursor = self._base.execute("DELETE FROM relation WHERE left = ? OR right = ?", (old, old))
        self.add_to_count("relations", -cursor.rowcount)
        self.insert_relations(rows)

    def removed_keys(self, first: int, last: int) -> Indices:
        """Return the keys of removed articles from `first` to `last`."""
        query = "SELECT key FROM gone WHERE key BETWEEN ? AND ?"
        return np.array([key for (key,) in self._base.execute(query, (first, last))], np.int64)

    def articles(self) -> Iterator[tuple[int, str, int | None]]:
        """Yield key, id and canonical key (or None) of every article, in the order of the ids."""
        found = 0
        for key, name, canonical, stored in self._base.execute("SELECT * FROM article ORDER BY id"):
            found += 1
            if not isinstance(name, str) or stored != article_checksum(key, name, canonical):
                raise self.damaged(f"article {key} was changed")
            yield key, name, canonical
        if found != self.count("articles"):
            raise self.damaged(f"found {found} articles, expected {self.count('articles')}")

    # repeated ids

    def insert_repeated(self, ids: Iterable[str]) -> None:
        """Write that other texts were left out under some ids; an id may be written again."""
        rows = ((name, id_checksum(name)) for name in ids)
        cursor = self._base.executemany("INSERT OR IGNORE INTO repeated VALUES (?, ?)", rows)
        self.add_to_count("repeated", max(0, cursor.rowcount))

    def repeated_ids(self) -> Iterator[str]:
        """Yield the ids under which other texts were left out, sorted."""
        found = 0
        for name, stored in self._base.execute("SELECT id, sum FROM repeated ORDER BY id"):
            found += 1
            if stored != id_checksum(name):
                raise self.damaged(f"the repeated id {name!r} was changed")
            yield name
        if found != self.count("repeated"):
            raise self.damaged(f"found {found} repeated ids, expected {self.count('repeated')}")

    # relations

    def insert_relations(self, rows: Iterable[tuple[int, int, bytes]]) -> None:
        """Write relations, each given by the keys of both articles and the packed verdict."""
        cursor = self._base.executemany(
            "INSERT INTO relation VALUES (?, ?, ?, ?)",
            ((left, right, data, checksum(data, left, right)) for left, right, data in rows),
        )
        self.add_to_count("relations", max(0, cursor.rowcount))

    def relations(self, key: int | None = None) -> Iterator[tuple[int, int, bytes]]:
        """Yield all relations, or those of one article, in the form that `insert_relations` accepts."""
        query = "SELECT left, right, data, sum FROM relation"
        given: tuple[int, ...] = ()
        if key is not None:
            query, given = f"{query} WHERE left = ? UNION {query} WHERE right = ?", (key, key)
        found = 0
        for left, right, data, stored in self._base.execute(query, given):
            found += 1
            if stored != checksum(data, left, right):
                raise self.damaged(f"the relation of {left} and {right} was changed")
            yield left, right, data
        if key is None and found != self.count("relations"):
            raise self.damaged(f"found {found} relations, expected {self.count('relations')}")

    # segments

    def segments(self) -> list[Segment]:
        """Return all segments, in the order of their articles."""
        segments = []
        for row in self._base.execute("SELECT number, first, last, begins, sizes, sum FROM segment ORDER BY first"):
            number, first, last, begins, sizes, stored = row
            if not (
                isinstance(begins, bytes) and isinstance(sizes, bytes) and stored == checksum(begins + sizes, number, first, last)
            ):
                raise self.damaged(f"the postings of articles {first} to {last} were changed")
            segments.append(
                Segment(
                    number=number,
                    first=first,
                    last=last,
                    begins=np.frombuffer(begins, "<u4").astype(np.uint64),
                    sizes=np.frombuffer(zlib.decompress(sizes), "<u4").astype(np.uint32),
                )
            )
        return segments

    def write_segment(self, first: int, last: int, sizes: FeatureCounts, parts: Iterable[tuple[Hashes, Sequence[bytes]]]) -> None:
        """
        Write the segment of the articles `first` to `last`.

        Args:
            first: key of the first article.
            last: key of the last one.
            sizes: number of features of each article.
            parts: pairs of the features that blocks begin with, and the blocks.

        """
        (number,) = self._base.execute("SELECT ifnull(max(number), 0) + 1 FROM segment").fetchone()
        every = [np.zeros(0, "<u4")]
        place = 0
        for begins, blocks in parts:
            rows = ((number, at, data, checksum(data, number, at)) for at, data in enumerate(blocks, place))
            self._base.executemany("INSERT INTO block VALUES (?, ?, ?, ?)", rows)
            every.append(begins.astype("<u4"))
            place += len(blocks)
        row = (number, first, last, np.concatenate(every).tobytes(), zlib.compress(sizes.astype("<u4").tobytes()))
        self._base.execute("INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?)", (*row, checksum(row[3] + row[4], *row[:3])))

    def drop_segment(self, segment: Segment) -> None:
        """Delete a segment and its blocks."""
        self._base.execute("DELETE FROM segment WHERE number = ?", (segment.number,))
        self._base.execute("DELETE FROM block WHERE segment = ?", (segment.number,))

    def blocks(self, segment: Segment, numbers: Indices) -> list[bytes]:
        """Return some blocks of a segment, given their ascending numbers."""
        if len(numbers) and numbers[-1] - numbers[0] == len(numbers) - 1:
            return self.blocks_between(segment, int(numbers[0]), int(numbers[-1]))
        if len(numbers) * 3 > len(segment.begins):
            every = self.blocks_between(segment, 0, len(segment.begins) - 1)
            return [every[number] for number in numbers.tolist()]
        rows = []
        for part in _parts(numbers.tolist()):
            query = f"SELECT place, data, sum FROM block WHERE segment = ? AND place IN ({_marks(part)}) ORDER BY place"
            rows += self._base.execute(query, (segment.number, *part)).fetchall()
        return self._checked(segment, len(numbers), rows)

    def blocks_between(self, segment: Segment, first: int, last: int) -> list[bytes]:
        """Return the blocks of a segment from one number to another, inclusive."""
        query = "SELECT place, data, sum FROM block WHERE segment = ? AND place BETWEEN ? AND ? ORDER BY place"
        return self._checked(segment, last + 1 - first, self._base.execute(query, (segment.number, first, last)).fetchall())

    def _checked(self, segment: Segment, many: int, rows: Sequence[tuple[int, bytes, int]]) -> list[bytes]:
        if len(rows) != many:
            raise self.damaged("postings are missing")
        if any(stored != checksum(data, segment.number, place) for place, data, stored in rows):
            raise self.damaged("postings were changed")
        return [data for _, data, _ in rows]

    def check(self) -> None:
        """
        Check every page and row of the file.

        Raises:
            DamagedIndexError: the content of the file is not what was written to it.

        """
        with self.view():
            (answer,) = self._base.execute("PRAGMA integrity_check(1)").fetchone()
            if answer != "ok":
                raise self.damaged(str(answer).splitlines()[-1])  # above it, SQLite names its own schema
            rows = sum(1 for _ in self.rows_after(0))
            (texts,) = self._base.execute("SELECT count(*) FROM text").fetchone()
            (both,) = self._base.execute("SELECT count(*) FROM article JOIN gone USING (key)").fetchone()
            if rows != self.count("articles") or texts != rows or both:
                raise self.damaged(f"found {rows} articles and {texts} texts, expected {self.count('articles')}")
            for _ in self.relations():
                pass
            for _ in self.repeated_ids():
                pass
            for segment in self.segments():
                self.blocks_between(segment, 0, len(segment.begins) - 1)


def _read_only_address(path: Path) -> str:
    """Return the address by which a file is opened for reading; one without pending changes is taken as it lies there."""
    beside = path.with_name(path.name + "-wal")
    is_settled = not beside.exists() or beside.stat().st_size == 0
    return f"{path.resolve().as_uri()}?mode=ro" + ("&immutable=1" if is_settled else "")


def _parts(keys: Sequence[Value]) -> Iterator[Sequence[Value]]:
    return (keys[begin : begin + _BOUND_VALUES] for begin in range(0, len(keys), _BOUND_VALUES))


def _marks(values: Sequence[object]) -> str:
    """Return a question mark for each value of a statement."""
    return ",".join("?" * len(values))
