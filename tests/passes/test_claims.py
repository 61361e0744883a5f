"""Claims of a page confirm what its lines say, and stand alone where those are silent."""

from __future__ import annotations

import pytest

import newsnorm
from newsnorm.testing import check_laws

pytest.importorskip("turbohtml")

REPORT = (
    "<p>The quay closes on Monday because two of its pillars are broken, the port said in a statement on Thursday.</p>"
    "<p>The ferries will leave from the north pier until the summer of next year, and the market moves to the town hall.</p>"
)
NAMES = '<meta property="og:site_name" content="Harbour News"><title>Quay to close for a year | Harbour News</title>'


def parse(head: str, body: str, url: str = "https://www.harbournews.example/quay") -> newsnorm.Article:
    html = f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'
    article = newsnorm.parse(html, url=url, media_type="text/html")
    check_laws(article, newsnorm.Parser().page(html, url=url, media_type="text/html"))
    return article


def json_ld(content: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {content}}}</script>'


def test_the_h1_that_agrees_is_the_headline() -> None:
    article = parse(NAMES, f"<h1>Harbour News</h1><h1>Quay to close for a year</h1>{REPORT}")
    assert article.headline is not None
    assert (article.title, article.headline.rule) == ("Quay to close for a year", "title.agreed")


def test_a_claimed_headline_stands_alone_where_no_line_says_it() -> None:
    article = parse(NAMES, REPORT)
    assert article.headline is not None
    assert (article.title, article.headline.rule) == ("Quay to close for a year", "title.claim")
    fates = [entry.fate for entry in article.ledger]
    assert fates.count("title") == 1
    assert article.paragraphs[0].startswith("The quay closes")


def test_a_kicker_that_no_claim_has_is_no_part_of_the_headline() -> None:
    head = NAMES + '<meta property="og:title" content="Quay to close for a year">'
    assert parse(head, f"<h1><span>Port:</span> Quay to close for a year</h1>{REPORT}").title == "Quay to close for a year"


def test_a_claimed_author_confirms_a_line_and_is_named_once() -> None:
    head = NAMES + json_ld('"headline": "Quay to close for a year", "author": {"@type": "Person", "name": "María Pérez"}')
    article = parse(head, f"<h1>Quay to close for a year</h1><p class=byline>By MARÍA PÉREZ</p>{REPORT}")
    assert [person.name for person in article.authors] == ["María Pérez"]
    assert [byline.rule for byline in article.bylines] == ["byline.weighed"]


def test_claimed_authors_stand_alone_where_the_text_is_silent_and_others_are_not_believed() -> None:
    head = NAMES + json_ld('"headline": "Quay to close for a year", "author": [{"@type": "Person", "name": "María Pérez"}]')
    article = parse(head, f"<h1>Quay to close for a year</h1>{REPORT}<p>By Jane Doe</p><p>Ferries to stop</p>")
    assert [person.name for person in article.authors] == ["María Pérez"]
    assert [byline.rule for byline in article.bylines] == ["byline.claim"]


def test_an_element_for_authors_counts_near_the_headline() -> None:
    body = f"<h1>Quay to close for a year</h1><div class=author><a href=/a>Yllka Zhubi</a></div>{REPORT}"
    assert [person.name for person in parse(NAMES, body).authors] == ["Yllka Zhubi"]
    humps = body.replace("class=author", "class=articleAuthorName")
    assert [person.name for person in parse(NAMES, humps).authors] == ["Yllka Zhubi"]
    assert parse(NAMES, body.replace("class=author", "class=relatedAuthor")).authors == ()
    for tag in ("aside", "footer", "nav"):
        teaser = f"<{tag}><h3>Bridge</h3><div class=author>Yllka Zhubi</div></{tag}>"
        assert parse(NAMES, f"<h1>Quay to close for a year</h1>{REPORT}{teaser}").authors == ()
        around = body.replace("<h1>", f"<{tag}><h1>").replace(REPORT, f"</{tag}>{REPORT}")
        assert [person.name for person in parse(NAMES, around).authors] == ["Yllka Zhubi"]


def test_a_claim_completes_the_date_of_the_text() -> None:
    head = NAMES + '<meta property="article:published_time" content="2024-05-03T10:15:00+02:00">'
    article = parse(head, f"<h1>Quay to close for a year</h1><p>3 May 2024</p>{REPORT}")
    assert article.published is not None
    assert (article.published.value, article.published.rule) == ("2024-05-03T10:15:00+02:00", "date.claim")
    assert {date.rule for date in article.dates} == {"date.weighed", "date.claim"}


