"""Find the lines that describe a picture and say who took it."""

from __future__ import annotations

from collections.abc import Iterator

from newsnorm.catalogue import Rules
from newsnorm.grammar.caption import CaptionReading, is_caption_mark, read_caption
from newsnorm.grammar.credit import read_credit
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.records import Caption, Credit, Line, Page, Removal

CREDITED = CodeRule(
    "caption.credited", "A description that ends with the credit of the picture: The lift is stuck. (AP Photo/Jane Miller)"
)
LABEL = CodeRule(
    "caption.label", "A label on a line of its own, above the caption that it announces: Image caption,", is_sure=True
)
CAPTION_BELOW = 250
"""Code points of the longest caption below a caption label. Chosen, not measured."""

CODE_RULES = (CREDITED, LABEL)


def find_captions(page: Page, found: Found, rules: Rules) -> Iterator[Caption | Credit | Removal]:
    """
    Find captions with a credit, which are not part of the report, its headline or its standfirst.

    If they outnumber the other lines of prose, the pictures are the report, and none is taken. Above a text without a page around
    it, a photographer and an agency are a picture credit, not a byline.
    """
    yield from _labelled(found, rules)
    captions = {line.number: caption for line in found.free() if (caption := _caption(line, found)) is not None}
    if captions and len(captions) <= sum(found.is_prose(line.number) for line in found.free() if line.number not in captions):
        yield from captions.values()
    if found.frame.kind == "none":
        yield from _credit_above(found, rules)


def _credit_above(found: Found, rules: Rules) -> Iterator[Credit]:
    """Find a picture credit in the first line of a text."""
    line = next(found.free(0, found.body_start), None)
    if line is None or any(other.text for other in found.page.lines[: line.number]):
        return
    context = rules.context
    reading = read_credit(line.text, context.grammar, context.languages, found.layout.form(line).words)
    if reading is not None and reading.kind == "photo" and reading.name:
        yield reading.of_line(line)


def _labelled(found: Found, rules: Rules) -> Iterator[Caption | Removal]:
    """Find captions below a caption label, and the label itself."""
    grammar = rules.context.grammar
    for line in found.free():
        if not is_caption_mark(line.text, grammar):
            continue
        below = found.neighbour(line.number, 1)
        yield removed(line, LABEL, "caption")
        if below is not None and found.is_free(below.number) and len(below.text) <= CAPTION_BELOW:
            plain = CaptionReading(caption=below.text, credit="", agency=None)
            yield (read_caption(below.text, grammar) or plain).of_line(below, CREDITED.id)


def _caption(line: Line, found: Found) -> Caption | None:
    reading = read_caption(line.text, found.rules.context.grammar, found.layout.form(line).words)
    return None if reading is None else reading.of_line(line, CREDITED.id)
