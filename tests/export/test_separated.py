"""CSV and TSV: any text comes back, and none is a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata

import pytest
from folders import FIXTURES
from hypothesis import given
from hypothesis import strategies as st

import newsnorm
from newsnorm.export.separated import SEPARATOR, dumps_row, guard, unguard
from newsnorm.testing import cases

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
PRONE = st.text(st.sampled_from("''==+-@| \t\r\n\v\x85\u2028\u00a0\ufeff\u200b＝⁺ax\","), max_size=8)
SIGNS = tuple("=+-@|\t")


def live_lines(cell: str) -> list[str]:
    """The lines of a cell that a spreadsheet may calculate, however it normalises or splits them."""
    lines = [unicodedata.normalize("NFKC", line) for line in re.split(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", cell)]
    shown = ["".join(letter for letter in line if unicodedata.category(letter) not in ("Cf", "Cc")) for line in lines]
    return [line for line, seen in zip(lines, shown, strict=True) if seen.lstrip().startswith(SIGNS) or line.startswith("\t")]


@given(CELLS | PRONE)
def test_guarding_can_be_undone(cell: str) -> None:
    assert unguard(guard(cell)) == cell


@given(CELLS | PRONE)
def test_no_guarded_cell_is_a_formula(cell: str) -> None:
    assert live_lines(guard(cell)) == []
    assert not guard(cell).startswith(("\t", "\r", "\n"))


def test_g5_no_text_of_an_article_is_a_formula() -> None:
    found = [*cases(FIXTURES / "articles"), *cases(FIXTURES / "untouched"), *cases(FIXTURES / "pages")]
    texts = [newsnorm.parse(case.raw, media_type=case.media_type).text for case in found]
    texts += [case.raw.decode("utf-8", "replace") for case in found]
    assert any(live_lines(text) for text in texts), "the texts show nothing"
    assert not any(live_lines(guard(text)) for text in texts)
    assert [unguard(guard(text)) for text in texts] == texts


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@sum",
        "\tx",
        "\rx",
        "\nx",
        " =1",
        "\u00a0\u200b=1",
        "\ufeff=1",
        "＝1",
        "＋1",
        "－1",
        "＠1",
        "|x",
        "﹢1",
        "\x00=1",
        "\x01=1",
    ],
)
def test_what_a_spreadsheet_may_calculate_is_guarded(cell: str) -> None:
    assert guard(cell) == f"'{cell}"


def test_later_lines_are_guarded_each_by_itself() -> None:
    assert guard("rain\n- sun\r\n=1\n\n snow\n@") == "rain\n'- sun\r\n'=1\n\n snow\n'@"
    assert guard("\n\n=1") == "'\n\n'=1"


def test_guarding_takes_time_in_proportion() -> None:
    for cell in (" " * 1_000_000, "'" * 1_000_000, "\n" * 1_000_000, " \n" * 500_000):
        assert unguard(guard(cell)) == cell


@pytest.mark.parametrize("cell", ["", "rain", "a\n\nb", "a\r\nb", "'Twas", "a=1", " rain", "2024-06-20", "“=”", "— dash"])
def test_other_texts_stay_as_they_are(cell: str) -> None:
    assert guard(cell) == cell


@given(st.lists(st.lists(CELLS | PRONE, min_size=2, max_size=3), max_size=4), st.sampled_from((",", "\t")))
def test_other_programs_read_what_was_written(rows: list[list[str]], delimiter: str) -> None:
    text = "".join(dumps_row(row, delimiter) + "\n" for row in rows)
    found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    assert [[unguard(cell) for cell in row] for row in found] == rows


def test_a_row_of_one_empty_cell_is_no_empty_line() -> None:
    assert dumps_row([None], ",") == '""'


def test_values_that_are_no_texts() -> None:
    row = dumps_row([None, True, False, -3, 0.5, ["a", "b"], []], ",")
    assert row == f",true,false,-3,0.5,a{SEPARATOR}b,"
    assert dumps_row([["=a", "b"]], ",") == f"'=a{SEPARATOR}b"
