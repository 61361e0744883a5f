import re

from hypothesis import given
from hypothesis import strategies as st

from newsnorm.text.words import words_of

SIGNS = "abZ09_-'’“”–‘—…é中\x1c\x1f\x85\xa0\t. "


@given(st.one_of(st.text(), st.text(alphabet=SIGNS)))
def test_words_are_those_of_the_regular_expression(text: str) -> None:
    assert words_of(text) == re.findall(r"\w+", text)
