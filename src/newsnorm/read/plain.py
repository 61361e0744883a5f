"""Split plain text into lines, without losing a character."""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.notes import note
from newsnorm.read import fix, limits
from newsnorm.read.mistakes import mistakes
from newsnorm.read.rejoin import rejoin
from newsnorm.read.stated import claims_of, set_aside
from newsnorm.read.unwrap import unwrap
from newsnorm.records import Line, Page, RawArticle, Span
from newsnorm.records.markup import NO_MARKUP, Markup
from newsnorm.records.page import untouched_line
from newsnorm.text.lazy_regex import lazy_regex

_BREAK = lazy_regex("(\r\n|\n|\r|\u2028|\u2029)")
"""Single letters, which `re` finds faster than a class beside a pair.

Never `str.splitlines`: it also breaks at U+0085, which is half of a broken ``Å``, and the word can't be repaired then."""

_RARE_BREAKS = "\r\u2028\u2029"


def read_plain(raw: RawArticle) -> Page:
    """
    Cut `raw` into lines and repair their text.

    >>> page = read_plain(RawArticle(text="Title\\r\\n\\n\\nIt rained.", sha256=""))
    >>> [(line.text, line.span.start, line.span.end) for line in page.lines]
    [('Title', 0, 7), ('', 7, 9), ('It rained.', 9, 19)]
    """
    notes = [*raw.notes, *mistakes(raw.text)]
    lines = set_aside(cut_lines(raw.text, notes), raw.stated)
    rejoined = rejoin(lines)
    unwrapped = unwrap(rejoined)
    if len(unwrapped) < len(rejoined):
        notes.append(note("lines-unwrapped", before=len(rejoined), after=len(unwrapped)))
    markup = Markup(claims=claims_of(raw.stated, unwrapped)) if raw.stated else NO_MARKUP
    return Page(raw=raw, lines=tuple(unwrapped), notes=tuple(notes), markup=markup)


def cut_lines(text: str, notes: list[str], most: int = limits.MAX_LINES) -> list[Line]:
    """
    Cut a text at its line breaks, and repair each line.

    Args:
        text: the raw text.
        notes: takes what was capped.
        most: lines to read one by one; text after them is cut into blocks.

    Returns:
        The lines, whose spans tile the text; a run of blank lines is one line.

    """
    spaced = fix.plain_spaces(text)
    causes = fix.Causes(text)
    cause = causes.next(0)
    repairs = fix.LineRepairs()
    lines: list[Line] = []
    blank_from = -1  # where the run of blank lines above began; -1: no blank line above
    for start, stop, end in _cuts(text, notes, most):
        repaired = None
        if cause < stop:
            repaired = repairs.fix(text[start:stop], start)
            cause = causes.next(stop)
            readable = repaired.text
        else:
            readable = _stripped(spaced[start:stop])
        if not readable and (repaired is None or not repaired.fixes):
            blank_from = start if blank_from < 0 else blank_from
            continue
        if blank_from >= 0:
            lines.append(untouched_line(len(lines), Span(blank_from, start), "", blank_from))
            blank_from = -1
        if repaired is None:
            begin = start if spaced.startswith(readable, start) else spaced.index(readable, start)
            lines.append(untouched_line(len(lines), Span(start, end), readable, begin))
        else:
            lines.append(
                Line(number=len(lines), span=Span(start, end), text=readable, pieces=repaired.pieces, fixes=repaired.fixes)
            )
    if blank_from >= 0 or not lines:
        start = max(blank_from, 0)
        lines.append(untouched_line(len(lines), Span(start, len(text)), "", start))
    return lines


def _stripped(line: str) -> str:
    """Strip invisible characters from both ends of a line: like `str.strip`, but including fillers that count as letters."""
    line = line.strip()
    if line and (line[0] in fix.FILLERS or line[-1] in fix.FILLERS):
        line = line.strip(fix.BLANK)
    return fix.seen(line) if line and not line.isascii() else line


def _cuts(text: str, notes: list[str], most: int) -> Iterator[tuple[int, int, int]]:
    """Yield the start of each line, its end without the line break, and its end; text after `most` lines comes in blocks."""
    lines, breaks = _split(text, most)
    start = 0
    for line, ending in zip(lines, breaks, strict=False):  # the last line has no break, and is cut below
        stop = start + len(line)
        end = stop + len(ending)
        yield start, stop, end
        start = end
    rest = limits.blocks(text, start)
    if len(breaks) == most and (len(rest) > 1 or _BREAK.search(text, start)):
        notes.append(note("lines-blocks", line=most + 1, count=len(rest)))
    elif rest:
        rest = [(start, len(text))]
    for begin, end in rest:
        yield begin, end, end


def _split(text: str, most: int) -> tuple[list[str], list[str]]:
    """Split at the first `most` line breaks; return the lines, the last of which may contain more breaks, and the breaks."""
    if not any(letter in text for letter in _RARE_BREAKS):
        lines = text.split("\n", most)
        return lines, ["\n"] * (len(lines) - 1)
    parts = _BREAK.split(text, most)
    return parts[::2], parts[1::2]
