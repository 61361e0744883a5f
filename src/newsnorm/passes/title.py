"""Which line is the headline, and which only repeat it?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from newsnorm.catalogue import Rules
from newsnorm.catalogue.dates import read_date
from newsnorm.catalogue.names import is_person
from newsnorm.catalogue.slots import place
from newsnorm.folding import fold, fold_numbers
from newsnorm.passes.address import Address
from newsnorm.passes.found import CodeRule, Found, closes, removed, weight
from newsnorm.records import Byline, Line, Page, PublicationDate, Removal, Title

ADDRESS = CodeRule("title.address", "The line says what the last part of the page's address says.")
GIVEN = CodeRule("title.given", "The line says what the caller knows to be the title.")
REPEATED = CodeRule("title.repeated", "The short line stands more than once above the report.")
FIRST_LINE = CodeRule("title.first-line", "The first line that reads like a headline, set apart from the report below it.")
REPEAT = CodeRule("title.repeat", "The line says the title again, with or without the name of the site.")
CODE_RULES = (GIVEN, ADDRESS, REPEATED, FIRST_LINE, REPEAT)

SHORTEST, LONGEST = 12, 220
"""Characters of a headline. Shorter lines above a report are kickers (``Politics``), longer lines are prose. Chosen, not
measured."""

REPEAT_AMID = 16
"""Characters. A title so long is removed wherever it is said again; a shorter one may be a line of the report."""

SIGHT = 3
"""Lines with text. In a text without blank lines, a headline has prose, a byline or a date so near below it."""

SAID = 0.6
"""The share of the words of an address that a line must say to be the headline. Chosen, not measured."""

LIKE = 0.4
"""How like the address the line must be as a whole: a sentence that only mentions what the report is about is less so.
Chosen, not measured."""

LIKE_AMID = 0.5
"""The same where prose stands above: a subheading says much of what the headline says. Chosen, not measured."""

UNSAID, HALF_SAID = 0.1, 0.3
"""A line that says no more of a telling address is no headline, whatever else looks like it. Where prose follows at once and
no byline or date stands near, it has to say more than the second: the first line of a report without its headline is a
standfirst. Of first lines that say 0.3 to 0.6 of a telling address, 49 were headlines and 14 were not
(``benchmarks/thresholds.py``)."""

UNPROVEN, UNPROVEN_WORDS = 120, 19
"""Characters and words. A longer first line without a stop, which nothing else calls the headline, may be a standfirst or the
report's first sentence; chosen, not measured."""

_LATIN = re.compile(r"[a-z\u00c0-\u024f]", re.I)
_CRUMBS = re.compile(r"\s[>›»/]\s")
_SUFFIX = re.compile(r"\s+[-–—|·•:»]\s+(?=[^-–—|·•»]{2,60}\Z)")


def find_title(page: Page, found: Found, rules: Rules) -> Iterator[Title | Removal]:
    """
    The headline stands above the first prose: what the caller knows, what is repeated, else the first line that looks like one.

    A text that begins with the report itself has none, and none is invented.
    """
    head = [line for line in found.free(0, found.body_start) if len(line.text) <= LONGEST]
    chosen = _choose(page, found, rules, head)
    if chosen is None:
        return
    line, rule = chosen
    text = line.text[: _site_from(line.text, page)]
    yield Title(line=line.number, span=line.raw_span(0, len(text)), text=text, rule=rule.id)
    known = {fold(text), found.folded(line)}
    for other in page.lines:
        if other.number == line.number or not other.text or len(other.text) > LONGEST or not found.is_free(other.number):
            continue
        if found.zone(other.number) is None and len(text) < REPEAT_AMID:
            continue
        if found.folded(other) in known or fold(other.text[: _suffix_from(other.text)]) in known:
            yield removed(other, REPEAT, "repetition")


