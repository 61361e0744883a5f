"""How a date stands in its line, and the law that no day in running text is a publication without a frame."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import HEADLINE, MORE, PROSE, REPORT, found_on, stated

from newsnorm.page.date_standing import DateStanding, is_date_line, standing_of
from newsnorm.passes import find_curated, find_dates, find_title
from newsnorm.records import PublicationDate

LONG = "the old bridge was closed to lorries because two of its pillars had cracked in the frost, the mayor said on the radio."


def standing(*lines: str, at: int = 1, title: int | None = 0) -> DateStanding:
    layout = found_on(*lines, *REPORT).layout
    view = layout.lines[at]
    return standing_of(layout, view, view.dates[0], title)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published 3 May 2024", "marked"),
        ("Veröffentlicht am 3. Mai 2024 von der Redaktion der Zeitung aus Felsing am See", "marked"),
        ("3 May 2024", "alone"),
        ("Vendredi 3 mai 2024 à 14h05", "alone"),
        ("17.04.2024, 12:24 Lesezeit: 5 Min.", "alone"),
        ("By Ana Silva of the harbour desk and the whole team, 3 May 2024", "signed"),
        ("25/04/2026 Actualizado a las 15:10h.", "apart"),
        ("毎日新聞 2025/1/14 21:17（最終更新 1/14 21:17） 789文字", "apart"),
        ("Filed under Harbour and Bridges and Boats • 3 May 2024", "alone"),
        (f"Wien, 3. Mai 2024 – {LONG}", "opening"),
        (f"Red. / 31.10.2023 {LONG.capitalize()}", "opening"),
        (f"On 3 May 2024 {LONG}", "told"),
        (f"Per Kamis (20/03/2025), {LONG}", "told"),
        (f"A film posted on 3 May 2024 shows how {LONG}", "told"),
        ("The quay was opened on 3 May 1998.", "told"),
        ("这座桥于2024年5月3日开放。", "told"),
        ("— Jasper Vine (@jaspervine) April 11, 2021", "told"),
        ("— Lucía Vega (@luciavega) 11 de abril de 2021", "told"),
        ("Ein Beitrag geteilt von Esmeralda Merlot (@esmeralda_merlot) am Apr 21, 2019 um 4:47 PDT", "told"),
        ("Bathers on the pier in Sandrigg on 3 May 2024", "told"),
    ],
)
def test_a_date_stands_as(line: str, expected: DateStanding) -> None:
    assert standing(HEADLINE, line) == expected


@pytest.mark.parametrize("line", ["Calderport tramway to shut on 30 November 2024", "Tramway shuts 30 November 2024"])
def test_a_day_in_the_headline_is_told(line: str) -> None:
    assert standing(line, at=0) == "told"


def test_an_address_above_the_report_gives_its_day_and_one_amid_it_does_not() -> None:
    address = "https://example.com/news/2018/10/30/governor-walks-away"
    assert standing(address, at=0, title=None) == "address"
    assert standing(HEADLINE, PROSE, address, at=2) == "told"


def test_a_day_below_the_name_of_an_account_is_that_of_a_post() -> None:
    assert standing(HEADLINE, "— Jasper Vine (@jaspervine)", "April 11, 2021", at=2) == "told"


@pytest.mark.parametrize(
    ("label", "role"),
    [("PUBLISHED:", "published"), ("Veröffentlicht", "published"), ("Mis à jour", "updated"), ("更新日：", "updated")],
)
def test_a_label_on_a_line_of_its_own_marks_the_date_below(label: str, role: str) -> None:
    layout = found_on(HEADLINE, label, "3 May 2024", *REPORT).layout
    assert layout.lines[2].dates[0].role == role
    assert layout.date_labels == {1}


def test_a_label_below_a_date_without_one_may_be_that_date_s() -> None:
    layout = found_on(HEADLINE, "1 May 2024", "Published", "3 May 2024", *REPORT).layout
    assert layout.lines[3].dates[0].role is None


def test_the_signature_of_a_post_is_no_date_line() -> None:
    lines = found_on(HEADLINE, "— Jack Moore (@JFXM) January 27, 2015", "27 January 2015", *REPORT).layout.lines
    assert [is_date_line(view) for view in lines[1:3]] == [False, True]


SENTENCES = (
    "On {day} the harbour office closed the quay because two of its old pillars had cracked in the frost of the winter.",
    "The lease was signed on {day} and renewed four times.",
    "Am {german} wurde die Brücke für Lastwagen gesperrt, weil zwei ihrer Pfeiler im Frost des Winters gerissen waren.",
    "Per Kamis ({numbers}), unggahan tersebut telah mendapat 230 tayangan dan 26 tanda suka.",
    "Đoạn video đăng ngày {numbers} đã thu hút hơn hai triệu lượt xem, theo lời của văn phòng cảng trong một thông báo.",
    "Hens leave a barn near Oxley on {day}.",
    "— Jasper Vine (@jaspervine) {day}",
    "А {numbers} мост закрыли для грузовиков, потому что две его опоры треснули зимой от сильного мороза.",
    "El muelle fue cerrado el {numbers} porque dos de sus viejos pilares se agrietaron, según informó la oficina.",
)


@given(
    day=st.dates(datetime.date(1900, 1, 1), datetime.date(2030, 12, 31)),
    sentence=st.sampled_from(SENTENCES),
    place=st.integers(0, 3),
    headline=st.booleans(),
)
def test_without_a_frame_no_day_of_running_text_is_the_publication(
    day: datetime.date, sentence: str, place: int, headline: bool
) -> None:
    numbers = f"{day.day}/{day.month}/{day.year}"
    written = sentence.format(day=f"{day:%B} {day.day}, {day.year}", german=f"{day.day}. Mai {day.year}", numbers=numbers)
    lines = [PROSE, MORE, LONG.capitalize()]
    lines.insert(place, written)
    text = [HEADLINE, *lines] if headline else lines
    assert found_on(*text).frame.kind == "none"
    found = stated(find_dates, *text, before=(find_curated, find_title))
    assert [finding for finding in found if isinstance(finding, PublicationDate)] == []
