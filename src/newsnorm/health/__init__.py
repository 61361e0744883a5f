"""
Check that everything is in order: the installation, an index, the user's rules, a folder of results.

Each module checks one thing, changes nothing, and yields `Diagnosis` records, which `newsnorm.report.health` words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from newsnorm.health.catalogues import examine_catalogue
from newsnorm.health.extras import examine_extras
from newsnorm.health.folders import examine_folder
from newsnorm.health.indexes import examine_index
from newsnorm.health.installation import examine_installation
from newsnorm.health.processes import examine_processes
from newsnorm.records.health import Diagnosis

__all__ = ["Diagnosis", "examine"]


def examine(out: Path | None = None, *, indexes: Iterable[Path] = (), catalogues: Iterable[Path] = ()) -> Iterator[Diagnosis]:
    """
    Check this installation, and the named files.

    Args:
        out: a folder of results.
        indexes: files of indexes.
        catalogues: files or folders of rules.

    """
    yield from chain(examine_installation(), examine_extras(), examine_processes())
    for path in catalogues:
        yield from examine_catalogue(path)
    for path in indexes:
        yield from examine_index(path)
    if out is not None:
        yield from examine_folder(out)
