"""
The format of an index file: its tables, its header, and the checksum of each row.

SQLite does not notice a changed byte in a row, so every row that influences answers has a checksum over its key and content.
"""

from __future__ import annotations

import json
import os
import sqlite3
import struct
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path

import attrs

from newsnorm.dedup.params import SCHEME, Params
from newsnorm.errors import RefusedIndexError

APPLICATION_ID = 0x4E4E4458
"""Marks a SQLite file as an index of newsnorm ("NNDX")."""
VERSION = 2
"""Version of the tables."""
_SQLITE_MAGIC = b"SQLite format 3\x00"

# In `article`, head is the key of the canonical article, or null if the article is canonical itself. Every sum is a checksum.
_SCHEMA = f"""
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {VERSION};
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, head INTEGER, sum INTEGER NOT NULL);
CREATE INDEX twin ON article (head, id) WHERE head IS NOT NULL;
CREATE TABLE text (key INTEGER PRIMARY KEY, data BLOB NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE gone (key INTEGER PRIMARY KEY);
CREATE TABLE repeated (id TEXT PRIMARY KEY, sum INTEGER NOT NULL) WITHOUT ROWID;
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


def make_file(path: Path, params: Params) -> None:
    """
    Make an empty index under a temporary name, and rename it once it is complete.

    Raises:
        RefusedIndexError: the file can't be created.

    """
    try:
        handle, name = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".new", dir=path.parent)
    except OSError as error:
        raise RefusedIndexError(f"{path} can't be created: {error.strerror}") from error
    os.close(handle)
    made = Path(name)
    try:
        base = sqlite3.connect(made, isolation_level=None)
        try:
            write_schema(base, params)
        finally:
            base.close()
        if path.exists() and path.stat().st_size == 0:
            made.replace(path)
        else:
            with suppress(FileExistsError):  # another process has made it in the meantime
                os.link(made, path)
    except (OSError, sqlite3.Error) as error:
        raise RefusedIndexError(f"{path} can't be created: {error}") from error
    finally:
        made.unlink(missing_ok=True)


def write_schema(base: sqlite3.Connection, params: Params) -> None:
    """Write the tables of an empty index."""
    base.execute("PRAGMA page_size = 4096")
    base.execute("BEGIN")
    for statement in _SCHEMA.split(";"):
        base.execute(statement)
    facts = {"params": json.dumps(attrs.asdict(params)), "scheme": str(SCHEME), "digest": params.digest}
    base.executemany("INSERT INTO fact VALUES (?, ?)", facts.items())
    base.executemany("INSERT INTO fact VALUES (?, '0')", (("articles",), ("relations",), ("repeated",), ("changes",)))
    base.execute("COMMIT")


def check_header(path: Path) -> None:
    """
    Check the first bytes of a file, without opening it as a database.

    Raises:
        RefusedIndexError: the file is not an index of this version.

    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise RefusedIndexError(f"{path} can't be read: {error.strerror}") from error
    application_id, version = int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big")
    if header[:16] != _SQLITE_MAGIC or application_id != APPLICATION_ID:
        raise RefusedIndexError(f"{path} is not a newsnorm index; choose another path (a missing file is created)")
    if version != VERSION:
        raise RefusedIndexError(
            f"{path} is an index of version {version}, expected {VERSION}; use the newsnorm that made it, or make a new index"
        )


def checksum(data: bytes, *numbers: int) -> int:
    """Return the CRC-32 of a row, which detects every single changed byte; -1, which matches no row, if types are wrong."""
    try:
        return zlib.crc32(data, zlib.crc32(struct.pack(f"<{len(numbers)}q", *numbers)))
    except (struct.error, TypeError):
        return -1


def id_checksum(id: object) -> int:
    """Return the checksum of an id."""
    return checksum(id.encode("utf-8", "surrogatepass")) if isinstance(id, str) else -1


def article_checksum(key: int, id: object, canonical: int | None) -> int:
    """Return the checksum of an article's row; its text has a checksum of its own."""
    return checksum(id.encode("utf-8", "surrogatepass"), key, canonical or 0) if isinstance(id, str) else -1
