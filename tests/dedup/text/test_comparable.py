from __future__ import annotations

import pytest

import newsnorm
from newsnorm.dedup.text.comparable import Texts, id_and_text


def test_a_bare_text_is_named_by_its_content() -> None:
    name, text = id_and_text("Rain in Ulm.")
    assert text == "Rain in Ulm."
    assert id_and_text("Rain in Ulm.")[0] == name != id_and_text("Rain in Ulm")[0]
    assert id_and_text("\ud800")[1] == "\ud800"


def test_of_an_article_the_report_is_compared() -> None:
    article = newsnorm.parse("Quay to close\n\nBy María Pérez\n\nThe quay closes on Monday, the port said.\nNo comments:", id="q")
    assert id_and_text(article) == ("q", "The quay closes on Monday, the port said.")


def test_a_text_that_is_given_again_counts_once() -> None:
    texts = Texts.of([("b", "two"), ("a", "one"), ("b", "two"), ("ab", "three")])
    assert (texts.kept, texts.left_out) == ({"b": "two", "a": "one", "ab": "three"}, {})
    assert texts.repetitions == 1


@pytest.mark.parametrize("given", [None, 3, ("a",), ("a", 3), ("a", "b", "c"), ["a", "b"], b"bytes"])
def test_what_is_no_text_is_refused(given: object) -> None:
    with pytest.raises(newsnorm.InputError, match=type(given).__name__):
        id_and_text(given)


def test_of_several_texts_with_one_id_the_first_is_kept() -> None:
    texts = Texts.of([("a", "one"), ("a", "two"), ("a", "three"), ("a", "one")])
    assert (texts.kept, texts.left_out, texts.repetitions) == ({"a": "one"}, {"a": "two"}, 1)


def test_a_mapping_names_its_texts() -> None:
    assert Texts.of({"b": "It rained.", "a": "It snowed."}).kept == {"b": "It rained.", "a": "It snowed."}
