"""Work for the workers of `pool.py` and `worker_faults.py`; workers import it by name."""

from __future__ import annotations

import hashlib
import os
import re

import attrs

from newsnorm.corpus.jobs.outcomes import Refused
from newsnorm.corpus.jobs.parsing import Normalised, Normaliser
from newsnorm.corpus.sources.record import SourceRecord
from newsnorm.records import Metadata
from newsnorm.records.accounts import Failure

DEADLY = SourceRecord(source="deadly", place=None, raw=b"", metadata=Metadata(id="deadly"))
"""A record that ends the worker."""


@attrs.frozen
class Mortal:
    """Parses records; a deadly one ends the process."""

    normaliser: Normaliser

    def warm(self) -> None:
        """Load the tables."""
        self.normaliser.warm()

    def __call__(self, record: SourceRecord) -> Normalised | Failure | Refused:
        """Parse a record."""
        if record == DEADLY:
            os._exit(1)
        return self.normaliser(record)


class TwoArgumentsError(Exception):
    """An exception that can be pickled, but not unpickled."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first + second)


def is_poison(number: int) -> bool:
    """Whether `poisoned` misbehaves with this number: one of twenty."""
    return number % 20 == 7


def poisoned(number: int) -> int:
    """Double a number, or end the process, hang in C, or raise what can't be unpickled, in turns."""
    if is_poison(number):
        kind = number // 20 % 3
        if kind == 0:
            os._exit(1)
        if kind == 1:
            re.match(r"(a+)+$", "a" * 40 + "b")
        raise TwoArgumentsError("one", "two")
    return 2 * number


def large_page(number: int) -> bytes:
    """Work for some milliseconds, and return 300 kB."""
    return hashlib.pbkdf2_hmac("sha256", b"page", str(number).encode(), 10_000) * 9_600
