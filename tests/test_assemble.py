"""Articles: every stretch of the raw text has one fate, and the ledger proves it."""

from __future__ import annotations

import attrs
import pytest

from newsnorm import Dateline, LedgerError, Page, Removal, Span, Title, from_dict, parse, reconstruct, to_dict
from newsnorm.assemble import assemble
from newsnorm.notes import code_of
from newsnorm.read import raw_article, read
from newsnorm.records import Metadata

TEXT = "Bridge closed\n\nULM — It rained.\nSource link\n"


def page(text: str = TEXT) -> Page:
    return read(raw_article(text, Metadata(title="Bridge closed, says port")))


def title(line: int = 0) -> Title:
    return Title(line=line, span=Span(0, 13), text="Bridge closed", rule="title.test")


PAGE = "<!doctype html><meta property=og:site_name content='Harbour News'><h1>Quay</h1><p>It closed on Monday, they said.</p>"


@pytest.mark.parametrize(
    ("raw", "given", "site", "doubt"),
    [
        ("It rained.", None, None, None),
        ("It rained.", "Coast Herald", "Coast Herald", "site-given"),
        ("It rained.", "example.com", None, "site-host"),
        ("It rained.", "https://example.com/", None, "site-host"),
        ("It rained.", "Example.com", "Example.com", "site-given"),
        (PAGE, None, "Harbour News", None),
        (PAGE, "HARBOUR NEWS", "Harbour News", None),
        (PAGE, "example.com", "Harbour News", None),
        (PAGE, "Coast Herald", "Coast Herald", "site-given"),
    ],
)
def test_a_name_of_the_site_that_is_given_is_its_name(raw: str, given: str | None, site: str | None, doubt: str | None) -> None:
    """As a title that is given is the title; a host is no name, and none is made of it."""
    article = parse(raw, site=given)
    doubts = [code_of(note) for note in article.notes if note.startswith("site-")]
    assert (article.site, doubts) == (site, [doubt] if doubt else [])
    assert from_dict(to_dict(article)).site == site
    assert [fact.value for fact in article.facts if fact.kind == "site"] == (["Harbour News"] if raw == PAGE else [])


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
