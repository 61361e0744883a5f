"""Why a line went is worked out when it is asked, and a finding that has not been asked is like any other."""

from __future__ import annotations

import copy
import pickle

import attrs
import pytest

from newsnorm.records import Removal, Span
from newsnorm.records.findings import saying_why_later

PLAIN = Removal(line=3, span=Span(10, 14), text="Home", rule="markup.outside", reason="other-text", why="links beside it")


def late(calls: list[str]) -> Removal:
    def say_why() -> str:
        calls.append("asked")
        return "links beside it"

    finding = Removal(line=3, span=Span(10, 14), text="Home", rule="markup.outside", reason="other-text")
    return saying_why_later(finding, say_why)


def test_it_is_asked_once_and_not_before() -> None:
    calls: list[str] = []
    finding = late(calls)
    assert not calls
    assert [finding.why, finding.why] == ["links beside it"] * 2
    assert calls == ["asked"]


def test_a_finding_that_was_not_asked_equals_one_that_was_told() -> None:
    assert late([]) == PLAIN
    assert hash(late([])) == hash(PLAIN)
    assert repr(late([])) == repr(PLAIN)


def test_copies_and_pickles_say_why_without_what_they_were_made_from() -> None:
    assert copy.deepcopy(late([])) == PLAIN
    assert pickle.dumps(late([])) == pickle.dumps(PLAIN)  # a local function could not be pickled


def test_what_says_why_is_no_field() -> None:
    assert attrs.asdict(late([])) == attrs.asdict(PLAIN)


def test_a_mistake_in_saying_why_is_not_hidden() -> None:
    finding = saying_why_later(copy.copy(PLAIN), lambda: str(1 // 0))
    with pytest.raises(ZeroDivisionError):
        finding.why  # noqa: B018


def test_no_other_attribute_is_made_up() -> None:
    with pytest.raises(AttributeError, match="agencies"):
        late([]).agencies  # type: ignore[attr-defined]  # noqa: B018
