"""The look-up of agencies: codes as printed, long forms in any case."""

from __future__ import annotations

import pytest

from newsnorm.errors import CatalogueError
from newsnorm.grammar import Grammar
from newsnorm.grammar.agencies import Agencies

AGENCIES = Agencies.of_rows(
    [{"name": "MAP"}, {"name": "dpa", "also": ["Deutsche Presse-Agentur"]}, {"name": "İHA", "also": ["İhlas Haber Ajansı"]}]
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MAP", "MAP"),
        ("Map", None),
        ("map", None),
        ("DEUTSCHE PRESSE-AGENTUR", "dpa"),
        ("deutsche presse-agentur", "dpa"),
        ("İHLAS HABER AJANSı", "İHA"),
        ("Deutsche Presse", None),
        ("", None),
    ],
)
def test_find(text: str, name: str | None) -> None:
    assert AGENCIES.find(text) == name


@pytest.mark.parametrize(("text", "name"), [("map", "MAP"), ("Map", None), ("DPA", None), ("dpa", "dpa"), ("m", None)])
def test_find_in_any_case(text: str, name: str | None) -> None:
    assert AGENCIES.find(text, any_case=True) == name


def test_of_two_equal_forms_the_first_counts() -> None:
    assert Agencies.of_rows([{"name": "One", "also": ["Twice"]}, {"name": "Two", "also": ["Twice"]}]).find("Twice") == "One"


def test_further_forms_are_an_array() -> None:
    with pytest.raises(CatalogueError, match="agencies, One"):
        Agencies.of_rows([{"name": "One", "also": "Uno"}])


def test_each_shipped_form_is_found() -> None:
    agencies = Grammar.default().agencies
    assert all(agencies.find(form) == name for form, name in agencies.forms.items())


def test_no_form_is_lost_by_the_quick_look() -> None:
    agencies = Grammar.default().agencies
    endings = ("", ", Jane Doe", "/Jane Doe", " | Jane Doe")
    assert [form + end for form in agencies for end in endings if not agencies.may_open((form + end).split())] == []


def test_texts_that_open_with_no_agency() -> None:
    assert not any(AGENCIES.may_open(text.split()) for text in ("", "Deutsche Bahn", "Map reading", "...", "Jane Doe"))
