"""Character ranges by name."""

from __future__ import annotations

import re

import pytest

from newsnorm.text import scripts

RANGES = [
    (scripts.HAN, "中㐀", "あ한a"),
    (scripts.KANA, "あア", "中한a"),
    (scripts.HANGUL, "한", "中あa"),
    (scripts.EAST_ASIAN, "中あ한", "aжก"),
    (scripts.UNCASED, "שعकกก中", "aжΩ"),
    (scripts.INVISIBLE, "\u200b\u200e\u202a\u2066", " a\u00ad"),
    (scripts.DIGITS, "0٣۴३๕９", "a½"),
    (scripts.COMBINING_RUNS, "\u0301\u05b0", "é"),
    (scripts.VOWEL_SIGNS_IN_NAMES, "\u0301\u093f", "a"),
    (scripts.VOWEL_SIGNS_IN_WORDS, "\u0301\u093f\u17d2\u200c", "a"),
    (scripts.UPPER, "AÉЖΩ", "aéжω"),
]


@pytest.mark.parametrize(("letters", "inside", "outside"), RANGES)
def test_a_range_holds_its_letters_alone(letters: str, inside: str, outside: str) -> None:
    pattern = re.compile(f"[{letters}]")
    assert all(map(pattern.match, inside))
    assert not any(map(pattern.match, outside))


@pytest.mark.parametrize(("letter", "spaced"), [("a", True), ("5", True), ("ж", True), ("中", False), ("ก", False), ("-", False)])
def test_scripts_with_spaces(letter: str, spaced: bool) -> None:
    assert scripts.is_spaced(letter) is spaced


@pytest.mark.parametrize(("text", "cased"), [("ab", True), ("AB", True), ("東京", False), ("12 -", False), ("", False)])
def test_case(text: str, cased: bool) -> None:
    assert scripts.has_case(text) is cased
