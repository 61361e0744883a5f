"""Words of many scripts, where they begin and end, and texts that nobody would type."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsnorm
from newsnorm.dedup.text.tokens import MAX_TEXT_LENGTH, tokenize


def hashes(text: str) -> list[int]:
    return [int(number) for number in tokenize([text]).hash]


def places(text: str) -> list[str]:
    words = tokenize([text])
    return [text[start:end] for start, end in zip(words.start.tolist(), words.end.tolist(), strict=True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The quay closes, he said.", ["The", "quay", "closes", "he", "said"]),
        ("Die Straße – gesperrt!", ["Die", "Straße", "gesperrt"]),
        ("«Тридцать» опор", ["Тридцать", "опор"]),
        ("قالت المهندسة: نعم", ["قالت", "المهندسة", "نعم"]),
        ("राम ने कहा।", ["राम", "ने", "कहा"]),
        ("은골마을 주민들", ["은골마을", "주민들"]),
        ("渡船停航。完", ["渡", "船", "停", "航", "完"]),
        ("カキ祭り", ["カ", "キ", "祭", "り"]),
        ("ตลาด", ["ต", "ล", "า", "ด"]),
        ("BBC说完了", ["BBC", "说", "完", "了"]),
        ("e-mail 3.5 12th", ["e", "mail", "3", "5", "12th"]),
        ("AT&T's no_name", ["AT", "T's", "no", "name"]),
        ("co\u00adoperate naïve\u200bword", ["co\u00adoperate", "naïve\u200bword"]),
        ("😀 quay 🚢🚢 shut", ["quay", "shut"]),
        ("\U0001d49cbc 𠮷野", ["\U0001d49c", "bc", "𠮷", "野"]),
        ("north-\nern quay", ["north-\nern", "quay"]),
        ("Port-\nEllery", ["Port", "Ellery"]),
        ("1990-\n95", ["1990", "95"]),
        ("quay\x00closed", ["quay", "closed"]),
        ("\ud800quay\udfff", ["quay"]),
        ("", []),
        (" \n\t\u3000—…", []),
        ("🌊🌊", []),
    ],
)
def test_what_the_words_are(text: str, words: list[str]) -> None:
    assert places(text) == words


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Évora", "EVORA"),
        ("Évora", "E\u0301vora"),
        ("İstanbul", "istanbul"),
        ("Ολυμπία", "ΟΛΥΜΠΙΑ"),
        ("МОСТЫ", "мосты"),
        ("האגם", "הָאֲגַם"),
        ("ســوق", "سوق"),
        ("البَلَدِيّة", "البلدية"),
        ("don't", "don’t"),
        ("co\u00adoperate", "cooperate"),
        ("north-\nern", "northern"),
        ("１８００", "1800"),
        ("١٨٠٠", "1800"),
        ("१८००", "1800"),
        ("quay\u2028shut", "quay shut"),
        ("ｑｕａｙ", "quay"),
    ],
)
def test_what_counts_as_the_same_word(left: str, right: str) -> None:
    assert hashes(left) == hashes(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("quay", "quays"),
        ("quay", "yauq"),
        ("ab", "ba"),
        ("aab", "ab"),
        ("1800", "0018"),
        ("कि", "की"),
        ("MalmÃ¶", "Malmö"),
        ("राम", "रम"),
        ("ток", "tok"),
        ("𠮷", "吉"),
        ("quay shut", "shut quay"),
        ("", "quay"),
    ],
)
def test_what_counts_as_another_word(left: str, right: str) -> None:
    assert hashes(left) != hashes(right)


def test_a_letter_of_a_script_without_spaces_counts_with_its_follower() -> None:
    first, second, last = hashes("渡船停")
    assert hashes("渡船去")[0] == first
    assert hashes("渡船去")[1] != second
    assert hashes("停") == [last]
    assert hashes("渡 船")[0] != first


def test_a_broken_word_breaks_no_other() -> None:
    sound, broken = hashes("in Malmö the quay"), hashes("in MalmÃ¶ the quay")
    assert len(broken) == 4
    assert [one == other for one, other in zip(sound, broken, strict=True)] == [True, False, True, True]


def test_numbers_and_tokenize_content() -> None:
    words = tokenize(["the quay of 1932 had 14th, 7 и мост ночь; לא שלום 渡"])
    assert words.is_number.tolist() == [False, False, False, True, False, False, True, *[False] * 6]
    assert words.is_content.tolist() == [False, True, False, True, False, True, False, False, True, True, False, True, True]


def test_names_are_capitals_within_a_sentence() -> None:
    text = "The mayor Inga Lund met Olga Łuk. She said “Yes” in\nUlm; Анна спросила Павла, 李娜 BP"
    words = tokenize([text, "Ulm is far"])
    names = [text[words.start[at] : words.end[at]] for at in words.name_indices.tolist()]
    assert names == ["Inga", "Lund", "Olga", "Łuk", "Ulm", "Павла", "BP"]


def test_each_text_keeps_its_words() -> None:
    words = tokenize(["One two.", "", "three\x00four", "🌊", "five"])
    assert words.offset.tolist() == [0, 2, 2, 4, 4, 5]
    assert len(words) == 5
    assert words.start.tolist() == [0, 4, 0, 6, 0]


def test_a_text_as_a_whole_is_its_words_in_their_order() -> None:
    whole = tokenize(["Quay shut.", "«QUAY»\n\nshut", "shut quay", "quay", "", "—"]).text_hash.tolist()
    assert whole[0] == whole[1]
    assert whole[4] == whole[5]
    assert len(set(whole)) == 4


def test_no_texts_have_no_words() -> None:
    assert tokenize([]).offset.tolist() == [0]
    assert len(tokenize([])) == 0


@pytest.mark.slow
@given(st.lists(st.text(st.characters(codec=None), max_size=30), max_size=6), st.integers(1, 60))
def test_texts_are_read_alike_alone_and_together(texts: list[str], chunk: int) -> None:
    together = tokenize(texts)
    apart = tokenize(texts, chunk=chunk)
    for name in ("hash", "start", "end", "is_number", "is_content", "is_name", "offset", "text_hash"):
        assert np.array_equal(getattr(together, name), getattr(apart, name))
    for number, text in enumerate(texts):
        alone = tokenize([text])
        some = slice(together.offset[number], together.offset[number + 1])
        assert np.array_equal(alone.hash, together.hash[some])
        assert np.array_equal(alone.start, together.start[some])
        assert alone.text_hash[0] == together.text_hash[number]


@given(st.text(st.characters(codec=None), max_size=80))
def test_words_lie_in_their_text_one_behind_the_other(text: str) -> None:
    words = tokenize([text])
    edges = [edge for word in zip(words.start.tolist(), words.end.tolist(), strict=True) for edge in word]
    assert edges == sorted(edges)
    assert all(start < end for start, end in zip(edges[::2], edges[1::2], strict=True))
    assert not edges or (edges[0] >= 0 and edges[-1] <= len(text))


def test_what_lies_beyond_the_longest_text_is_not_compared_and_that_is_said() -> None:
    report = "The harbour master closed the northern quay on Monday evening after a storm had damaged several moorings there. "
    long = report + "x" * (MAX_TEXT_LENGTH - len(report) - 1) + " "
    found = newsnorm.deduplicate([("a", long + "beyond"), ("b", long + "elsewhere"), ("c", report)])
    assert [note.split(":")[0] for note in found.notes] == ["a", "b"]
    assert f"{MAX_TEXT_LENGTH:,}" in found.notes[0]
    assert [(relation.left, relation.right) for relation in found.relations if relation.kind == "exact"] == [("a", "b")]


FLOODS = {
    "one letter": "a",
    "one word": "quay ",
    "combining marks": "e\u0301\u0302\u0303",
    "marks alone": "\u0301",
    "digits": "7",
    "newlines": "\n",
    "hyphens at line ends": "ab-\n",
    "ideographs": "渡船",
    "one ideograph": "渡",
    "Thai": "ตลาดน้ำ",
    "Arabic": "ـ",
    "emoji": "🌊",
    "zeros": "\x00",
    "surrogates": "\ud800",
    "quotes": "'",
}


@pytest.mark.parametrize("unit", FLOODS.values(), ids=FLOODS.keys())
def test_a_flood_is_read_and_compared(unit: str) -> None:
    flood = unit * (100_000 // len(unit))
    found = newsnorm.deduplicate(
        [("a", flood), ("b", flood + " " + unit), ("c", flood[: len(flood) // 2]), ("d", "The quay is shut.")]
    )
    assert {relation.left for relation in found.relations} <= {"a", "b"}
    assert not any("d" in cluster.members for cluster in found.clusters)
