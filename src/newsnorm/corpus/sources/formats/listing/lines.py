"""Split a listing into lines that know their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

import attrs

from newsnorm.records import Span

REACH = 120
"""Lines, including blank ones, within which something above is looked for, so that reading stays linear."""

_BREAK = re.compile("\r\n|\n|\r|\f")


@attrs.frozen
class ListedLine:
    """A line of a listing."""

    number: int
    """Counted from 0."""
    start: int
    """Where its text begins in the listing, in code points; blanks before it are left out."""
    text: str
    """Its text without surrounding blanks; empty for a blank line."""
    begin: int
    """Where it begins in the listing, with its blanks."""
    end: int
    """Where it ends, without its line break."""

    @property
    def span(self) -> Span:
        """The whole line without its line break."""
        return Span(self.begin, self.end)

    @cached_property
    def folded(self) -> str:
        """The text in the form in which labels are compared: in one case, with plain blanks."""
        return " ".join(self.text.split()).casefold()

    def part(self, text: str) -> Span:
        """Return the span of a part of its text; the span of the whole text if the part is not in it."""
        at = max(0, self.text.find(text))
        return Span(self.start + at, self.start + at + len(text))


def lines_of(text: str) -> list[ListedLine]:
    r"""
    Cut a text at its line breaks and page breaks.

    >>> [(line.text, line.start) for line in lines_of("1 of 2\r\n\r\n  Rain")]
    [('1 of 2', 0), ('', 8), ('Rain', 12)]
    """
    return [
        ListedLine(number, start + len(line) - len(line.lstrip()), line.strip(), start, start + len(line))
        for number, (start, line) in enumerate(_cuts(text))
    ]


def _cuts(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for found in _BREAK.finditer(text):
        yield start, text[start : found.start()]
        start = found.end()
    yield start, text[start:]


def text_lines(lines: Sequence[ListedLine], start: int, end: int) -> list[ListedLine]:
    """Return the lines with text from one index up to another."""
    return [line for line in lines[max(0, start) : end] if line.text]


def above(lines: Sequence[ListedLine], index: int, least: int, most: int) -> Iterator[ListedLine]:
    """Yield up to `most` lines with text above an index, the nearest first, down to the index `least`."""
    for place in range(index - 1, max(least, index - REACH) - 1, -1):
        if most <= 0:
            return
        if lines[place].text:
            most -= 1
            yield lines[place]
