"""What a page claims about its report: which claims are believed, and in which order."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsnorm import Catalogue
from newsnorm.grammar.byline import BylineReader
from newsnorm.page.claimed import Claimed
from newsnorm.page.claimed_people import are_one
from newsnorm.page.claims import clean, words_in
from newsnorm.page.state import host_of
from newsnorm.records import Claim, ClaimField, ClaimSource, Markup, Page, RawArticle, Span

URL = "https://www.harbour-news.example/2024/quay"


def claim(field: ClaimField, source: ClaimSource, name: str, value: str) -> Claim:
    return Claim(field=field, source=source, name=name, value=value, line=0, span=Span(0, len(value)))


def claimed(*claims: Claim, fetched: str | None = None) -> Claimed:
    """Read claims of a page without lines; each has a line of its own."""
    numbered = tuple(attrs.evolve(each, line=number) for number, each in enumerate(claims))
    raw = RawArticle(text="", sha256="", url=URL, fetched=fetched)
    page = Page(raw=raw, lines=(), markup=Markup(claims=numbered))
    rules = Catalogue.default().narrow("en")
    reader = BylineReader(rules.context.grammar, rules.markers, host_of(URL))
    return Claimed.of(page, rules.context, reader, host_of(URL))


# order


def test_json_ld_of_a_report_comes_before_meta_elements_and_these_by_their_names() -> None:
    found = claimed(
        claim("published", "meta", "date", "2024-05-01"),
        claim("published", "meta", "article:published_time", "2024-05-02"),
        claim("published", "json-ld", "NewsArticle.datePublished", "2024-05-03"),
    )
    assert [date.day for date in found.dates.published] == ["2024-05-03", "2024-05-02"]


def test_a_report_with_another_headline_is_none_of_the_page() -> None:
    found = claimed(
        claim("title", "json-ld", "NewsArticle.headline", "Ferry runs aground off the old lighthouse"),
        claim("author", "json-ld", "NewsArticle.author.Person", "Jane Doe"),
        claim("title", "json-ld", "NewsArticle.headline", "Quay to close for a year"),
        claim("author", "json-ld", "NewsArticle.author.Person", "María Pérez"),
        claim("title", "meta", "og:title", "Quay to close for a year"),
    )
    assert [person.name for each in found.authors.stated for person in each.people] == ["María Pérez"]


# the site and the headline


def test_the_site_is_the_claimed_name_that_is_like_the_host() -> None:
    found = claimed(
        claim("site", "meta", "application-name", "Newsreader"),
        claim("site", "json-ld", "NewsArticle.publisher", "Harbour News"),
        claim("site", "meta", "twitter:site", "@harbournews_quay"),
    )
    assert found.title.site is not None
    assert found.title.site[1] == "Harbour News"


@pytest.mark.parametrize(
    ("title", "site"),
    [
        ("Quay to close for a year | Harbour News", "Harbour News"),
        ("Harbour News: quay to close for a year", "Harbour News"),
        ("Quay to close for a year - News", None),
        ("Quay to close for a year - Tug Weekly", None),
        ("Quay to close for a year", None),
    ],
)
def test_without_a_claimed_name_the_end_of_the_title_that_is_like_the_host_is_the_site(title: str, site: str | None) -> None:
    found = claimed(claim("title", "title", "title", title)).title.site
    assert (found[1] if found is not None else None) == site


@pytest.mark.parametrize(
    "title",
    [
        "Quay to close - Harbour News",
        "Quay to close | Harbour News | News",
        "Harbour News: Quay to close",
        "Quay to close » Harbour News Online",
    ],
)
def test_the_name_of_the_site_is_cut_off_a_claimed_headline(title: str) -> None:
    found = claimed(claim("site", "meta", "og:site_name", "Harbour News"), claim("title", "title", "title", title))
    assert found.title.claimed is not None
    assert found.title.claimed.text.removesuffix(" | News") == "Quay to close" or "|" in title


def test_a_headline_with_a_dash_stays_whole() -> None:
    found = claimed(claim("title", "meta", "og:title", "Quay to close - for good"))
    assert found.title.claimed is not None
    assert found.title.claimed.text == "Quay to close - for good"


# people


@pytest.mark.parametrize(
    ("kind", "value", "names"),
    [
        ("Person", "MARÍA PÉREZ", ["María Pérez"]),
        ("Person", "Jane Doe and Tom O'Hara", ["Jane Doe", "Tom O'Hara"]),
        ("Person", "By Jane Doe, Chief Reporter", ["Jane Doe"]),
        ("Person", "Emily Co", ["Emily Co"]),
        ("Person", "Susan", ["Susan"]),
        ("Person", "Jane O&#039;Neil", ["Jane O'Neil"]),
        ("Person", "Reuters", []),
        ("Person", "Harbour News", []),
        ("Person", "News Staff", []),
        ("Person", "https://www.facebook.com/jane.doe", []),
        ("Organization", "Jane Doe", []),
    ],
)
def test_people_are_read_and_agencies_offices_and_sites_are_none(kind: str, value: str, names: list[str]) -> None:
    found = claimed(
        claim("site", "meta", "og:site_name", "Harbour News"), claim("author", "json-ld", f"NewsArticle.author.{kind}", value)
    )
    assert [person.name for each in found.authors.stated for person in each.people] == names


def test_an_agency_is_an_agency() -> None:
    found = claimed(claim("author", "json-ld", "NewsArticle.author.Person", "Agence France-Presse"))
    assert [(each.people, each.agency) for each in found.authors.stated] == [((), "AFP")]


def test_of_meta_elements_the_most_trustworthy_name_counts_alone() -> None:
    found = claimed(claim("author", "meta", "author", "Anna Media"), claim("author", "meta", "article:author", "Jane Doe"))
    assert [person.name for each in found.authors.others for person in each.people] == ["Jane Doe"]


@given(st.text(max_size=40), st.text(max_size=40))
def test_being_one_person_has_no_order(one: str, other: str) -> None:
    assert are_one(one, other) == are_one(other, one)


# dates


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("2024-05-03T10:15:00+02:00", "2024-05-03T10:15:00+02:00"),
        ("2024-05-03T10:15Z", "2024-05-03T10:15+00:00"),
        ("2024-05-03", "2024-05-03"),
        ("Fri, 3 May 2024 10:15:00 GMT", "2024-05-03T10:15:00+00:00"),
        ("2024-01-01T09:30:00Z", "2024-01-01T09:30:00+00:00"),
        ("2024-01-01", None),
        ("2024-01-01T00:00:00+00:00", None),
        ("1970-01-01T00:00:00Z", None),
        ("0", None),
        ("{{ article.date }}", None),
        ("2031-05-03", None),
        ("May 2024", None),
    ],
)
def test_dates_that_a_machine_filled_in_are_not_believed(value: str, read: str | None) -> None:
    found = claimed(claim("published", "meta", "article:published_time", value), fetched="2024-05-04")
    assert [date.reading.value for date in found.dates.published] == ([] if read is None else [read])
    assert (found.dates.doubtful is not None) == (read is None)


def test_a_day_apart_is_explained_by_utc_alone() -> None:
    (utc,) = claimed(claim("published", "meta", "article:published_time", "2024-05-03T22:15:00Z")).dates.published
    (local,) = claimed(claim("published", "meta", "article:published_time", "2024-05-03T22:15:00+02:00")).dates.published
    assert (utc.is_near("2024-05-04"), local.is_near("2024-05-04")) == (True, False)
    assert (utc.is_near("2024-05-03"), local.is_near("2024-05-03"), utc.is_near("2024-05-05")) == (True, True, False)


def test_the_day_in_the_address_of_the_page_is_a_claim() -> None:
    found = claimed(claim("url", "link", "canonical", "https://www.harbour-news.example/2024/05/03/quay"))
    assert [date.day for date in found.dates.published] == ["2024-05-03"]


# words


@given(st.text(max_size=60))
def test_any_value_is_read(value: str) -> None:
    assert clean(clean(value)) == clean(clean(clean(value)))
    assert words_in(value) == words_in(value)
