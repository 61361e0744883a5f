"""Two texts side by side: their relation, and each difference with its place."""

from __future__ import annotations

from reports import report

import newsnorm
from newsnorm.report.differences import difference_lines


def lines(left: str, right: str) -> list[str]:
    relation, found = newsnorm.compare(left, right), newsnorm.differences(left, right)
    return [line.text for line in difference_lines(relation, left, right, found)]


def test_related_texts_show_what_differs() -> None:
    left = report(1)
    first, *others = lines(left, left + "\n\nNobody was hurt, a spokesman of the town said on Tuesday.")
    assert first.startswith("near: 1 common passage covers 97 % of the left text and ")
    assert others[-1] == "  + Nobody was hurt, a spokesman of the town said on Tuesday"


def test_a_long_difference_is_shown_by_its_ends() -> None:
    left = report(1)
    *_, last = lines(left, left + "\n\n" + " ".join(f"word{number}" for number in range(60)))
    assert " … " in last
    assert len(last) < 210


def test_unrelated_texts_are_not_related() -> None:
    assert lines("It rained in Ulm.", "The ferry sails at noon.") == ["not related"]
