"""Check the laws that hold for every article and the page it was made from."""

from __future__ import annotations

from bisect import bisect_left

from newsnorm.assemble import reconstruct
from newsnorm.errors import InputError
from newsnorm.records import PLAIN, Article, Line, Page
from newsnorm.records.schema import from_dict, to_dict


def check_laws(article: Article, page: Page) -> None:
    """
    Check the laws that hold for every article.

    The lines tile the raw text, the pieces tile the text of each line, and the ledger tiles the raw text, as `reconstruct`
    proves. The text consists of the standfirst, of marked lines and of the lines that no finding took, word for word. Every
    finding has a rule and lies within its line. Each paragraph has a kind, in a plain text always the same. The JSON form
    round-trips.

    Args:
        article: the article, with its ledger.
        page: the page that it was made from (`newsnorm.Parser.page`).

    Raises:
        AssertionError: a law is broken.
        InputError: `page` is not a `Page`, but for instance its raw text.

    >>> import newsnorm
    >>> check_laws(newsnorm.parse("Rain in Ulm."), newsnorm.Parser().page("Rain in Ulm."))

    """
    if not isinstance(page, Page):
        raise InputError(f"expected a Page, got {type(page).__name__}; pass newsnorm.Parser().page(…), not its raw text")
    raw = page.raw.text
    assert raw == "".join(line.span.of(raw) for line in page.lines), "lines do not tile the raw text"
    for number, line in enumerate(page.lines):
        assert line.number == number, "lines are not numbered in order"
        _check_line(line)
    assert reconstruct(article, page.raw) == raw, "the ledger does not give the raw text back"
    _check_body(article, page)
    assert len(article.paragraph_kinds) == len(article.paragraphs), "paragraphs and their kinds differ in number"
    assert page.markup.elements or set(article.paragraph_kinds) <= {PLAIN}, "a plain text has structure"
    for finding in article.findings():
        line = page.lines[finding.line]
        assert finding.rule, f"{finding} has no rule"
        assert line.span.start <= finding.span.start <= finding.span.end <= line.span.end, f"{finding} leaves its line"
    assert from_dict(to_dict(article, ledger=True)) == article, "the JSON form does not round-trip"


def _check_line(line: Line) -> None:
    """Check that the pieces of a line tile its text, and that pieces and fixes lie within its span."""
    end, place = 0, line.span.start
    for piece in line.pieces:
        assert piece.text.start == end, f"pieces do not tile line {line.number}"
        assert place <= piece.raw.start <= piece.raw.end <= line.span.end, f"a piece of line {line.number} leaves it"
        end, place = piece.text.end, piece.raw.end
    assert end == len(line.text), f"pieces do not cover line {line.number}"
    for fix in line.fixes:
        assert line.span.start <= fix.span.start <= fix.span.end <= line.span.end, f"a fix leaves line {line.number}"


def _check_body(article: Article, page: Page) -> None:
    """
    Check that the paragraphs are the text of the standfirst, of marked lines and of the lines that no finding took, in order.

    A dateline may precede the text of its line, and removed text may follow it.
    """
    bodies = [entry.span for entry in article.ledger if entry.fate in ("body", "standfirst", "mark")]
    assert len(bodies) == len(article.paragraphs), "body entries and paragraphs differ in number"
    ends = [line.span.end for line in page.lines]
    closings = {removal.line: len(removal.text) for removal in article.removals if not removal.takes_line}
    for span, paragraph in zip(bodies, article.paragraphs, strict=True):
        line = page.lines[bisect_left(ends, span.end)]
        text = line.text[: len(line.text) - closings.get(line.number, 0)].rstrip()
        assert paragraph, "a paragraph is empty"
        assert text.endswith(paragraph), "a paragraph is not the text of its line"
        assert span.start == line.span.start or line.raw_span(len(text) - len(paragraph), len(text)).start == span.start
