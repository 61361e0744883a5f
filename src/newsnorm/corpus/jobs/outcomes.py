"""Carry outcomes from workers to the main process as data, since exceptions don't pickle reliably."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import attrs

from newsnorm.corpus.sources.record import SourceRecord, attempt, parse_failure
from newsnorm.corpus.workers.tasks import Done, Lost
from newsnorm.errors import MissingExtraError
from newsnorm.records.accounts import Failure

Value = TypeVar("Value")


@attrs.frozen
class Refused:
    """Says that no record of this kind can be parsed here, because an extra is not installed."""

    message: str


def attempt_here(record: SourceRecord, call: Callable[[SourceRecord], Value]) -> Value | Failure | Refused:
    """Return ``call(record)``, or a failure of the record, or a refusal if an extra is missing."""
    try:
        return attempt(record, call)
    except MissingExtraError as error:
        return Refused(str(error))


def value_of(outcome: Done[SourceRecord, Value | Failure | Refused] | Lost[SourceRecord]) -> Value | Failure:
    """
    Return the value, or the failure of a bad or lost record.

    Raises:
        MissingExtraError: no record of this kind can be parsed here.

    """
    if isinstance(outcome, Lost):
        return parse_failure(outcome.payload, outcome.code, outcome.message)
    if isinstance(outcome.value, Refused):
        raise MissingExtraError(outcome.value.message)
    return outcome.value
