"""A text is a date as a whole, or none."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.grammar import Grammar
from newsnorm.grammar.dates.strict import DATE_LIMIT, may_close_date, may_open_date, read_date

CALENDAR = Grammar.default().calendar


def value(text: str, *languages: str, day_first: bool | None = None) -> str | None:
    reading = read_date(text, CALENDAR, languages, day_first)
    return reading.value if reading else None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Thursday, June 20, 2024", "2024-06-20"),
        ("le jeudi 20 juin 2024 à 14h05", "2024-06-20T14:05"),
        ("20 de junio de 2024", "2024-06-20"),
        ("20 Haziran 2024 Perşembe", "2024-06-20"),
        ("20 июня 2024 г.", "2024-06-20"),
        ("2024年6月20日（木）", "2024-06-20"),
        ("20 มิถุนายน 2567", "2024-06-20"),
        ("٢٠ يونيو ٢٠٢٤", "2024-06-20"),
        ("| 20.06.2024 |", "2024-06-20"),
        ("June 2024", "2024-06"),
        ("2024", "2024"),
    ],
)
def test_a_date_and_nothing_else_is_read(text: str, read: str) -> None:
    assert value(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "The quay closed on June 20, 2024",
        "June 20, 2024 in Ulm",
        "20 June 2024, 21 June 2024",
        "20 June 2024 25:00",
        "June 20",
        "20 June",
        "31 February 2024",
        "29 February 2023",
        "yesterday",
        "1-3 May 2024",
        "1 January 1970",
        "12345",
        "",
    ],
)
def test_more_or_less_than_a_date_is_none(text: str) -> None:
    assert value(text) is None


def test_the_order_is_given_or_the_language_s() -> None:
    assert (value("5/6/2024", day_first=True), value("5/6/2024", day_first=False)) == ("2024-06-05", "2024-05-06")
    assert (value("5/6/2024", "de"), value("5/6/2024", "en-us")) == ("2024-06-05", "2024-05-06")
    assert value("5/6/2024", "en-us", day_first=True) == "2024-06-05"


def test_a_long_text_is_no_date() -> None:
    longest = "20 June 2024 " + "|" * (DATE_LIMIT - 13)
    assert (value(longest), value(f"{longest}|")) == ("2024-06-20", None)


SHAPES = ("{:%d %B %Y}", "{:%A, %B %d, %Y}", "{:%Y-%m-%d} 14:05 UTC", "{:%d.%m.%Y}, 14.05 Uhr", "{:%Y年%m月%d日}")


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 1, 1)), st.sampled_from(SHAPES))
def test_a_written_day_is_read_and_its_ends_may_be_those_of_a_date(day: datetime.date, shape: str) -> None:
    text = shape.format(day)
    assert (value(text, day_first=True) or "")[:10] == day.isoformat()
    assert may_open_date(text, CALENDAR)
    assert may_open_date(f"{text} | Jane Doe", CALENDAR)
    assert may_close_date(text, CALENDAR)
    assert may_close_date(f"Jane Doe | {text} ", CALENDAR)
    assert value(f"{text} quay") is None
    assert value(f"quay {text}") is None


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("Quay closed", False, False),
        ("May", True, True),
        ("• Uhr", True, True),
        ("Closed in May", False, True),
        ("May opens the quay", True, False),
        ("20 June 2024!", True, False),
        ("20 June 2024)", True, True),
        ("2024年6月20日", True, True),
    ],
)
def test_the_looks_at_the_ends(text: str, opens: bool, closes: bool) -> None:
    assert (may_open_date(text, CALENDAR), may_close_date(text, CALENDAR)) == (opens, closes)
