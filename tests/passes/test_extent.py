"""Where the report begins and ends: what goes, what stays, and that it is said why."""

from __future__ import annotations

import newsnorm
from newsnorm.passes.chain import keep, probabilities
from newsnorm.passes.extent import TAIL, find_extent
from newsnorm.passes.features import glance, look
from newsnorm.passes.found import Found
from newsnorm.passes.joins import goes_on

REPORT = [
    "The ferry to Vlieland stayed in the harbour of Harlingen on Tuesday after a crack was found in one of its ramps.",
    "Some two hundred passengers waited in the terminal, where the shipping company handed out coffee and blankets.",
    "A diver had noticed the crack during a routine check at six in the morning, a spokeswoman of the company said.",
    "“We would rather be late than sorry,” she said, adding that a second ship would sail from Terschelling at noon.",
    "The harbour master expects the ramp to be welded by Thursday, provided that the wind drops below force seven.",
]

FRAME = [
    "Home", "News", "Sport", "Weather", "Video", "Sign in", "Subscribe", "Share on Facebook", "Share on Twitter",
]  # fmt: skip

BELOW = [
    "Related articles", "Mayor opens new library", "Ten ways to cook cabbage", "Storm warning lifted", "Most read",
    "Leave a comment", "Your email address will not be published.", "Privacy policy", "Terms of use",
]  # fmt: skip


def test_a_whole_page_gives_up_its_frame_and_keeps_its_report() -> None:
    text = "\n".join([*FRAME, "Ferry stays in harbour", *REPORT, *BELOW])
    assert newsnorm.parse(text).paragraphs == tuple(REPORT)


def test_a_text_that_is_all_report_is_left_alone() -> None:
    assert newsnorm.parse("\n".join(REPORT)).paragraphs == tuple(REPORT)


def test_every_finding_says_what_decided() -> None:
    text = "\n".join([*FRAME, *REPORT, *BELOW])
    parser = newsnorm.Parser()
    page = parser.page(text)
    found = Found(page, parser.catalogue)
    rules = [finding.rule for finding in find_extent(page, found, found.rules)]
    assert TAIL.id in rules
    assert all("likely the report" in finding.why for finding in find_extent(page, found, found.rules))


def test_where_most_words_would_go_all_stay_and_a_note_says_so() -> None:
    parser = newsnorm.Parser()
    page = parser.page("\n".join(REPORT))
    found = Found(page, parser.catalogue)
    features = look(page, found, glance(page, found))
    likely = probabilities(features, parser.catalogue.tables.extent.weights)
    doubted = likely * 0.0
    doubted[0] = 1.0
    features.evidence[:] = True
    stays, all_kept = keep(features, doubted)
    assert all_kept
    assert stays.all()


def test_probabilities_are_probabilities_on_long_pages() -> None:
    parser = newsnorm.Parser()
    page = parser.page("\n".join([*FRAME, *REPORT, *BELOW] * 200))
    found = Found(page, parser.catalogue)
    likely = probabilities(look(page, found, glance(page, found)), parser.catalogue.tables.extent.weights)
    assert ((likely >= 0) & (likely <= 1)).all()


def test_a_sentence_cut_at_a_link_goes_on() -> None:
    assert goes_on("The harbour master told the", "Harlinger Courant", "that the ramp would be welded.")
    assert not goes_on("The ramp was welded.", "Passengers cheered.", "")
    assert not goes_on("The harbour master", "- Thursday", "")


def test_the_weights_name_features_that_exist() -> None:
    parser = newsnorm.Parser()
    page = parser.page("\n".join(REPORT))
    found = Found(page, parser.catalogue)
    features = look(page, found, glance(page, found))
    weights = parser.catalogue.tables.extent.weights
    assert weights.body.keys() | weights.hole.keys() <= features.line.keys()
    assert weights.start.keys() | weights.end.keys() <= features.cut.keys()


def test_a_thread_of_comments_goes_from_its_first_stamp_on() -> None:
    thread = [
        "Kiki Moss on September 12, 2018 at 4:47 pm said:",
        "I took that ferry last week and did not notice anything at all, the coffee on board was good though.",
        "Harbour Cat on September 13, 2018 at 9:02 am said:",
        "They should have welded that ramp years ago, everybody who lives here has been saying so since the storm.",
    ]
    assert newsnorm.parse("\n".join([*REPORT, *thread])).paragraphs == tuple(REPORT)


def test_one_stamp_is_no_thread() -> None:
    said = "Kiki Moss on September 12, 2018 at 4:47 pm said:"
    assert said in newsnorm.parse("\n".join([*REPORT[:3], said, *REPORT[3:]])).paragraphs
