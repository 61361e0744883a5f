"""Where do readers' comments begin?"""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.catalogue import Rules
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.records import Line, Page, Removal

THREAD = CodeRule(
    "comments.thread", "Two or more comment stamps (author and time) below the report, and everything below the first one."
)
CODE_RULES = (THREAD,)

STAMPS = 2
"""How many stamps make a thread; a single one may be a line of the report."""

ABOVE = 2
"""Lines of prose needed above the first stamp; a page of nothing but comments may be what the caller wants."""


def find_comment_threads(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """
    Remove everything from the first stamp of a comment thread on.

    Comments read like any other sentence, but each stands below a stamp that says who wrote it and when. Stamps are templates
    of the catalogue that do not act alone.
    """
    stamps = [line.number for line in found.matching_lines("removal") if found.is_free(line.number) and _is_stamp(found, line)]
    if len(stamps) < STAMPS or sum(found.is_prose(number) for number in range(stamps[0])) < ABOVE:
        return
    for line in found.free(stamps[0]):
        yield removed(line, THREAD, "comments")


def _is_stamp(found: Found, line: Line) -> bool:
    matches = found.matches("removal", line)
    return any(match.rule.kind == "template" and match.rule.reason == "comments" and match.rule.tier == 3 for match in matches)
