"""``errors.jsonl``: which record failed, why, and nothing that a terminal would obey."""

from __future__ import annotations

import json

import attrs
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.corpus.sinks.failures import MAX_MESSAGE, dumps_failure
from newsnorm.records.accounts import Failure

BAD = Failure(source="käse.jsonl", place=2, stage="read", code="bad-json", message="Expecting value", sha256="ab12", length=7)


def test_a_failure_names_its_file_and_line() -> None:
    whole_file = attrs.evolve(BAD, source="a.txt", place=None, code="not-text")
    rows = [json.loads(dumps_failure(each)) for each in (BAD, whole_file)]
    assert rows == [attrs.asdict(BAD), attrs.asdict(whole_file)]
    assert [(row["source"], row["place"]) for row in rows] == [("käse.jsonl", 2), ("a.txt", None)]


def test_a_message_cannot_colour_move_or_turn_the_terminal() -> None:
    evil = attrs.evolve(BAD, message="a\x1b[31mred\r\nb\u202ec\ud800\x07")
    assert json.loads(dumps_failure(evil))["message"] == "a?[31mred??b?c??"


def test_a_long_message_is_cut() -> None:
    long = attrs.evolve(BAD, message="ä" * (MAX_MESSAGE + 1))
    assert json.loads(dumps_failure(long))["message"] == "ä" * MAX_MESSAGE


def test_a_file_name_that_is_no_utf_8_can_be_written() -> None:
    assert json.loads(dumps_failure(attrs.evolve(BAD, source="k\udce4se.txt")))["source"] == "k?se.txt"


@given(st.text(st.characters(categories=["Cc", "Cf", "Cs", "L", "Zl", "Zs"])), st.text(st.characters(categories=["Cs", "L"])))
def test_a_failure_is_always_one_line_that_can_be_encoded(message: str, source: str) -> None:
    line = dumps_failure(attrs.evolve(BAD, message=message, source=source))
    assert line.encode("utf-8").decode("utf-8").splitlines() == [line]
    written = json.loads(line)
    assert len(written["message"]) == min(len(message), MAX_MESSAGE)
    assert written["message"].isprintable()
