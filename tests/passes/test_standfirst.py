"""Which line between headline and report sums it up."""

from __future__ import annotations

import pytest
from pages import GERMAN, HEADLINE, LAST, MORE, PROSE, REPORT, claims, stated

import newsnorm
from newsnorm.page.state import Pass
from newsnorm.passes import find_bylines, find_dates, find_standfirst, find_title

BEFORE: tuple[Pass, ...] = (find_title, find_dates, find_bylines)
SUMMARY = "The harbour office fears that the repairs take weeks"
GERMAN_SUMMARY = "Die Stadt rechnet mit Wochen, bis die Pfeiler repariert sind"


@pytest.mark.parametrize(
    ("lines", "summary"),
    [
        ((HEADLINE, SUMMARY, "By Ana Silva", "3 May 2024", *REPORT), SUMMARY),
        ((HEADLINE, SUMMARY, "3 May 2024", *REPORT), SUMMARY),
        (("By Ana Silva", "3 May 2024", HEADLINE, SUMMARY, "", PROSE, "", MORE, "", LAST), SUMMARY),
        (("Brücke bleibt gesperrt", GERMAN_SUMMARY, "Von Anna Müller", "3. Mai 2024", GERMAN), GERMAN_SUMMARY),
    ],
)
def test_a_line_that_is_set_apart_is_the_standfirst(lines: tuple[str, ...], summary: str) -> None:
    assert claims(stated(find_standfirst, *lines, before=BEFORE)) == [("standfirst.set-apart", summary)]


@pytest.mark.parametrize(
    "lines",
    [
        (HEADLINE, SUMMARY, *REPORT),
        (HEADLINE, "", SUMMARY, "", PROSE, "", MORE),
        (HEADLINE, SUMMARY, "", PROSE, "", MORE, "", LAST),
        (HEADLINE, f"BERGEN, Norway (AP) — {SUMMARY}.", "By Ana Silva", "3 May 2024", *REPORT),
        (HEADLINE, "Harbour news", "By Ana Silva", "3 May 2024", *REPORT),
        (HEADLINE, f"• {SUMMARY}", "By Ana Silva", "3 May 2024", *REPORT),
        (HEADLINE, "By Ana Silva", "3 May 2024", SUMMARY, *REPORT),
        (HEADLINE, SUMMARY),
        (HEADLINE, PROSE, "By Ana Silva"),
        (HEADLINE, PROSE, MORE, "By Ana Silva", "3 May 2024", LAST),
        ("By Ana Silva", "3 May 2024", HEADLINE, f"{MORE} {LAST}", "", PROSE, "", LAST),
    ],
)
def test_any_other_line_may_be_the_first_paragraph(lines: tuple[str, ...]) -> None:
    assert stated(find_standfirst, *lines, before=BEFORE) == []


def test_without_a_headline_there_is_no_standfirst() -> None:
    assert stated(find_standfirst, HEADLINE, SUMMARY, "By Ana Silva", *REPORT) == []


def test_a_standfirst_stays_a_paragraph_of_the_report() -> None:
    article = newsnorm.parse("\n".join((HEADLINE, SUMMARY, "By Ana Silva", "3 May 2024", *REPORT)))
    assert article.standfirst is not None
    assert article.standfirst.text == SUMMARY
    assert article.paragraphs == (SUMMARY, *REPORT)
    assert [entry.fate for entry in article.ledger][:3] == ["title", "standfirst", "byline"]


HTML_PROSE = "".join(
    f"<p>{text}</p>"
    for text in (
        "The quay closes on Monday because two of its pillars are broken, the port said in a statement on Thursday.",
        "The port has asked the county for half of the money that the work will cost, and expects an answer by May.",
        "Fishermen said on Tuesday that they had warned of the cracks for more than three years without any answer.",
    )
)
HTML_SUMMARY = "Ferries move to the north pier until the summer, and the market to the town hall."


def of_page(above: str, head: str = "") -> newsnorm.Article:
    html = f"<head>{head}</head><body><article><h1>Quay to close for a year</h1>{above}{HTML_PROSE}</article></body>"
    return newsnorm.parse(html, media_type="text/html")


