"""Where the report begins and ends: what goes, what stays, and that it is said why."""

from __future__ import annotations

import newsnorm
from newsnorm.evidence import chain
from newsnorm.evidence.weights import extent_weights
from newsnorm.page.state import Found
from newsnorm.page.unit_features import PLACE, PLACE_SIGNALS, UNIT, UNIT_SIGNALS, UnitFeatures, extract_features
from newsnorm.page.units import scan_units
from newsnorm.passes.extent import TAIL, find_extent
from newsnorm.passes.extent_policy import apply_policy

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


def found_of(text: str) -> Found:
    parser = newsnorm.Parser()
    return Found(parser.page(text), parser.catalogue)


def features_of(text: str) -> UnitFeatures:
    return extract_features(scan_units(found_of(text)))


def likely_of(features: UnitFeatures) -> chain.Array:
    weights = extent_weights()
    units, places = features.of_units(weights.unit_features), features.of_places(weights.place_features)
    return chain.score(units, places, features.free, weights)


def test_a_whole_page_gives_up_its_frame_and_keeps_its_report() -> None:
    text = "\n".join([*FRAME, "Ferry stays in harbour", *REPORT, *BELOW])
    assert newsnorm.parse(text).paragraphs == tuple(REPORT)


def test_a_text_that_is_all_report_is_left_alone() -> None:
    assert newsnorm.parse("\n".join(REPORT)).paragraphs == tuple(REPORT)


def test_every_finding_says_what_decided() -> None:
    text = "\n".join([*FRAME, *REPORT, *BELOW])
    found = found_of(text)
    findings = list(find_extent(found.page, found, found.rules))
    assert TAIL.id in [finding.rule for finding in findings]
    assert all(" % likely to be part of the report" in finding.why for finding in findings)


def test_where_most_words_would_go_all_stay_and_a_note_says_so() -> None:
    features = features_of("\n".join(REPORT))
    doubted = likely_of(features) * 0.0
    doubted[0] = 1.0
    decision = apply_policy(features, doubted)
    assert decision.refused
    assert decision.keep_mask.all()


def test_probabilities_are_probabilities_on_long_pages() -> None:
    likely = likely_of(features_of("\n".join([*FRAME, *REPORT, *BELOW] * 200)))
    assert ((likely >= 0) & (likely <= 1)).all()


def test_the_weights_name_features_that_exist() -> None:
    weights = extent_weights()
    assert weights.body.keys() | weights.insertion.keys() <= {*UNIT_SIGNALS, *UNIT}
    assert weights.start.keys() | weights.end.keys() <= {*PLACE_SIGNALS, *PLACE}


def test_a_dateline_on_a_line_of_its_own_is_no_headline() -> None:
    article = newsnorm.parse("\n".join(["Ferry stays in harbour", "", "ULM", "", *REPORT]))
    assert article.paragraphs == ("ULM", *REPORT)
