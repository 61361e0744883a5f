"""Remove lines that recur in the documents of the page's host."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from newsnorm.catalogue import Rule, Rules
from newsnorm.catalogue.learned_key import learned_key
from newsnorm.page.state import Found, day_of
from newsnorm.passes.removing import removal
from newsnorm.records import Line, Page, Removal

MOST = 0.5
"""Largest share of the remaining code points that learned lines may take from a page without prose of its own (most frequent
lines first), so that no report is emptied. Chosen, not measured."""


def find_learned(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """
    Remove lines that recur in the documents of the page's host, in the zone where they recurred: above the report, below it, or
    anywhere.

    The report extends from the first to the last line of prose that is not a learned line. If there is none, at most half of the
    page is removed. A line in which something was found (a dateline, a correction) stays.
    """
    if not rules.learned:
        return
    learned = _learned_rules(found, rules)
    own = [line.number for line in found.free() if found.is_prose(line.number) and not learned.get(line.number)]
    matched = list(_in_zone(page, found, learned, own))
    if own:
        yield from (removal(line, rule) for line, rule in matched)
        return
    room = MOST * sum(len(line.text) for line in found.free())
    for line, rule in sorted(matched, key=lambda match: -_share(match[1])):
        room -= len(line.text)
        if room < 0:
            return
        yield removal(line, rule)


def _learned_rules(found: Found, rules: Rules) -> Mapping[int, Sequence[Rule]]:
    """Return line number → the learned rules that the free line matches, ignoring zones."""
    sitting = {finding.line for finding in found.findings()}
    calendar = rules.context.grammar.calendar
    free = (line for line in found.free() if line.number not in sitting)
    return {line.number: rules.learned.get(learned_key(line.text, calendar), ()) for line in free}


def _in_zone(page: Page, found: Found, learned: Mapping[int, Sequence[Rule]], own: Sequence[int]) -> Iterator[tuple[Line, Rule]]:
    """
    Yield the lines with a learned rule that holds in their zone and on the day of the page, each with its first such rule.

    Args:
        page: the page.
        found: what was found on it.
        learned: the learned rules of each line, by the number of the line.
        own: numbers of the lines of prose without learned rules, ascending.

    """
    day = day_of(page, found.findings())
    start, end = (own[0], own[-1]) if own else (len(page.lines), -1)
    for line in found.free():
        zones = {None, "head" if line.number < start else None, "tail" if line.number > end else None}
        rule = _first_holding(learned.get(line.number, ()), zones, day)
        if rule is not None:
            yield line, rule


def _first_holding(rules: Iterable[Rule], zones: set[str | None], day: str) -> Rule | None:
    return next((rule for rule in rules if rule.zone in zones and _holds_on(rule, day)), None)


def _share(rule: Rule) -> float:
    """Return the share of the host's documents that had the line; 1 if the counts were deleted from the file."""
    return rule.seen.documents / rule.seen.of if rule.seen and rule.seen.of else 1.0


def _holds_on(rule: Rule, day: str) -> bool:
    """Return whether a learned rule holds on a day; true if the day is empty (unknown)."""
    return rule.seen is None or not (rule.seen.until and day) or day <= rule.seen.until
