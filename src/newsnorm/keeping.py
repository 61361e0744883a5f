"""
Which of the lines that passes take stay in the text? One switch, `keep`, says how sure a removal must be.

Passes always look at a page in the same way, so that its fields are found whatever stays. What stays is decided afterwards: a
removal becomes a mark, and any other finding leaves its line to the text.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import attrs

from newsnorm.catalogue.learned_key import learned_key
from newsnorm.errors import InputError
from newsnorm.page.state import Found
from newsnorm.passes import CODE_RULES
from newsnorm.records import Caption, Finding, Line, Mark, Removal

Keep: TypeAlias = Literal["report", "most", "all"]
"""What stays: the report alone, all but the lines that say themselves that they are no part of it, or every word."""

KEEPS: tuple[Keep, ...] = get_args(Keep)

_SURE = frozenset(rule.id for rule in CODE_RULES if rule.is_sure)


def check_keep(keep: str) -> None:
    """
    Check that there is such a setting.

    Raises:
        InputError: there is not.

    """
    if keep not in KEEPS:
        raise InputError(f"keep = {keep!r}: expected one of {', '.join(KEEPS)}")


def keep_in_text(found: Found, keep: Keep) -> tuple[Finding, ...]:
    """Return all findings of a page, in their order, changed so that the text holds what is to be kept."""
    findings = found.findings()
    if keep == "report":
        return findings
    stays = _stays_in_most if keep == "most" else _stays_in_all
    return tuple(_staying(finding) if stays(found, finding) else finding for finding in findings)


def _stays_in_all(found: Found, finding: Finding) -> bool:
    """Return whether a line has text of its own: claims that a page makes for machines have none."""
    return found.layout.whole_page.lines[finding.line].text != ""


def _stays_in_most(found: Found, finding: Finding) -> bool:
    """Return whether a finding is a caption, or a removal of a line that does not say itself that it is no part of a report."""
    return isinstance(finding, Caption) or (isinstance(finding, Removal) and not is_sure(found, finding))


def is_sure(found: Found, removal: Removal) -> bool:
    """
    Return whether a line says itself that it is no part of a report: by its words, or on a page of HTML by its markup.

    So say phrases of the catalogue that act anywhere, rows of them, lines that the site repeats, hints, the rules of code that
    are marked as sure, and elements for menus, footers, forms and buttons. A line that goes with a label above it, for its place,
    for its neighbours, or because it is unlikely to be part of the report, does not say so.
    """
    if not removal.takes_line or removal.rule in _SURE:
        return True
    markup = found.layout.markup
    if markup is not None and removal.line in markup.furniture:
        return True
    return removal.rule in _ids_of_own_words(found, found.layout.whole_page.lines[removal.line])


def _ids_of_own_words(found: Found, line: Line) -> frozenset[str]:
    """Return the ids of the rules by which a line may go for its own words, wherever it stands, and of hints."""
    rules = found.rules
    phrases = (match.rule for match in found.layout.matches.get(line.number, ()) if match.rule.tier == 1)
    learned = rules.learned.get(learned_key(line.text, rules.context.grammar.calendar), ()) if rules.learned else ()
    every = (*phrases, *learned, *rules.runs(found.layout.form(line)))
    return frozenset(rule.id for rule in every) | rules.hint_ids


def _staying(finding: Finding) -> Finding:
    """Return a finding that leaves its line in the text."""
    if isinstance(finding, Removal):
        return Mark.of(finding)
    return attrs.evolve(finding, takes_line=False) if finding.takes_line and not finding.in_text else finding
