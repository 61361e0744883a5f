"""Small pages for the tests of the page and of the passes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import newsnorm
from newsnorm.page.state import Found, Pass, run_passes
from newsnorm.records import Finding, Page

PROSE = "The quay was closed on Monday after two of its old pillars cracked, the harbour office said in a short statement."
MORE = "A diver had noticed the damage during a routine check, and the two ferries now leave from the northern pier instead."
LAST = "Work on the pillars begins next week and should be over before the summer timetable starts, the office went on to say."

SPANISH = "El muelle fue cerrado el lunes porque dos de sus viejos pilares se agrietaron, según informó la oficina del puerto."
GERMAN = "Die Brücke bleibt nach Angaben der Stadt bis zum Herbst gesperrt, weil zwei ihrer Pfeiler beschädigt sind, hieß es."

REPORT = (PROSE, MORE, LAST)


@cache
def parser() -> newsnorm.Parser:
    return newsnorm.Parser()


def page_of(*lines: str, url: str | None = None, title: str | None = None, site: str | None = None) -> Page:
    return parser().page("\n".join(lines), url=url, title=title, site=site)


def found_on(*lines: str, url: str | None = None) -> Found:
    """What is known of a page before any pass."""
    return Found(page_of(*lines, url=url), parser().catalogue)


def after(page: Page, *passes: Pass) -> Found:
    """What is known of a page after some passes."""
    return run_passes(page, parser().catalogue, passes)


def stated(
    find: Pass, *lines: str, before: Iterable[Pass] = (), url: str | None = None, site: str | None = None
) -> list[Finding]:
    """What a pass states on a page by itself, after the passes `before` it."""
    found = after(page_of(*lines, url=url), *before)
    return list(find(found.page, found, found.rules))


def claim(finding: Finding) -> tuple[str, str, bool]:
    """The rule, the words and whether the line is taken; checked against the raw text."""
    return finding.rule, finding.text, finding.takes_line
