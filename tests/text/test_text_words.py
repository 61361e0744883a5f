import re

from hypothesis import given
from hypothesis import strategies as st

from newsnorm.text.words import words_of, words_of_lines

SIGNS = "abZ09_-'’“”–‘—…é中\x1c\x1f\x85\xa0\t. "


@given(st.one_of(st.text(), st.text(alphabet=SIGNS)))
def test_words_are_those_of_the_regular_expression(text: str) -> None:
    assert words_of(text) == re.findall(r"\w+", text)


@given(st.lists(st.text(st.characters(exclude_characters="\n"), max_size=30), max_size=5))
def test_words_of_lines_are_those_of_each_line(lines: list[str]) -> None:
    assert words_of_lines(lines) == [words_of(line) for line in lines]
