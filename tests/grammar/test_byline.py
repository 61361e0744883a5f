"""Bylines word by word: markers, lists, roles, outlets, and lines that name nobody."""

from __future__ import annotations

import pytest
from folders import FIXTURES
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.grammar import Grammar
from newsnorm.grammar.byline import BARE_LIMIT, BylineReader, BylineReading
from newsnorm.grammar.byline_markers import Markers, is_marker, opening_marker
from newsnorm.text.folding import fold

GRAMMAR = Grammar.default()
MARKERS = Markers.of([("By", "author"), ("Von", "author"), ("Text:", "author"), ("Editing by", "editor")])


def read(line: str, markers: Markers = MARKERS, *, dated: bool = False) -> BylineReading | None:
    return BylineReader(GRAMMAR, markers).read(line, fold(line).split(), dated=dated)


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
        ("By Jane Doe, Political Editor, and Tom Roe", "marked", ["Jane Doe", "Tom Roe"]),
        ("By Jane Doe, Littletown, and Tom Roe, Kiel", "marked", ["Jane Doe", "Tom Roe"]),
        ("By Jane Doe; Tom Roe; Ann Lee", "marked", ["Jane Doe", "Tom Roe", "Ann Lee"]),
        ("By Jane Doe / Tom Roe", "marked", ["Jane Doe", "Tom Roe"]),
        ("By Jane Doe (Rome) and Tom Roe (Kiel)", "marked", ["Jane Doe", "Tom Roe"]),
        ("By Jane Doe (text) and Tom Roe (photos)", "marked", ["Jane Doe"]),
        ("By Jane Doe, Example Mercury", "marked", ["Jane Doe"]),
        ("By Jane Doe; additional reporting by Tom Roe", "marked", ["Jane Doe"]),
        ("By Jane Doe, Tom B. Roe", "marked", ["Jane Doe", "Tom B. Roe"]),
        ("By JANE DOE IN ROME AND TOM ROE IN KIEL", "marked", ["Jane Doe", "Tom Roe"]),
        ("By **Jane Doe** and *Tom Roe*", "marked", ["Jane Doe", "Tom Roe"]),
        ("Von Sport-Redakteurin Anna Kern", "marked", ["Anna Kern"]),
        ("Jane Doe (now) and Tom Roe (earlier)", "bare", ["Jane Doe", "Tom Roe"]),
        ("Jane DoveRobert Roe", "bare", ["Jane Dove", "Robert Roe"]),
        ("Theo Đặng Hoài Nam", "marked", ["Đặng Hoài Nam"]),
    ],
)
def test_people(line: str, kind: str, names: list[str]) -> None:
    reading = read(line)
    assert reading is not None
    assert (reading.kind, [person.name for person in reading.people]) == (kind, names)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "More news from the harbour",
        "The quay was closed.",
        "by the way",
        "Photo: Jane Doe",
        "By Le Monde",
        "By De Telegraaf",
        "By Harle Town Council",
        "Laut Anna Kern",
        "Jane Doe:",
        "1-Jane Doe",
        "Additional reporting by Jane Doe",
        "Jane LathamQxana Roe",
    ],
)
def test_nobody(line: str) -> None:
    assert read(line) is None


def test_an_agency_is_no_person() -> None:
    reading = read("By dpa")
    assert reading is not None
    assert (reading.people, reading.agency) == ((), "dpa")


@pytest.mark.parametrize(
    ("text", "rest"), [("Von Jana Kern", "Jana Kern"), ("Von:", ""), ("byJane Doe", "Jane Doe"), ("Text Jane", "Text Jane")]
)
def test_opening_marker(text: str, rest: str) -> None:
    assert opening_marker(text, MARKERS)[1] == rest


@pytest.mark.parametrize(("literal", "name"), [("撰稿：", "李思远"), ("執筆／", "高橋直樹"), ("기사：", "김민수")])
def test_a_full_width_colon_is_no_part_of_a_marker(literal: str, name: str) -> None:
    reading = read(f"{literal}{name}", Markers.of([(literal, "author")]))
    assert reading is not None
    assert (reading.kind, [person.name for person in reading.people]) == ("marked", [name])


def test_a_marker_alone() -> None:
    assert is_marker("By:", MARKERS)
    assert not is_marker("By the way", MARKERS)


def test_language_independent_markers_have_more_words_or_a_colon() -> None:
    assert sorted(MARKERS.language_independent().phrases) == ["editing by", "text"]


WORDS = (
    "Jane", "DOE", "Tom", "O'Hara", "van", "de", "Jean-Luc", "Dr.", "Jr.", "the", "The", "Sport",
    "News", "Photo:", "and", "&", "By", "by", "Von", "Text:", "Editing", "More", "Follow",
    "archive", "page", "AP", "dpa", "Reuters", "Associated", "Press", "3", "May", "A", "x", "|",
    "-", ",", "(", ")", "•", "é", "İlker", "山田花子", "記者", "مراسل", "quay", "closes", "Harbour's",
    "jane@example.com", "2024",
)  # fmt: skip
LINES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)


def agrees_with_full_reading(line: str) -> bool:
    """
    Whether the quick looks at a line's words lose nobody whom a full reading names.

    They pass over an agency without a marker in a line of ASCII that is one word or does not open with a capital.
    """
    full = BylineReader(GRAMMAR, MARKERS).read_in_full(line) if len(line) <= BARE_LIMIT else None
    return full is None or not full.people or read(line) == full


@given(LINES)
def test_the_quick_looks_at_a_line_lose_nobody(line: str) -> None:
    assert agrees_with_full_reading(line)


def test_the_quick_looks_lose_nobody_in_the_fixtures() -> None:
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted((FIXTURES / "articles").glob("*/raw.txt"))]
    lines = {
        line.strip() for text in [*texts, (FIXTURES / "negatives.txt").read_text(encoding="utf-8")] for line in text.splitlines()
    }
    assert [line for line in lines if line and not agrees_with_full_reading(line)] == []


@pytest.mark.parametrize("line", ["Reuters", "dpa infocom", "The quay " * 12])
def test_without_a_marker_an_agency_is_a_code_or_opens_with_a_capital_and_a_line_is_short(line: str) -> None:
    assert read(line) is None


def test_a_marker_may_be_glued_to_a_name() -> None:
    reading = read("byJane Doe")
    assert reading is not None
    assert reading.people[0].name == "Jane Doe"


@pytest.mark.xfail(strict=True, reason="the Turkish genitive behind an apostrophe is taken for a part of the name")
def test_a_turkish_case_ending_is_no_part_of_a_name() -> None:
    reading = read("Elif Karahan'ın haberi")
    assert reading is not None
    assert [person.name for person in reading.people] == ["Elif Karahan"]
