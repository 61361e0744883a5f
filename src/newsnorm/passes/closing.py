"""
Remove sentences at the end of the last paragraph that are not part of the report: a rights notice, a plea for an app or a
newsletter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsnorm.catalogue import Rule, Rules
from newsnorm.catalogue.forms import LineForms
from newsnorm.page.state import Found
from newsnorm.records import Line, Page, Reason, Removal
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.scripts import QUOTES

CLOSING = 300
"""Code points at the end of a line within which such sentences are looked for."""

RIGHTS, NAME = 160, 60
"""Code points of the longest rights notice, and of the longest name in it."""

_REASONS: frozenset[Reason] = frozenset(("copyright", "app", "subscription"))
_SENTENCE = lazy_regex(r"(?<=[.!?…।])\s{1,3}(?=[^\W\d_a-z])|\s{1,3}(?=©)")
_PART = lazy_regex(r"(?<=[.!?])\s{1,3}|\s{1,3}[-–—|•·]\s{1,3}")
_RIGHTS = lazy_regex(r"©|\(c\)\s", 2)


def find_closing(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """
    Remove the last sentences of the last line if the catalogue knows each as boilerplate; the rest of the line stays.

    A line below the report that is entirely a rights notice (sign, name, all rights reserved; in any language of the catalogue)
    is removed as a whole.
    """
    line = next(iter(list(found.free())[-1:]), None)
    if line is None:
        return
    if len(line.text) <= RIGHTS and found.zone(line.number) == "tail" and (rule := _rights_rule(line.text, rules)) is not None:
        yield _removal(line, 0, rule)
        return
    at, rule = _closing_from(line.text, rules)
    if rule is not None:
        yield _removal(line, at, rule)


def _closing_from(text: str, rules: Rules) -> tuple[int, Rule | None]:
    """Return the offset of the closing sentences of a line, and the rule of the first one; None if there are none."""
    starts = [match.end() for match in _SENTENCE.finditer(text, max(0, len(text) - CLOSING))]
    for start in starts:
        rest = text[start:]
        if _RIGHTS.match(rest) and (rule := _rule(rest, rules) or _rights_rule(rest, rules)) is not None:
            return start, rule
    found: tuple[int, Rule | None] = len(text), None
    end = len(text)
    for start in reversed(starts):
        rule = _rule(text[start:end].strip(), rules)
        if rule is None or not QUOTES.isdisjoint(text[start:end]):
            break
        found, end = (start, rule), start
    return found


def _rule(text: str, rules: Rules) -> Rule | None:
    """Return the rule that would remove a text if it were a line of its own, in any place."""
    matches = rules.matches(LineForms(text))
    own = (match.rule for match in matches if match.rule.table == "removal" and match.rule.tier == 1)
    return next((rule for rule in own if rule.reason in _REASONS and rule.kind in ("line", "start", "template")), None)


def _rights_rule(text: str, rules: Rules) -> Rule | None:
    """Return the rule of the part of a rights notice that reserves all rights; the other parts are names."""
    parts: Sequence[str] = [part for part in _PART.split(text) if part]
    if len(text) > RIGHTS or len(parts) < 2 or any(len(part) > NAME for part in parts):
        return None
    if not _RIGHTS.match(text) and len(parts) > 2:
        return None
    found = (_rule(part, rules) for part in parts[1:])
    return next((rule for rule in found if rule is not None and rule.reason == "copyright" and rule.kind == "line"), None)


def _removal(line: Line, start: int, rule: Rule) -> Removal:
    return Removal(
        line=line.number,
        span=line.raw_span(start, len(line.text)),
        text=line.text[start:],
        rule=rule.id,
        reason=rule.reason or "stranded",
        takes_line=start == 0,
    )
