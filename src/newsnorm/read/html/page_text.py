"""Render a page as text: its lines, then the claims that it makes, a line each; and keep what the markup says of each line."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from newsnorm.read.html.blocks import Gatherer
from newsnorm.read.html.claims import LONGEST_VALUE, MOST_CLAIMS, RawClaim, claims_of_json_ld
from newsnorm.read.html.tree import walk
from newsnorm.read.plain import cut_lines
from newsnorm.records import Line, Page, RawArticle, Span
from newsnorm.records.markup import Claim, Image, LineMarkup, Markup
from newsnorm.records.page import untouched_line


def read_html(raw: RawArticle) -> Page:
    """
    Read a page of HTML.

    Raises:
        MissingExtraError: the extra ``html`` is not installed.

    >>> page = read_html(RawArticle(text="<title>Quay</title><p>The <b>quay</b> closes.<p>Ana Ng", sha256=""))
    >>> [line.text for line in page.lines if line.text], page.markup.claims[0].value, page.markup.path(1)
    (['The quay closes.', 'Ana Ng'], 'Quay', 'html > body > p')

    """
    gatherer = Gatherer()
    walk(raw.text, gatherer)
    gatherer.finish()
    stated, article_body = claims_of_json_ld(gatherer.json_ld)
    claims = [*stated, *gatherer.claims][:MOST_CLAIMS]
    body = "\n".join(line.text for line in gatherer.lines)
    stated_lines = [f"{claim.source} {claim.name}: {_value(claim)}" for claim in claims]
    if stated_lines:
        body += "\n\n"
    notes = [*raw.notes]
    lines = cut_lines(body, notes)
    claim_lines = _claim_lines(stated_lines, len(lines), len(body))
    numbers = _numbers(lines, gatherer)
    lines += claim_lines
    markup = Markup(
        elements=tuple(gatherer.elements),
        lines=_line_markup(lines, numbers, gatherer),
        claims=tuple(_placed(claims, claim_lines, numbers)),
        images=tuple(
            Image(url=image.url, alt=image.alt, element=image.element, beside=_beside(image.lines_above, numbers))
            for image in gatherer.images
        ),
        article_body=article_body,
        language=gatherer.language,
    )
    return Page(raw=attrs.evolve(raw, text=body + "\n".join(stated_lines)), lines=tuple(lines), notes=tuple(notes), markup=markup)


def _value(claim: RawClaim) -> str:
    """Return the value of a claim on one line."""
    return " ".join(claim.value[: 2 * LONGEST_VALUE].split())[:LONGEST_VALUE]


def _claim_lines(texts: Sequence[str], number: int, start: int) -> list[Line]:
    """Make the lines of claims, without readable text, from a line number and a place in the page text on."""
    lines = []
    for index, text in enumerate(texts):
        end = start + len(text) + (index + 1 < len(texts))  # the line break
        lines.append(untouched_line(number + index, Span(start, end), "", start))
        start = end
    return lines


def _numbers(lines: Sequence[Line], gatherer: Gatherer) -> list[int]:
    """Return the `Line.number` of each gathered line; of one without readable text, that of the line that holds it."""
    numbers: list[int] = []
    number, place = 0, 0
    for line in gatherer.lines:
        while number + 1 < len(lines) and lines[number].span.end <= place:
            number += 1
        numbers.append(number)
        place += len(line.text) + 1
    return numbers


def _line_markup(lines: Sequence[Line], numbers: Sequence[int], gatherer: Gatherer) -> tuple[LineMarkup | None, ...]:
    """Return what the markup says of each line; of lines read as one block, what it says of the first."""
    markup: list[LineMarkup | None] = [None] * len(lines)
    for number, line in zip(numbers, gatherer.lines, strict=True):
        if lines[number].text and markup[number] is None:
            markup[number] = line.markup
    return tuple(markup)


def _placed(claims: Sequence[RawClaim], lines: Sequence[Line], numbers: Sequence[int]) -> list[Claim]:
    """Give each claim its line and the span of its value."""
    placed = []
    for claim, line in zip(claims, lines, strict=False):
        value = _value(claim)
        start = line.span.start + len(f"{claim.source} {claim.name}: ")
        placed.append(
            Claim(
                field=claim.field,
                source=claim.source,
                name=claim.name,
                value=value,
                line=line.number,
                span=Span(start, start + len(value)),
                beside=_beside(claim.lines_above, numbers),
            )
        )
    return placed


def _beside(lines_above: int, numbers: Sequence[int]) -> int:
    """Return the number of the line below so many gathered lines; -1 if there is none."""
    return numbers[lines_above] if 0 <= lines_above < len(numbers) else -1
