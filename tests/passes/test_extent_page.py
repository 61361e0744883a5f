"""Where the report is on a page of HTML: what its markup sets aside, what goes after that, and that it is said why."""

from __future__ import annotations

import json
import tomllib
from functools import cache

import pytest

import newsnorm
from newsnorm.evidence.forest import load_forest
from newsnorm.page.extent_features import feature_names
from newsnorm.page.markup_features import extract_markup_features
from newsnorm.page.markup_view import MODEL as MARKUP_MODEL
from newsnorm.page.state import Found
from newsnorm.passes.extent import find_extent
from newsnorm.passes.extent_page import MODEL as EXTENT_MODEL
from newsnorm.passes.set_aside import OUTSIDE
from newsnorm.records import Removal
from newsnorm.resources import directory_of

pytest.importorskip("turbohtml")

REPORTS = {
    "en": (
        "Divers close the eastern quay",
        "The harbour board closed the eastern quay on Monday after divers found cracks in three of its piles.",
        "Two ferries were sent to the coal pier, where passengers waited for an hour in the rain without a roof.",
        "“We would rather be late than sorry,” the harbour master said, adding that a third ship would not sail at all.",
        "The board will decide in June whether the quay is repaired or torn down, its chair told the local radio.",
    ),
    "de": (
        "Taucher lassen den Ostkai sperren",
        "Die Hafenbehörde hat am Montag den Ostkai gesperrt, nachdem Taucher Risse in drei Pfählen gefunden hatten.",
        "Zwei Fähren wurden zum Kohlenpier geschickt, wo die Fahrgäste eine Stunde lang im Regen warteten.",
        "„Lieber zu spät als gar nicht“, sagte der Hafenmeister, ein drittes Schiff werde an diesem Tag nicht fahren.",
        "Im Juni entscheidet die Behörde, ob der Kai repariert oder abgerissen wird, sagte die Vorsitzende dem Radio.",
    ),
    "el": (
        "Δύτες έκλεισαν την ανατολική προβλήτα",
        "Η λιμενική αρχή έκλεισε τη Δευτέρα την ανατολική προβλήτα, αφού δύτες βρήκαν ρωγμές σε τρεις πασσάλους.",
        "Δύο πλοία στάλθηκαν στην προβλήτα του άνθρακα, όπου οι επιβάτες περίμεναν μία ώρα στη βροχή χωρίς στέγη.",
        "«Καλύτερα αργά παρά ποτέ», είπε ο λιμενάρχης και πρόσθεσε ότι ένα τρίτο πλοίο δεν θα φύγει καθόλου σήμερα.",
        "Η αρχή θα αποφασίσει τον Ιούνιο αν η προβλήτα θα επισκευαστεί ή θα κατεδαφιστεί, είπε η πρόεδρος στο ραδιόφωνο.",
    ),
}
MENU = ("Home", "News", "Sport", "Weather", "Video", "Shipping", "Opinion", "Archive", "Contact", "Subscribe")
TEASERS = tuple(f"Village {number} asks for a new pier before the winter storms" for number in range(8))


def links(texts: tuple[str, ...]) -> str:
    return "".join(f'<li><a href="/{number}">{text}</a></li>' for number, text in enumerate(texts))


def page(language: str, body: str = "") -> str:
    title, *report = REPORTS[language]
    body = body or "".join(f"<p>{text}</p>" for text in report)
    return f"""<!DOCTYPE html><html lang="{language}"><head><title>{title} | The Quay Post</title></head><body>
<header><nav class="menu"><ul>{links(MENU)}</ul></nav></header>
<main><article><h1>{title}</h1><div class="story-body">{body}</div></article></main>
<aside class="related"><h2>More stories</h2><ul>{links(TEASERS)}</ul></aside>
<footer><ul>{links(MENU[5:])}</ul><p>The Quay Post is printed in the old customs house.</p></footer></body></html>"""


def report_of(html: str) -> tuple[str, ...]:
    """Return the paragraphs without the headline."""
    return tuple(text for text in parsed(html).paragraphs if text != REPORTS["en"][0])


