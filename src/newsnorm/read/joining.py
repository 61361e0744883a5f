"""Join several lines into one."""

from __future__ import annotations

from collections.abc import Sequence

from newsnorm.records import Line, Piece, Span


def joined_lines(number: int, parts: Sequence[Line], glues: Sequence[str]) -> Line:
    """
    Make one line of several; each piece of its text keeps its place in the raw text.

    Args:
        number: the number of the new line.
        parts: lines that follow each other; the first has text, blank ones add nothing.
        glues: what stands in front of the text of each part: a space, or nothing. The first is not used.

    """
    first = parts[0]
    if len(parts) == 1 and first.number == number:
        return first
    texts, pieces, size = [first.text], list(first.pieces), len(first.text)
    for part, glue in zip(parts[1:], glues[1:], strict=True):
        if not part.text:
            continue
        if glue:
            gap = Span(pieces[-1].raw.end, part.pieces[0].raw.start)
            pieces.append(Piece(Span(size, size + len(glue)), gap))
            size += len(glue)
        pieces += [Piece(_shifted(piece.text, size), piece.raw) for piece in part.pieces]
        size += len(part.text)
        texts += [glue, part.text]
    span = Span(first.span.start, parts[-1].span.end)
    fixes = tuple(fix for part in parts for fix in part.fixes)
    return Line(number=number, span=span, text="".join(texts), pieces=tuple(pieces), fixes=fixes)


def _shifted(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)
