"""
Join the lines of hard-wrapped text, as wire services and mail wrapped it at 60 to 80 characters.

Such text is told by how it was wrapped: each line holds as many words as fit, so the first word of the next line would not have
fitted (greedy wrapping). Lines that end early, such as a byline or the last line of a paragraph, stay apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from newsnorm.records import Line, Piece, Span
from newsnorm.text.lazy_regex import lazy_regex

NARROWEST, WIDEST = 45, 90
"""Code points of the longest line of wrapped text."""

FEWEST_BREAKS = 4
"""Line breaks at which the next word would not have fitted, from which a text is wrapped."""

WRAPPED_SHARE = 0.7
"""Their share of all breaks between lines of words. Lists of headlines and poems have less."""

CAPITALS = 0.7
"""The share of lines that go on with a capital, above which each is a line by itself. In German prose half of them do."""

STOPS = 0.1
"""The share of such lines that hold the end of a sentence in scripts without capitals; chosen, not measured."""

SLACK = 2
"""Code points by which a line may be shorter: some programs wrapped before the last column."""

_STOP = lazy_regex(r"[.!?؟۔।]")
_ITEM = lazy_regex(r"(?:[-–—•*·]|\(?\d{1,3}[.)])\s")
"""How an item of a list begins, which continues no line."""

LEAST_WORDS = 3
"""Words of a line that says anything about wrapping."""


def unwrap(lines: Sequence[Line]) -> Sequence[Line]:
    """
    Return the lines of a page, those that wrapping cut joined by a space; the same lines if the text is not wrapped.

    The text that stood on several lines maps to the raw text piece by piece, so that every span stays exact.

    Args:
        lines: the lines of the whole page, in order; a line without text is a blank one.

    """
    width = max((len(line.text) for line in lines), default=0)
    if not NARROWEST <= width <= WIDEST:
        return lines
    breaks = [(above, below) for above, below in pairwise(lines) if _has_words(above) and below.text]
    full = [below for above, below in breaks if _is_full(above, below, width)]
    if len(full) < FEWEST_BREAKS or len(full) < WRAPPED_SHARE * len(breaks):
        return lines
    if sum(below.text[0].isupper() for below in full) > CAPITALS * len(full) or not _has_sentences(full):
        return lines  # headlines one below the other
    joined: list[list[Line]] = []
    for index, line in enumerate(lines):
        above = lines[index - 1] if index else None
        if above is not None and _has_words(above) and line.text and _is_full(above, line, width):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [_joined(number, parts) for number, parts in enumerate(joined)]


def _has_sentences(full: Sequence[Line]) -> bool:
    """Return whether sentences end in lines that were cut, where no capitals tell such lines from headlines."""
    cased = any(_is_cased(line.text[0]) for line in full)
    return cased or sum(_STOP.search(line.text) is not None for line in full) >= STOPS * len(full)


def _is_cased(letter: str) -> bool:
    return letter.lower() != letter.upper()


def _has_words(line: Line) -> bool:
    return line.text.count(" ") >= LEAST_WORDS - 1


def _is_full(above: Line, below: Line, width: int) -> bool:
    """Return whether the first word of a line would not have fitted on the line above."""
    if _ITEM.match(below.text) is not None:
        return False
    return len(above.text) + 1 + len(below.text.split(" ", 1)[0]) > width - SLACK


def _joined(number: int, parts: Sequence[Line]) -> Line:
    """Make one line of several."""
    size, pieces = len(parts[0].text), list(parts[0].pieces)
    for part in parts[1:]:
        moved = [Piece(_shifted(piece.text, size + 1), piece.raw) for piece in part.pieces]
        gap = Piece(Span(size, size + 1), Span(pieces[-1].raw.end, moved[0].raw.start))
        pieces += [gap, *moved]
        size += 1 + len(part.text)
    text = " ".join([part.text for part in parts])
    span = Span(parts[0].span.start, parts[-1].span.end)
    fixes = tuple(fix for part in parts for fix in part.fixes)
    return Line(number=number, span=span, text=text, pieces=tuple(pieces), fixes=fixes)


def _shifted(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)
