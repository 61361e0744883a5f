"""One record never stops a job."""

from __future__ import annotations

import hashlib

from newsnorm import InputError
from newsnorm.corpus.sources.record import SourceRecord, attempt
from newsnorm.records import Metadata
from newsnorm.records.accounts import Failure

RECORD = SourceRecord(source="feed.jsonl", place=3, raw="It rained.", metadata=Metadata(id="a"))


def test_the_result_of_a_call_is_passed_on() -> None:
    assert attempt(RECORD, lambda record: record.id) == "a"


def test_what_a_call_raises_becomes_a_failure_with_its_place() -> None:
    for error, code in ((InputError("no text"), "not-text"), (ZeroDivisionError("oops"), "parser-error")):

        def fail(record: SourceRecord, error: Exception = error) -> None:
            raise error

        failure = attempt(RECORD, fail)
        assert isinstance(failure, Failure)
        assert (failure.source, failure.place, failure.code, failure.length) == ("feed.jsonl", 3, code, 10)
        assert failure.sha256 == hashlib.sha256(b"It rained.").hexdigest()
