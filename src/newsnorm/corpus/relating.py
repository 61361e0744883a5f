"""
Relate the reports of a job on disk, so that memory does not grow with the corpus.

Reports are added to an index while the job runs. Relations and clusters are read from it at the end, when all reports are known,
so they do not depend on when and in which batches the reports were added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import attrs
import numpy as np

from newsnorm.corpus.account import sorted_counts, stable_hash
from newsnorm.corpus.sinks.relations import cluster_line, relation_line
from newsnorm.dedup import Index, open_index
from newsnorm.dedup.membership import Membership
from newsnorm.dedup.notes import note_long_texts, note_repeated_ids
from newsnorm.dedup.text.tokens import MAX_TEXT_LENGTH
from newsnorm.records import Cluster, Relation
from newsnorm.records.accounts import RelationCounts

Report: TypeAlias = tuple[str, str]
"""The id and the text of a report."""
Write: TypeAlias = Callable[[bytes], object]


@attrs.frozen(kw_only=True)
class Sinks:
    """Where the results of relating go, a line at a time."""

    relation: Write
    cluster: Write


class Relating:
    """
    The index that the reports of a job are added to.

    Args:
        index: the index.
        shared: whether it may hold other reports, and outlives the job.

    """

    def __init__(self, index: Index, *, shared: bool) -> None:
        self._index = index
        self._shared = shared
        self.long: list[str] = []
        """Ids of reports that are longer than what is compared."""

    def add(self, reports: Iterable[Report]) -> None:
        """Add reports; adding a report again changes nothing."""
        for _ in self._index.add_all(reports):
            pass

    def remove(self, reports: Iterable[Report]) -> None:
        """Remove reports that the inputs no longer hold, where the index has the text under their ids."""
        for name, text in reports:
            if self._index.text_of(name) == text:
                self._index.remove(name)
