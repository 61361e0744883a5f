"""Whether a line may hold a phrase: a no is always right."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsnorm.grammar.phrase_spotter import PhraseSpotter
from newsnorm.text.folding import fold

WORDS = st.lists(
    st.sampled_from(("by", "more", "from", "View", "all", "posts", "İlgili", "Straße", "and", "Jane")), min_size=1, max_size=4
)
PHRASES = st.lists(WORDS.map(" ".join), min_size=1, max_size=5)


@given(PHRASES, WORDS, WORDS, st.booleans())
def test_a_line_that_holds_a_phrase_is_never_rejected(
    phrases: list[str], before: list[str], after: list[str], by_last_word: bool
) -> None:
    spotter = PhraseSpotter.of(phrases, by_last_word=by_last_word)
    line = " ".join((*before, phrases[-1].upper(), *after))
    assert spotter.may_hold(fold(line).split())


def test_looked_up_by_its_last_word_a_phrase_may_be_glued_to_the_word_before_it() -> None:
    words = fold("Jane Doearchive page").split()
    assert PhraseSpotter.of(["archive page"], by_last_word=True).may_hold(words)
    assert not PhraseSpotter.of(["archive page"]).may_hold(words)


def test_phrases_without_letters_are_left_out() -> None:
    assert PhraseSpotter.of(["***", ""]).words == frozenset()
