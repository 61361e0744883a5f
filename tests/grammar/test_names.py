"""Names of people, and what looks like them."""

from __future__ import annotations

import pytest

from newsnorm.grammar import Grammar
from newsnorm.grammar.names import is_person, name_case, read_people

GRAMMAR = Grammar.default()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jane Doe", ["Jane Doe"]),
        ("JANE MCDONALD", ["Jane McDonald"]),
        ("Jane Doe and Tom van der Meer", ["Jane Doe", "Tom van der Meer"]),
        ("Dr. Jane Doe, PhD", ["Jane Doe"]),
        ("Jane Doe in London", ["Jane Doe"]),
        ("Jane Doe jane@example.com", ["Jane Doe"]),
        ("Jane Doe, Jane Doe", ["Jane Doe"]),
        ("山田花子", ["山田花子"]),
        ("홍길동", ["홍길동"]),
    ],
)
def test_people(text: str, names: list[str]) -> None:
    people = read_people(text, GRAMMAR)
    assert people is not None
    assert [person.name for person in people] == names


@pytest.mark.parametrize(
    "text",
    ["", "Friday evening", "12345 67890", "Jane", "J. D.", "Amy D", "jane doe", "Jane Doe and", "x" * 300],
)
def test_no_people(text: str) -> None:
    assert read_people(text, GRAMMAR) is None


@pytest.mark.parametrize(
    ("word", "cased"), [("O'BRIEN", "O'Brien"), ("JEAN-LUC", "Jean-Luc"), ("VAN", "van"), ("II", "II"), ("J.K.", "J.K.")]
)
def test_name_case(word: str, cased: str) -> None:
    assert name_case(word, GRAMMAR) == cased


def test_turkish_capitals() -> None:
    assert name_case("YILDIZ", GRAMMAR, turkic=True) == "Yıldız"


@pytest.mark.parametrize(("text", "person"), [("TYLER DURDEN", True), ("NORTH KOREA", False), ("Red Quay", False)])
def test_sure_people(text: str, person: bool) -> None:
    assert is_person(text, GRAMMAR) is person


@pytest.mark.parametrize(("word", "given"), [("jane", True), ("jean-luc", True), ("harbour", False), ("x-ray", False)])
def test_given_names(word: str, given: bool) -> None:
    assert GRAMMAR.names.is_given(word) is given