def test_the_text_stands_where_only_the_zone_sets_a_claim_apart() -> None:
    head = NAMES + '<meta property="article:published_time" content="2024-05-02T22:15:00Z">'
    article = parse(head, f"<h1>Quay to close for a year</h1><p>Published 3 May 2024</p>{REPORT}")
    assert article.published is not None
    assert article.published.value == "2024-05-03"


def test_a_claim_stands_where_the_text_names_another_day() -> None:
    head = NAMES + '<meta property="article:published_time" content="2024-05-03T10:15:00Z">'
    article = parse(head, f"<p>Sunday, 17 November 2024</p><h1>Quay to close for a year</h1>{REPORT}")
    assert article.published is not None
    assert article.published.value.startswith("2024-05-03")


def test_a_date_that_a_machine_filled_in_is_noted_and_not_believed() -> None:
    article = parse(NAMES + '<meta property="article:published_time" content="1970-01-01T00:00:00Z">', REPORT)
    assert article.published is None
    assert [note.partition(":")[0] for note in article.notes] == ["date-doubtful"]


def test_facts_and_the_fates_of_claims() -> None:
    head = (
        NAMES + '<link rel=canonical href="/quay"><meta property="article:section" content="Port">'
        '<meta name=keywords content="quay, ferries, Quay"><meta property="og:image" content="/quay.jpg">'
        '<meta name=description content="The quay &amp;amp; the pier close.">'
        '<meta property="article:modified_time" content="not a date">'
    )
    article = parse(head, f"<h1>Quay to close for a year</h1>{REPORT}")
    assert article.site == "Harbour News"
    assert article.about == newsnorm.About(
        canonical_url="https://www.harbournews.example/quay",
        section="Port",
        tags=("quay", "ferries"),
        description="The quay & the pier close.",
        image="https://www.harbournews.example/quay.jpg",
    )
    unused = [entry for entry in article.ledger if entry.fate == "claim" and not entry.rule]
    assert unused
    assert newsnorm.from_dict(newsnorm.to_dict(article, ledger=True)) == article
    assert newsnorm.to_dict(article)["site"] == "Harbour News"


@pytest.mark.parametrize(("attribute", "code"), [("en-GB", "en"), ("de", "en"), ("", "en"), ("utf-8", "en")])
def test_a_language_is_identified_by_text_and_markup(attribute: str, code: str) -> None:
    article = newsnorm.parse(f'<html lang="{attribute}"><body>{REPORT}</body></html>', media_type="text/html")
    assert article.language.code == code
    assert any(note.startswith("language-markup") for note in article.notes) == (attribute == "de")


def test_the_markup_decides_where_no_profile_knows_the_language() -> None:
    text = (
        "<p>Höfnin verður lokuð á mánudag vegna þess að tveir stöplar eru brotnir, "
        "sagði hafnarstjórinn í tilkynningu á fimmtudag.</p>"
    )
    language = newsnorm.parse(f"<html lang=is><body>{text}</body></html>", media_type="text/html").language
    assert (language.code, language.method) == ("is", "markup")


OG = '<meta property="og:title" content="Quay to close for a year">'


@pytest.mark.parametrize("stated", [OG, json_ld('"headline": "Quay to close for a year"')])
@pytest.mark.parametrize("title", ["Cape Times", "Quay to close for a year - Cape Times"])
def test_the_title_of_a_page_yields_to_a_headline_that_another_claim_states(title: str, stated: str) -> None:
    for body in (f"<h2>Quay to close for a year</h2>{REPORT}", REPORT):
        assert parse(f"<title>{title}</title>{stated}", body, "https://example.com/1").title == "Quay to close for a year"


def test_a_headline_is_not_taken_from_a_claim_that_says_something_else_than_a_long_title() -> None:
    head = f"<title>Ferries leave from the north pier until summer</title>{OG}"
    assert parse(head, REPORT, "https://example.com/1").title == "Ferries leave from the north pier until summer"


def test_a_topic_above_the_headline_is_no_author_and_an_element_for_authors_there_is() -> None:
    below = f"<h1>Quay to close for a year</h1><time>3 May 2024</time>{REPORT}"
    assert parse(NAMES, f"<div><a class=keyword href=/t>Maria Lopez</a></div>{below}").authors == ()
    marked = parse(NAMES, f"<div class=author><a href=/t>Maria Lopez</a></div>{below}")
    assert [person.name for person in marked.authors] == ["Maria Lopez"]


