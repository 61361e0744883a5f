"""Tokens lose nothing, and each gets one letter that says what it may be in a date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.grammar import Grammar
from newsnorm.grammar.dates import tokens as kind
from newsnorm.grammar.dates.tokens import lexicon

LEXICON = Grammar.default().calendar.lexicon
WORDS = ("June", "juin", "六月", "มิ.ย.", "5월", "年", "月", "日", "令和6", "p.m.", "ET", "UTC", "Uhr", "2024", "20", "7")
SIGNS = (" ", ".", ",", "/", "-", ":", "(", "\u202f", "\t\t\t\t", "\n", "٣", "२", "e\u0301", "\u200d")
PIECES = st.one_of(st.sampled_from(WORDS), st.sampled_from(SIGNS), st.characters())


@given(st.lists(PIECES, max_size=20).map("".join))
def test_joined_tokens_are_the_text_and_each_has_one_letter(text: str) -> None:
    tokens = LEXICON.tokens(text)
    assert "".join(tokens) == text
    assert all(tokens)
    assert len(LEXICON.kinds_of(tokens)) == len(tokens)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Thursday, June 20th, 2024 at 14:05", "W, M dl, y l d:d"),
        ("28. Juni 201914. Januar 2020", "d. M yd. M y"),
        ("令和6年6月20日", "yYoNdD"),
        ("2:05 p.m. ET", "o:d p z"),
        ("1700 2045 1699 2046 2567 9999 12345 7 07", "y y f f y f n o d"),
        ("may MAY May", "M M M"),
        ("quay", "x"),
        ("20   June", "d M"),
        ("20    June", "d~M"),
        ("20 ИЮНЯ 2024 ГОДА", "d M y l"),
        ("", ""),
    ],
)
def test_kinds(text: str, kinds: str) -> None:
    assert LEXICON.kinds_of(LEXICON.tokens(text)) == kinds


@pytest.mark.parametrize("word", ["pt", "utc", "cet"])
def test_a_zone_in_capitals_is_a_zone_whatever_the_word_means_else(word: str) -> None:
    assert LEXICON.kinds_of([word.upper()]) == kind.ZONE


@given(st.sampled_from(sorted(LEXICON.kinds)), st.sampled_from(("", " ", "x", "5")))
def test_a_listed_token_keeps_its_kind_wherever_it_stands(token: str, before: str) -> None:
    assert LEXICON.kinds_of([before, token] if before else [token])[-1] == LEXICON.kinds[token]


SMALL = lexicon(
    {
        kind.MONTH: ["mai", "de gener", "mar"],
        kind.WEEKDAY: ["mar", "on", "lunes"],
        kind.FILLER: ["de", "on"],
        kind.ZONE: ["est", "mai"],
        kind.HOUR: ["lunes"],
        kind.MARK_YEAR: ["年"],
    },
    ["heisei"],
)


@pytest.mark.parametrize(
    ("word", "letter"),
    [
        ("mai", kind.MONTH),
        ("MAI", kind.MONTH),
        ("mar", kind.MONTH_OR_WEEKDAY),
        ("On", kind.WEEKDAY_OR_FILLER),
        ("de", kind.FILLER),
        ("est", kind.ZONE),
        ("EST", kind.ZONE),
        ("lunes", kind.WEEKDAY),
        ("Quay", kind.WORD),
        ("§", kind.SIGN),
        ("7", kind.ONE),
        ("07", kind.TWO),
        ("007", kind.NUMBER),
    ],
)
def test_of_several_kinds_of_a_word_the_first_one_counts_or_they_share_a_letter(word: str, letter: str) -> None:
    assert SMALL.kinds_of([word]) == letter


def test_a_name_of_several_words_is_one_token_if_its_parts_would_mislead() -> None:
    assert SMALL.tokens("3 de gener") == ["3", " ", "de gener"]
    assert SMALL.kinds_of(SMALL.tokens("3 de gener")) == "o M"


def test_an_era_and_its_year_are_one_token_before_the_sign_for_years_alone() -> None:
    assert SMALL.tokens("heisei12年ö") == ["heisei12", "年", "ö"]
    assert "heisei12" not in SMALL.tokens("heisei12 ö")
