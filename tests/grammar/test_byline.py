"""Bylines word by word: markers, lists, roles, outlets, and lines that name nobody."""

from __future__ import annotations

import pytest

from newsnorm.grammar import Grammar
from newsnorm.grammar.byline import Markers, is_marker, name_size, opening_marker, read_byline_in

GRAMMAR = Grammar.default()
MARKERS = Markers.of([("By", "author"), ("Von", "author"), ("Text:", "author"), ("Editing by", "editor")])


@pytest.mark.parametrize(
    ("line", "kind", "names"),
    [
        ("By JANE O'BRIEN, Chief Critic | ", "marked", ["Jane O'Brien"]),
        ("By Jane Doe and Tom Roe", "marked", ["Jane Doe", "Tom Roe"]),
        ("By José Ortega y Gasset", "marked", ["José Ortega y Gasset"]),
        ("By Jane Doe and Example News Staff", "marked", ["Jane Doe"]),
        ("Jane Doe", "bare", ["Jane Doe"]),
        ("Fleur ter Braake", "bare", ["Fleur ter Braake"]),
        ("A short report by Jane Doe", "inline_marker", ["Jane Doe"]),
        ("More by Jane Doe", "link", ["Jane Doe"]),
        ("By Jane Doe; Editing by Ann Lee", "marked", ["Jane Doe", "Ann Lee"]),
    ],
)
def test_people(line: str, kind: str, names: list[str]) -> None:
    reading = read_byline_in(line, GRAMMAR, MARKERS)
    assert reading is not None
    assert (reading.kind, [person.name for person in reading.people]) == (kind, names)


@pytest.mark.parametrize("line", ["", "More news from the harbour", "The quay was closed.", "by the way", "Photo: Jane Doe"])
def test_nobody(line: str) -> None:
    assert read_byline_in(line, GRAMMAR, MARKERS) is None


def test_an_agency_is_no_person() -> None:
    reading = read_byline_in("By dpa", GRAMMAR, MARKERS)
    assert reading is not None
    assert (reading.people, reading.agency) == ((), "dpa")


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("Jane van der Meer Senior Writer", 4),
        ("harbour opens again", 0),
        ("Jane Doe Jane Doe", 2),
        ("Jane Doe USA TODAY", 2),
        ("Jane Doe's report", 1),
        ("Jane Doe Jr.", 3),
        ("Harold P.", 0),
        ("J.", 0),
    ],
)
def test_size_of_a_name(words: str, size: int) -> None:
    assert name_size(words.split(), GRAMMAR, marked=False) == size


@pytest.mark.parametrize(
    ("text", "rest"), [("Von Jana Kern", "Jana Kern"), ("Von:", ""), ("byJane Doe", "Jane Doe"), ("Text Jane", "Text Jane")]
)
def test_opening_marker(text: str, rest: str) -> None:
    assert opening_marker(text, MARKERS)[1] == rest


@pytest.mark.parametrize(("literal", "name"), [("撰稿：", "李思远"), ("執筆／", "高橋直樹"), ("기사：", "김민수")])
def test_a_full_width_colon_is_no_part_of_a_marker(literal: str, name: str) -> None:
    reading = read_byline_in(f"{literal}{name}", GRAMMAR, Markers.of([(literal, "author")]))
    assert reading is not None
    assert (reading.kind, [person.name for person in reading.people]) == ("marked", [name])


def test_a_marker_alone() -> None:
    assert is_marker("By:", MARKERS)
    assert not is_marker("By the way", MARKERS)


def test_language_independent_markers_have_more_words_or_a_colon() -> None:
    assert sorted(MARKERS.language_independent().phrases) == ["editing by", "text"]
