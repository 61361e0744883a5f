"""What holds for every pass: nothing on an empty page, and no line that is taken already."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pages import HEADLINE, LAST, MORE, PROSE, after, page_of, stated

import newsnorm
from newsnorm.catalogue import Rules
from newsnorm.page.state import CodeRule, Found, Pass, removed
from newsnorm.records import Page, Removal

RULE = CodeRule("ours.gone", "A line that a test removes.")
PAGE = (
    "Home", HEADLINE, "By Ana Silva", "3 May 2024", "1,204", f"LONDON (Reuters) - {PROSE}", MORE, MORE, "Source: Reuters", LAST,
    "Related articles", "Tram late again", "Tom Brown", "© 2024 AFP. All rights reserved.", "Facebook", "Twitter", "WhatsApp",
)  # fmt: skip


def take_all(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    for line in found.free():
        yield removed(line, RULE, "advert")


@pytest.mark.parametrize("find", newsnorm.PASSES, ids=lambda find: find.__name__)
def test_a_pass_states_nothing_on_an_empty_page(find: Pass) -> None:
    assert stated(find, "") == []


@pytest.mark.parametrize("find", newsnorm.PASSES, ids=lambda find: find.__name__)
def test_a_pass_takes_no_line_that_is_taken(find: Pass) -> None:
    found = after(page_of(*PAGE), take_all)
    assert [finding for finding in find(found.page, found, found.rules) if finding.takes_line] == []


def test_of_two_findings_that_take_a_line_the_first_stays() -> None:
    alone, late = after(page_of(*PAGE), *newsnorm.PASSES), after(page_of(*PAGE), take_all, *newsnorm.PASSES)
    assert len({finding.rule for finding in alone.findings() if finding.takes_line}) > 6
    assert {finding.rule for finding in late.findings() if finding.takes_line} == {RULE.id}
