"""CSV and TSV: any text comes back, and none is a formula."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.export.separated import SEPARATOR, dumps_row, guard, unguard

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
PRONE = st.text(st.sampled_from("'=+-@ \t\r\n\u00a0\ufeff\u200b＝ax\",|"), max_size=6)


@given(CELLS | PRONE)
def test_guarding_can_be_undone(cell: str) -> None:
    assert unguard(guard(cell)) == cell


@given(CELLS | PRONE)
def test_no_guarded_cell_is_a_formula(cell: str) -> None:
    assert not re.match(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠]", guard(cell))
    assert guard(cell)[:1] not in ("\t", "\r", "\n")


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
        "\x00=1",
        "\x01=1",
    ],
)
def test_what_a_spreadsheet_may_calculate_is_guarded(cell: str) -> None:
    assert guard(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "rain", "'Twas", "a=1", " rain", "2024-06-20", "“=”", "—  dash"])
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
