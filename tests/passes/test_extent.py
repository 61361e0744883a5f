"""Where the report begins and ends: what goes, what stays, and that it is said why."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from strategies import raw_texts

import newsnorm
from newsnorm.evidence import chain
from newsnorm.evidence.weights import extent_weights
from newsnorm.page.paragraphs import continues_paragraph
from newsnorm.page.state import Found
from newsnorm.page.unit_features import PLACE, PLACE_SIGNALS, UNIT, UNIT_SIGNALS, Around, UnitFeatures, extract_features
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
    units, places = features.of_units(chain.unit_features(weights)), features.of_places(chain.place_features(weights))
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


def test_a_sentence_cut_at_a_link_goes_on() -> None:
    assert continues_paragraph("The harbour master told the", "Harlinger Courant", "that the ramp would be welded.")
    assert not continues_paragraph("The ramp was welded.", "Passengers cheered.", "")
    assert not continues_paragraph("The harbour master", "- Thursday", "")


def test_the_weights_name_features_that_exist() -> None:
    weights = extent_weights()
    assert weights.body.keys() | weights.insertion.keys() <= {*UNIT_SIGNALS, *UNIT}
    assert weights.start.keys() | weights.end.keys() <= {*PLACE_SIGNALS, *PLACE}


@given(text=raw_texts())
def test_features_are_finite_numbers_on_any_page(text: str) -> None:
    features = features_of(text)
    assert np.isfinite(features.of_units((*UNIT_SIGNALS, *UNIT)).values).all()
    assert np.isfinite(features.of_places((*PLACE_SIGNALS, *PLACE)).values).all()


def test_windows_worked_out_together_are_those_worked_out_alone() -> None:
    signals = features_of("\n".join([*FRAME, *REPORT, *BELOW])).signals
    around = {name: feature for name, feature in UNIT.items() if isinstance(feature, Around)}
    rows = signals.rows(tuple(around), UNIT)
    for row, feature in zip(rows.values, around.values(), strict=True):
        alone = [
            float(np.mean(part)) if len(part) else 0.0
            for at in range(signals.count)
            for part in [signals[feature.signal][max(at + feature.first, 0) : max(at + feature.last + 1, 0)]]
        ]
        assert np.allclose(row, alone)


def test_standing_text_speaks_to_the_reader_and_a_report_on_it_does_not() -> None:
    form = "This newsletter may contain ads, and by subscribing you agree to our terms, whatever your browser settings say."
    report = "Two interns had written what the shop said on cookies, newsletters and its terms, the inquiry heard on Monday."
    assert scan_units(found_of("\n".join([*REPORT, form, report]))).evidence == [*[False] * len(REPORT), True, False]


def test_a_dateline_on_a_line_of_its_own_is_no_headline() -> None:
    article = newsnorm.parse("\n".join(["Ferry stays in harbour", "", "ULM", "", *REPORT]))
    assert article.paragraphs == ("ULM", *REPORT)


CODE = [
    '</noscript><script type="text/javascript">',
    "window.settings = window.settings || {};",
    "settings.push(function() {",
    "if (settings.ready) {",
    "break;",
    "}",
    "});",
    "document.body.appendChild(frame);",
]


def test_the_code_of_a_page_goes_however_long_it_is() -> None:
    article = newsnorm.parse("\n".join([*REPORT, *CODE * 20]))
    assert article.paragraphs == tuple(REPORT)
    assert {removal.reason for removal in article.removals} == {"script"}


def test_what_stands_below_a_script_stays() -> None:
    heading = "Results (final)"
    let = "They let the boats in one by one; at noon the last of them lay in the inner harbour, the harbour master said."
    article = newsnorm.parse("\n".join([REPORT[0], *CODE, heading, let, *REPORT[1:]]))
    assert article.paragraphs == (REPORT[0], heading, let, *REPORT[1:])


def test_windows_and_documents_of_a_report_are_no_code() -> None:
    window = "She shut the window. Then she signed the document. Nobody had closed a window. Or read a document. So she said."
    article = newsnorm.parse("\n".join([*REPORT, window, window.replace("She", "He"), *REPORT[::-1]]))
    assert [removal for removal in article.removals if removal.reason == "script"] == []


def test_a_program_that_a_report_prints_stays() -> None:
    program = ["The whole game is three lines:", "while (true) {", "  roll(dice);", "}"]
    article = newsnorm.parse("\n".join([*REPORT, *program, *REPORT[::-1]]))
    assert [line for line in program if line.strip() not in article.text] == []


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
