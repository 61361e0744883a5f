"""Two texts side by side lose nothing and show only what differs as differing."""

from __future__ import annotations

from corpora import corpora
from hypothesis import given, settings

import newsnorm
from newsnorm.report.html.joins import PARAGRAPH, aligned


def texts(rows: list[list[tuple[str, str]]]) -> str:
    return "".join("".join(text for _, text in row) for row in rows)


@settings(max_examples=60)
@given(corpora())
def test_rows_hold_both_texts_whole(corpus: dict[str, str]) -> None:
    left, right = list(corpus.values())[:2]
    rows = aligned(left, right, newsnorm.differences(left, right))
    assert texts([row.left for row in rows]) == left.replace(PARAGRAPH, "")
    assert texts([row.right for row in rows]) == right.replace(PARAGRAPH, "")


def test_a_paragraph_of_one_text_alone_stands_beside_nothing() -> None:
    left = "The quay closes on Monday because two of its pillars are broken, the port said.\n\nIt opens again in the autumn."
    right = left.partition(PARAGRAPH)[0]
    rows = aligned(left, right, newsnorm.differences(left, right))
    assert [bool(row.right) for row in rows] == [True, False]
    assert [kind for kind, _ in rows[1].left] == ["left-out", ""]
