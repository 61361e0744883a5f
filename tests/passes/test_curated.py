"""Which lines are boilerplate by the rules that people wrote, and which only look like it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import GERMAN, HEADLINE, LAST, MORE, PROSE, REPORT, SPANISH, claims, stated

import newsnorm
from newsnorm.page.state import run_passes
from newsnorm.passes import find_curated
from newsnorm.records import Removal


def gone(*lines: str) -> list[str]:
    return sorted((text for _, text in claims(stated(find_curated, *lines))), key=lines.index)


@pytest.mark.parametrize(
    ("prose", "label", "teaser"),
    [
        (PROSE, "Related articles", "Tram late again"),
        (GERMAN, "Lesen Sie auch", "Zug verspätet"),
        (SPANISH, "Lea también", "El tren tarde"),
    ],
)
def test_a_label_below_the_report_takes_the_titles_below_it(prose: str, label: str, teaser: str) -> None:
    findings = stated(find_curated, prose, prose, label, teaser)
    assert [(finding.text, finding.takes_line) for finding in findings] == [(label, True), (teaser, True)]
    assert {finding.rule for finding in findings} == {findings[0].rule}
    assert {finding.reason for finding in findings if isinstance(finding, Removal)} == {"related"}


def test_a_label_amid_the_report_takes_titles_up_to_a_gap() -> None:
    assert gone(PROSE, "Related articles", "Tram late again", "", "Storm ahead", MORE) == ["Related articles", "Tram late again"]


@pytest.mark.parametrize("below", ["the tram, was late", ", and others", "It rained."])
def test_a_label_amid_the_report_takes_no_part_of_a_sentence(below: str) -> None:
    assert gone(PROSE, "Related articles", below, MORE) == ["Related articles"]


def test_share_buttons_go_three_at_a_time() -> None:
    assert gone(*REPORT, "Facebook", "Twitter", "WhatsApp") == ["Facebook", "Twitter", "WhatsApp"]
    assert gone(*REPORT, "Facebook Twitter WhatsApp") == ["Facebook Twitter WhatsApp"]
    assert gone(*REPORT, "Facebook", "Twitter") == []
    assert gone(PROSE, "Facebook", MORE, "Twitter", LAST, "WhatsApp") == []


def test_a_rights_notice_names_its_agency() -> None:
    (finding,) = stated(find_curated, *REPORT, "© 2024 AFP. All rights reserved.")
    assert isinstance(finding, Removal)
    assert (finding.reason, finding.agency) == ("copyright", "AFP")


@pytest.mark.parametrize(
    "line",
    [
        "The related articles were published on Monday.",
        "Facebook and Twitter were closed on Monday, the office said.",
        "She asked everybody to share this article with a friend.",
        "Harbour",
    ],
)
def test_sentences_that_hold_a_phrase_stay(line: str) -> None:
    assert gone(HEADLINE, *REPORT, line) == []


RULES = """
[[removal]]
id = 'ours.removal.cut'
kind = 'cut'
reason = 'comments'
phrases = ['Readers write']
examples = [{ line = 'Readers write' }]
never = ['Readers write letters']
"""


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> newsnorm.Parser:
    file = tmp_path_factory.mktemp("rules") / "ours.toml"
    file.write_text(RULES, encoding="utf-8")
    return newsnorm.Parser(catalogue=newsnorm.Catalogue.default() | newsnorm.Catalogue.load(Path(file)))


def test_a_cut_takes_all_below_it_unless_prose_stands_there(ours: newsnorm.Parser) -> None:
    below = ("Good.", "Bad.", "Harbour Cat")
    cut = run_passes(ours.page("\n".join((*REPORT, "Readers write", *below))), ours.catalogue, (find_curated,))
    assert [finding.text for finding in cut.all(Removal)] == ["Readers write", *below]
    uncut = run_passes(ours.page("\n".join((PROSE, "Readers write", *below, MORE))), ours.catalogue, (find_curated,))
    assert [finding.text for finding in uncut.all(Removal) if finding.text in below] == []
