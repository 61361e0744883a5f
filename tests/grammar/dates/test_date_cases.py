"""Dates in lines: cases in many languages, look-alikes, and laws."""

from __future__ import annotations

import datetime
import re
import tomllib
from time import process_time

import attrs
import pytest
from folders import FIXTURES
from hypothesis import given
from hypothesis import strategies as st

from newsnorm import fields
from newsnorm.grammar import Grammar
from newsnorm.grammar.dates.search import LOOK, dates_in, read_any_date

CALENDAR = Grammar.default().calendar
FILE = FIXTURES / "fields" / "dates.toml"


@attrs.frozen(kw_only=True)
class DateCase:
    """One row of the file."""

    text: str
    language: str | None = None
    day_first: bool | None = None
    reference: str | None = None
    value: str | None = None
    role: str | None = None
    zone: str | None = None
    other: str | None = None
    doubt: str | None = None


CASES = tuple(DateCase(**row) for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["case"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text)
def test_case(case: DateCase) -> None:
    languages = (case.language,) if case.language else ()
    mention = read_any_date(case.text, CALENDAR, languages, case.day_first, case.reference)
    assert (mention.reading.value if mention else None) == case.value
    if mention is None:
        return
    parts = len(re.findall(r"\d+", re.sub(r"(T.*)[+-].*", r"\1", mention.reading.value)))
    assert mention.reading.precision == {2: "month", 3: "day", 5: "minute", 6: "second"}[parts]
    assert mention.role == case.role
    assert mention.reading.zone == (case.zone or mention.reading.zone)
    assert case.other is None or mention.other == case.other
    assert (case.doubt or "") in mention.reading.doubt
    assert case.doubt or not mention.reading.doubt


def test_cases_are_many() -> None:
    assert len({case.language for case in CASES}) >= 35
    assert sum(case.value is None for case in CASES) >= 20


@pytest.mark.parametrize("language", sorted(filter(None, CALENDAR.months)))
def test_every_name_of_a_month_is_read(language: str) -> None:
    for form, month in CALENDAR.months[language].items():
        if not any(map(str.isdigit, form)):
            for written in (form, form.title(), form.upper()):
                found = dates_in(f"14 {written}. 2024", CALENDAR, (language,))
                assert [mention.reading.value for mention in found] == [f"2024-{month:02}-14"], written


DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 12, 31))
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SHAPES = (
    "{y:04}-{m:02}-{d:02}",
    "{d:02}.{m:02}.{y}",
    "{d}. {m}. {y}",
    "{d}.{m}.{y2:02}",
    "{d} {name} {y}",
    "{name} {d}, {y}",
    "{name} {d}{y}",
    "{abbr} {d}, '{y2:02}",
    "{d:02}-{abbr}-{y2:02}",
    "{y}年{m}月{d}日",
    "{y}년 {m}월 {d}일",
    "{y}. {m}. {d}.",
    "ngày {d} tháng {m} năm {y}",
    "10:15, {d} {abbr} {y}",
    "Updated {abbr}. {d}, {y} at 4:05 p.m.",
    "{d} de {name} de {thai}",
    "Holm{abbr} {d}, {y}Holm",
)


def written(shape: str, day: datetime.date) -> str:
    name = MONTHS[day.month - 1]
    return shape.format(y=day.year, y2=day.year % 100, m=day.month, d=day.day, name=name, abbr=name[:3], thai=day.year + 543)


@given(day=DAYS, shape=st.sampled_from(SHAPES))
def test_a_written_day_is_read_as_itself_or_not_at_all(day: datetime.date, shape: str) -> None:
    text = written(shape, day)
    for mention in dates_in(text, CALENDAR):
        assert mention.reading.value[:10] == day.isoformat()
        assert 0 <= mention.start < mention.end <= len(text)


@given(day=DAYS, first=st.booleans())
def test_of_two_orders_one_is_right(day: datetime.date, first: bool) -> None:
    text = f"{day.day}/{day.month}/{day.year}" if first else f"{day.month}/{day.day}/{day.year}"
    (mention,) = dates_in(text, CALENDAR)
    assert day.isoformat() in (mention.reading.value, mention.other)
    assert (mention.other is None) == (not mention.reading.doubt)


@given(text=st.text(st.sampled_from("0123456789./-:, 'TZ+()年月日МайmayDec\u0301tháng٣۵"), max_size=60))
def test_whatever_stands_there_mentions_are_real_days_in_order(text: str) -> None:
    end = 0
    for mention in dates_in(text, CALENDAR, reference="2024-05-03T10:00:00"):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        if mention.reading.precision != "month":
            datetime.datetime.fromisoformat(mention.reading.value)


@pytest.mark.parametrize(
    "flood", ["1", "1.", "1/", "2024-", "May ", " ", "a\u0301", "10:", "tháng ", "Mon, ", "令和", "3 May ", "A", "2 hours "]
)
def test_floods_take_no_time(flood: str) -> None:
    text = flood * (100_000 // len(flood))
    dates_in("3 May 2024", CALENDAR)
    start = process_time()
    dates_in(text, CALENDAR, reference="2024-05-03T10:00:00")
    dates_in(text[:LOOK], CALENDAR)
    assert process_time() - start < 0.5  # takes milliseconds; a search that is not linear takes many seconds


def test_a_date_that_the_end_of_the_look_tears_is_not_read_in_part() -> None:
    for length in range(LOOK - 12, LOOK + 1):
        assert all(
            mention.reading.value == "2017-05-12" for mention in dates_in("x" * (length - 1) + " 12.05.2017 more", CALENDAR)
        )


def test_a_sum_of_money_is_no_year_of_an_era() -> None:
    assert fields.parse_date("来源不明的资金超过三百万元。") is None