def agencies(article: newsnorm.Article) -> list[str | None]:
    return [byline.agency for byline in article.bylines if byline.agency]


def test_an_agency_stands_near_the_headline_or_is_claimed() -> None:
    menu, head = "<ul><li><a href=/rss>RSS</a></li></ul>", "<h1>Quay to close for a year</h1><p>3 May 2024</p>"
    assert agencies(parse(NAMES, f"{menu}{head}<button>AA</button>{REPORT}")) == []
    assert agencies(parse(NAMES, f"{menu}{head}<p>AFP</p>{REPORT}")) == ["AFP"]
    claimed = json_ld('"headline": "Quay to close for a year", "author": {"@type": "Organization", "name": "AFP"}')
    assert "AFP" in agencies(parse(NAMES + claimed, f"<ul><li>AFP</li></ul>{head}{REPORT}"))


@pytest.mark.parametrize("desk", ["ΣΥΝΤΑΚΤΙΚΗ ΟΜΑΔΑ", "Συντακτική Ομάδα"])
def test_a_greek_desk_is_no_person(desk: str) -> None:
    article = parse(NAMES, f"<h1>Quay to close for a year</h1><div class=author>{desk}</div><p>3 May 2024</p>{REPORT}")
    assert (article.authors, desk in article.paragraphs) == ((), False)


@pytest.mark.parametrize(
    "links", ["By <a>Ana Ng</a><a>Bo Li</a>", "By <a>Ana Ng</a> <a>Bo Li</a>", "By <a>Ana Ng</a> and <a>Bo Li</a>"]
)
def test_names_in_adjoining_links_are_two_people(links: str) -> None:
    article = parse(NAMES, f"<h1>Quay to close for a year</h1><div class=byline>{links}</div>{REPORT}")
    assert [person.name for person in article.authors] == ["Ana Ng", "Bo Li"]


def test_one_name_in_one_link_stays_whole() -> None:
    article = parse(NAMES, f"<h1>Quay to close for a year</h1><div>By <a>Ana <b>Maria</b> Lopez Garcia</a></div>{REPORT}")
    assert [person.name for person in article.authors] == ["Ana Maria Lopez Garcia"]


def test_what_json_ld_refers_to_by_id_is_found_in_its_graph_and_such_an_author_confirms_a_line() -> None:
    graph = (
        '<script type="application/ld+json">{"@graph": ['
        '{"@type": "NewsArticle", "headline": "Quay to close for a year", "author": [{"@id": "#ana"}, {"@id": "#nobody"}],'
        ' "publisher": {"@id": "#us"}, "image": {"@id": "#quay"}},'
        '{"@type": "Person", "@id": "#ana", "name": "Ana Ng", "author": {"@id": "#ana"}},'
        '{"@type": "Organization", "@id": "#us", "name": "Harbour News"},'
        '{"@type": "ImageObject", "@id": "#quay", "url": "https://www.harbournews.example/quay.jpg"}]}</script>'
    )
    head = "<title>Quay to close for a year</title>" + graph
    article = parse(head, f"<h1>Quay to close for a year</h1><p>Ana Ng</p>{REPORT}")
    assert [person.name for person in article.authors] == ["Ana Ng"]
    assert article.site == "Harbour News"
    assert article.about.image == "https://www.harbournews.example/quay.jpg"
    assert parse(head, REPORT).authors == ()


def test_an_address_is_no_name_of_a_site() -> None:
    head = '<title>Quay to close for a year</title><meta property="og:site_name" content="https://www.harbournews.example">'
    assert parse(head, REPORT).site is None
    assert parse(head + '<meta name="twitter:site" content="@harbournews">', REPORT).site == "harbournews"


LONG = "The quay closes on Monday because two of its pillars are broken, the port said in a statement on Thursday. " * 5


@pytest.mark.parametrize(
    ("stated", "body", "is_noted"),
    [(LONG, "<div id=app></div>", True), (LONG, REPORT, True), (LONG[:420], REPORT, False), (LONG[:100], "<div></div>", False)],
)
def test_a_text_for_machines_that_the_page_does_not_show_is_noted(stated: str, body: str, is_noted: bool) -> None:
    article = parse(NAMES + json_ld(f'"headline": "Quay to close for a year", "articleBody": "{stated}"'), body)
    assert any(note.startswith("text-in-claims: ") for note in article.notes) == is_noted
