"""Articles: every stretch of the raw text has one fate, and the ledger proves it."""

from __future__ import annotations

import attrs
import pytest

from newsnorm import Dateline, LedgerError, Page, Removal, Span, Title, from_dict, parse, reconstruct, to_dict
from newsnorm.assemble import assemble
from newsnorm.read import raw_article, read
from newsnorm.records import Metadata

TEXT = "Bridge closed\n\nULM — It rained.\nSource link\n"


def page(text: str = TEXT) -> Page:
    return read(raw_article(text, Metadata(title="Bridge closed, says port")))


def title(line: int = 0) -> Title:
    return Title(line=line, span=Span(0, 13), text="Bridge closed", rule="title.test")


def dateline() -> Dateline:
    return Dateline(line=2, span=Span(15, 20), text="ULM — ", rule="dateline.test", place="Ulm", takes_line=False)


def test_each_stretch_has_one_fate() -> None:
    removal = Removal(line=3, span=Span(32, 43), text="Source link", rule="removal.test", reason="navigation")
    article = assemble(page(), [title(), dateline(), removal], version="", parser="")
    assert [(entry.span.of(TEXT), entry.fate) for entry in article.ledger] == [
        ("Bridge closed\n", "title"),
        ("\n", "blank"),
        ("ULM — ", "dateline"),
        ("It rained.\n", "body"),
        ("Source link\n", "removal"),
    ]
    assert article.paragraphs == ("It rained.",)
    assert reconstruct(article, TEXT) == TEXT


def test_the_first_finding_to_take_a_line_keeps_it() -> None:
    removal = Removal(line=0, span=Span(0, 13), text="Bridge closed", rule="removal.test", reason="navigation")
    article = assemble(page(), [title(), removal], version="", parser="")
    assert article.headline == title()
    assert article.removals == ()


def test_doubts_are_noted_once() -> None:
    doubtful = attrs.evolve(title(), doubt="title: doubtful")
    article = assemble(page("Bridge closed"), [doubtful], version="", parser="")
    assert article.notes == (
        "title: doubtful",
        "body-missing: no line of the text is part of a report",
        "language-short: too little text to identify the language",
    )
    article = assemble(page(""), [], version="", parser="")
    assert article.title == "Bridge closed, says port"
    assert "title-given: given by the caller; not found in the text" in article.notes
    assert "text-empty: the text has no readable characters" in article.notes


def test_a_ledger_that_does_not_fit_is_refused() -> None:
    article = parse(TEXT)
    with pytest.raises(LedgerError, match="has no ledger"):
        reconstruct(from_dict(to_dict(article)), TEXT)
    with pytest.raises(LedgerError, match="this text has"):
        reconstruct(article, TEXT + "more")
    with pytest.raises(LedgerError, match=r"pass newsnorm\.Parser\(\)\.page\(…\)\.raw$"):
        reconstruct(article, f"<html><p>{TEXT}")
    with pytest.raises(LedgerError, match="without a fate"):
        reconstruct(attrs.evolve(article, ledger=article.ledger[1:]), TEXT)
    with pytest.raises(LedgerError, match="covers"):
        reconstruct(attrs.evolve(article, ledger=article.ledger[:-1]), TEXT)
