"""Turn what workers made of records into values and failures."""

from __future__ import annotations

from typing import TypeVar

from newsnorm.corpus.sources.record import SourceRecord, parse_failure
from newsnorm.corpus.workers import Done, Lost
from newsnorm.records.accounts import Failure

Value = TypeVar("Value")


def value_of(outcome: Done[SourceRecord, Value] | Lost[SourceRecord]) -> Value | Failure:
    """Return what the work returned, or the failure of a record that was lost."""
    if isinstance(outcome, Lost):
        return parse_failure(outcome.payload, outcome.code, outcome.message)
    return outcome.value
