"""The aggregate of the tables, shipped and of one's own."""

from __future__ import annotations

import pickle
from pathlib import Path

import attrs
import pytest

import newsnorm
from newsnorm.errors import CatalogueError
from newsnorm.grammar import Grammar
from newsnorm.grammar.agencies import Agencies
from newsnorm.grammar.places import Places

GRAMMAR = Grammar.default()


def test_it_is_read_once() -> None:
    assert Grammar.default() is GRAMMAR


def test_it_survives_pickling() -> None:
    assert pickle.loads(pickle.dumps(GRAMMAR)) == GRAMMAR


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="the table agencies is missing"):
        Grammar.load(tmp_path)


def test_words_beside_names_come_from_all_tables() -> None:
    assert {"jr", "photo", "in", "van", "monday"} <= GRAMMAR.beside_names


@pytest.mark.parametrize(("name", "known"), [("MALMO", True), ("Kiel", True), ("Monday", False), ("", False)])
def test_towns(name: str, known: bool) -> None:
    assert GRAMMAR.is_town(name) is known


def test_places() -> None:
    places = Places(cities=frozenset({"new york", "singapore"}), regions=frozenset({"texas", "singapore"}))
    assert "texas" in places
    assert "new york" in places
    assert "york" not in places
    assert places.is_region_only("texas")
    assert not places.is_region_only("singapore")
    assert places.open_with_city(["New", "York,", "today"])
    assert not places.open_with_city(["Old", "York"])


def test_a_user_brings_agencies_of_their_own() -> None:
    forms = {**GRAMMAR.agencies.forms, "HHN": "Harbour News Service"}
    grammar = attrs.evolve(GRAMMAR, agencies=Agencies(forms), digest="with HHN")
    shipped = newsnorm.Catalogue.default()
    parser = newsnorm.Parser(catalogue=newsnorm.Catalogue(rules=shipped.rules, sites=shipped.sites, grammar=grammar))
    text = "KIEL (HHN) - The quay closes on Monday because two of its pillars are broken, the port said in a statement."
    assert parser.parse(text).agency == "Harbour News Service"
    assert parser.digest != newsnorm.Parser().digest
