"""Which line continues the one above it, and how both are joined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.page.paragraphs import continues_paragraph, joined


@pytest.mark.parametrize(
    ("above", "line", "below"),
    [
        ("The harbour master told the", "Harlinger Courant", "that the ramp would be welded."),
        ("The harbour office said on", "Monday", "that the quay was shut."),
        ("It was shut", "on Monday morning by the port.", ""),
        ("The ferry", ", a converted trawler, stayed.", ""),
        ("The ferry, she said (", "Harlinger Courant", ") was late."),
        ("Die Brücke bleibt nach Angaben der", "Stadt Malmö", "bis zum Herbst gesperrt."),
    ],
)
def test_a_sentence_cut_at_a_tag_goes_on(above: str, line: str, below: str) -> None:
    assert continues_paragraph(above, line, below)


@pytest.mark.parametrize(
    ("above", "line", "below"),
    [
        ("The ramp was welded.", "Passengers cheered.", ""),
        ("The ramp was welded. ”", "Passengers cheered.", "and left."),
        ("The harbour master", "Thursday", ""),
        ("The harbour master said on the", "- Thursday", ""),
        ("Ferry stays in harbour", "By Ana Silva", ""),
        ("The harbour office named three ships:", "the Vlieland, the Friesland and the Tiger", ""),
        ("Related", "more", ""),
        ("She pointed to the", "report", ""),
        ("The harbour master said that the", "Storm warning lifted", "Mayor opens library"),
    ],
)
def test_what_begins_anew_does_not(above: str, line: str, below: str) -> None:
    assert not continues_paragraph(above, line, below)


@pytest.mark.parametrize(
    ("above", "line", "whole"),
    [
        ("The ferry", "to Vlieland", "The ferry to Vlieland"),
        ("The ferry", ", a trawler", "The ferry, a trawler"),
        ("“We wait", "”, she said", "“We wait”, she said"),
        ("It is late", "!", "It is late!"),
    ],
)
def test_closing_punctuation_follows_without_a_space(above: str, line: str, whole: str) -> None:
    assert joined(above, line) == whole


WORDS = st.lists(st.text("abcXYZ,.()”1-", min_size=1, max_size=5), min_size=1, max_size=9).map(" ".join)


@given(WORDS, WORDS, st.one_of(st.just(""), WORDS))
def test_a_text_that_closes_is_continued_by_punctuation_alone(above: str, line: str, below: str) -> None:
    assert not continues_paragraph(above + ".", line, below) or line[0] in ",;.)%"


@given(WORDS, WORDS)
def test_joining_loses_no_word(above: str, line: str) -> None:
    assert joined(above, line).replace(" ", "") == (above + line).replace(" ", "")
