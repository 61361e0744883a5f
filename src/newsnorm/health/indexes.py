"""Check that an index can be read and is undamaged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsnorm.dedup.index.inspection import inspect_index
from newsnorm.errors import DamagedIndexError, RefusedIndexError
from newsnorm.records.health import Diagnosis


def examine_index(path: Path) -> Iterator[Diagnosis]:
    """Read an index from the first to the last byte, without changing it."""
    topic = str(path)
    try:
        found = inspect_index(path)
    except RefusedIndexError as error:
        yield Diagnosis(topic=topic, code="index-refused", is_problem=True, values={"error": str(error)})
    except DamagedIndexError as error:
        yield Diagnosis(topic=topic, code="index-damaged", is_problem=True, values={"error": str(error)})
    else:
        values = {
            "articles": found.articles,
            "relations": found.relations,
            "size": found.size,
            "version": found.version,
            "repeated": found.repeated,
        }
        yield Diagnosis(topic=topic, code="index", values=values)
        if found.pending:
            yield Diagnosis(topic=topic, code="index-pending", values={"size": found.pending})
