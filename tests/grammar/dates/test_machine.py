"""Dates as machines print them."""

from __future__ import annotations

import pytest

import newsnorm
from newsnorm.grammar import Grammar
from newsnorm.grammar.dates.machine import spell_out
from newsnorm.grammar.dates.search import read_whole

CALENDAR = Grammar.default().calendar
MORNING = "2024-05-14T08:30:00+02:00"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Tue May 14 2024 08:30:00 GMT+0200 (CEST)", MORNING),
        ("Tue May 14 2024 08:30:00 GMT+0200 (Mitteleuropäische Sommerzeit)", MORNING),
        ("2024-05-14T08:30:00.000+02:00[Europe/Berlin]", MORNING),
        ("Tue May 14 08:30:00 +0200 2024", MORNING),
        ("2024-05-14CEST08:30:00+02:00", MORNING),
        ("20240514T083000+02:00", MORNING),
        ("20240514T083000Z", "2024-05-14T08:30:00+00:00"),
        ("20240514T08:30:00Z", "2024-05-14T08:30:00+00:00"),
        ("2024-05-14T0830", "2024-05-14T08:30"),
        ("20240514", "2024-05-14"),
        ("1715668200", "2024-05-14T06:30:00+00:00"),
        ("1715668200123", "2024-05-14T06:30:00+00:00"),
    ],
)
def test_dates_of_machines_are_read(printed: str, value: str) -> None:
    reading = read_whole(spell_out(printed), CALENDAR)
    assert reading is not None
    assert reading.value == value


@pytest.mark.parametrize("text", ["20240230", "20241332T083000Z", "17156682001", "171566820", "99990514", "٢٠٢٤٠٥١٤", "0"])
def test_no_date_is_made_of_a_number(text: str) -> None:
    assert read_whole(spell_out(text), CALENDAR) is None


@pytest.mark.parametrize("text", ["14 May 2024", "2024-05-14T08:30:00+02:00", "Tuesday (14 May)", "May 2024, 08:30"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert spell_out(text) == text


def test_a_page_that_claims_such_a_date_is_believed() -> None:
    page = (
        '<!doctype html><html lang=en><meta property="article:published_time" content="Tue May 14 2024 08:30:00 GMT+0200 (CEST)">'
        "<h1>Quay closes</h1><p>The harbour committee voted on Tuesday to close the quay, the port said.</p>"
    )
    article = newsnorm.parse(page, media_type="text/html")
    assert article.published is not None
    assert article.published.value == MORNING
    assert not article.notes
