"""Lines: cut where a line breaks and nowhere else."""

from __future__ import annotations

import copy
import pickle
import re
from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm import InputError, Line, Parser, Piece, Span, parse
from newsnorm.read import limits, raw_article, read
from newsnorm.records import Metadata
from newsnorm.records.page import untouched_line

PARSER = Parser()


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028", "\u2029"])
def test_a_line_ends_at_each_kind_of_break(ending: str) -> None:
    page = PARSER.page(f"one{ending}two")
    assert [line.text for line in page.lines] == ["one", "two"]


@pytest.mark.parametrize("letter", ["\x85", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e"])
def test_nothing_else_ends_a_line(letter: str) -> None:
    assert len(PARSER.page(f"one{letter}two").lines) == 1


def test_a_run_of_blank_lines_is_one_line() -> None:
    page = PARSER.page("one\n\n \n\u00a0\n\u3164\ntwo\n")
    assert [line.text for line in page.lines] == ["one", "", "two"]


def test_an_empty_text_has_one_line() -> None:
    page = PARSER.page("")
    assert [(line.text, len(line.span)) for line in page.lines] == [("", 0)]


@pytest.mark.parametrize("raw", ["", " \n\t\n", "\ufeff", "\u200b\n\u2060", "\u2800\u3164", b"\xff\xfe", b"\x00"])
def test_a_text_without_anything_to_read_is_an_empty_article(raw: str | bytes) -> None:
    article = parse(raw)
    assert (article.paragraphs, article.title, article.removals) == ((), None, ())
    assert any(note.startswith("text-empty:") for note in article.notes)


def test_lines_over_the_limit_are_read_in_blocks_and_noted() -> None:
    raw = "It rained.\n" * (limits.MAX_LINES + 10_000)
    article = parse(raw)
    assert any("block" in note for note in article.notes)
    assert "".join(article.paragraphs).count("It rained.") == limits.MAX_LINES + 10_000


def test_a_text_over_the_limit_is_refused() -> None:
    with pytest.raises(InputError, match="split it"):
        raw_article("x" * (limits.MAX_LENGTH + 1))


@pytest.mark.parametrize("convert", [str, str.encode])
def test_a_page_over_the_limit_is_refused_as_a_page(convert: Callable[[str], str | bytes]) -> None:
    raw = convert("<p>" + "x" * limits.MAX_LENGTH)
    with pytest.raises(InputError, match=r"^the page has [0-9,]+ characters, but a page may have at most [0-9,]+$"):
        raw_article(raw, Metadata(media_type="text/html"))


def test_an_unknown_media_type_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="image/png"):
        read(raw_article("x", Metadata(media_type="image/png")))
    with pytest.raises(InputError, match="int"):
        raw_article(5)  # type: ignore[arg-type]


def test_what_the_caller_says_is_repaired_too() -> None:
    article = parse("", title="MalmÃ¶\x00 \ud800", id="a\x1bb", url="https://example.com/\udcff")
    assert article.title == "Malmö \ufffd"
    assert article.id == "ab"
    (article.url or "").encode()


@given(st.text(st.sampled_from("ab \u3164\t\r\n\u2028\u2029\x85Ã¶"), max_size=40))
def test_lines_end_where_a_slow_and_simple_cut_ends_them(text: str) -> None:
    parts = re.split("(\r\n|[\r\n\u2028\u2029])", text)
    ends, place = set(), 0
    for part, ending in zip(parts[::2], [*parts[1::2], ""], strict=True):
        place += len(part) + len(ending)
        ends.add(place)
    page = read(raw_article(text))
    assert {line.span.end for line in page.lines} <= ends
    assert "".join(line.span.of(text) for line in page.lines) == text
    for line in page.lines:
        assert not (set(line.span.of(text).rstrip("\r\n\u2028\u2029")) & set("\r\n\u2028\u2029") and line.text)


def test_an_untouched_line_is_equal_to_one_that_is_given_its_piece() -> None:
    piece = Piece(Span(0, 5), Span(12, 17))
    given_piece = Line(number=3, span=Span(10, 18), text="Quays", pieces=(piece,))
    for line in (untouched_line(3, Span(10, 18), "Quays", 12) for _ in range(3)):
        assert line.raw_span(1, 3) == given_piece.raw_span(1, 3) == Span(13, 15)
        assert line == given_piece
        assert hash(line) == hash(given_piece)
        assert repr(line) == repr(given_piece)
        assert line.pieces == (piece,)
    line = untouched_line(3, Span(10, 18), "Quays", 12)
    assert copy.deepcopy(line) == pickle.loads(pickle.dumps(line)) == attrs.evolve(line) == given_piece
    assert untouched_line(0, Span(0, 2), "", 0).pieces == ()
    with pytest.raises(AttributeError, match="peaces"):
        line.peaces  # type: ignore[attr-defined]  # noqa: B018
