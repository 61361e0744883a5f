"""Find where readers' comments begin."""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.catalogue import Rules
from newsnorm.page.date_standing import is_date_line
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.records import Line, Page, Removal

THREAD = CodeRule(
    "comments.thread",
    "Everything from the first comment on: below the report, two or more lines with author and time, or one under a heading.",
    is_sure=True,
)
CODE_RULES = (THREAD,)

STAMPS = 2
"""Fewest stamps of a thread; a single one may be a line of the report."""

STAMP_LINES = 2
"""Lines below a heading of comments within which the first stamp (a name and a date) must end."""

ABOVE = 2
"""Fewest lines of prose above the first stamp; a page of only comments may be what the caller wants."""


def find_comment_threads(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """
    Remove everything from the first stamp of a comment thread on.

    Comments read like any other sentences, but each is below a stamp that says who wrote it and when. Stamps are templates of the
    catalogue that do not act alone.
    """
    stamps = [line.number for line in found.matching_lines("removal") if found.is_free(line.number) and _is_stamp(found, line)]
    starts = [*(stamps[:1] if len(stamps) >= STAMPS else ()), *_dated_below_heading(found)]
    if not starts or sum(found.is_prose(number) for number in range(min(starts))) < ABOVE:
        return
    for line in found.free(min(starts)):
        yield removed(line, THREAD, "comments")


def _dated_below_heading(found: Found) -> Iterator[int]:
    """Yield the numbers of lines below a heading of comments that are a name followed by a line with a date, or a date alone."""
    lines = found.layout.lines
    for view in lines[found.layout.start + 1 :]:
        if not _is_heading(found, view.line):
            continue
        below = lines[view.position + 1 : view.position + 1 + STAMP_LINES]
        dated = next((other for other in below if is_date_line(other)), None)
        if dated is not None and all(found.is_free(other.line.number) for other in lines[view.position + 1 : dated.position + 1]):
            start = below[0].line.number
            prose = [found.is_prose(line.number) for line in found.page.lines]
            if sum(prose[:start]) > sum(prose[start:]):  # otherwise the heading may be a link above the report
                yield start


def _is_heading(found: Found, line: Line) -> bool:
    """Return whether a line was removed as part of comments, or matches a rule that removes it as such below a report."""
    if found.is_removed(line.number, "comments"):
        return True
    matches = found.layout.matches.get(line.number)
    if matches is None:
        return False  # most lines end here
    rules = [match.rule for match in matches if match.rule.table == "removal"]
    return found.is_free(line.number) and any(rule.kind == "line" and rule.reason == "comments" for rule in rules)


def _is_stamp(found: Found, line: Line) -> bool:
    matches = found.matches("removal", line)
    return any(match.rule.kind == "template" and match.rule.reason == "comments" and match.rule.tier == 3 for match in matches)
