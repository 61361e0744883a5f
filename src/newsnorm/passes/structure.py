"""Remove lines that the structure of the page gives away: repeats, code, and leftovers between known lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from newsnorm.catalogue import Rules
from newsnorm.page.prose import PROSE, WORDS
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.page.stock_phrases import code_signs
from newsnorm.records import Line, Page, PublicationDate, Removal, Title
from newsnorm.text.lazy_regex import lazy_regex
from newsnorm.text.sentences import ends_sentence
from newsnorm.text.web_address import is_address

STRANDED = CodeRule("structure.stranded", "A short line below the report, between two removed lines, that is not a sentence.")
COUNTER = CodeRule("structure.counter", "A line without letters above the report, between two recognised lines.")
ABOVE_TITLE = CodeRule("structure.above-title", "A short line above the title, such as a section name, a breadcrumb or a kicker.")
SAID_AGAIN = CodeRule("structure.said-again", "A long line that repeats the line above it word for word.", is_sure=True)
CODE = CodeRule("structure.code", "Code of the page, with at least two signs that occur only in browser code.", is_sure=True)
HEADLINES = CodeRule(
    "structure.headlines", "Headlines of other stories: three or more lines in title case at the end of the text."
)
SUBJECTS = CodeRule(
    "structure.subjects", "Subjects of the report: short lines at the end of the text, below its date or its initials."
)
ADDRESS = CodeRule("structure.address", "A web address alone on its line, above the report.", is_sure=True)
RULED_OFF = CodeRule(
    "structure.ruled-off", "Nothing but dashes, stars or similar signs, in the first or last lines of a text.", is_sure=True
)
POINTED = CodeRule(
    "structure.pointed", "Links to other stories: lines at the end of the text that begin with >> and don't end like a sentence."
)
CODE_RULES = (STRANDED, COUNTER, ABOVE_TITLE, SAID_AGAIN, CODE, SUBJECTS, HEADLINES, ADDRESS, RULED_OFF, POINTED)

LEFTOVER = 40
"""Code points of the longest leftover: a counter, the name of a network, a form field."""

OTHER_STORIES = 3
"""Fewest headlines at the end that are certainly not the report's own lines."""

HEADLINE_WORDS = range(5, 17)
"""Numbers of words of such a headline: a list of names or titles has fewer."""

SMALL_WORD = 4
"""Letters of the longest word that may be in lower case in a headline in title case: ``from``, ``with``."""

SUBJECT_WORDS = 4
"""Words of the longest subject."""

KICKER = 60
"""Code points of the longest kicker: a breadcrumb of three or four sections."""


