"""Who wrote the report, and who is only named on its page."""

from __future__ import annotations

import pytest
from pages import GERMAN, HEADLINE, MORE, PROSE, REPORT, SPANISH, claims, stated

import newsnorm
from newsnorm.passes import find_bylines, find_dates, find_title
from newsnorm.records import Byline

BEFORE = (find_title, find_dates)


def bylines(*lines: str) -> list[Byline]:
    return [finding for finding in stated(find_bylines, *lines, before=BEFORE) if isinstance(finding, Byline)]


@pytest.mark.parametrize(
    ("headline", "line", "prose", "names"),
    [
        (HEADLINE, "By Ana Silva", PROSE, ["Ana Silva"]),
        (HEADLINE, "Ana Silva", PROSE, ["Ana Silva"]),
        (HEADLINE, "By ANA SILVA and Tom Brown", PROSE, ["Ana Silva", "Tom Brown"]),
        ("El muelle cierra en mayo", "Por Ana Silva", SPANISH, ["Ana Silva"]),
        ("Brücke bleibt gesperrt", "Von Anna Müller", GERMAN, ["Anna Müller"]),
    ],
)
def test_authors_are_named_below_the_headline(headline: str, line: str, prose: str, names: list[str]) -> None:
    (byline,) = bylines(headline, line, "3 May 2024", prose)
    assert [person.name for person in byline.people] == names
    assert (byline.rule, byline.text, byline.takes_line) == ("byline.weighed", line, True)
    assert byline.why.startswith("evidence ")


@pytest.mark.parametrize("line", ["By the harbour", "More by Ana Silva", "Harbour Office", "By clicking you agree"])
def test_look_alikes_name_nobody(line: str) -> None:
    assert bylines(HEADLINE, line, "3 May 2024", *REPORT) == []


def test_a_name_deep_in_the_report_is_no_author() -> None:
    assert bylines(HEADLINE, "Harbour", *REPORT * 3, "Ana Silva", *REPORT * 3) == []


def test_a_marker_above_the_name_goes_with_it() -> None:
    findings = stated(find_bylines, HEADLINE, "By", "Ana Silva", "3 May 2024", *REPORT, before=BEFORE)
    assert claims(findings) == [("byline.weighed", "Ana Silva"), ("byline.marker-above", "By")]


def test_an_author_named_again_is_no_second_one() -> None:
    lines = (HEADLINE, "By Ana Silva", "3 May 2024", *REPORT, "Ana Silva")
    findings = stated(find_bylines, *lines, before=BEFORE)
    assert claims(findings) == [("byline.weighed", "By Ana Silva"), ("byline.name-again", "Ana Silva")]


def test_authors_of_teasers_are_none_of_the_report() -> None:
    lines = (HEADLINE, "By Ana Silva", "3 May 2024", *REPORT, "Tram late", "By Tom Brown", "Storm", "By Jane Miller")
    assert [person.name for byline in bylines(*lines) for person in byline.people] == ["Ana Silva"]


@pytest.mark.parametrize(("line", "agency"), [("By Reuters", "Reuters"), ("Reuters", "Reuters"), ("dpa", "dpa")])
def test_an_agency_may_sign(line: str, agency: str) -> None:
    (byline,) = bylines(HEADLINE, line, "3 May 2024", *REPORT)
    assert (byline.agency, byline.people) == (agency, ())


def test_an_editor_is_named_as_one() -> None:
    (byline,) = bylines(HEADLINE, "Edited by Ana Silva", "3 May 2024", *REPORT)
    assert [person.role for person in byline.people] == ["editor"]


def test_a_name_in_a_long_line_of_the_report_takes_no_line() -> None:
    found = bylines(HEADLINE, "3 May 2024", f"By Ana Silva {PROSE}", *REPORT)
    assert all(not byline.takes_line for byline in found)


def test_a_headline_that_is_a_name_signs_nothing() -> None:
    article = newsnorm.parse(f"Anna Berg\n20 June 2024\n{PROSE}\n{MORE}")
    assert (article.title, article.authors) == ("Anna Berg", ())
