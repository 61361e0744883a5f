"""Credits: labels, phrases, agencies alone, and lines that only look like them."""

from __future__ import annotations

import pytest

from newsnorm.errors import CatalogueError
from newsnorm.grammar import Grammar
from newsnorm.grammar.credit import agency_in, may_credit, read_credit, style_of
from newsnorm.grammar.credit_tables import CreditPhrase
from newsnorm.text.folding import fold

GRAMMAR = Grammar.default()
CREDITS = [
    ("Quelle: hafenbote.example, ino/dpa", "source", "hafenbote.example, dpa", "credit.label"),
    ("This story first appeared on Harbour News.", "source", "Harbour News", "credit.phrase"),
    ("SDA/sep", "source", "SDA", "credit.agency"),
    ("Photo: Jane Doe", "photo", "Jane Doe", "credit.label"),
    ("Source: Bureau of Labor Statistics", "other", "Bureau of Labor Statistics", "credit.label"),
]


@pytest.mark.parametrize(("line", "kind", "name", "rule"), CREDITS)
def test_credits(line: str, kind: str, name: str, rule: str) -> None:
    reading = read_credit(line, GRAMMAR)
    assert reading is not None
    assert (reading.kind, reading.name, reading.rule) == (kind, name, rule)


@pytest.mark.parametrize("line", ["", "The source: a broken pipe.", "The source of the river is dry.", "* AFP", "x" * 400])
def test_no_credits(line: str) -> None:
    assert read_credit(line, GRAMMAR) is None


@pytest.mark.parametrize("line", [line for line, *_ in CREDITS])
def test_the_quick_look_lets_credits_through(line: str) -> None:
    assert may_credit(line, fold(line).split(), GRAMMAR.credits)


def test_the_quick_look_turns_prose_away() -> None:
    assert not may_credit("The harbour was closed", ("the", "harbour", "was", "closed"), GRAMMAR.credits)


def test_a_phrase_holds_a_slot() -> None:
    with pytest.raises(CatalogueError, match="names neither"):
        CreditPhrase.of("first appeared on")


def test_agencies_among_words() -> None:
    assert agency_in("Hafenbote/dpa", GRAMMAR) == "dpa"
    assert agency_in("© 2024 AFP. All rights reserved.", GRAMMAR) == "AFP"
    assert agency_in("Mehr lesen", GRAMMAR) is None


def test_the_style_of_an_agency() -> None:
    assert style_of("Reporting by Jane Miller; Editing by Tom Brown", GRAMMAR) == "Reuters"
    assert style_of("Jane Miller", GRAMMAR) is None
