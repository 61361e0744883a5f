"""Plain text is cut into lines here; the cuts lose nothing."""

from __future__ import annotations

from newsnorm.read import fix, limits
from newsnorm.records import Line, Page, Piece, RawArticle, Span
from newsnorm.text.lazy_regex import lazy_regex

_BREAK = lazy_regex("\r\n|\n|\r|\u2028|\u2029")
"""Single letters, which `re` finds faster than a class beside a pair.

Never `str.splitlines`: it also breaks at U+0085, which is half of a broken ``Å``, and the word can't be repaired then."""


def read_plain(raw: RawArticle) -> Page:
    """
    Cut `raw` into lines and repair their text.

    >>> page = read_plain(RawArticle(text="Title\\r\\n\\n\\nIt rained.", sha256=""))
    >>> [(line.text, line.span.start, line.span.end) for line in page.lines]
    [('Title', 0, 7), ('', 7, 9), ('It rained.', 9, 19)]
    """
    text = raw.text
    spaced = fix.plain_spaces(text)
    notes = list(raw.notes)
    causes = iter(fix.causes(text))
    cause = next(causes, len(text))
    lines: list[Line] = []
    blank_from: int | None = None
    for start, stop, end in _cuts(text, notes):
        if cause < stop:
            fixed = fix.fix(text[start:stop], start)
            readable, pieces, fixes = fixed.text, fixed.pieces, fixed.fixes
            while cause < stop:
                cause = next(causes, len(text))
        else:
            left = spaced[start:stop].lstrip(fix.BLANK)
            begin = stop - len(left)
            readable = left.rstrip(fix.BLANK)
            pieces = (Piece(Span(0, len(readable)), Span(begin, begin + len(readable))),) if readable else ()
            fixes = ()
        if not readable and not fixes:
            blank_from = start if blank_from is None else blank_from
            continue
        if blank_from is not None:
            lines.append(_blank(len(lines), blank_from, start))
            blank_from = None
        lines.append(Line(number=len(lines), span=Span(start, end), text=readable, pieces=pieces, fixes=fixes))
    if blank_from is not None or not lines:
        lines.append(_blank(len(lines), blank_from or 0, len(text)))
    return Page(raw=raw, lines=tuple(lines), notes=tuple(notes))


def _blank(number: int, start: int, end: int) -> Line:
    return Line(number=number, span=Span(start, end), text="", pieces=())


def _cuts(text: str, notes: list[str]) -> list[tuple[int, int, int]]:
    """Start, end without the line break, and end of each line."""
    cuts = []
    start = 0
    for match in _BREAK.finditer(text):
        cuts.append((start, match.start(), match.end()))
        start = match.end()
        if len(cuts) == limits.MAX_LINES:
            rest = limits.blocks(text, start)
            if len(rest) > 1 or _BREAK.search(text, start):
                notes.append(f"lines: from line {limits.MAX_LINES + 1:,} on the text was read in {len(rest)} block(s)")
                return cuts + [(begin, end, end) for begin, end in rest]
    if start < len(text):
        cuts.append((start, len(text), len(text)))
    return cuts