def find_repeats(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """
    Remove the second of two equal paragraphs in a row: a caption and its alternative text, a pull quote beside its source.

    Only neighbours of the length of prose count: an interview may ask each guest the same question.
    """
    above = ""
    for line in found.free():
        if line.text == above and len(above) >= PROSE and above.count(" ") >= WORDS - 1:
            yield removed(line, SAID_AGAIN, "repetition")
        above = line.text


_RULED = lazy_regex(r"[-–—―_=~*•·⋆★☆■□◆◇●○+|\s]+\Z")
_POINTER = lazy_regex(r"(?:>{2,3}|›{2,3}|≫|»{2,3}|»(?=\s))\s{0,3}(?=[^\W_])")


def find_ruled_off(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """
    Remove lines of dashes, stars or similar signs at the beginning and end of a text; within a report they separate its
    sections.
    """
    written = list(found.free())
    for lines in (written, written[::-1]):
        for line in lines:
            if not _RULED.match(line.text):
                break
            if found.is_free(line.number):
                yield removed(line, RULED_OFF, "stranded")


def find_addresses(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """Remove the web addresses that are alone on lines above the report, after the days in them have been read."""
    for line in found.free(0, found.body_start if found.body_end else 0):
        if is_address(line.text):
            yield removed(line, ADDRESS, "navigation")


ANCHORS = 2
"""Fewest signs of browser code in a stretch; a report may quote one, or print a program without any."""

_BETWEEN = lazy_regex(r"[{};]\s*\Z|\)\s*(?:[,;]\s*)?\Z|\A\s*[})\]]|\A\s*//|\A[^\w“”\"«»„‘’]*\Z|</?\w[^<>]*>|\w\.\w+\(")
_MARKED = lazy_regex("[{}<>=]")
_LIKE_ASCII = "ſİı\u212a"
"""Letters that equal s, i or k when case is ignored."""


def find_code(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """
    Remove scripts and data that a scraper took for text.

    A stretch begins with a line that has a sign of code and ends with one, or with a line without letters and digits. Lines in
    between that open, close or set something are removed with it. A line that reads as prose needs two signs and a bracket or
    `=`.
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
    """Return whether a text may contain a sign, ignoring case: a cheap filter that lowers ASCII bytes in one call."""
    lowered = text.encode("utf-8", "surrogatepass").lower()
    for sign in _encoded(signs):  # a loop, since every page is asked for every sign
        if sign in lowered:
            return True
    return not text.isascii() and any(letter in text for letter in _LIKE_ASCII)


@cache
def _encoded(signs: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(sign.encode() for sign in signs)


def _is_code(line: Line, sign: re.Pattern[str], found: Found) -> bool:
    signs = len(sign.findall(line.text))
    return signs > 1 and _MARKED.search(line.text) is not None if found.is_prose(line.number) else signs > 0


@cache
def _any_of(signs: tuple[str, ...]) -> re.Pattern[str]:
    """
    Compile a pattern for any sign; one that ends with a full stop must be followed by a name, since the stop might end a
    sentence.
    """
    return re.compile("|".join(re.escape(sign) + (r"\b(?=\w)" if sign.endswith(".") else "") for sign in signs), re.I)


def find_orphans(page: Page, found: Found, rules: Rules) -> Iterator[Removal]:
    """
    Remove short lines between lines that are already known; this pass runs last.

    These are, below the report, short lines between two removals and lines in lower case below its day; above it, lines without a
    letter (counts of readers or shares) between any two findings, and short lines above the title.
    """
    title = found.first(Title)
    if title is not None and title.line < found.body_start:
        for line in found.free(0, title.line):
            if len(line.text) <= KICKER and not ends_sentence(line.text):
                yield removed(line, ABOVE_TITLE, "navigation")
    yield from _between(page.lines[: found.body_start], found, COUNTER)
    yield from _between(page.lines[found.body_end :] if found.body_end else (), found, STRANDED)
    yield from _subjects(page, found)
    yield from _pointed(page, found)
    yield from _headlines(page, found)
    yield from find_ruled_off(page, found, rules)  # again, for the dash after a place on a line of its own


def _subjects(page: Page, found: Found) -> Iterator[Removal]:
    """
    Remove the last lines of a text if they are the subjects of its report: all short, and below its day or its signature.

    Below the day they are in lower case; below the initials of the writers they have few words and no digit.
    """
    day = next((date.line for date in found.all(PublicationDate) if found.zone(date.line) == "tail"), None)
    signed = next((taken.line for taken in found.all(Removal) if _is_signature(found, taken)), None)
    for above, is_subject in ((day, _is_code_of_subject), (signed, _is_subject)):
        below = list(found.free(above + 1)) if above is not None else []
        if all(is_subject(line.text) for line in below):
            yield from (removed(line, SUBJECTS, "tags") for line in below)


def _is_signature(found: Found, taken: Removal) -> bool:
    """Return whether a removed line below the report is a signature in brackets: ``(abc/def)``."""
    return taken.reason == "agency-trailer" and taken.text.startswith("(") and found.zone(taken.line) == "tail"


def _is_code_of_subject(text: str) -> bool:
    return _is_leftover(text, STRANDED) and (text[0].islower() or not any(map(str.isalpha, text)))


def _is_subject(text: str) -> bool:
    return _is_leftover(text, STRANDED) and text.count(" ") < SUBJECT_WORDS and not any(map(str.isdigit, text))


def _headlines(page: Page, found: Found) -> Iterator[Removal]:
    """Remove three or more headlines at the end of a page's text, each of several words in title case."""
    if found.frame.kind == "none" or not found.body_end:
        return
    below = list(found.free(found.body_end))
    last = page.lines[found.body_end - 1].text
    if len(below) >= OTHER_STORIES and ends_sentence(last) and all(_is_headline(line.text) for line in below):
        yield from (removed(line, HEADLINES, "related") for line in below)


def _pointed(page: Page, found: Found) -> Iterator[Removal]:
    """Remove the last lines of a text that begin with a pair of arrows and don't end like a sentence."""
    for line in reversed(list(found.free(found.body_end))) if found.body_end else ():
        if not _POINTER.match(line.text) or ends_sentence(line.text):
            return
        yield removed(line, POINTED, "related")


def _is_headline(text: str) -> bool:
    """Return whether a line is not a sentence, and all but its short words begin with capitals: ``Swan Holds Up Traffic``."""
    words = [word for word in text.split() if word[0].isalnum()]
    if not HEADLINE_WORDS.start <= len(words) < HEADLINE_WORDS.stop or ends_sentence(text) or not text[0].isupper():
        return False
    long = [word for word in words if len(word) > SMALL_WORD]
    return text[-1].isalnum() and "," not in text and len(long) > 2 and all(word[0].isupper() for word in long)


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
    return len(text) <= LEFTOVER and not ends_sentence(text)
