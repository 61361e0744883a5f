"""Captions on a page: apart from the report, unless they are the report."""

from __future__ import annotations

import newsnorm

PROSE = "The lift will not run before the second half of the month because a drum was sent to the wrong harbour, the town said."
MORE = "Some nine hundred people use it on a summer's day, and the only other way down is a flight of two hundred steps."
CAPTION = "The lift at Sandrigg is seen from the beach on Monday. (AP Photo/Jane Miller)"


def test_a_caption_is_no_paragraph_headline_or_standfirst() -> None:
    article = newsnorm.parse(f"Cliff lift stuck for a third week\n{CAPTION}\nBy Ana Ng\n3 May 2024\n\n{PROSE}\n\n{MORE}")
    assert [caption.credit for caption in article.captions] == ["AP Photo/Jane Miller"]
    assert article.title == "Cliff lift stuck for a third week"
    assert article.standfirst is None
    assert article.agency is None
    assert article.paragraphs == (PROSE, MORE)


def test_captions_that_are_most_of_a_text_are_the_report() -> None:
    second = CAPTION.replace("Monday", "Tuesday")
    article = newsnorm.parse(f"Cliff lift in pictures\n\n{CAPTION}\n\n{second}\n\n{PROSE}")
    assert article.captions == ()
    assert CAPTION in article.paragraphs
