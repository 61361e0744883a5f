"""Datelines: evidence that makes one, and openings that only look like one."""

from __future__ import annotations

import pytest

from newsnorm.grammar import Grammar
from newsnorm.grammar.dateline import read_dateline, read_opening, wire_byline
from newsnorm.grammar.dateline_cjk import read_cjk_dateline
from newsnorm.records import Person

GRAMMAR = Grammar.default()
SENTENCE = "The bridge over the harbour was closed on Monday because two of its pillars are broken, the port said."


@pytest.mark.parametrize(
    ("opening", "place", "day", "agency"),
    [
        ("KANSAS CITY, Mo. (AP) — ", "KANSAS CITY, Mo.", None, "AP"),
        ("MOSCOW, June 29 (TASS) - ", "MOSCOW", "June 29", "TASS"),
        ("(AP) — ", None, None, "AP"),
        ("LONDON, June 20 - ", "LONDON", "June 20", None),
        ("BERLIN taz | ", "BERLIN", None, "taz"),
        ("NEW DELHI: ", "NEW DELHI", None, None),
    ],
)
def test_datelines(opening: str, place: str | None, day: str | None, agency: str | None) -> None:
    reading = read_dateline(opening + SENTENCE, GRAMMAR)
    assert reading is not None
    assert (reading.place, reading.day, reading.agency) == (place, day, agency)
    assert reading.end == len(opening)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FILE - A bridge.",
        "READ MORE: The harbour",
        "(AP) - the court",
        "LOS ANGELES, CALIFORNIA - JUNE 03: An actor",
        SENTENCE,
    ],
)
def test_look_alikes(text: str) -> None:
    assert read_dateline(text, GRAMMAR) is None


@pytest.mark.parametrize(
    ("text", "place", "agency", "people"),
    [
        ("【ソウル＝山田花子】", "ソウル", None, ["山田花子"]),
        ("【東京＝ロイター】", "東京", "ロイター", []),
        ("新华社北京6月20日电 ", "北京", "新华社", []),
    ],
)
def test_east_asian_datelines(text: str, place: str, agency: str | None, people: list[str]) -> None:
    reading = read_cjk_dateline(text, GRAMMAR)
    assert reading is not None
    assert (reading.place, reading.agency, [person.name for person in reading.people]) == (place, agency, people)


@pytest.mark.parametrize("text", ["【速報】", "【写真】", "中国经济", "6月20日"])
def test_east_asian_look_alikes(text: str) -> None:
    assert read_cjk_dateline(text, GRAMMAR) is None


def test_the_byline_above_a_dateline() -> None:
    assert wire_byline("By Roger May, Reuters", GRAMMAR) == Person(name="Roger May")
    assert wire_byline("By Saturday evening, Reuters said", GRAMMAR) is None


def test_an_opening_takes_people_of_another_shape_from_its_caller() -> None:
    text = f"RAIN CLOSES HARBOUR\nText: Ana Silva\nMALMO, March 3 - {SENTENCE}"
    alone, told = read_opening(text, GRAMMAR), read_opening(text, GRAMMAR, (), lambda _: (Person(name="Ana Silva"),))
    assert alone is not None
    assert told is not None
    assert (alone.people, told.people) == ((), (Person(name="Ana Silva"),))
