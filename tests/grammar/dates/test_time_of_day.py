"""Times beside a date, as papers of many countries write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm.grammar import Grammar
from newsnorm.grammar.dates.search import dates_in
from newsnorm.grammar.dates.time_of_day import Time
from newsnorm.grammar.dates.value import DateReading

CALENDAR = Grammar.default().calendar
DAY = DateReading(value="2024-06-20", precision="day")


def read(text: str, *languages: str) -> DateReading:
    (mention,) = dates_in(text, CALENDAR, languages)
    return mention.reading


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Thursday, June 20, 2024 at 2:05 p.m.", "2024-06-20T14:05"),
        ("20. Juni 2024, 14.05 Uhr", "2024-06-20T14:05"),
        ("20 juin 2024 à 14h05", "2024-06-20T14:05"),
        ("20 juin 2024 à 14h", "2024-06-20T14:00"),
        ("20.06.2024 klo 14.05", "2024-06-20T14:05"),
        ("2024年6月20日 14时05分", "2024-06-20T14:05"),
        ("2024年6月20日 下午2:05", "2024-06-20T14:05"),
        ("2024-06-20T14:05:09+03:00", "2024-06-20T14:05:09+03:00"),
        ("20 June 2024 14:05:09.123", "2024-06-20T14:05:09"),
        ("20 June 2024 1405 GMT", "2024-06-20T14:05+00:00"),
        ("20 June 2024 14:05 (UTC+5:30)", "2024-06-20T14:05+05:30"),
        ("14:05 | 20 June 2024", "2024-06-20T14:05"),
        ("2 pm, 20 June 2024", "2024-06-20T14:00"),
        ("20 June 2024 12:30 am", "2024-06-20T00:30"),
        ("20 June 2024 12:30 pm", "2024-06-20T12:30"),
        ("20 June 2024 15:00 pm", "2024-06-20T15:00"),
        ("20 June 2024 15:00 am", "2024-06-20T15:00"),
    ],
)
def test_a_time_is_read(text: str, value: str) -> None:
    reading = read(text)
    assert (reading.value, reading.doubt) == (value, "")
    assert reading.precision == ("second" if value[10:].count(":") >= 2 and ":09" in value else "minute")
    assert reading.zone == ("stated" if "+" in value else "unknown")


@pytest.mark.parametrize(
    "text",
    [
        "20 June 2024 25:00",
        "20 June 2024 14:60",
        "20 June 2024 14:05:60",
        "20 June 2024, 7.5 per cent",
        "20 June 2024 1405",
        "2024년 6월 20일 오전 15:05",
    ],
)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    assert read(text).value == "2024-06-20"


@pytest.mark.parametrize("offset", ["+15:00", "+05:60", "-14:01"])
def test_an_offset_that_no_zone_has_is_left_alone(offset: str) -> None:
    reading = read(f"20 June 2024 10:00 {offset}" if offset[0] == "+" else f"20 June 2024 10:00:00{offset}")
    assert (reading.value[11:16], reading.zone) == ("10:00", "unknown")


def test_a_range_of_hours_has_no_offset() -> None:
    assert read("20 June 2024 10:30-12:00").value == "2024-06-20T10:30"


@pytest.mark.parametrize(
    ("language", "value", "zone"), [("hi", "2024-06-20T10:00+05:30", "assumed"), ("de", "2024-06-20T10:00", "unknown")]
)
def test_a_zone_of_several_meanings_is_assumed_at_home_alone(language: str, value: str, zone: str) -> None:
    reading = read("June 20, 2024 10:00 IST", language)
    assert (reading.value, reading.zone) == (value, zone)
    assert "IST" in reading.doubt
    assert read("June 20, 2024 10:00 IST", f"{language}-XX") == reading


def test_a_time_at_home_says_what_was_assumed() -> None:
    time = Time("10:00", to_second=False, zone="unknown", doubt="date: the zone IST can mean more than one", name="ist")
    assert time.at_home((), CALENDAR) == time.at_home(("de",), CALENDAR) == time
    assert time.at_home(("de", "hi"), CALENDAR) == Time(
        "10:00+05:30",
        to_second=False,
        zone="assumed",
        doubt="date-zone-assumed: the time zone IST was read as +05:30",
        name="ist",
    )


def test_a_time_keeps_the_doubts_of_its_day() -> None:
    doubtful = DateReading(value="2024-06-20", precision="day", doubt="date: which order")
    plain, unsure = (Time("10:00", to_second=False, zone="unknown", doubt=doubt) for doubt in ("", "date: which zone"))
    assert [time.of(day).doubt for time in (plain, unsure) for day in (DAY, doubtful)] == [
        "",
        "date: which order",
        "date: which zone",
        "date: which order\ndate: which zone",
    ]


@given(st.times(), st.sampled_from(("{:%H:%M:%S}", "{:%H:%M}", "{:%I:%M %p}", "{:%Hh%M}", "{:%H.%M} Uhr")), st.booleans())
def test_every_time_is_read_as_itself(time: datetime.time, shape: str, is_before: bool) -> None:
    written = shape.format(time)
    reading = read(f"{written}, 20 June 2024" if is_before else f"20 June 2024, {written}")
    size = 8 if "%S" in shape else 5
    assert reading.value == f"2024-06-20T{time.isoformat()[:size]}"
    assert reading.precision == ("second" if size == 8 else "minute")


def test_a_time_before_its_day_is_read_past_an_article() -> None:
    assert read("kl. 14.05 den 20 juni 2024", "sv").value == "2024-06-20T14:05"