@pytest.mark.parametrize(
    ("above", "head"),
    [
        (f"<p class='standfirst'>{HTML_SUMMARY}</p>", ""),
        (f"<div class='article-dek'><p>{HTML_SUMMARY}</p></div>", ""),
        (f"<h2 class='c-Subheadline_x1'>{HTML_SUMMARY}</h2><p>By Ana Ng</p>", ""),
        (f"<h2>{HTML_SUMMARY}</h2>", f"<meta property='og:description' content='{HTML_SUMMARY}'>"),
    ],
)
def test_markup_says_which_line_is_the_standfirst(above: str, head: str) -> None:
    article = of_page(above, head)
    assert article.standfirst is not None
    assert (article.standfirst.text, article.standfirst.rule) == (HTML_SUMMARY, "standfirst.marked")
    assert article.paragraphs[0] == HTML_SUMMARY


def test_a_first_paragraph_that_is_the_description_is_no_standfirst() -> None:
    article = of_page(f"<p>{HTML_SUMMARY}</p>", f"<meta property='og:description' content='{HTML_SUMMARY}'>")
    assert article.standfirst is None
    assert article.paragraphs[0] == HTML_SUMMARY


def test_the_stated_description_is_the_standfirst_below_date_byline_and_buttons() -> None:
    pytest.importorskip("turbohtml")
    summary = "The port gives its pillars two years at most, and the ferries have to leave before the summer"
    report = (
        "<p>The quay closes on Monday because two of its pillars are broken, the port said in a statement on Thursday.</p>" * 2
    )
    above = "<h1>Quay to close</h1><p>3 May 2024</p><p>By Ana Ng</p><div>Share</div><div>Tweet</div><div>Mail</div>"
    for tag in ("div", "h2"):
        body = f"<body>{above}<{tag}>{summary}</{tag}>{report}</body>"
        stated = newsnorm.parse(f'<html><meta name=description content="{summary}">{body}', media_type="text/html")
        assert stated.standfirst is not None
        assert (stated.standfirst.text, stated.standfirst.rule) == (summary, "standfirst.marked")
        assert summary in stated.paragraphs
        assert newsnorm.parse(f"<html>{body}", media_type="text/html").standfirst is None


def test_the_stated_description_is_the_standfirst_above_the_headline_and_without_one() -> None:
    pytest.importorskip("turbohtml")
    summary = "The port gives its pillars two years at most, and the ferries have to leave before the summer"
    report = (
        "<p>The quay closes on Monday because two of its pillars are broken, the port said in a statement on Thursday.</p>" * 2
    )
    for headline in ("<h1>Quay to close for a year</h1>", ""):
        body = f"<body><header><p class=intro>{summary}</p>{headline}</header><div class=text>{report}</div></body>"
        head = "<title>Quay to close for a year</title>"
        stated = newsnorm.parse(f'<html>{head}<meta name=description content="{summary}">{body}', media_type="text/html")
        assert stated.title == "Quay to close for a year"
        assert stated.standfirst is not None
        assert (stated.standfirst.text, stated.standfirst.rule) == (summary, "standfirst.marked")
        assert summary in stated.paragraphs
        assert newsnorm.parse(f"<html>{head}{body}", media_type="text/html").standfirst is None


AMID = "<h1>Quay to close for a year</h1>" + "".join(
    f"<div>{word}</div>" for word in ("Port", "Share", "Mail", "Print", "Save", "Listen")
)


@pytest.mark.parametrize(
    ("html", "is_summary"),
    [
        (f"<p class='c-summary'>{HTML_SUMMARY}</p>", True),
        (f"<p class='c-summary'>OSLO (Reuters) - {HTML_SUMMARY}</p>", False),
        (f"<form><p class='field-description'>{HTML_SUMMARY}</p></form>", False),
        (f"<blockquote class='lead'><p>{HTML_SUMMARY}</p></blockquote>", False),
        (f"<p class='subtitle-2'><a href=/a>{HTML_SUMMARY}</a></p>", False),
    ],
)
def test_a_summary_by_its_name_may_stand_below_buttons_and_is_no_part_of_a_form(html: str, is_summary: bool) -> None:
    pytest.importorskip("turbohtml")
    report = (
        "<p>The quay closes on Monday because two of its pillars are broken, the port said in a statement on Thursday.</p>" * 2
    )
    article = newsnorm.parse(f"<html lang=en><body>{AMID}{html}<div class=text>{report}</div></body>", media_type="text/html")
    assert (article.standfirst is not None and article.standfirst.rule == "standfirst.marked") == is_summary
