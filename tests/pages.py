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

CHINESE = "码头因两根旧支柱开裂而于周一关闭，港口办公室在一份声明中说，渡轮现在从北部码头出发，维修工作将于下周开始。"
HEADLINE = "Quay closed after pillars crack"

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


def stated(find: Pass, *lines: str, before: Iterable[Pass] = (), url: str | None = None) -> list[Finding]:
    """What a pass states on a page after the passes `before` it; each finding is known to it before it states the next."""
    found = after(page_of(*lines, url=url), *before)
    earlier = len(found.findings())
    for finding in find(found.page, found, found.rules):
        found.add(finding)
    findings = found.findings()[earlier:]
    raw = found.page.raw.text
    assert all(raw[finding.span.start : finding.span.end] == finding.text for finding in findings)
    return list(findings)


def claims(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """The rule and the words of each finding that takes its line."""
    return [(finding.rule, finding.text) for finding in findings if finding.takes_line]
