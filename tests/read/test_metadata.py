"""What a caller says about a text, as frames and HTTP libraries hand it over."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsnorm
from newsnorm import InputError, fields
from newsnorm.read.metadata import clean_metadata
from newsnorm.records import Metadata


class Undecided:
    """As pandas.NA: compared with anything, it doesn't say whether it is equal."""

    def __eq__(self, other: object) -> object:  # type: ignore[override]
        return self

    __ne__ = __eq__  # type: ignore[assignment]
    __hash__ = object.__hash__

    def __str__(self) -> str:
        return "undecided"

    def __bool__(self) -> bool:
        raise TypeError("boolean value of NA is ambiguous")


@pytest.mark.parametrize("missing", [None, float("nan"), np.float64("nan"), np.datetime64("NaT"), Undecided(), ""], ids=str)
@pytest.mark.parametrize("name", ["id", "url", "title", "site", "fetched", "media_type", "encoding"])
def test_a_missing_value_is_absent(name: str, missing: object) -> None:
    assert clean_metadata(Metadata(**{name: missing})) == Metadata()  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [3, 2.5, b"https://example.com", ["https://example.com"], {}, np.array([1, 2])], ids=repr)
def test_anything_else_is_refused_by_name(value: object) -> None:
    with pytest.raises(InputError, match="url: expected str or None, got"):
        newsnorm.parse("It rained.", url=value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2024-05-06T10:00:00Z", "2024-05-06T10:00:00Z"),
        ("Mon, 06 May 2024 10:00:00 GMT", "2024-05-06T10:00:00+00:00"),
        ("Mon, 06 May 2024 10:00:00 +0200", "2024-05-06T10:00:00+02:00"),
        (datetime.date(2024, 5, 6), "2024-05-06"),
        (datetime.datetime(2024, 5, 6, 10, tzinfo=datetime.UTC), "2024-05-06T10:00:00+00:00"),
    ],
)
def test_when_it_was_fetched_becomes_iso_8601(value: object, iso: str) -> None:
    assert clean_metadata(Metadata(fetched=value)).fetched == iso  # type: ignore[arg-type]


def test_a_relative_date_counts_from_the_time_of_an_http_header() -> None:
    text = "Storm closes quay\n\n2 hours ago\n\nIt rained all day on Monday, the port authority said in its office on the pier."
    article = newsnorm.parse(text, fetched="Mon, 06 May 2024 10:00:00 GMT")
    assert article.published is not None
    assert article.published.value == "2024-05-06"


def test_an_unreadable_time_of_fetching_is_told() -> None:
    article = newsnorm.parse("It rained.", fetched="last week")
    assert any(note.startswith("fetched-unreadable:") for note in article.notes)


@given(st.text(min_size=1), st.text(min_size=1))
def test_text_is_taken_as_it_is(url: str, title: str) -> None:
    given_metadata = Metadata(url=url, title=title)
    assert clean_metadata(given_metadata) is given_metadata


class Odd:
    """A value that can't be compared."""

    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    __hash__ = object.__hash__


ANY = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.complex_numbers(),
    st.text(st.characters(), max_size=20),
    st.binary(max_size=20),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.uuids(),
    st.lists(st.text(max_size=5), max_size=3),
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3),
    st.sampled_from([Path("a.txt"), Odd(), np.array([1, 2]), np.array("x"), np.str_("x"), np.datetime64("NaT"), object(), str]),
)


@given(ANY, st.sampled_from(["raw", "url", "id", "title", "site", "fetched", "media_type", "encoding"]))
def test_any_value_is_taken_or_refused(value: Any, name: str) -> None:
    with contextlib.suppress(InputError):
        newsnorm.parse(**{"raw": b"It rained yesterday.", name: value})


@given(ANY)
def test_the_other_calls_refuse_what_they_do_not_take(value: Any) -> None:
    calls: list[Callable[[], object]] = [
        lambda: newsnorm.identify_language(value),
        lambda: fields.parse_date("yesterday", reference=value),
        lambda: fields.parse_date("3 May 2024", language=value),
        lambda: fields.parse_byline(value),
        lambda: newsnorm.reconstruct(newsnorm.parse("It rained."), value),
        lambda: newsnorm.deduplicate([value]),
        lambda: newsnorm.deduplicate({"a": value}),
    ]
    for call in calls:
        with contextlib.suppress(InputError, newsnorm.LedgerError):
            call()


def test_a_day_of_numpy_is_a_time() -> None:
    assert clean_metadata(Metadata(fetched=np.datetime64("2024-05-06T10:00"))).fetched == "2024-05-06T10:00"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raw", "remedy"),
    [(None, "leave such rows out"), (float("nan"), "leave such rows out"), (Path("a"), "read_bytes"), (["a"], "at a time")],
)
def test_what_is_no_text_is_refused_with_a_remedy(raw: Any, remedy: str) -> None:
    with pytest.raises(InputError, match=remedy):
        newsnorm.parse(raw)
