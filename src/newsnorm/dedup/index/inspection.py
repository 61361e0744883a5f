"""Look at the file of an index without changing it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import attrs

from newsnorm.dedup.index.file_format import VERSION
from newsnorm.dedup.index.store import Store


@attrs.frozen(kw_only=True)
class IndexState:
    """What an index holds."""

    articles: int
    relations: int
    repeated: int
    """Number of ids under which other texts were left out."""
    version: int
    """Version of the format of the file."""
    size: int
    """In bytes."""
    pending: int
    """Bytes of changes that are in the file beside it, ending in ``-wal``, and not yet in the index itself."""


def inspect_index(path: Path) -> IndexState:
    """
    Read a whole index, and verify the checksum of every row.

    Raises:
        RefusedIndexError: the file can't be read, or is not an index of this version.
        DamagedIndexError: its content is not what was written to it.

    """
    beside = path.with_name(path.name + "-wal")
    pending = beside.stat().st_size if beside.exists() else 0
    with closing(Store(path, None, timeout=5.0, read_only=True)) as store:
        store.check()
        return IndexState(
            articles=store.count("articles"),
            relations=store.count("relations"),
            repeated=store.count("repeated"),
            version=VERSION,
            size=path.stat().st_size,
            pending=pending,
        )
