"""What kind of text was handed in: the kinds that hold no article, their look-alikes, and the frames of a report."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest

import newsnorm
from newsnorm.page.kind import no_articles, units
from newsnorm.records import NO_ARTICLE
from newsnorm.resources import directory_of
from newsnorm.text.folding import fold

DATA = tomllib.loads(directory_of("page", "data").joinpath("no-articles.toml").read_text(encoding="utf-8"))
WALLS = ("bot-check", "consent", "not-found", "stub")
EXAMPLES = [(kind, text) for kind in WALLS for text in DATA[kind]["examples"]]

HEADLINES = (
    "Quay closes for a year after the autumn storm",
    "Council votes on higher harbour fees tonight",
    "Two rescued after trawler runs aground on rocks",
    "New ferry to Gannet Island starts in the spring",
    "Fishermen block the lock in protest at quotas",
    "Lighthouse for sale, with its keeper included",
    "School choir sings for the crew of a lifeboat",
    "Museum opens a hall for whales and their hunters",
)
TEASER = "The port says that the work will take until the summer of next year and cost nine million."
LABELS = ("Harbour News", "Home", "World", "Sport", "Business", "Log in", "Search")
REPORT = (
    "The quay closes on Monday because two of its pillars are broken, the port said in a statement on Thursday.",
    "The ferries will leave from the north pier until the summer of next year, and the market moves to the town hall, it said.",
    "Shops on the quay fear for their trade; the council will talk with them on Friday about help for the coming months.",
)


def kind_of(*lines: str) -> str:
    return newsnorm.parse("\n".join(lines)).layout.kind


@pytest.mark.parametrize(("kind", "text"), EXAMPLES, ids=lambda value: value.split("\n")[0][:40])
def test_an_example_is_of_its_kind(kind: str, text: str) -> None:
    assert newsnorm.parse(text).layout.kind == kind


@pytest.mark.parametrize("text", DATA["never"], ids=lambda text: text.split("\n")[0][:40])
def test_a_report_on_such_pages_is_a_report(text: str) -> None:
    assert newsnorm.parse(text).layout.is_article


@pytest.mark.parametrize(("kind", "text"), EXAMPLES, ids=lambda value: value.split("\n")[0][:40])
def test_the_words_of_a_wall_beside_a_report_make_no_wall(kind: str, text: str) -> None:
    assert kind_of("Quay to close for a year", *REPORT * 4, text) not in {kind}


def phrases() -> Iterator[tuple[str, str, str, str]]:
    for kind in WALLS:
        for form in ("line", "within", "reading", "paying"):
            for language, texts in DATA[kind].get(form, {}).items():
                for text in texts:
                    yield kind, form, language, text


def test_a_phrase_can_match() -> None:
    """A phrase with a stop or a bar inside would never be found, as lines are split there."""
    assert [text for _, _, _, text in phrases() if len(units(text)) != 1 or not fold(text)] == []


def test_a_phrase_stands_once_in_its_list() -> None:
    seen = list(phrases())
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("kind", WALLS)
def test_a_kind_is_known_in_the_big_languages(kind: str) -> None:
    big = {"ar", "de", "en", "es", "fr", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "vi", "zh"}
    assert big <= set().union(*(DATA[kind].get(form, {}) for form in ("line", "within")))
    assert no_articles()[kind].kind == kind


def test_a_list_of_headlines_is_an_index() -> None:
    assert kind_of(*LABELS, *HEADLINES) == "index"
    assert kind_of(*LABELS, *(line for headline in HEADLINES for line in (headline, TEASER))) == "index"
    assert kind_of(*HEADLINES, *(f"{headline} at last" for headline in HEADLINES)) == "index"


def test_a_list_of_headlines_in_russian_is_an_index() -> None:
    headlines = (
        "Причал закроют на год после осеннего шторма",
        "Горсовет решит вопрос о портовых сборах вечером",
        "Двух рыбаков спасли после аварии траулера",
        "Новый паром на остров пойдет уже этой весной",
        "Рыбаки перекрыли шлюз в знак протеста против квот",
        "Маяк продают вместе с его старым смотрителем",
    )
    assert kind_of("Портовые новости", "Главная", "Мир", "Спорт", "Войти", "Поиск", *headlines) == "index"


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_report_above_a_list_of_headlines_is_a_page(length: int) -> None:
    assert kind_of(*LABELS, "Quay to close for a year", *REPORT[:length], *HEADLINES) == "page"


def test_a_list_of_headlines_with_brief_teasers_is_an_index() -> None:
    assert kind_of(*LABELS, *(line for headline in HEADLINES for line in (headline, "The work starts in May."))) == "index"


def test_a_list_of_headlines_in_hindi_is_an_index() -> None:
    headlines = (
        "तूफान के बाद घाट एक साल के लिए बंद किया गया",
        "परिषद आज रात बंदरगाह शुल्क पर मतदान करेगी",
        "चट्टानों पर जहाज फंसने के बाद दो लोगों को बचाया गया",
        "वसंत में द्वीप के लिए नई नौका सेवा शुरू होगी",
        "कोटा के विरोध में मछुआरों ने ताला रोका",
        "पुराने रखवाले समेत बिक रहा है प्रकाशस्तंभ",
    )
    assert kind_of("मुख्य पृष्ठ", "देश", "दुनिया", "खेल", "लॉगिन", "खोजें", *headlines) == "index"


def test_a_list_of_headlines_in_arabic_is_an_index() -> None:
    """Lines of one length are no wrapped text where no sentence ends in them."""
    headlines = (
        "إغلاق الرصيف لمدة عام كامل بعد عاصفة الخريف",
        "المجلس يصوت الليلة على رفع رسوم الميناء القديم",
        "إنقاذ صيادين بعد جنوح سفينة على صخور الساحل",
        "عبارة جديدة إلى جزيرة النوارس تبدأ في الربيع",
        "صيادون يغلقون القناة احتجاجا على حصص الصيد",
        "المنارة معروضة للبيع مع حارسها العجوز في البلدة",
    )
    assert kind_of("الرئيسية", "العالم", "رياضة", "اقتصاد", "دخول", "بحث", *headlines) == "index"


def test_columns_of_numbers_are_no_index() -> None:
    assert kind_of(*(f"{n} 1204 3307 8890 12 45 7781 90{n} 33 4512 6678 12" for n in range(12))) != "index"


def test_verses_are_no_index() -> None:
    verses = ("The gull above the harbour wall", "has nothing to report at all,", "the water climbs, the water falls,")
    assert newsnorm.parse("\n".join(verses * 6)).layout.is_article


def test_captions_are_no_index() -> None:
    assert newsnorm.parse("\n".join(HEADLINES[:7])).layout.is_article


def test_a_report_is_told_by_its_frame() -> None:
    assert kind_of(*REPORT) == "text"
    assert kind_of("Quay to close for a year", *REPORT) == "titled"
    assert kind_of("Quay to close for a year", "By Ana Ng", "", *REPORT) == "article"
    assert kind_of(*LABELS, "Quay to close for a year", "By Ana Ng", "", *REPORT, "Share", "Print") == "page"


def test_subheadings_make_no_page() -> None:
    headings = ("Pillars", "Ferries", "Shops", "Costs", "Dates", "Help")
    lines = [line for heading, paragraph in zip(headings, REPORT * 2, strict=True) for line in (heading, paragraph)]
    assert kind_of("Quay to close for a year", *lines) == "titled"


def test_nothing_is_empty() -> None:
    assert (kind_of(""), kind_of(" ", "\t"), kind_of("Source link")) == ("empty", "empty", "empty")


def test_a_report_with_a_byline_is_no_error_page() -> None:
    assert kind_of("Page not found", "By Ana Ng", "", *REPORT[:1]) == "article"


def test_a_lede_cut_before_a_link_is_a_stub() -> None:
    cut = "The quay closes on Monday because two of its pillars are broken, the port …"
    assert kind_of("Quay to close", cut, "Read more") == "stub"
    assert kind_of("Quay to close", REPORT[0], "Read more") != "stub"


def test_the_kinds_without_an_article() -> None:
    assert all(not newsnorm.Layout(kind).is_article for kind in NO_ARTICLE)
    assert newsnorm.Layout("unknown").is_article


HTML_PROSE = "".join(
    f"<p>The quay closes on Monday because {number} of its pillars are broken, the port said.</p>" for number in range(12)
)
CARDS = "".join(f"<div><h3><a href='/{number}'>Tram number {number} is back on track</a></h3></div>" for number in range(6))


def kind_of_page(body: str, head: str = "") -> str:
    return newsnorm.parse(f"<head>{head}</head><body>{body}</body>", media_type="text/html").layout.kind


def test_a_page_of_linked_headlines_is_an_index_unless_it_claims_to_be_an_article() -> None:
    assert kind_of_page(CARDS) == "index"
    assert kind_of_page(CARDS, "<meta property='og:type' content='website'>") == "index"
    assert kind_of_page(CARDS, "<meta property='og:type' content='article'>") != "index"
    assert kind_of_page(CARDS, "<meta property='article:published_time' content='2024-05-03'>") != "index"
    assert kind_of_page(f"<main>{HTML_PROSE}</main>{CARDS}") != "index"


def test_fewer_headlines_will_do_where_a_page_claims_to_be_a_list() -> None:
    few = "".join(f"<div><h3><a href='/{number}'>Tram number {number} is back on track</a></h3></div>" for number in range(4))
    script = '<script type=\'application/ld+json\'>{"@type": "CollectionPage"}</script>'
    assert kind_of_page(few) != "index"
    assert kind_of_page(few, script) == "index"


def test_a_form_that_asks_for_a_password_is_a_login_page_only_without_a_report() -> None:
    form = "<form><label>Name</label><input type='password'></form>"
    assert kind_of_page(form) == "login"
    assert kind_of_page(f"{form}<main>{HTML_PROSE}</main>") != "login"


@pytest.mark.parametrize(
    ("content", "kind"), [("0; url=/new", "empty"), ("5;URL=/new", "empty"), ("300", "text"), ("300; url=/", "text")]
)
def test_a_page_that_sends_its_reader_on_at_once_is_empty(content: str, kind: str) -> None:
    layout = (
        newsnorm.Parser(passes=())
        .parse(f"<meta http-equiv='refresh' content='{content}'><p>Moved", media_type="text/html")
        .layout
    )
    assert layout.kind == kind
    assert ("sends its reader on" in layout.why) == (kind == "empty")


def test_a_report_that_is_not_free_is_a_stub_only_if_a_wall_cuts_it() -> None:
    closed = '<script type=\'application/ld+json\'>{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    wall = "<div class='paywall'><p>This article is for subscribers only.</p></div>"
    lede = "<p>The quay closes on Monday because two of its pillars are broken, the port said in a statement.</p>"
    assert kind_of_page(f"<main><h1>Quay to close</h1>{lede}</main>{wall}", closed) == "stub"
    assert kind_of_page(f"<main><h1>Quay to close</h1>{HTML_PROSE * 2}</main>", closed) != "stub"


def test_a_check_for_robots_may_speak_to_browsers_without_scripts_alone() -> None:
    check = "<noscript><div>Enable JavaScript and cookies to continue</div></noscript>"
    assert kind_of_page(check) == "bot-check"
    assert kind_of_page(f"{check}<main>{HTML_PROSE}</main>") != "bot-check"
    assert kind_of_page(check, "<meta property='og:type' content='article'>") == "empty"
    assert kind_of_page("<noscript><img src='/a.gif'></noscript>") == "empty"
