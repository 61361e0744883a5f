"""Add the reports of finished parts to an index, one slice at a time, while workers parse later parts."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice

import attrs

from newsnorm.corpus.output.checkpoints import checkpoint
from newsnorm.corpus.output.indexed import IndexedParts
from newsnorm.corpus.output.part_store import FinishedPart
from newsnorm.corpus.output.report_file import Report, read_reports
from newsnorm.corpus.relating import Relating

SLICE = 100
"""Reports added at once. Results, and soon workers, wait meanwhile: for a twentieth of a second; larger slices, up to a thousand,
are faster per report, but take most of a second."""


@attrs.define
class Indexing:
    """
    A queue of parts whose reports are to be added to an index; parts that are already in it are skipped.

    Args:
        relating: the index.
        indexed: which parts are in it, as stored on disk.

    """

    relating: Relating
    indexed: IndexedParts
    _parts: deque[FinishedPart] = attrs.field(factory=deque, init=False)
    _reports: Iterator[Report] | None = attrs.field(default=None, init=False)
    """The remaining reports of the first part; None if it has not begun."""

    def __len__(self) -> int:
        return len(self._parts)

    def add(self, part: FinishedPart) -> None:
        """Append a part to the queue."""
        self._parts.append(part)

    def step(self) -> None:
        """Add the next slice of reports, if any are left."""
        if not self._parts:
            return
        part = self._parts[0]
        if self._reports is None:
            if part.key in self.indexed and self.relating.holds(read_reports(part.reports)):
                self._parts.popleft()
                return
            self.indexed.begin(part.key)
            self._reports = read_reports(part.reports)
        if reports := list(islice(self._reports, SLICE)):
            self.relating.add(reports)
        if len(reports) < SLICE:
            self._parts.popleft()
            self._reports = None
            checkpoint("index-added")
            self.indexed.add(part.key)
            checkpoint("index-noted")

    def finish(self, report: Callable[[int], None]) -> None:
        """Add everything that is left; `report` is called with the number of remaining parts, finally with 0."""
        report(len(self))
        while self._parts:
            self.step()
            report(len(self))
