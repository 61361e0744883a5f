"""What stands between headline and report and sums it up?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsnorm.catalogue import Rules
from newsnorm.page.layout import Seen, sight
from newsnorm.page.state import CodeRule, Found
from newsnorm.records import Byline, Page, PublicationDate, Standfirst

APART = CodeRule(
    "standfirst.set-apart",
    "The sentence below the headline that a byline, a date or a blank line sets apart from the report.",
)
CODE_RULES = (APART,)

SHORTEST, LONGEST = 40, 400
"""Code points of a standfirst; a sign that is a word counts for more, as in `Seen.size`."""

BEFORE = 2
"""Lines between it and the byline or date that sets it apart."""


def find_standfirst(page: Page, found: Found, rules: Rules) -> Iterator[Standfirst]:
    """
    The line below the headline, where a byline or a date below it sets it apart, or the blank line that the headline lacks.

    Without either, it can't be told from the first paragraph, and stays one.
    """
    of = sight(page, found)
    title = of.title
    if title is None or title + 2 >= len(of.lines):
        return
    seen = of.lines[title + 1]
    line = seen.line
    if not found.is_free(line.number) or not SHORTEST <= seen.size <= LONGEST or seen.bullet or seen.dates:
        return
    below = of.lines[title + 2 : title + 2 + BEFORE]
    signed = any(isinstance(found.taken(other.line.number), Byline | PublicationDate) for other in below)
    if signed or (not of.dense and not seen.gap and seen.after and _opens_report(below, found)):
        span = line.raw_span(0, len(line.text))
        yield Standfirst(line=line.number, span=span, text=line.text, rule=APART.id)


def _opens_report(below: Sequence[Seen], found: Found) -> bool:
    return bool(below) and below[0].gap and found.is_free(below[0].line.number) and found.is_prose(below[0].line.number)