def _choose(page: Page, found: Found, rules: Rules, head: list[Line]) -> tuple[Line, CodeRule] | None:
    if page.raw.title:
        given = fold(page.raw.title)
        for line in head:
            if given and given in (found.folded(line), fold(line.text[: _suffix_from(line.text)])):
                return line, GIVEN
        return None  # the caller knows better than the first line
    address = Address.of(page.raw.url)
    if address.tells and (named := _named(page, found, rules, address)) is not None:
        return named, ADDRESS
    if found.body_start == len(page.lines) and not _is_notice(head):
        return None  # nothing that it could be the headline of
    candidates = [line for line in head if _like_a_headline(line, rules)]
    if address.tells:
        signed = _is_signed(found)
        candidates = [
            line
            for line in candidates
            if not _LATIN.search(line.text)
            or address.share(line.text) > (UNSAID if signed or not _opens_prose(line, found) else HALF_SAID)
        ]
    counts = Counter(key for line in head for key in {found.folded(line), fold(line.text[: _suffix_from(line.text)])})
    repeated = [line for line in candidates if counts[found.folded(line)] > 1]
    if repeated:
        return repeated[0], REPEATED
    candidates = [line for line in candidates if len(line.text) <= UNPROVEN and line.text.count(" ") < UNPROVEN_WORDS]
    first = next((line for line in candidates if _is_apart(line, page, found, rules)), None)
    return (first, FIRST_LINE) if first is not None else None


def _opens_prose(line: Line, found: Found) -> bool:
    """Whether the next line with text is prose: a standfirst stands so, and a headline without anything beside it."""
    below = found.neighbour(line.number, 1)
    return below is not None and found.is_prose(below.number)


def _is_signed(found: Found) -> bool:
    """Whether the head names who wrote the report, or when: what stands beside a headline."""
    last = found.body_start + SIGHT
    return any(finding.line <= last for kind in (Byline, PublicationDate) for finding in found.all(kind))


def _named(page: Page, found: Found, rules: Rules, address: Address) -> Line | None:
    """The line that the address names best; of equals, the one with prose nearest below it."""
    best, choice, below = (LIKE, -len(page.lines) - 1), None, 0
    for line in reversed(page.lines):
        if found.is_prose(line.number):
            below = line.number
        elif found.is_free(line.number) and len(line.text) <= LONGEST and address.share(line.text) >= SAID:
            rank = (round(address.likeness(line.text), 1), line.number - below if below else -len(page.lines))
            if rank[0] < LIKE_AMID and (line.number > found.body_start or line.text.count(" ") >= UNPROVEN_WORDS):
                continue  # a subheading, or a sentence
            if rank > best and _like_a_headline(line, rules):
                best, choice = rank, line
    return choice


def _is_notice(head: list[Line]) -> bool:
    """In a text without long prose: whether all below the first line are sentences, as in a notice, but not in a poem or list."""
    return len(head) > 1 and all(_is_sentence(line) for line in head[1:])


def _is_sentence(line: Line) -> bool:
    return closes(line.text) and len(line.text.split()) >= 4


def _like_a_headline(line: Line, rules: Rules) -> bool:
    text = line.text
    if weight(text) < SHORTEST or (len(text.split()) == 1 and weight(text) < 2 * SHORTEST and text.isascii()):
        return False
    if text.endswith((".", "。", "।", ":", "：", ",", ";")) and not text.endswith("..."):
        return False
    if rules.learned and fold_numbers(text) in rules.learned:  # the site prints it above other reports too
        return False
    if not any(map(str.isalpha, text)) or "://" in text or text.startswith(("@", "•", "*", "- ")):
        return False
    if len(_CRUMBS.findall(text)) > 1 or is_person(text, rules.context.tables) or place(text, rules.context) is not None:
        return False
    return read_date(text, rules.context.tables.calendar, rules.context.languages) is None


def _is_apart(line: Line, page: Page, found: Found, rules: Rules) -> bool:
    """Whether something parts the line from the report: a blank line, or prose, a byline or a date near below."""
    below = page.lines[line.number + 1] if line.number + 1 < len(page.lines) else None
    if below is None:
        return False
    if not below.text:
        return True
    if found.body_start == len(page.lines):
        return _is_sentence(below)
    near = [other for other in page.lines[line.number + 1 : line.number + 1 + SIGHT] if other.text]
    if any(found.is_prose(other.number) or not found.is_free(other.number) for other in near):
        return True
    return any(is_person(other.text, rules.context.tables) for other in near)


def _suffix_from(text: str) -> int:
    """Where something like the name of a site begins at the end of a title; else its length."""
    suffix = _SUFFIX.search(text)
    return suffix.start() if suffix else len(text)


def _site_from(text: str, page: Page) -> int:
    """Where the name of the page's own site begins; else the length."""
    at = _suffix_from(text)
    name = fold(text[at:]).replace(" ", "")
    site = fold(page.raw.site or "").replace(" ", "")
    return at if name and site and (name == site or name in site or site in name) else len(text)
