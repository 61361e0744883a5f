"""
The file of an index: tables, rows and their checksums. The only import of ``sqlite3``.

Every row that answers depend on bears a checksum, since SQLite itself does not notice a changed byte; rows that are missed
are noticed by counts. The postings are derived from the texts, so they can be made again.
"""

from __future__ import annotations

import json
import os
import sqlite3
import struct
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import attrs
import numpy as np

from newsnorm.dedup.index.segments import Segment, Sizes
from newsnorm.dedup.params import SCHEME, Params
from newsnorm.dedup.text.tokens import Hashes, Places
from newsnorm.errors import DamagedIndexError, RefusedIndexError

APPLICATION = 0x4E4E4458
"""What marks a SQLite file as ours ("NNDX")."""
VERSION = 1
"""The version of the tables."""
_MAGIC = b"SQLite format 3\x00"
_ASKED = 900
"""Rows asked for at once."""
Asked = TypeVar("Asked", int, str)

_ARTICLE = "SELECT key, id, head, article.sum, data, text.sum FROM article LEFT JOIN text USING (key)"
_PRAGMAS = (
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "temp_store = MEMORY",
    "cache_size = -65536",
    "journal_mode = WAL",
    "synchronous = NORMAL",
)
_SCHEMA = f"""
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, head INTEGER, sum INTEGER NOT NULL);
CREATE INDEX twin ON article (head, id) WHERE head IS NOT NULL;
CREATE TABLE text (key INTEGER PRIMARY KEY, data BLOB NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE gone (key INTEGER PRIMARY KEY);
CREATE TABLE relation (
    left INTEGER NOT NULL, right INTEGER NOT NULL, data BLOB NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (left, right)
) WITHOUT ROWID;
CREATE INDEX backwards ON relation (right);
CREATE TABLE segment (
    number INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, begins BLOB NOT NULL, sizes BLOB NOT NULL,
    sum INTEGER NOT NULL
);
CREATE TABLE block (
    segment INTEGER NOT NULL, place INTEGER NOT NULL, data BLOB NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (segment, place)
) WITHOUT ROWID;
"""


_REFUSALS = (
    ("locked", "is being changed by another process: wait for it, or raise the timeout"),
    ("busy", "is being changed by another process: wait for it, or raise the timeout"),
    ("full", "can't be written, since its disk is full: free some space; nothing of this change is in it"),
    ("disk I/O", "can't be written or read: look for space on its disk; nothing of this change is in it"),
    ("readonly", "may not be written: look at the permissions of the file and its folder"),
    ("unable to open", "can't be opened: its folder has to exist and to be writable, since two files are kept beside it"),
)
"""What SQLite says, and what we do."""


@attrs.frozen(kw_only=True)
class Row:
    """An article of the index."""

    key: int
    id: str
    head: int | None
    """The article of the same words that is compared in its stead."""
    text: str