@cache
def parsed(html: str) -> newsnorm.Article:
    return newsnorm.parse(html, media_type="text/html")


@pytest.mark.parametrize("language", REPORTS)
def test_the_report_is_found_and_nothing_else(language: str) -> None:
    title, *report = REPORTS[language]
    article = parsed(page(language))
    assert [text for text in article.paragraphs if text != title] == report


@pytest.mark.parametrize("wrap", ["{}<br><br>", "<div>{}</div>", "<p><span>{}</span></p>", "<section><p>{}</p></section>"])
def test_paragraphs_may_be_marked_in_many_ways(wrap: str) -> None:
    report = REPORTS["en"][1:]
    assert report_of(page("en", "".join(wrap.format(text) for text in report))) == report


def test_every_line_that_goes_has_a_rule_and_a_reason() -> None:
    html = page("en")
    article = parsed(html)
    read = newsnorm.Parser().page(html, media_type="text/html")
    assert newsnorm.reconstruct(article, read.raw) == read.raw.text
    assert all(removal.rule and removal.reason for removal in article.removals)
    assert OUTSIDE.id in {removal.rule for removal in article.removals}


def test_findings_say_how_likely_a_unit_is_and_what_speaks_against_it() -> None:
    parser = newsnorm.Parser()
    body = (
        "".join(f"<p>{text}</p>" for text in REPORTS["en"][1:])
        + "<p>Ana Ng is a reporter in the harbour office of this paper.</p>"
    )
    read = parser.page(page("en", body), media_type="text/html")
    found = Found(read, parser.catalogue)
    removals = [finding for finding in find_extent(found.page, found, found.rules) if isinstance(finding, Removal)]
    assert removals
    assert all("% likely to be part of the report; against it: " in removal.why for removal in removals)


def test_a_page_without_a_report_is_not_an_error() -> None:
    for html in ("<ul>" + links(MENU) + "</ul>", "<p></p>", "<p>Not found</p>"):
        read = newsnorm.Parser().page(html, media_type="text/html")
        assert newsnorm.reconstruct(parsed(html), read.raw) == read.raw.text


def test_features_of_the_forests_exist_and_have_a_name_in_words() -> None:
    read = newsnorm.Parser().page(page("en"), media_type="text/html")
    markup = tuple(extract_markup_features(read).columns)
    names = feature_names(markup)
    first, second = load_forest(MARKUP_MODEL).names, load_forest(EXTENT_MODEL).names
    assert set(first) <= set(markup)
    assert set(second) <= set(names)
    data = directory_of("page", "data")
    of_markup = tomllib.loads(data.joinpath("markup-features.toml").read_text("utf-8"))
    of_units = tomllib.loads(data.joinpath("unit-features.toml").read_text("utf-8"))
    assert set(of_markup) <= set(names)
    assert {*first, *second} <= set(of_markup)
    assert not of_markup.keys() & of_units.keys()


@pytest.mark.parametrize("model", [MARKUP_MODEL, EXTENT_MODEL])
def test_forests_are_complete_trees_with_whole_leaves(model: str) -> None:
    data = json.loads(directory_of("evidence", "models").joinpath(model).read_text("utf-8"))
    inner = len(data["feature"][0])
    assert (inner + 1).bit_count() == 1
    assert all(len(row) == inner for rows in (data["feature"], data["threshold"]) for row in rows)
    assert all(len(row) == inner + 1 and all(isinstance(leaf, int) for leaf in row) for row in data["leaf"])


def test_a_long_page_loses_no_paragraph() -> None:
    """Lines beyond the limit of a page come in blocks, which are judged as one line each."""
    title, *report = REPORTS["en"]
    paragraphs = [f"{text[:-1]}, on day {number}." for number in range(1_600) for text in report]
    article = newsnorm.parse(page("en", "".join(f"<p>{text}</p>" for text in paragraphs)), media_type="text/html")
    text = " ".join(article.text.split())
    assert article.title == title
    assert sum(paragraph in text for paragraph in paragraphs) >= 0.995 * len(paragraphs)
