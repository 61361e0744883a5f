"""What a site prints around its reports is learned paragraph by paragraph; a paragraph that is part of reports is not."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import pytest
from site_briefs import BRIEFS, Brief, Place, Slot, site_pages

import newsnorm
from newsnorm.text.folding import fold_words

PARSER = newsnorm.Parser()
QUOTATION = '"We will not leave this valley until the last family has its house back," the governor said at the market on Monday.'
SERIES = "This report belongs to our series on the river, in which we follow the water from the spring to the sea."

LEADS = (
    "The mayor thanked the crews on Wednesday and promised that the chimney would be built up again.",
    "On Thursday an engineer called the walls unsafe, and the lane was closed to carts and to walkers.",
    "By Friday the cat had been found on the roof of the chapel, hungry but without a singed hair.",
    "Insurers put the damage at two million crowns, twice what the owner had first told reporters.",
    "A watchman was questioned for three hours on Sunday and sent home without any charge at all.",
    "The queen sent a letter in which she praised the courage of the volunteers from five towns.",
    "Carpenters have begun to pull down what is left of the sheds, and sell the beams for firewood.",
    "Children collected twelve kilos of nails in the ashes and gave them to the museum of crafts.",
)
FIRE = (
    "A fire has destroyed the old rope works on the northern quay, where two hundred people used to work.",
    "The fire broke out in a store of tar shortly after midnight, according to the first findings of the police.",
    "Firefighters from five towns fought the flames until the morning and saved the houses on Rope Lane.",
    "The rope works were founded by a sea captain and had made the rigging of a whole fleet of whalers.",
)


def learned_from(texts: Iterable[str]) -> newsnorm.Catalogue:
    return newsnorm.learn(
        (PARSER.page(text, url=f"https://lantern.example.com/{number}") for number, text in enumerate(texts)), parser=PARSER
    )


def check_site_text_goes(pages: list[Brief]) -> None:
    learned = newsnorm.learn((PARSER.page(page.text, url=page.url) for page in pages), parser=PARSER)
    parser = newsnorm.Parser(catalogue=newsnorm.Catalogue.default() | learned)
    assert learned.notes == ()
    for page in pages:
        article = parser.parse(page.text, url=page.url)
        left = fold_words("\n".join((article.title or "", *article.paragraphs)))
        assert left == fold_words(f"{page.headline}\n{page.report}")


# what is learned


def test_the_briefs_have_47_words_and_the_site_20_to_150() -> None:
    assert {len(report.split()) for _, report in BRIEFS} == {47}
    assert [sum(len(paragraph.split()) for paragraph in site_pages(size)[0].site) for size in (2, 11)] == [27, 149]


@pytest.mark.parametrize(
    ("sentences", "place", "slot", "per_paragraph"),
    [
        (2, "tail", "date", 2),
        (5, "tail", "number", 2),
        (11, "tail", "none", 11),
        (11, "tail", "date", 11),
        (8, "above the headline", "number", 3),
        (11, "below the headline", "date", 2),
    ],
)
def test_the_text_of_a_site_is_learned_and_its_briefs_stay(sentences: int, place: Place, slot: Slot, per_paragraph: int) -> None:
    check_site_text_goes(site_pages(sentences, place=place, slot=slot, per_paragraph=per_paragraph))


@pytest.mark.slow
@pytest.mark.parametrize("per_paragraph", [1, 2, 11])
@pytest.mark.parametrize("slot", ["none", "number", "date"])
@pytest.mark.parametrize("place", ["above the headline", "below the headline", "tail"])
def test_the_text_of_a_site_is_learned_wherever_it_stands(place: Place, slot: Slot, per_paragraph: int) -> None:
    for sentences in (2, 4, 6, 8, 11):
        check_site_text_goes(site_pages(sentences, place=place, slot=slot, per_paragraph=per_paragraph))


def test_a_long_paragraph_is_learned_whole() -> None:
    notice = " ".join(f"Clause {number} of these terms binds whoever reads them aloud." for number in range(100))
    assert len(notice) > 5_000
    (rule,) = learned_from(f"{headline}\n\n{report}\n\n{notice}\n" for headline, report in BRIEFS).rules
    assert rule.phrases == (notice,)


def test_a_report_printed_three_times_counts_once() -> None:
    sections = ("the arts page", "the sports page", "the page of trade")
    rules = learned_from(f"{page.text}\nPrinted on {section}\n" for page in site_pages(4) for section in sections).rules
    assert {(rule.seen.documents, rule.seen.of) for rule in rules if rule.seen and len(rule.phrases[0]) > 60} == {(8, 8)}


# what is part of reports, and so is not learned


def test_versions_of_one_report_teach_nothing() -> None:
    learned = learned_from("\n".join(("Rope works burn down", "", FIRE[0], lead, *FIRE[1:])) for lead in LEADS)
    assert learned.rules == ()
    assert learned.notes == ("versions: the 8 documents of lantern.example.com are alike; at least 3 unrelated ones are needed",)


def test_the_background_of_follow_ups_is_no_text_of_the_site() -> None:
    new = "The police of the five towns said on the quay that the fire in the old rope works had been laid by {}, and why."
    texts = ("\n".join((f"{lead[:-1]}", "", lead, new.format(who), FIRE[0])) for lead, who in zip(LEADS, "ABCDEFGH", strict=True))
    assert FIRE[0] not in {phrase for rule in learned_from(texts).rules for phrase in rule.phrases}


def test_a_form_is_no_text_of_the_site() -> None:
    towns = ("Ulm", "Bergen", "Malmo", "Trieste", "Uppsala", "Alsdorf", "Kettering", "Basel")
    form = (
        "Quake near {0}\n\n"
        "An earthquake of magnitude 4 was measured 9 kilometres off {0} on Monday, the seismic office reported.\n"
        "People near the epicentre may have felt light shaking, and windows may have rattled for some seconds.\n"
        "Damage from an earthquake of this magnitude is unlikely, the seismic office said in its first bulletin.\n"
    )
    learned = learned_from(map(form.format, towns))
    assert learned.rules == ()
    assert learned.notes[0].startswith(("versions: ", "same-topic: "))


def test_a_paragraph_about_its_reports_is_no_text_of_the_site() -> None:
    """Even if a site has nothing else: each report says something of its own on the subject of the paragraph."""
    subject = "The moorland railway was closed in 1962, when its last locomotive was sold, and volunteers have rebuilt it since."
    news = (
        "Volunteers of the moorland railway have laid the last sleepers to Harrow, which nobody has served since it closed.",
        "A locomotive that was sold to a brewery returns to the moorland railway, whose volunteers found it in a barn near Lund.",
        "Carriages of the moorland railway were rebuilt and painted by volunteers; one of them had been a hen house until 1990.",
        "Guests of the moorland railway may ride on the locomotive for the last time this autumn, before it is inspected.",
        "A film about the moorland railway shows how volunteers rebuilt it, and what has been closed to the public until now.",
    )
    learned = learned_from(f"{report}\n\n{subject}\n" for report in news)
    assert learned.rules == ()
    assert learned.notes[0].startswith("same-topic: ")


def test_a_quotation_is_no_text_of_the_site() -> None:
    learned = learned_from(f"{headline}\n\n{report}\n\n{QUOTATION}\n" for headline, report in BRIEFS)
    assert learned.rules == ()


# why nothing was learned


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        (
            [report for _, report in BRIEFS[:2]],
            "few-documents: {} has 2 documents; at least 3 are needed",
        ),
        ([BRIEFS[0][1]] * 4, "only-copies: {} has 4 documents, but copies count once, which leaves 1; at least 3 are needed"),
        ([report for _, report in BRIEFS], "nothing-recurs: no line is on 3 of the 8 reports of {}"),
        (
            [f"{headline}\n\n" + f"{SERIES}\n" * (number < 4) + report for number, (headline, report) in enumerate(BRIEFS)],
            (
                "in-reports: what recurs on {} may be part of its reports, as the opening of a series is, "
                f"such as “{SERIES[:60]}…” on 4 of 8 reports"
            ),
        ),
    ],
)
def test_a_note_says_why_nothing_was_learned(texts: list[str], says: str) -> None:
    learned = learned_from(texts)
    assert (learned.rules, learned.notes) == ((), (says.format("lantern.example.com"),))


def test_a_note_counts_documents_without_a_host() -> None:
    learned = newsnorm.learn([PARSER.page("Rain in Ulm.")], parser=PARSER)
    assert learned.notes == ("no-url: ignored, since lines are counted by host: 1 document without a URL",)
    assert learned == newsnorm.Catalogue(rules=())


def test_a_page_without_a_url_is_learned_under_the_address_that_it_claims() -> None:
    pytest.importorskip("turbohtml")
    head = "<!doctype html><link rel=canonical href='https://Lantern.example.com/{}'>"
    pages = [
        PARSER.page(f"{head.format(number)}<h1>{headline}</h1><p>{report}</p><p>Lantern desk, room 12</p>")
        for number, (headline, report) in enumerate(BRIEFS)
    ]
    learned = newsnorm.learn(pages, parser=PARSER)
    assert [(rule.host, rule.phrases) for rule in learned.rules] == [("lantern.example.com", ("Lantern desk, room 12",))]
    article = attrs.evolve(PARSER, catalogue=PARSER.catalogue | learned).parse(
        pages[0].raw.text, url="https://lantern.example.com/9"
    )
    assert "Lantern desk, room 12" not in article.paragraphs
