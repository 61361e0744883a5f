"""Which line is the headline, and which only repeat it."""

from __future__ import annotations

import pytest
from pages import CHINESE, GERMAN, HEADLINE, MORE, PROSE, REPORT, SPANISH, after, claims, page_of, stated

import newsnorm
from newsnorm.passes import find_curated, find_title

URL = "https://example-news.com/quay-closed-after-pillars-crack"


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        (("Home", HEADLINE, "3 May 2024", *REPORT), HEADLINE),
        (("Brücke bleibt gesperrt", "Von Anna Müller", "3. Mai 2024", GERMAN), "Brücke bleibt gesperrt"),
        (("El muelle cierra en mayo", "Por Ana Silva", "3 de mayo de 2024", SPANISH), "El muelle cierra en mayo"),
        (("码头因支柱开裂而关闭", "2024年5月3日", CHINESE), "码头因支柱开裂而关闭"),
    ],
)
def test_the_headline_is_found_in_any_language(lines: tuple[str, ...], headline: str) -> None:
    assert [text for _, text in claims(stated(find_title, *lines))] == [headline]


def test_a_url_tells_the_headline_from_other_lines() -> None:
    lines = ("Ten ways to cook a cabbage", HEADLINE, "Tram late again", *REPORT)
    assert claims(stated(find_title, *lines, url=URL)) == [("title.weighed", HEADLINE)]
    assert stated(find_title, *lines, url=URL)[0].why.startswith("evidence ")


def test_without_a_url_the_first_line_is_the_headline_if_it_begins_like_one() -> None:
    assert claims(stated(find_title, HEADLINE, *REPORT)) == [("title.first-line", HEADLINE)]


@pytest.mark.parametrize(
    "line",
    [
        "Harbour",
        "By Ana Silva",
        "3 May 2024",
        "Ana Silva",
        "Home > News > Harbour",
        "The quay was closed on Monday.",
        "• Quay closed",
    ],
)
def test_a_first_line_that_is_something_else_is_no_headline(line: str) -> None:
    assert stated(find_title, line, *REPORT) == []


def test_a_headline_that_the_report_was_joined_to_stays_in_the_text() -> None:
    text = f"{HEADLINE} {PROSE} {MORE}"
    findings = stated(find_title, text, url=URL)
    assert [(finding.rule, finding.text, finding.takes_line) for finding in findings] == [("title.same-line", HEADLINE, False)]
    assert newsnorm.parse(text, url=URL).paragraphs == (text,)


def test_below_the_first_paragraph_of_a_text_without_a_head_there_is_no_headline() -> None:
    labels = ("Rating", "Price", "Our view", "Bottom line", "Risks", "Verdict")
    assert stated(find_title, PROSE, HEADLINE, "Silva Photos", MORE, *labels, url=URL) == []


def test_below_sentences_that_open_the_text_a_line_that_says_the_address_is_no_headline() -> None:
    assert stated(find_title, PROSE, MORE, HEADLINE, PROSE, MORE, url=URL) == []
    assert claims(stated(find_title, HEADLINE, PROSE, MORE, url=URL)) == [("title.weighed", HEADLINE)]


def test_a_text_without_a_headline_has_none() -> None:
    assert stated(find_title, *REPORT) == []


def test_the_name_of_the_site_is_not_part_of_the_headline_and_repeats_go() -> None:
    lines = (f"{HEADLINE} | Example News", PROSE, MORE, HEADLINE)
    findings = stated(find_title, *lines, url=URL)
    assert claims(findings) == [("title.weighed", HEADLINE), ("title.repeat", HEADLINE)]
    assert [finding.line for finding in findings] == [0, 3]


def test_a_short_headline_may_be_a_line_of_the_report() -> None:
    findings = stated(find_title, "Quay closed now", PROSE, "Quay closed now", MORE)
    assert claims(findings) == [("title.first-line", "Quay closed now")]


@pytest.mark.parametrize("repeat", [f"{HEADLINE}.", f"{HEADLINE} - and sank.", HEADLINE])
def test_a_sentence_or_a_refrain_amid_the_report_stays(repeat: str) -> None:
    assert claims(stated(find_title, HEADLINE, PROSE, repeat, MORE)) == [("title.first-line", HEADLINE)]


@pytest.mark.parametrize("repeat", [f"{HEADLINE} - Photo 1.", f"{HEADLINE} | Photo 12"])
def test_the_label_of_a_picture_behind_the_headline_goes(repeat: str) -> None:
    assert claims(stated(find_title, HEADLINE, PROSE, repeat, MORE))[1] == ("title.repeat", repeat)


def test_a_title_that_the_caller_knows_is_found_on_the_page_or_not_at_all() -> None:
    lines = ("Ten ways to cook a cabbage", HEADLINE, *REPORT)
    given = after(page_of(*lines, title=HEADLINE.upper()), find_title)
    assert claims(given.findings()) == [("title.given", HEADLINE)]
    assert after(page_of(*lines, title="Storm lifts a roof"), find_title).findings() == ()


def test_a_line_that_a_phrase_took_is_no_headline() -> None:
    lines = ("Related articles", HEADLINE, *REPORT)
    assert "Related articles" not in [text for _, text in claims(stated(find_title, *lines, before=(find_curated,)))]


def test_the_headline_stands_above_its_subhead() -> None:
    subhead = "Divers found the damage by chance and the ferries now leave from the northern pier"
    assert claims(stated(find_title, "Quay closed for the summer", subhead, "By Ana Silva", "3 May 2024", *REPORT)) == [
        ("title.weighed", "Quay closed for the summer")
    ]
    assert claims(stated(find_title, "Harbour News", subhead, "By Ana Silva", "3 May 2024", *REPORT))[0][1] == subhead