class Store:
    """An open file. Foreign errors of SQLite become ours."""

    def __init__(self, path: Path | None, params: Params | None, timeout: float) -> None:
        self.name = str(path or ":memory:")
        if path is not None and (not path.exists() or path.stat().st_size == 0):
            _make(path, params or Params())
        if path is not None:
            _look(path)
        with self._guarded():
            self._base = sqlite3.connect(self.name, timeout=timeout, isolation_level=None, check_same_thread=False)
        try:
            with self._guarded():
                if path is None:
                    _write_schema(self._base, params or Params())
                for pragma in _PRAGMAS:
                    self._base.execute(f"PRAGMA {pragma}")
            self.params = self._opened(params)
        except BaseException:
            self._base.close()
            raise

    def _opened(self, asked: Params | None) -> Params:
        with self._guarded():
            facts = dict(self._base.execute("SELECT name, value FROM fact"))
        try:
            params = Params(**json.loads(facts["params"]))
            sound = facts["digest"] == params.digest and facts["scheme"] == str(SCHEME)
        except (KeyError, TypeError, ValueError) as error:
            raise self.damaged("its parameters can't be read") from error
        if facts["scheme"] != str(SCHEME):
            raise RefusedIndexError(
                f"{self.name} was made with hashing scheme {facts['scheme']}, this is {SCHEME}: make a new index"
            )
        if not sound:
            raise self.damaged("its parameters don't fit their digest")
        if asked is not None and asked != params:
            raise RefusedIndexError(
                f"{self.name} was made with {params}, not with {asked}: open it without params, or make a new one"
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
            raise RefusedIndexError(f"{self.name} was closed: open it again") from error
        except (sqlite3.DatabaseError, UnicodeError, OverflowError) as error:
            raise self.damaged(str(error)) from error

    def damaged(self, what: str) -> DamagedIndexError:
        """The error that says so."""
        return DamagedIndexError(f"{self.name} is damaged ({what}): restore a copy, or make a new index from the articles")

    @contextmanager
    def change(self) -> Iterator[None]:
        """Everything inside happens, or nothing."""
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
        """Everything inside sees one state of the file."""
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

    def fact(self, name: str) -> int:
        """A count."""
        with self._guarded():
            row = self._base.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        if row is None or not str(row[0]).isdigit():
            raise self.damaged(f"it doesn't know its {name}")
        return int(row[0])

    def count(self, name: str, by: int) -> None:
        """Change a count."""
        self._base.execute("UPDATE fact SET value = CAST(value AS INTEGER) + ? WHERE name = ?", (by, name))

    # articles

    def highest(self) -> int:
        """The highest key that was ever given."""
        row = self._base.execute(
            "SELECT max((SELECT ifnull(max(key), 0) FROM article), (SELECT ifnull(max(key), 0) FROM gone))"
        ).fetchone()
        return int(row[0])

    def insert(self, rows: Iterable[Row]) -> None:
        """Write articles."""
        rows = list(rows)
        texts = ((row.key, zlib.compress(row.text.encode("utf-8", "surrogatepass"), 3)) for row in rows)
        self._base.executemany(
            "INSERT INTO article VALUES (?, ?, ?, ?)",
            ((row.key, row.id, row.head, _of_article(row.key, row.id, row.head)) for row in rows),
        )
        self._base.executemany("INSERT INTO text VALUES (?, ?, ?)", ((key, data, _sum(data, key)) for key, data in texts))
        self.count("articles", len(rows))

    def rows(self, keys: Sequence[int]) -> Iterator[Row]:
        """The articles with some keys; those that were removed are left out."""
        for part in _parts(keys):
            query = f"{_ARTICLE} WHERE key IN ({_marks(part)}) ORDER BY key"
            rows = [self._row(*row) for row in self._base.execute(query, part)]
            yield from rows
            if len(rows) < len(part):
                (gone,) = self._base.execute(f"SELECT count(*) FROM gone WHERE key IN ({_marks(part)})", part).fetchone()
                if len(rows) + gone != len(part):
                    raise self.damaged("articles are missing")

    def rows_after(self, key: int) -> Iterator[Row]:
        """The articles with higher keys."""
        query = f"{_ARTICLE} WHERE key > ? ORDER BY key"
        return (self._row(*row) for row in self._base.execute(query, (key,)))

    def row_of(self, id: str) -> Row | None:
        """The article with an id."""
        row = self._base.execute(f"{_ARTICLE} WHERE id = ?", (id,)).fetchone()
        return self._row(*row) if row else None

    def twin_names(self, heads: Iterable[int], below: int) -> dict[int, list[str]]:
        """The two smallest ids of the articles that others stand for, by those; of articles with keys below one."""
        found: dict[int, list[str]] = {}
        for head in heads:
            query = "SELECT key, id, head, sum FROM article WHERE head = ? AND key < ? ORDER BY id LIMIT 2"
            for key, name, _, checksum in self._base.execute(query, (head, below)):
                if checksum != _of_article(key, name, head):
                    raise self.damaged(f"article {key} was changed")
                found.setdefault(head, []).append(name)
        return found

    def rows_of(self, ids: Sequence[str]) -> dict[str, Row]:
        """The articles with some ids."""
        found = {}
        for part in _parts(ids):
            for row in self._base.execute(f"{_ARTICLE} WHERE id IN ({_marks(part)})", part):
                one = self._row(*row)
                found[one.id] = one
        return found

    def twins(self, heads: Iterable[int]) -> dict[int, list[Row]]:
        """The articles that others stand for, by those, in the order of their keys."""
        found: dict[int, list[Row]] = {}
        for part in _parts(sorted(set(heads))):
            query = f"{_ARTICLE} WHERE head IN ({_marks(part)}) ORDER BY key"
            for row in self._base.execute(query, part):
                twin = self._row(*row)
                found.setdefault(twin.head or 0, []).append(twin)
        return found

    def _row(self, key: int, id: str, head: int | None, checksum: int, data: bytes | None, of_text: int) -> Row:
        try:
            if data is None:
                raise self.damaged(f"the text of article {id!r} is missing")
            if checksum != _of_article(key, id, head) or of_text != _sum(data, key):
                raise self.damaged(f"article {id!r} was changed")
            return Row(key=key, id=id, head=head, text=zlib.decompress(data).decode("utf-8", "surrogatepass"))
        except (TypeError, AttributeError, struct.error, zlib.error, UnicodeError) as error:
            raise self.damaged(f"article {key} can't be read") from error

    def delete(self, row: Row) -> None:
        """Take an article out; its key is never given again."""
        self._base.execute("DELETE FROM article WHERE key = ?", (row.key,))
        self._base.execute("DELETE FROM text WHERE key = ?", (row.key,))
        self._base.execute("INSERT INTO gone VALUES (?)", (row.key,))
        self.count("articles", -1)
        if row.head is None:
            cursor = self._base.execute("DELETE FROM relation WHERE left = ? OR right = ?", (row.key, row.key))
            self.count("relations", -cursor.rowcount)

    def succeed(self, old: int, heir: Row, key: int) -> None:
        """Give a twin of an article a new key and its place: relations and other twins are its own now."""
        self.delete(heir)
        self.insert([attrs.evolve(heir, key=key, head=None)])
        for twin in self.twins([old]).get(old, []):
            checksum = _of_article(twin.key, twin.id, key)
            self._base.execute("UPDATE article SET head = ?, sum = ? WHERE key = ?", (key, checksum, twin.key))
        rows = [(key if left == old else left, key if right == old else right, data) for left, right, data in self.relations(old)]
        cursor = self._base.execute("DELETE FROM relation WHERE left = ? OR right = ?", (old, old))
        self.count("relations", -cursor.rowcount)
        self.relate(rows)

    def gone(self, first: int, last: int) -> Places:
        """The keys of removed articles in a stretch of keys, and of those that another one stands for."""
        query = "SELECT key FROM gone WHERE key BETWEEN ? AND ?"
        return np.array([key for (key,) in self._base.execute(query, (first, last))], np.int64)

    def names(self) -> Iterator[tuple[int, str, int | None]]:
        """Key, id and head of every article, in the order of the ids."""
        found = 0
        for key, name, head, checksum in self._base.execute("SELECT * FROM article ORDER BY id"):
            found += 1
            if not isinstance(name, str) or checksum != _of_article(key, name, head):
                raise self.damaged(f"article {key} was changed")
            yield key, name, head
        if found != self.fact("articles"):
            raise self.damaged(f"{found} articles instead of {self.fact('articles')}")

    # relations

    def relate(self, rows: Iterable[tuple[int, int, bytes]]) -> None:
        """Write relations."""
        cursor = self._base.executemany(
            "INSERT INTO relation VALUES (?, ?, ?, ?)",
            ((left, right, data, _sum(data, left, right)) for left, right, data in rows),
        )
        self.count("relations", max(0, cursor.rowcount))

    def relations(self, key: int | None = None) -> Iterator[tuple[int, int, bytes]]:
        """All relations, or those of one article."""
        query = "SELECT left, right, data, sum FROM relation"
        given: tuple[int, ...] = ()
        if key is not None:
            query, given = f"{query} WHERE left = ? UNION {query} WHERE right = ?", (key, key)
        found = 0
        for left, right, data, checksum in self._base.execute(query, given):
            found += 1
            if checksum != _sum(data, left, right):
                raise self.damaged(f"the relation of {left} and {right} was changed")
            yield left, right, data
        if key is None and found != self.fact("relations"):
            raise self.damaged(f"{found} relations instead of {self.fact('relations')}")

    # segments

    def segments(self) -> list[Segment]:
        """All segments, in the order of their articles."""
        segments = []
        for row in self._base.execute("SELECT number, first, last, begins, sizes, sum FROM segment ORDER BY first"):
            number, first, last, begins, sizes, checksum = row
            if not (
                isinstance(begins, bytes) and isinstance(sizes, bytes) and checksum == _sum(begins + sizes, number, first, last)
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

    def write_segment(self, first: int, last: int, sizes: Sizes, parts: Iterable[tuple[Hashes, Sequence[bytes]]]) -> None:
        """Write the postings of some articles: the features that blocks begin with, and the blocks, part by part."""
        (number,) = self._base.execute("SELECT ifnull(max(number), 0) + 1 FROM segment").fetchone()
        every = [np.zeros(0, "<u4")]
        place = 0
        for begins, blocks in parts:
            rows = ((number, at, data, _sum(data, number, at)) for at, data in enumerate(blocks, place))
            self._base.executemany("INSERT INTO block VALUES (?, ?, ?, ?)", rows)
            every.append(begins.astype("<u4"))
            place += len(blocks)
        row = (number, first, last, np.concatenate(every).tobytes(), zlib.compress(sizes.astype("<u4").tobytes()))
        self._base.execute("INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?)", (*row, _sum(row[3] + row[4], *row[:3])))

    def drop_segment(self, segment: Segment) -> None:
        """Take a segment out."""
        self._base.execute("DELETE FROM segment WHERE number = ?", (segment.number,))
        self._base.execute("DELETE FROM block WHERE segment = ?", (segment.number,))

    def blocks(self, segment: Segment, places: Places) -> list[bytes]:
        """Some blocks of a segment, in rising order of their places."""
        if len(places) and places[-1] - places[0] == len(places) - 1:
            return self.blocks_between(segment, int(places[0]), int(places[-1]))
        if len(places) * 3 > len(segment.begins):
            every = self.blocks_between(segment, 0, len(segment.begins) - 1)
            return [every[place] for place in places.tolist()]
        rows = []
        for part in _parts(places.tolist()):
            query = f"SELECT place, data, sum FROM block WHERE segment = ? AND place IN ({_marks(part)}) ORDER BY place"
            rows += self._base.execute(query, (segment.number, *part)).fetchall()
        return self._checked(segment, len(places), rows)

    def blocks_between(self, segment: Segment, first: int, last: int) -> list[bytes]:
        """The blocks of a segment from one place to another, both of them included."""
        query = "SELECT place, data, sum FROM block WHERE segment = ? AND place BETWEEN ? AND ? ORDER BY place"
        return self._checked(segment, last + 1 - first, self._base.execute(query, (segment.number, first, last)).fetchall())

    def _checked(self, segment: Segment, many: int, rows: Sequence[tuple[int, bytes, int]]) -> list[bytes]:
        if len(rows) != many:
            raise self.damaged("postings are missing")
        if any(checksum != _sum(data, segment.number, place) for place, data, checksum in rows):
            raise self.damaged("postings were changed")
        return [data for _, data, _ in rows]

    def check(self) -> None:
        """
        Look at every page and row.

        Raises:
            DamagedIndexError: something doesn't fit.

        """
        with self.view():
            (answer,) = self._base.execute("PRAGMA integrity_check(1)").fetchone()
            if answer != "ok":
                raise self.damaged(str(answer))
            rows = sum(1 for _ in self.rows_after(0))
            (texts,) = self._base.execute("SELECT count(*) FROM text").fetchone()
            (both,) = self._base.execute("SELECT count(*) FROM article JOIN gone USING (key)").fetchone()
            if rows != self.fact("articles") or texts != rows or both:
                raise self.damaged(f"{rows} articles and {texts} texts instead of {self.fact('articles')}")
            for _ in self.relations():
                pass
            for segment in self.segments():
                self.blocks_between(segment, 0, len(segment.begins) - 1)


def _parts(keys: Sequence[Asked]) -> Iterator[Sequence[Asked]]:
    return (keys[begin : begin + _ASKED] for begin in range(0, len(keys), _ASKED))


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _make(path: Path, params: Params) -> None:
    """Make an empty index under another name, and give it its own when it is whole."""
    try:
        handle, name = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".new", dir=path.parent)
    except OSError as error:
        raise RefusedIndexError(f"{path} can't be made: {error.strerror}") from error
    os.close(handle)
    made = Path(name)
    try:
        base = sqlite3.connect(made, isolation_level=None)
        try:
            _write_schema(base, params)
        finally:
            base.close()
        if path.exists() and path.stat().st_size == 0:
            made.replace(path)
        else:
            with suppress(FileExistsError):  # another process has made it meanwhile
                os.link(made, path)
    except (OSError, sqlite3.Error) as error:
        raise RefusedIndexError(f"{path} can't be made: {error}") from error
    finally:
        made.unlink(missing_ok=True)


def _write_schema(base: sqlite3.Connection, params: Params) -> None:
    base.execute("PRAGMA page_size = 4096")
    base.execute("BEGIN")
    for statement in _SCHEMA.split(";"):
        base.execute(statement)
    facts = {"params": json.dumps(attrs.asdict(params)), "scheme": str(SCHEME), "digest": params.digest}
    base.executemany("INSERT INTO fact VALUES (?, ?)", facts.items())
    base.executemany("INSERT INTO fact VALUES (?, '0')", (("articles",), ("relations",), ("changes",)))
    base.execute("COMMIT")


def _look(path: Path) -> None:
    """Refuse a foreign or future file by its head, without opening it."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise RefusedIndexError(f"{path} can't be read: {error.strerror}") from error
    application, version = int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big")
    if head[:16] != _MAGIC or application != APPLICATION:
        raise RefusedIndexError(f"{path} is no index of newsnorm: name another file; a new one is made where none is")
    if version != VERSION:
        raise RefusedIndexError(
            f"{path} is an index of version {version}, this is {VERSION}: use the newsnorm that made it, or make a new one"
        )


def _sum(data: bytes, *numbers: int) -> int:
    """A checksum of a row: CRC-32 notices every single changed byte. A value of another type fits none."""
    try:
        return zlib.crc32(data, zlib.crc32(struct.pack(f"<{len(numbers)}q", *numbers)))
    except (struct.error, TypeError):
        return -1


def _of_article(key: int, id: object, head: int | None) -> int:
    return _sum(id.encode("utf-8", "surrogatepass"), key, head or 0) if isinstance(id, str) else -1
