"""Forms of a line: folded, without its numbers, as templates read it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.text.folding import (
    _MARKLESS,
    FOLD_LIMIT,
    fold,
    fold_lines,
    fold_numbers,
    fold_words,
    longest_word,
    normalise_for_template,
    plain_punctuation,
    sign_variants,
)

LATIN = bytes(code for code in range(256) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)).decode("cp1252")


def fold_obviously(line: str) -> list[str]:
    """Fold a line character by character, in any script."""
    text = unicodedata.normalize("NFKC", line).casefold().replace("i\u0307", "i").replace("\u0131", "i")
    printed = [letter for letter in text if unicodedata.category(letter) != "Cf"]
    return "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in printed).split()


@given(st.one_of(st.text(st.sampled_from(LATIN), max_size=12), st.text(max_size=12)))
def test_folding_is_the_same_whichever_way_is_taken(line: str) -> None:
    assert fold_words(line) == fold_obviously(line)


@pytest.mark.parametrize("letter", LATIN)
def test_each_latin_letter_is_folded_as_in_any_script(letter: str) -> None:
    assert fold_words(f"a{letter}b {letter}") == fold_obviously(f"a{letter}b {letter}")


@given(st.lists(st.text(max_size=12)))
def test_lines_are_folded_at_once_as_one_by_one(lines: list[str]) -> None:
    assert fold_lines(lines) == [fold_words(line) for line in lines]


def test_the_longest_word() -> None:
    assert (longest_word("No Comments:"), longest_word("***")) == ("comments", "")


@pytest.mark.parametrize(
    ("line", "folded"),
    [("  No Comments: ", "no comments"), ("İLGİLİ →", "ilgili"), ("Ｎｅｗｓ", "news"), ("—", ""), ("été_2", "été 2")],
)
def test_fold(line: str, folded: str) -> None:
    assert fold(line) == folded


def test_numbers_and_accents_differ_when_folded() -> None:
    assert fold("3 comments") != fold("4 comments")
    assert fold("resume") != fold("résumé")


def test_fold_reads_a_bounded_beginning() -> None:
    assert len(fold("a" * 3 * FOLD_LIMIT)) == FOLD_LIMIT


def test_numbers_become_one() -> None:
    assert fold_numbers("1,204 comments, 12 new") == fold_numbers("3 comments, 1 new")


@pytest.mark.parametrize(
    ("line", "normalised"),
    [("•  Credit： “Example” ", 'Credit: "Example"'), ("\u200eFoto: dpa", "Foto: dpa"), ("By  Jane", "By Jane"), ("* * *", "")],
)
def test_normalised_for_templates(line: str, normalised: str) -> None:
    assert normalise_for_template(line) == normalised


def test_each_variant_of_a_sign_becomes_the_sign() -> None:
    assert all(plain_punctuation(sign) == "-" for sign in sign_variants("-"))


# Text in scripts without combining marks takes a shorter way; it may not lead anywhere else.

SCRIPTS = ("aZ09_ß", "éÉÑøÅőŽ", "İıIi", "ΑΩς", "Жёй", "Աև", "アガーｶﾞ", "가힣", "中々〇", "½²①№", "“”–—…・、。「」", "₿€")
MARKED = (
    *("e\u0301", "и\u0306", "שָׁ", "مُ", "का", "กำ", "i\u0307", "\u0130", "Ａ１"),
    *("\u200d", "\xad", "\ufeff", "\u202e", "\ud83d\ude00"),
)
LETTERS = st.one_of(st.sampled_from("".join(SCRIPTS)), st.sampled_from(MARKED), st.characters())


def folded_slowly(line: str) -> str:
    """Fold a line letter by letter."""
    text = unicodedata.normalize("NFKC", line[:FOLD_LIMIT]).casefold().replace("i\u0307", "i").replace("\u0131", "i")
    classes = ((letter, unicodedata.category(letter)) for letter in text)
    kept = (letter if category[0] in "LMN" else " " for letter, category in classes if category != "Cf")
    return " ".join("".join(kept).split())


@given(st.lists(LETTERS, max_size=25).map("".join))
def test_every_way_of_folding_leads_to_the_same_form(line: str) -> None:
    assert fold(line) == folded_slowly(line)


def test_a_script_with_marks_takes_the_longer_way() -> None:
    for code in range(0x10000):
        letter = chr(code)
        if _MARKLESS.match(letter):
            assert unicodedata.category(letter) not in ("Mn", "Mc", "Me", "Cf"), hex(code)


@pytest.mark.parametrize("line", ["".join(SCRIPTS[:6]), "アガー가힣中々〇", "1½ “Quay” – 3 €"])
def test_the_scripts_of_most_reports_take_the_shorter_way(line: str) -> None:
    assert _MARKLESS.match(line)


@given(st.lists(LETTERS, max_size=25).map("".join))
def test_folding_again_changes_nothing(line: str) -> None:
    assert fold(fold(line)) == fold(line)


@given(st.text(st.sampled_from("ab \t-–.:,!“”→•"), max_size=20), st.text(st.sampled_from(" \t-–.:,!“”→•"), max_size=5))
def test_signs_and_spaces_around_words_do_not_count(line: str, signs: str) -> None:
    assert fold(f"{signs}{line}{signs}") == fold(line) == fold(line.upper())
