"""
Decide which of the lines that passes take stay in the text: `keep` says how sure a removal must be.

`keep` does not affect the passes, so the fields of a page are found in any case. What stays is decided afterwards: a removal
becomes a mark, and any other finding leaves its line in the text.
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
"""What stays: only the report; everything except lines that are boilerplate by their own words or markup; or every word."""

KEEPS: tuple[Keep, ...] = get_args(Keep)

_SURE = frozenset(rule.id for rule in CODE_RULES if rule.is_sure)


def check_keep(keep: str) -> None:
    """
    Check that `keep` is a known setting.

    Raises:
        InputError: it is not.

    """
    if keep not in KEEPS:
        raise InputError(f"keep = {keep!r}: expected one of {', '.join(KEEPS)}")


def keep_in_text(found: Found, keep: Keep) -> tuple[Finding, ...]:
    """Return the findings of a page, in order, changed so that the text keeps what `keep` asks for."""
    findings = found.findings()
    if keep == "report":
        return findings
    stays = _stays_in_most if keep == "most" else _stays_in_all
    return tuple(_staying(finding) if stays(found, finding) else finding for finding in findings)


def _stays_in_all(found: Found, finding: Finding) -> bool:
    """Return whether a line has text of its own, as the claims that a page makes for machines have not."""
    return found.layout.whole_page.lines[finding.line].text != ""


def _stays_in_most(found: Found, finding: Finding) -> bool:
    """Return whether a finding is a caption, or a removal that is not sure (see `is_sure`)."""
    return isinstance(finding, Caption) or (isinstance(finding, Removal) and not is_sure(found, finding))


def is_sure(found: Found, removal: Removal) -> bool:
    """
    Return whether a removed line is boilerplate by its own words, or on a page of HTML by its markup.

    This holds for catalogue phrases that act anywhere and rows of them, lines that the site repeats, hints, rules in code that
    are marked as sure, and elements for menus, footers, forms and buttons. It does not hold for lines that are removed because of
    a label above them, their place, their neighbours, or because they are unlikely to be part of the report.
    """
    if not removal.takes_line or removal.rule in _SURE:
        return True
    markup = found.layout.markup
    if markup is not None and removal.line in markup.furniture:
        return True
    return removal.rule in _ids_of_own_words(found, found.layout.whole_page.lines[removal.line])


def _ids_of_own_words(found: Found, line: Line) -> frozenset[str]:
    """Return the ids of hints, and of the rules that remove a line for its own words wherever it stands."""
    rules = found.rules
    phrases = (match.rule for match in found.layout.matches.get(line.number, ()) if match.rule.tier == 1)
    learned = rules.learned.get(learned_key(line.text, rules.context.grammar.calendar), ()) if rules.learned else ()
    every = (*phrases, *learned, *rules.runs(found.layout.form(line)))
    return frozenset(rule.id for rule in every) | rules.hint_ids


def _staying(finding: Finding) -> Finding:
    """Return a copy of a finding that leaves its line in the text."""
    if isinstance(finding, Removal):
        return Mark.of(finding)
    return attrs.evolve(finding, takes_line=False) if finding.takes_line and not finding.in_text else finding
