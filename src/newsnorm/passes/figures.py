"""Find the lines that belong to pictures or to embedded posts, by their markup."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from newsnorm.catalogue import Rules
from newsnorm.grammar.caption import CaptionReading, is_caption_mark, read_caption
from newsnorm.grammar.credit import CreditReading, read_credit
from newsnorm.grammar.credit_names import agency_in
from newsnorm.page.figures import Figure, embedded_lines, figures_of
from newsnorm.page.state import CodeRule, Found, removed
from newsnorm.records import Caption, Credit, Line, Page, Removal
from newsnorm.text.folding import fold

FIGURE = CodeRule(
    "caption.figure", "The caption or the credit of a picture, recognised by the element or the class name around it."
)
AGAIN = CodeRule("caption.again", "The repeated caption of a picture that the page shows twice.", is_sure=True)
LABEL = CodeRule(
    "caption.figure-label",
    "A label on a line of its own, among the lines of a picture: Image caption,",
    is_sure=True,
)
POST = CodeRule("embed.post", "A post of a social network, embedded in the report and recognised by its class name.")
CODE_RULES = (FIGURE, AGAIN, LABEL, POST)


def find_figures(page: Page, found: Found, rules: Rules) -> Iterator[Caption | Credit | Removal]:
    """
    Find the captions and credits of the report's pictures, and embedded posts; plain text has none.

    This includes lines that the markup sets aside, since a caption is data wherever it is in the report.
    """
    markup = found.layout.markup
    if markup is None:
        return
    region, said = found.layout.region, set[str]()
    for figure in figures_of(markup.page):
        if region.holds(figure.holder, figure.lines[0].number):
            yield from _of_figure(figure, rules, said)
    yield from (removed(line, POST, "embed") for line in embedded_lines(markup.page))


def _of_figure(figure: Figure, rules: Rules, said: set[str]) -> Iterator[Caption | Credit | Removal]:
    """Read the lines of one figure; `said` holds the folded texts of earlier captions."""
    credited = {line.number: credit for line in figure.lines if (credit := _credit(line, figure, rules)) is not None}
    name = next((credit.name for credit in credited.values() if credit.name), "")
    for line in figure.lines:
        if line.number in credited:
            yield credited[line.number]
        elif is_caption_mark(line.text, rules.context.grammar):
            yield removed(line, LABEL, "caption")
        elif fold(line.text) in said:
            yield removed(line, AGAIN, "caption")
        else:
            said.add(fold(line.text))
            yield _caption(line, rules, name)


def _caption(line: Line, rules: Rules, credit: str) -> Caption:
    """Read a caption; `credit` is used if its own text contains no credit."""
    grammar = rules.context.grammar
    reading = read_caption(line.text, grammar) or CaptionReading(caption=line.text, credit="", agency=None)
    if credit and not reading.credit:
        reading = attrs.evolve(reading, credit=credit, agency=agency_in(credit, grammar))
    return reading.of_line(line, FIGURE.id)


def _credit(line: Line, figure: Figure, rules: Rules) -> Credit | None:
    """Read the credit of a picture on a line of its own; None if the line is a caption."""
    grammar = rules.context.grammar
    if line.number not in figure.credits and read_caption(line.text, grammar) is not None:
        return None
    reading = read_credit(line.text, grammar, rules.context.languages)
    if reading is not None and reading.kind == "photo" and reading.name:
        return attrs.evolve(reading, rule=FIGURE.id).of_line(line)
    if line.number not in figure.credits:
        return None
    return CreditReading(name=_credited(line.text), kind="photo", agency=agency_in(line.text, grammar), rule=FIGURE.id).of_line(
        line
    )


def _credited(text: str) -> str:
    """
    Return the name in a credit of unknown form: its text without surrounding brackets and without anything before a copyright
    sign.

    >>> _credited("(Image: © Harbour Museum)"), _credited("Jane Doe / Reuters")
    ('Harbour Museum', 'Jane Doe / Reuters')
    """
    inner = text.strip("()[] ")
    return inner.rpartition("©")[2].strip() or inner
