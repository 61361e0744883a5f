"""What lies stranded between lines that are known?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from newsnorm.catalogue import Rules
from newsnorm.page.prose import PROSE, WORDS, closes
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.page.stock_phrases import code_signs
from newsnorm.records import Line, Page, Removal, Title
from newsnorm.text.lazy_regex import lazy_regex

STRANDED = CodeRule("structure.stranded", "A short line below the report, between two removals, that is no sentence.")
COUNTER = CodeRule("structure.counter", "A line without a letter above the report, between two lines that are known.")
ABOVE_TITLE = CodeRule("structure.above-title", "A short line above the title: the section, a breadcrumb, a kicker.")
SAID_AGAIN = CodeRule("structure.said-again", "A long line that says word for word what the line above it says.")
CODE = CodeRule("structure.code", "Lines of the page's own code, with at least two signs that only a browser's code has.")
CODE_RULES = (STRANDED, COUNTER, ABOVE_TITLE, SAID_AGAIN, CODE)

LEFTOVER = 40
"""Characters: a counter, a name of a network, a form field."""

KICKER = 60
"""Characters: a breadcrumb of three or four sections."""


def find_repeats(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """
    A paragraph that stands twice in a row: a caption with its alternative text, a pull quote beside its place.

    Only lines as long as prose count, and only neighbours: the same question may be asked of each guest of a long interview.
    """
    above = ""
    for line in found.free():
        if line.text == above and len(above) >= PROSE and above.count(" ") >= WORDS - 1:
            yield removed(line, SAID_AGAIN, "repetition")
        above = line.text


ANCHORS = 2
"""Signs that only a browser's code has: a report may quote one, or print a program that has none."""

_BETWEEN = lazy_regex(r"[{};]\s*\Z|\)\s*(?:[,;]\s*)?\Z|\A\s*[})\]]|\A\s*//|\A[^\w“”\"«»„‘’]*\Z|</?\w[^<>]*>|\w\.\w+\(")
_MARKED = lazy_regex("[{}<>=]")
_LIKE_ASCII = "ſİı\u212a"
"""Letters that are one with s, i and k, whatever their case."""


def find_code(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """
    What a scraper took for text: scripts and data of the page, line by line.

    A stretch begins and ends with a line that has a sign of code, or at its end with a line without a letter; lines between that
    close, open or set something go with it. A line that reads as prose needs two signs and a mark of code.
    """
    signs = code_signs()
    if not _may_hold(page.raw.text, signs.anchors):
        return
    anchor, sign = _any_of(signs.anchors), _any_of(signs.all)
    if len(anchor.findall(page.raw.text)) < ANCHORS:
        return
    stretch: list[Line] = []
    anchors = last = 0
    for line in (*found.free(), None):
        if line is not None and _is_code(line, sign, found):
            stretch.append(line)
            anchors += len(anchor.findall(line.text))
            last = len(stretch)
        elif line is not None and stretch and _BETWEEN.search(line.text) and not found.is_prose(line.number):
            stretch.append(line)
            if not any(map(str.isalnum, line.text)):
                last = len(stretch)
        else:
            if anchors >= ANCHORS:
                yield from (removed(code, CODE, "script") for code in stretch[:last])
            stretch, anchors, last = [], 0, 0


def _may_hold(text: str, signs: tuple[str, ...]) -> bool:
    """A cheap look: whether one of these may be there, in small letters or large; bytes are lowered at once, ASCII alone."""
    lowered = text.encode("utf-8", "surrogatepass").lower()
    return any(sign.encode() in lowered for sign in signs) or any(letter in text for letter in _LIKE_ASCII)


def _is_code(line: Line, sign: re.Pattern[str], found: Found) -> bool:
    signs = len(sign.findall(line.text))
    return signs > 1 and _MARKED.search(line.text) is not None if found.is_prose(line.number) else signs > 0


@cache
def _any_of(signs: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these; one that ends with a stop goes on with a name, or it ends a sentence (“through the window.”)."""
    return re.compile("|".join(re.escape(sign) + (r"\b(?=\w)" if sign.endswith(".") else "") for sign in signs), re.I)


def find_orphans(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """
    Runs last and looks only at what lies between lines that are known: certain first, doubtful from its neighbours.

    Below the report, short lines between two removals go; above it, only lines without a letter (how often it was read or
    shared) between any two findings.
    """
    title = found.first(Title)
    if title is not None and title.line < found.body_start:
        for line in found.free(0, title.line):
            if len(line.text) <= KICKER and not closes(line.text):
                yield removed(line, ABOVE_TITLE, "navigation")
    yield from _between(page.lines[: found.body_start], found, COUNTER)
    yield from _between(page.lines[found.body_end :] if found.body_end else (), found, STRANDED)


def _between(lines: tuple[Line, ...], found: Found, rule: CodeRule) -> Iterator[Removal]:
    waiting: list[Line] = []
    known_above = False
    for line in lines:
        if not line.text:
            continue
        taken = found.taken(line.number)
        if taken is None:
            if _is_leftover(line.text, rule):
                waiting += [line] if known_above else []
            else:
                waiting, known_above = [], False
            continue
        known_above = rule is COUNTER or isinstance(taken, Removal)
        for left in waiting if known_above else ():
            yield removed(left, rule, "stranded")
        waiting = []


def _is_leftover(text: str, rule: CodeRule) -> bool:
    if rule is COUNTER:
        return len(text) <= LEFTOVER and not any(map(str.isalpha, text))
    return len(text) <= LEFTOVER and not closes(text)
