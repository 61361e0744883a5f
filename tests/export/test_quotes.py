"""Citations: a stretch that was cited is found, and a wrong position or wrong words are noticed."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsnorm
from newsnorm.export import Quote, cite, locate
from newsnorm.records.schema import Json

TEXT = "The quay closes on Monday. “It is broken,” the port said – twice. The quay was built in 1921.\n\nFerries move."
SMALL = st.text("ab \n😀é", max_size=30)


@st.composite
def stretches(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(SMALL.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@given(stretches(), st.integers(0, 5))
def test_what_was_cited_agrees(stretch: tuple[str, int, int], context: int) -> None:
    text, start, end = stretch
    quote = cite(text, start, end, context=context)
    annotation: dict[str, Json] = {"target": {"source": "x", "selector": quote.selectors()}}
    for form in (quote, quote.selectors(), annotation):
        found = locate(text, form)
        assert found.agrees
        assert (found.span, found.found) == (newsnorm.Span(start, end), text[start:end])


@given(stretches(), st.integers(-9, 40), st.booleans())
def test_no_other_position_agrees(stretch: tuple[str, int, int], start: int, with_end: bool) -> None:
    text, true, end = stretch
    exact = text[true:end]
    found = locate(text, Quote(exact=exact, start=start, end=start + len(exact) if with_end else None))
    assert found.agrees is (start >= 0 and text[start : start + len(exact)] == exact)
    assert found.span is not None
    assert found.span.of(text) == found.found == exact
    if not found.agrees:
        places = [at for at in range(len(text)) if text.startswith(exact, at)]
        assert found.kind == ("moved" if len(places) == 1 else "ambiguous")
        assert abs(found.span.start - max(0, start)) == min(abs(at - max(0, start)) for at in places)


@given(SMALL, SMALL.filter(bool))
def test_what_is_not_there_is_missing_or_altered(text: str, exact: str) -> None:
    found = locate(text, Quote(exact=exact))
    assert (found.kind in ("missing", "altered")) is (exact not in text)
    assert (found.span is None) is (found.kind == "missing")
    if found.span is not None:
        assert found.span.of(text) == found.found != ""


@pytest.mark.parametrize(
    ("quote", "kind", "found"),
    [
        (Quote(exact="The quay"), "ambiguous", "The quay"),
        (Quote(exact="The quay", suffix=" was"), "agrees", "The quay"),
        (Quote(exact="The quay", prefix="twice. ", start=0, end=8), "moved", "The quay"),
        (Quote(exact="closes", start=9, end=15), "agrees", "closes"),
        (Quote(exact="closes", start=9, end=14), "moved", "closes"),
        (Quote(exact="closes", prefix="will ", start=9, end=15), "agrees", "closes"),
        (Quote(exact="The quay", suffix=" will close", start=66, end=74), "agrees", "The quay"),
        (Quote(exact="The quay", suffix=" will close", start=65, end=73), "ambiguous", "The quay"),
        (Quote(exact='"it is broken,"  the Port said - twice'), "altered", "“It is broken,” the port said – twice"),
        (Quote(exact="1921. Ferries"), "altered", "1921.\n\nFerries"),
        (Quote(exact="closes on Tuesday"), "missing", ""),
        (Quote(exact="\n"), "ambiguous", "\n"),
        (Quote(exact=" \t "), "missing", ""),
    ],
)
def test_a_citation_of_a_language_model_is_checked(quote: Quote, kind: str, found: str) -> None:
    located = locate(TEXT, quote)
    assert (located.kind, located.found, located.agrees) == (kind, found, kind == "agrees")


def test_the_nearest_of_several_is_returned() -> None:
    found = locate(TEXT, Quote(exact="The quay", start=70))
    assert (found.kind, found.span) == ("ambiguous", newsnorm.Span(66, 74))


@pytest.mark.parametrize(
    "given",
    [
        Quote(exact=""),
        {},
        [],
        {"type": "TextPositionSelector", "start": 1, "end": 2},
        {"type": "TextQuoteSelector", "exact": 3},
        [{"type": "TextQuoteSelector", "exact": "a"}, {"type": "TextPositionSelector", "start": "1", "end": 2}],
        {"target": "https://example.com"},
    ],
)
def test_what_is_no_quotation_is_refused(given: Quote) -> None:
    with pytest.raises(newsnorm.InputError):
        locate(TEXT, given)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 2), (0, 999)])
def test_no_stretch_can_be_cited_that_is_not_there(start: int, end: int) -> None:
    with pytest.raises(newsnorm.InputError, match="not a stretch of a text"):
        cite(TEXT, start, end)


def test_time_is_in_proportion_to_the_text() -> None:
    text = "a" * 300_000
    for exact in ("a" * 100_000, "a" * 99_999 + "b", " " * 100_000):
        quote = Quote(exact=exact, prefix="a" * 1000, suffix="b", start=7)
        assert locate(text, quote).kind in ("agrees", "ambiguous", "missing")
        assert attrs.evolve(quote, start=None) != quote
