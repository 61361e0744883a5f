"""Three meanings of lower case."""

from __future__ import annotations

import pytest

from newsnorm.text.casing import fold_word, lower_composed, lower_same_length


@pytest.mark.parametrize(("text", "lowered"), [("İZMİR", "izmir"), ("E\u0301COLE", "école"), ("KIEL", "kiel"), ("", "")])
def test_composed_lower_case_is_a_key(text: str, lowered: str) -> None:
    assert lower_composed(text) == lowered


@pytest.mark.parametrize("text", ["", "QUELLE", "İHA: İzmir", "ΟΔΟΣ", "ﬁ", "東京"])
def test_lower_case_of_the_same_length_keeps_offsets(text: str) -> None:
    assert len(lower_same_length(text)) == len(text)


def test_a_letter_without_a_small_form_of_one_letter_stays() -> None:
    assert lower_same_length("İB") == "İb"


@pytest.mark.parametrize(("word", "folded"), [("Ekİm", "ekim"), ("２０２４", "2024"), ("JUNI", "juni"), ("５月", "5月")])
def test_words_of_dates_are_folded_by_compatibility(word: str, folded: str) -> None:
    assert fold_word(word) == folded
