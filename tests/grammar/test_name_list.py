"""Lists of names: what joins them, and what stands beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.grammar import Grammar
from newsnorm.grammar.name_list import NameList, NameListReader, have_known_names, named_agency, size_without_outlet

GRAMMAR = Grammar.default()
READER = NameListReader(GRAMMAR, frozenset({"by"}), "examplequaycom")


def read(text: str, *, marked: bool = True, dated: bool = False) -> NameList | None:
    return READER.read(text, marked=marked, dated=dated)


@pytest.mark.parametrize(
    ("text", "names", "clean", "role"),
    [
        ("Jane Doe", ["Jane Doe"], True, False),
        ("JANE LE DOE", ["Jane Le Doe"], True, False),
        ("Jane Doe, Tom Roe and by Ann Lee", ["Jane Doe", "Tom Roe", "Ann Lee"], True, False),
        ("Dr. Jane Doe & Tom Roe", ["Jane Doe", "Tom Roe"], True, False),
        ("Jane Doe, PhD", ["Jane Doe"], True, False),
        ("Jane Doe, London", ["Jane Doe"], False, False),
        ("Jane Doe Senior Editor", ["Jane Doe"], False, True),
        ("Jane Doe Example Quay", ["Jane Doe"], False, False),
        ("Jane Doe and Example News Staff", ["Jane Doe"], False, False),
        ("José Ortega y Gasset", ["José Ortega y Gasset"], True, False),
    ],
)
def test_lists(text: str, names: list[str], clean: bool, role: bool) -> None:
    listed = read(text)
    assert listed is not None
    assert (listed.names, listed.clean, listed.role) == (names, clean, role)


def test_an_agency_may_stand_among_the_names() -> None:
    listed = read("Jane Doe, dpa")
    assert listed is not None
    assert (listed.names, listed.agency, listed.clean) == (["Jane Doe"], "dpa", True)


def test_prose_is_no_list() -> None:
    assert read("harbour opens again", marked=False) is None


@pytest.mark.parametrize(("marked", "dated", "names"), [(True, True, ["Jane"]), (True, False, []), (False, True, None)])
def test_one_word_is_a_name_only_behind_a_marker_and_beside_a_date(marked: bool, dated: bool, names: list[str] | None) -> None:
    listed = read("Jane", marked=marked, dated=dated)
    assert (None if listed is None else listed.names) == names


@pytest.mark.parametrize(("text", "agency"), [("AP/Jane Doe", "AP"), ("(dpa)", "dpa"), ("Jane/AP", None)])
def test_an_agency_alone_or_before_a_slash(text: str, agency: str | None) -> None:
    assert named_agency(text, GRAMMAR) == agency


def test_an_outlet_behind_a_name_is_known_by_the_host() -> None:
    words = ["Jane", "Doe", "Example", "News"]
    assert [size_without_outlet(words, 4, host) for host in ("examplenewscom", "harbourorg", "")] == [2, 4, 4]


def test_known_names_open_with_a_given_name() -> None:
    assert have_known_names(["Jane Doe", "Tom Roe"], GRAMMAR)
    assert not have_known_names(["Jane Doe", "Quay Roe"], GRAMMAR)


WORDS = (
    "Jane", "DOE", "O'Hara", "van", "Jean-Luc", "Dr.", "Jr.", "The", "Le", "Monde", "News", "Quay", "Example", "and", "By", "Ng",
    "Editor", "Staff", "Sport-Editor", "Reuters", "San", "Óscar", "İlker", "Council", "May", "Paris", "および", "山田花子",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


@given(TEXTS, st.booleans(), st.booleans())
def test_a_name_alone_is_read_like_any_text(text: str, marked: bool, dated: bool) -> None:
    assert READER.read(text, marked=marked, dated=dated) == READER.read_in_full(text, marked=marked, dated=dated)
