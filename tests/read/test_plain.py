"""Lines: cut where a line breaks and nowhere else."""

from __future__ import annotations

import pytest

from newsnorm import InputError, Parser, parse
from newsnorm.read import limits, raw_article, read

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
    assert any(note.startswith("body:") for note in article.notes)


def test_lines_over_the_limit_are_read_in_blocks_and_noted() -> None:
    raw = "It rained.\n" * (limits.MAX_LINES + 10_000)
    article = parse(raw)
    assert any("block" in note for note in article.notes)
    assert "".join(article.paragraphs).count("It rained.") == limits.MAX_LINES + 10_000


def test_a_text_over_the_limit_is_refused() -> None:
    with pytest.raises(InputError, match="split it"):
        raw_article("x" * (limits.MAX_LENGTH + 1))


def test_an_unknown_media_type_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="image/png"):
        read(raw_article("x", media_type="image/png"))
    with pytest.raises(InputError, match="int"):
        raw_article(5)  # type: ignore[arg-type]


def test_what_the_caller_says_is_repaired_too() -> None:
    article = parse("", title="MalmÃ¶\x00 \ud800", id="a\x1bb", url="https://example.com/\udcff")
    assert article.title == "Malmö \ufffd"
    assert article.id == "ab"
    (article.url or "").encode()
