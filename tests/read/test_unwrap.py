"""Hard-wrapped text is unwrapped, and nothing else is."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import LAST, MORE, PROSE

import newsnorm
from newsnorm.testing import check_laws

PARSER = newsnorm.Parser()
WORDS = st.lists(st.text("abcdefghij", min_size=4, max_size=9), min_size=80, max_size=120).map(" ".join)


def read(text: str) -> list[str]:
    """The lines with text."""
    page = PARSER.page(text)
    check_laws(newsnorm.parse(text), page)
    return [line.text for line in page.lines if line.text]


@pytest.mark.parametrize("ending", ["\n", "\r\n", " \n", "\n  "])
@pytest.mark.parametrize("width", [58, 65, 72, 80])
def test_wrapped_paragraphs_become_one_line_each(width: int, ending: str) -> None:
    paragraphs = [f"{PROSE} {MORE}", f"{MORE} {LAST}", f"{LAST} {PROSE} {MORE}"]
    wrapped = f"{ending}\n".join(ending.join(textwrap.wrap(paragraph, width)) for paragraph in paragraphs)
    assert read(wrapped) == paragraphs
    assert any("hard-wrapped" in note for note in newsnorm.parse(wrapped).notes)


@given(st.lists(WORDS, min_size=1, max_size=3), st.integers(50, 85))
def test_whatever_is_wrapped_comes_back(paragraphs: list[str], width: int) -> None:
    assert read("\n\n".join("\n".join(textwrap.wrap(paragraph, width)) for paragraph in paragraphs)) == paragraphs


def test_a_byline_between_headline_and_report_stays_apart() -> None:
    wrapped = "\n".join(textwrap.wrap(f"{PROSE} {MORE}", 62))
    assert read(f"Quay closed\n\nBy Ana Silva\nStaff writer\n\n{wrapped}\n\n{wrapped}")[:3] == [
        "Quay closed",
        "By Ana Silva",
        "Staff writer",
    ]


def test_spans_stay_exact() -> None:
    wrapped = "\r\n".join(textwrap.wrap(f"BERGEN, Norway (AP) — {PROSE} {MORE} {LAST}", 60))
    article = newsnorm.parse(wrapped)
    assert article.dateline is not None
    assert wrapped[article.dateline.span.start : article.dateline.span.end] == article.dateline.text
    (line,) = PARSER.page(wrapped).lines
    at = line.text.index("diver")
    span = line.raw_span(at, at + len("diver"))
    assert wrapped[span.start : span.end] == "diver"


HEADLINES = "\n".join(f"Headline number {number} about the harbour and {'very ' * (number % 4)}old cranes" for number in range(9))
POEM = """The tide goes out, the tide comes in,
the gulls are fat, the dogs are thin,
and no one asks the harbour why
it sends its children out to die
or keeps the old ones on the quay
with nothing left to do but see."""


ITEMS = "\n".join(f"{number}. the council agreed to mend the wooden bridge in {number}" for number in range(1, 8))


@pytest.mark.parametrize("text", [HEADLINES, POEM, ITEMS, f"{PROSE}\n{MORE}\n{LAST}", "Home\nNews\nSport\nWeather"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert read(text) == text.split("\n")
