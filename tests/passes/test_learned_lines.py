"""Lines that recur on the documents of a host go where they recurred, and never too many."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import pytest
from pages import HEADLINE, LAST, MORE, PROSE, REPORT, parser

from newsnorm.catalogue import Rule
from newsnorm.catalogue.rules import Seen, Side
from newsnorm.page.state import Pass, run_passes
from newsnorm.passes import find_corrections, find_learned
from newsnorm.records import Removal

URL = "https://news.example.com/quay"


def rule(phrase: str, zone: Side | None = None, seen: Seen | None = None) -> Rule:
    return Rule(
        id=f"learned.{phrase}", table="removal", kind="line", phrases=(phrase,), reason="repetition", zone=zone,
        host="news.example.com", origin="learned", seen=seen,
    )  # fmt: skip


def gone(
    lines: Sequence[str], *rules: Rule, url: str = URL, fetched: str | None = None, before: Sequence[Pass] = ()
) -> list[str]:
    catalogue = attrs.evolve(parser().catalogue, rules=(*parser().catalogue.rules, *rules))
    page = parser().page("\n".join(lines), url=url, fetched=fetched)
    findings = list(run_passes(page, catalogue, (*before, find_learned)).all(Removal))
    assert all(finding.takes_line and finding.rule == f"learned.{finding.text}" for finding in findings)
    return [finding.text for finding in findings]


@pytest.mark.parametrize(
    ("zone", "lines", "goes"),
    [
        (None, ("Harbour desk", *REPORT), True),
        (None, (PROSE, "Harbour desk", MORE), True),
        ("head", ("Harbour desk", *REPORT), True),
        ("head", (PROSE, "Harbour desk", MORE), False),
        ("head", (*REPORT, "Harbour desk"), False),
        ("tail", (*REPORT, "Harbour desk"), True),
        ("tail", ("Harbour desk", *REPORT), False),
    ],
)
def test_a_line_goes_where_it_recurred(zone: Side | None, lines: tuple[str, ...], goes: bool) -> None:
    assert gone(lines, rule("Harbour desk", zone)) == (["Harbour desk"] if goes else [])


def test_a_line_goes_on_its_own_host_alone() -> None:
    lines = (HEADLINE, *REPORT, "Harbour desk")
    assert gone(lines, rule("Harbour desk"), url="https://other.example.org/quay") == []
    assert gone(lines) == []


def test_a_learned_paragraph_does_not_bound_the_report() -> None:
    assert gone((LAST, PROSE, MORE), rule(LAST, "head")) == [LAST]


@pytest.mark.parametrize(("fetched", "goes"), [("2024-05-01", True), ("2024-05-02", False), (None, True)])
def test_a_line_that_stopped_recurring_stays_on_later_days(fetched: str | None, goes: bool) -> None:
    seen = Seen(documents=5, of=9, first="2024-01-01", last="2024-05-01", until="2024-05-01")
    assert gone((*REPORT, "Harbour desk"), rule("Harbour desk", seen=seen), fetched=fetched) == (["Harbour desk"] if goes else [])


def test_without_prose_of_its_own_no_more_than_half_of_a_page_goes_the_most_frequent_first() -> None:
    rare, frequent = (rule(text, seen=Seen(documents=count, of=9)) for text, count in ((MORE, 2), (PROSE, 8)))
    assert gone((PROSE, MORE, "Harbour desk"), rare, frequent) == [PROSE]
    assert gone((PROSE,), frequent) == []


def test_a_short_report_does_not_keep_a_long_frame() -> None:
    assert gone((LAST, PROSE, MORE), rule(PROSE, "tail"), rule(MORE, "tail")) == [PROSE, MORE]


def test_a_paragraph_of_any_length_goes_whatever_its_date() -> None:
    paragraph = "Issue of {}. " + "Reprints are sold at the counter. " * 200
    lines = (*REPORT, paragraph.format("Tuesday, 5 March 2024"))
    assert gone(lines, attrs.evolve(rule(paragraph.format("5 mai 2023"), "tail"), id=f"learned.{lines[-1].strip()}"))
    assert not gone((*REPORT, lines[-1] + "Today they are free."), rule(lines[-1], "tail"))


def test_a_line_in_which_something_was_found_stays() -> None:
    note = "Correction: An earlier version of this report gave the wrong day."
    assert gone((*REPORT, note), rule(note)) == [note]
    assert gone((*REPORT, note), rule(note), before=(find_corrections,)) == []
