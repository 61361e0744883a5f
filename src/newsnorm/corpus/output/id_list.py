"""Find ids that occur more than once in a corpus, using 16 bytes per article."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import attrs
import numpy as np
from numpy.typing import NDArray

from newsnorm.corpus.account import stable_hash

PAIR = np.dtype([("id", "<u8"), ("report", "<u8")])
"""The 64-bit digests of an id and of its report."""


def digest_pair(id: str, report: str) -> bytes:
    """Return the digests of an id and a report, 16 bytes in all."""
    return stable_hash(id).to_bytes(8, "little") + stable_hash(report).to_bytes(8, "little")


@attrs.frozen(eq=False)
class IdList:
    """
    The digests of the ids and reports of a corpus.

    >>> pairs = [("a", "Rain."), ("a", "Rain."), ("a", "Snow."), ("b", "Rain.")]
    >>> ids = IdList.of(b"".join(digest_pair(*pair) for pair in pairs))
    >>> ids.repetitions, ids.repeated(name for name, _ in pairs)
    (1, ('a',))
    >>> ids.holds("b", stable_hash("Rain.")), ids.holds("b", stable_hash("Snow."))
    (True, False)
    """

    _pairs: NDArray[np.void]
    """Shape (articles,), of type `PAIR`; sorted."""

    @classmethod
    def of(cls, data: bytes) -> IdList:
        """Make a list from written digests."""
        return cls(np.sort(np.frombuffer(data, PAIR), order=("id", "report")))

    @classmethod
    def read(cls, files: Iterable[Path]) -> IdList:
        """Read the digests of the parts of a run."""
        return cls(
            np.sort(np.concatenate([np.empty(0, PAIR), *(np.fromfile(file, PAIR) for file in files)]), order=("id", "report"))
        )

    @property
    def distinct(self) -> int:
        """Number of different ids."""
        return len(np.unique(self._pairs["id"]))

    @property
    def repetitions(self) -> int:
        """Number of times that a report occurs again under the same id."""
        return len(self._pairs) - len(np.unique(self._pairs))

    def holds(self, id: str, report: int) -> bool:
        """Return whether there is an article with this id and this digest of its report."""
        wanted = np.uint64(stable_hash(id))
        first, last = (np.searchsorted(self._pairs["id"], wanted, side) for side in ("left", "right"))
        return bool((self._pairs["report"][first:last] == np.uint64(report)).any())

    def repeated(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return which of some ids have different reports, sorted."""
        different = np.unique(self._pairs)["id"]
        wanted = set(different[1:][different[1:] == different[:-1]].tolist())
        return tuple(sorted({name for name in ids if stable_hash(name) in wanted})) if wanted else ()
