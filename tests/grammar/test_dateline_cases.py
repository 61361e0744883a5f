"""The reader of datelines on a table of shapes, and on text that is none."""

from __future__ import annotations

import time
import tomllib
from typing import Any

import pytest
from folders import FIXTURES

from newsnorm.catalogue import Catalogue, LineForms, Rules
from newsnorm.grammar import Grammar
from newsnorm.grammar.dateline import ReportOpening, read_dateline, read_opening
from newsnorm.records import Person

FILE = FIXTURES / "fields" / "datelines.toml"
CASES: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
EXPECTED = ("place", "date", "agency", "people")
GRAMMAR = Grammar.default()


def opening(text: str, rules: Rules) -> ReportOpening | None:
    """The opening of a text, where byline rules read the lines above it as well."""

    def people(line: str) -> tuple[Person, ...]:
        matches = rules.matches(LineForms(line))
        readings = [match.fields.people for match in matches if match.rule.table == "byline" and match.fields.people]
        return min(readings, key=lambda people: sum(len(person.name) for person in people), default=())

    return read_opening(text, rules.context.grammar, rules.context.languages, people)


def is_dateline(case: dict[str, Any]) -> bool:
    return any(name in case for name in EXPECTED)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"].strip()[:40])
def test_case(case: dict[str, Any]) -> None:
    found = opening(case["text"], Catalogue.default().narrow(case["language"]))
    if not is_dateline(case):
        assert found is None
        return
    assert found is not None
    read = {
        "place": found.dateline.place,
        "date": found.dateline.day,
        "agency": found.dateline.agency,
        "people": [person.name for person in found.people],
    }
    assert {name: value for name, value in read.items() if value} == {name: case[name] for name in EXPECTED if name in case}
    if "rest" in case:
        assert case["text"][found.dateline.end :].startswith(case["rest"])


def test_there_are_cases_enough() -> None:
    assert sum(is_dateline(case) for case in CASES) >= 60
    assert sum(not is_dateline(case) for case in CASES) >= 20
    assert len({case["language"] for case in CASES}) >= 15


@pytest.mark.parametrize(
    "sign", ["A", "a", "é", " ", "\u00a0", "-", "—", "(", "[", "/", ".", ",", ":", "1", "東", "【", "=", "'"]
)
@pytest.mark.parametrize("opening_words", ["", "LONDON ", "LONDON (", "LONDON, March 3 ", "A.", "【東京＝"])
def test_floods_take_no_time(sign: str, opening_words: str) -> None:
    text = opening_words + sign * 100_000
    rules = Catalogue.default().narrow("und")
    opening("A line", rules)  # indexes are made once
    start = time.process_time()
    read_dateline(text, GRAMMAR)
    opening(text, rules)
    assert time.process_time() - start < 0.5  # takes milliseconds; a search that is not linear takes many seconds


def test_a_reading_ends_inside_its_line() -> None:
    for case in CASES:
        for line in case["text"].split("\n"):
            reading = read_dateline(line, GRAMMAR, (case["language"],))
            assert reading is None or 0 < reading.end <= len(line)
