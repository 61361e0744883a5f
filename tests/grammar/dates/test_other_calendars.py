"""Days of other calendars: solar (Iran, Afghanistan), lunar (Hijri), Nepali (Bikram Sambat), Bengali."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm import CatalogueError, fields
from newsnorm.grammar import Grammar
from newsnorm.grammar.dates.other_calendars import OtherDate, YearTable, stretch_over

OTHERS = Grammar.default().calendar.others
DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def table(name: str) -> YearTable:
    found = OTHERS.named(name).table
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "year", "month", "day", "expected"),
    [
        ("solar", 1300, 1, 1, "1921-03-21"),
        ("solar", 1357, 1, 1, "1978-03-21"),
        ("solar", 1375, 1, 1, "1996-03-20"),
        ("solar", 1404, 1, 1, "2025-03-21"),
        ("solar", 1403, 12, 30, "2025-03-20"),
        ("lunar", 1400, 1, 1, "1979-11-20"),
        ("lunar", 1445, 9, 1, "2024-03-11"),
        ("lunar", 1446, 10, 1, "2025-03-30"),
        ("nepali", 2072, 1, 12, "2015-04-25"),
        ("nepali", 2081, 2, 15, "2024-05-28"),
    ],
)
def test_known_days(name: str, year: int, month: int, day: int, expected: str) -> None:
    assert table(name).gregorian(year, month, day) == datetime.date.fromisoformat(expected)


@pytest.mark.parametrize("name", ["solar", "lunar", "nepali"])
def test_days_follow_each_other_without_a_gap(name: str) -> None:
    years = table(name)
    every = [
        years.gregorian(year, month, day)
        for year in range(years.first_year, years.last_year + 1)
        for month in range(1, 13)
        for day in range(1, 33)
    ]
    days = [day for day in every if day is not None]
    assert days == [years.first_day + datetime.timedelta(days=number) for number in range(len(days))]


@pytest.mark.parametrize(
    ("year", "month", "day"), [(1402, 12, 30), (1402, 13, 1), (1402, 0, 1), (1402, 1, 0), (1299, 1, 1), (1425, 1, 1)]
)
def test_a_day_outside_the_calendar_is_none(year: int, month: int, day: int) -> None:
    assert table("solar").gregorian(year, month, day) is None


def test_a_table_with_a_missing_year_is_refused() -> None:
    with pytest.raises(CatalogueError, match="do not follow"):
        YearTable.of({"first_day": "2021-03-21", "years": {"1400": [31], "1402": [31]}})


def test_an_unknown_calendar_has_no_name() -> None:
    with pytest.raises(KeyError):
        OTHERS.named("mayan")


@given(year=st.integers(1390, 1410), day=st.integers(1, 30), hour=st.integers(0, 23))
def test_a_written_day_is_read_in_either_digits(year: int, day: int, hour: int) -> None:
    text = f"{day} مهر {year} - {hour:02}:40"
    expected = f"{table('solar').gregorian(year, 7, day)}T{hour:02}:40"
    for written in (text, text.translate(DIGITS)):
        found = fields.parse_date(written, "fa")
        assert found is not None
        assert (found.value, found.span.end) == (expected, len(written))


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("الاثنين 1 رمضان 1445 هـ", "ar", "2024-03-11"),
        ("1 من رمضان 1445", "ar", "2024-03-11"),
        ("١٤٤٥/٩/١هـ", "ar", "2024-03-11"),
        ("01-09-1445", "ar", "2024-03-11"),
        ("01 رمضان 1445 - 14:05", "ar", "2024-03-11T14:05"),
        ("21 رمضان المبارک 1445ھ", "ur", "2024-03-31"),
        ("۱ رمضان ۱۴۴۵", "fa", "2024-03-11"),
        ("1 Ramadan 1445 H", "id", "2024-03-11"),
        ("1 Ramazan 1445", "tr", "2024-03-11"),
        ("२०८१ जेठ १५ गते मंगलबार", "ne", "2024-05-28"),
        ("मंगलबार, १५ जेठ २०८१, १२:३०", "ne", "2024-05-28T12:30"),
        ("असोज ३, २०८०", "ne", "2023-09-20"),
        ("२०८१-०२-१५", "ne", "2024-05-28"),
        ("Jestha 15, 2081 BS", "en", "2024-05-28"),
        ("۲۱ اسفند‌ماه ۱۴۰۲", "fa", "2024-03-11"),
        ("۲۱ حوت ۱۴۰۲", "fa", "2024-03-11"),
    ],
)
def test_a_day_is_converted_with_a_note(text: str, language: str, value: str) -> None:
    found = fields.parse_date(text, language)
    assert found is not None
    assert found.value == value
    assert "calendar" in found.doubt


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1 رمضان 1445 هـ الموافق 11 مارس 2024م", "ar", "2024-03-11"),
        ("12 مارس 2024 - 1 رمضان 1445", "ar", "2024-03-12"),
        ("دوشنبه ۲۱ اسفند ۱۴۰۲ - ۳۰ شعبان ۱۴۴۵ - ۱۱ مارس ۲۰۲۴", "fa", "2024-03-11"),
        ("১১ মার্চ ২০২৪, ২৭ ফাল্গুন ১৪৩০, ৩০ শাবান ১৪৪৫", "bn", "2024-03-11"),
        ("May 28, 2024 | १५ जेठ २०८१", "ne", "2024-05-28"),
    ],
)
def test_of_two_calendars_the_gregorian_day_counts(text: str, language: str, value: str) -> None:
    found = fields.parse_date(text, language)
    assert found is not None
    assert (found.value, found.doubt) == (value, "")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1402/07/15", "en"),
        ("۳۱ مهر ۱۴۰۲", "fa"),
        ("۱۵ مهر ۱۴۹۰", "fa"),
        ("40 رمضان 1445", "ar"),
        ("1445/13/01", "ar"),
        ("২৭ ফাল্গুন ১৪৩০", "bn"),
        ("2081-02-15", "en"),
        ("+966 1445 1234", "ar"),
    ],
)
def test_no_day_is_invented(text: str, language: str) -> None:
    assert fields.parse_date(text, language) is None


def test_a_time_that_no_clock_shows_is_left_out() -> None:
    found = fields.parse_date("1 رمضان 1445 - 25:61", "ar")
    assert found is not None
    assert found.value == "2024-03-11"


def test_a_date_is_stretched_over_what_stands_beside_it_and_no_further() -> None:
    other = OtherDate(0, 10, None)
    assert stretch_over(13, 20, "1 x 1445 h | 11 March", [other]) == (0, 20)
    assert stretch_over(13, 20, "1 x 1445 h. A 11 March", [other]) == (13, 20)
    assert stretch_over(40, 50, "1 x 1445 h" + " word" * 6 + " 11 March 2024", [other]) == (40, 50)
