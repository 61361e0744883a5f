"""What is known of a page: no answer depends on who asked first."""

from __future__ import annotations

import random
from collections.abc import Callable

import attrs
import pytest
from folders import FIXTURES

import newsnorm
from newsnorm.catalogue.rules import Table
from newsnorm.page.layout import PageLayout
from newsnorm.page.state import Found, day_of, host_of
from newsnorm.records import Byline, Finding, Page, PublicationDate, Removal, Title
from newsnorm.testing import Case, cases

SEED = 13
EVERY = 12
"""Each so many cases of the fixtures is a page of this test."""

TABLES: tuple[Table, ...] = ("byline", "correction", "credit", "date", "removal")

Reader = Callable[[Found], object]

READERS: dict[str, Reader] = {
    "free": lambda found: [line.number for line in found.free()],
    "is_free": lambda found: [found.is_free(line.number) for line in found.page.lines],
    "taken": lambda found: [found.taken(line.number) for line in found.page.lines],
    "is_prose": lambda found: [found.is_prose(line.number) for line in found.page.lines],
    "body_start": lambda found: found.body_start,
    "body_end": lambda found: found.body_end,
    "zone": lambda found: [found.zone(line.number) for line in found.page.lines],
    "neighbour": lambda found: [found.neighbour(line.number, step) for line in found.page.lines for step in (-1, 1)],
    "is_removable": lambda found: [found.is_removable(view) for view in found.layout.lines],
    "title_index": lambda found: found.title_index,
    "frame": lambda found: found.frame,
    "is_removed": lambda found: [found.is_removed(line.number, "comments", "related") for line in found.page.lines],
    "is_beside": lambda found: [found.is_beside(view.position, "comments") for view in found.layout.lines],
    "folded": lambda found: [found.folded(line) for line in found.page.lines],
    "matches_any": lambda found: [found.matches_any(line) for line in found.page.lines],
    "matching_lines": lambda found: [[line.number for line in found.matching_lines(table)] for table in TABLES],
    "matches": lambda found: [[m.rule.id for m in found.matches(table, line)] for table in TABLES for line in found.page.lines],
    "evidence": lambda found: [found.evidence(line) for line in found.page.lines],
    "findings": lambda found: found.findings(),
    "all": lambda found: list(found.all(Removal)),
    "first": lambda found: (found.first(Title), found.first(Byline), found.first(PublicationDate)),
}
"""Every public reader of `Found`."""

LEFT_OUT = ("page", "rules", "forms")
"""What a layout is given, and a cache."""
LAYOUT = tuple(
    name for name in dir(PageLayout) if not (name.startswith("_") or name in LEFT_OUT or callable(getattr(PageLayout, name)))
)
"""Every other public attribute of a layout that is not a method."""


def found_on(case: Case) -> Found:
    parser = newsnorm.Parser()
    page = parser.page(case.raw, url=case.url, title=case.title, site=case.site, encoding=case.encoding)
    return Found(page, parser.catalogue)


def ask_layout(found: Found, order: list[str]) -> dict[str, object]:
    return {name: getattr(found.layout, name) for name in order}


def answers(found: Found, order: list[str]) -> dict[str, object]:
    return {name: READERS[name](found) for name in order}


def run_one(found: Found, page: Page, place: int) -> list[Finding]:
    stated = []
    for finding in newsnorm.PASSES[place](page, found, found.rules):
        stated.append(finding)
        found.add(finding)
    return stated


def pages() -> list[Case]:
    return cases(FIXTURES / "articles")[::EVERY]


def test_every_public_reader_is_asked() -> None:
    public = {name for name in dir(Found) if not name.startswith("_")} - {"add"}
    assert public == READERS.keys()


@pytest.mark.parametrize("case", pages(), ids=str)
def test_asking_in_any_order_before_and_between_passes_changes_no_answer(case: Case) -> None:
    shuffle = random.Random(f"{SEED} {case}").shuffle  # the same orders on every machine
    quiet, asked = found_on(case), found_on(case)
    for place in range(len(newsnorm.PASSES)):
        order, parts = list(READERS), list(LAYOUT)
        shuffle(order)
        shuffle(parts)
        ask_layout(asked, parts)
        before = answers(asked, order)
        assert before == answers(asked, order[::-1])
        assert run_one(asked, asked.page, place) == run_one(quiet, quiet.page, place), newsnorm.PASSES[place].__name__
    assert answers(quiet, list(READERS)) == answers(asked, list(READERS))


def test_a_layout_is_the_same_whatever_passes_found() -> None:
    for case in pages():
        early, late = found_on(case), found_on(case)
        for place in range(len(newsnorm.PASSES)):
            run_one(late, late.page, place)
        for name in LAYOUT:
            assert repr(getattr(early.layout, name)) == repr(getattr(late.layout, name)), name


def test_a_host_is_read_from_a_url() -> None:
    assert host_of("https://News.Example.com:8080/quay?x=1") == "news.example.com"
    assert host_of("quay") == host_of(None) == host_of("https://[broken") == ""


def test_the_day_of_a_layout_is_when_it_was_fetched() -> None:
    page = newsnorm.Parser().page(
        "Quay to close\n\n3 May 2024\n\nThe quay closes on Monday, the port said.", fetched="2024-06-01T10:00"
    )
    assert day_of(page, ()) == "2024-06-01"
    assert day_of(attrs.evolve(page, raw=attrs.evolve(page.raw, fetched="soon")), ()) == ""
