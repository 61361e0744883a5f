"""A line of a site stays the same line whatever number or date it holds."""

from __future__ import annotations

import pytest

from newsnorm.catalogue.learned_key import learned_key
from newsnorm.grammar import Grammar

CALENDAR = Grammar.default().calendar


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Issue of Tuesday, 5 March 2024", "Issue of Friday, 21 June 2024"),
        ("Stand: 3. Oktober 2024, 12 Uhr", "Stand: 12. Mai 2023, 9 Uhr"),
        ("Edición del 3 de enero de 2024", "Edición del 12 de mayo de 2023"),
        ("March 3rd, 2024 | The Lantern", "June 12th, 2023 | The Lantern"),
        ("2024年3月5日发行", "2023年12月21日发行"),
        ("1,204 readers wrote", "3 readers wrote"),
        ("Terms. " * 400 + "Clause 7", "Terms. " * 400 + "Clause 12"),
        ("Clause 7. " + "Terms. " * 400, "Clause 1,200. " + "Terms. " * 400),
    ],
)
def test_numbers_and_dates_are_slots(left: str, right: str) -> None:
    assert learned_key(left, CALENDAR) == learned_key(right, CALENDAR)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Closed on Monday", "Closed on Tuesday"),
        ("3 of 5 readers", "3 readers"),
        ("Terms. " * 400 + "the end", "Terms. " * 400 + "an end"),
        ("The May fair", "The June fair"),
    ],
)
def test_other_words_count(left: str, right: str) -> None:
    assert learned_key(left, CALENDAR) != learned_key(right, CALENDAR)
