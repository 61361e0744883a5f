"""Turn the lines of a text that state fields for machines into claims, as a page of HTML has them."""

from __future__ import annotations

from collections.abc import Sequence

from newsnorm.records import Line
from newsnorm.records.markup import Claim
from newsnorm.records.page import StatedField, untouched_line


def set_aside(lines: list[Line], stated: Sequence[StatedField]) -> list[Line]:
    """
    Return the lines of a page, without the text of those that state a field, so that passes that read text don't see them.

    >>> from newsnorm.records import Span
    >>> lines = [untouched_line(0, Span(0, 5), "Rain", 0), untouched_line(1, Span(5, 14), "SN Ulmer", 5)]
    >>> field = StatedField(field="site", name="SN", value="Ulmer", line=Span(5, 13), span=Span(8, 13))
    >>> [line.text for line in set_aside(lines, [field])]
    ['Rain', '']

    """
    starts = {field.line.start for field in stated}
    return [untouched_line(line.number, line.span, "", line.span.start) if line.span.start in starts else line for line in lines]


def claims_of(stated: Sequence[StatedField], lines: Sequence[Line]) -> tuple[Claim, ...]:
    """Return the claims of a text, each with its line among the lines of the page."""
    numbers = {line.span.start: line.number for line in lines}
    return tuple(
        Claim(
            field=field.field,
            source="meta",
            name=field.name,
            value=field.value,
            line=numbers[field.line.start],
            span=field.span,
        )
        for field in stated
        if field.line.start in numbers
    )
