"""Names by their shape: how many words they have, and the quick answers for texts that open with none or are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.grammar import Grammar
from newsnorm.grammar.name_list import NameListReader
from newsnorm.grammar.name_shape import is_plain_name, may_open_name, name_size

GRAMMAR = Grammar.default()


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


WORDS = (
    "Jane", "Doe", "DOE", "Tom", "O'Hara", "Oʼ", "van", "Van", "der", "Jean-Luc", "J.", "J.K.", "C.J",
    "Dr.", "Jr.", "PhD", "Best", "Sport", "News", "the", "The", "and", "AP", "May", "A", "x", "é",
    "Élodie", "İlker", "ǅ", "①", "ªb", "Editor", "Photo", "in", "London", "山田", "مراسل", "d'Arc",
    "Harbour's", "Roe,", "-", "3",
)  # fmt: skip
TOKENS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6)
NAMES = NameListReader(GRAMMAR, frozenset(), "")


@given(TOKENS, st.booleans(), st.booleans())
def test_a_plain_name_is_read_as_one_name_and_nothing_else(tokens: list[str], marked: bool, dated: bool) -> None:
    text = " ".join(tokens)
    if is_plain_name(text, GRAMMAR):
        listed = NAMES.read(text, marked=marked, dated=dated)
        assert listed is not None
        assert (listed.names, listed.agency, listed.clean, listed.role) == ([text], None, True, False)


@given(TOKENS)
def test_no_name_is_lost_by_the_quick_look_unless_a_common_word_opens_it(tokens: list[str]) -> None:
    size = name_size(tokens, GRAMMAR, marked=False)
    common = tokens[0].lower() in GRAMMAR.opens_no_name
    cased = tokens[0][0].isupper()
    assert size < 2 or common or not cased or may_open_name(tokens, GRAMMAR)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Jane Doe", True),
        ("Élodie Roe Doe", True),
        ("Jane", False),
        ("Jane DOE", False),
        ("Jane Jane", False),
        ("Jane D", False),
        ("Nelson C.J", False),
        ("Jean-Luc O'Hara", True),
        ("Ed San Roe", True),
        ("Jane and Doe", False),
        ("Jane van Doe", False),
        ("Jane Doe, Editor", False),
    ],
)
def test_plain_names(text: str, plain: bool) -> None:
    assert is_plain_name(text, GRAMMAR) is plain


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("Jane Doe", True),
        ("Dr. Jane Doe", True),
        ("Jane van Doe", True),
        ("Jane", False),
        ("jane Doe", False),
        ("Jane closes", False),
        ("The Quay", False),
        ("Jane's Quay", False),
        ("Jane 3", False),
        ("Jane, Tom", False),
        ("Buy Now", False),
    ],
)
def test_texts_that_may_open_with_a_name(text: str, may: bool) -> None:
    assert may_open_name(text.split(), GRAMMAR) is may
