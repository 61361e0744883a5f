"""Render a page as text: its lines, then its claims, one per line; and keep what the markup says about each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from newsnorm.notes import note
from newsnorm.read import fix
from newsnorm.read.html.blocks import Gatherer
from newsnorm.read.html.claims import LONGEST_NAME, LONGEST_VALUE, RawClaim, claims_of_json_ld
from newsnorm.read.html.json_ld import facts_of
from newsnorm.read.html.tree import Walked, walk
from newsnorm.read.limits import MAX_ATTRIBUTES, MAX_CLAIMS, MAX_DEPTH, MAX_ELEMENTS, MAX_PAGE_LINES
from newsnorm.read.plain import cut_lines
from newsnorm.records import Line, Page, RawArticle, Span
from newsnorm.records.markup import Claim, Image, LineMarkup, Markup
from newsnorm.records.page import untouched_line

_WHOLE_PAGE = LineMarkup(element=0, block=0, linked=0, strong=0, is_broken=False)


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
    walked = walk(raw.text, gatherer, is_xml="xml" in raw.media_type)
    gatherer.finish()
    facts = facts_of(gatherer.json_ld)
    raw_claims = [*claims_of_json_ld(facts), *gatherer.claims]
    claims = _readable(raw_claims[:MAX_CLAIMS])
    notes = [*raw.notes, *_left_out(walked, gatherer, len(raw_claims) - len(claims), facts.unreadable)]
    body = "\n".join([line.text for line in gatherer.lines] + gatherer.rest)
    stated_lines = [_stated(claim) + claim.value for claim in claims]
    if stated_lines:
        body += "\n\n"
    lines = cut_lines(body, notes, MAX_PAGE_LINES)
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
        signs=frozenset(gatherer.signs),
        base=gatherer.base,
        article_body=facts.article_body,
        language=gatherer.language,
        without_scripts=gatherer.unscripted.strip(),
    )
    return Page(raw=attrs.evolve(raw, text=body + "\n".join(stated_lines)), lines=tuple(lines), notes=tuple(notes), markup=markup)


def _left_out(walked: Walked, gatherer: Gatherer, claims: int, scripts: int) -> Iterator[str]:
    """Yield notes on what was capped or can't be read; `claims` and `scripts` count what was left out."""
    if walked.capped:
        yield note("markup-attributes", most=MAX_ATTRIBUTES, count=walked.capped)
    if unread := claims + gatherer.unread_claims:
        yield note("markup-claims", most=MAX_CLAIMS, count=unread)
    if walked.too_deep:
        yield note("markup-depth", most=MAX_DEPTH, count=walked.too_deep)
    if gatherer.unrecorded_elements:
        yield note("markup-elements", most=MAX_ELEMENTS, count=gatherer.unrecorded_elements)
    if scripts:
        yield note("markup-json", count=scripts)
    if walked.unread_end:
        yield note("markup-unfinished", count=walked.unread_end)


def _readable(claims: Iterable[RawClaim]) -> list[RawClaim]:
    """Return claims with name and value on one line, repaired like text and not too long."""
    repairs = fix.LineRepairs()  # several claims have one value

    def readable(text: str, longest: int) -> str:
        line = " ".join(text[: 2 * longest].split())[:longest]
        return repairs.fix(line, 0).text if fix.suspicious(line) else line

    return [
        RawClaim(raw.field, raw.source, readable(raw.name, LONGEST_NAME), readable(raw.value, LONGEST_VALUE), raw.lines_above)
        for raw in claims
    ]


def _stated(claim: RawClaim) -> str:
    """Return the text before the value on the line of a claim."""
    return f"{claim.source} {claim.name}: "


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
    """Return what the markup says of each line; of lines read as one block, what it says of the first, else of the whole page."""
    markup: list[LineMarkup | None] = [None] * len(lines)
    for number, line in zip(numbers, gatherer.lines, strict=True):
        if lines[number].text and markup[number] is None:
            markup[number] = line.markup
    if gatherer.rest:
        markup = [_WHOLE_PAGE if line.text and mark is None else mark for line, mark in zip(lines, markup, strict=True)]
    return tuple(markup)


def _placed(claims: Sequence[RawClaim], lines: Sequence[Line], numbers: Sequence[int]) -> list[Claim]:
    """Give each claim its line and the span of its value."""
    placed = []
    for claim, line in zip(claims, lines, strict=False):
        start = line.span.start + len(_stated(claim))
        placed.append(
            Claim(
                field=claim.field,
                source=claim.source,
                name=claim.name,
                value=claim.value,
                line=line.number,
                span=Span(start, start + len(claim.value)),
                beside=_beside(claim.lines_above, numbers),
            )
        )
    return placed


def _beside(lines_above: int, numbers: Sequence[int]) -> int:
    """Return the number of the line below so many gathered lines; -1 if there is none."""
    return numbers[lines_above] if 0 <= lines_above < len(numbers) else -1
