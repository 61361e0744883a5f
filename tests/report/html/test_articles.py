"""What is shown of an article is its raw text, each stretch with the finding that decided it."""

from __future__ import annotations

from typing import cast

import pytest
from results import ROWS

import newsnorm
from newsnorm.assemble import ledger_of
from newsnorm.parser import Parser, parse_page
from newsnorm.records.schema import Json, to_dict
from newsnorm.report.html.articles import RawText, list_row, opened
from newsnorm.testing import Case, cases, shipped
from newsnorm.testing.case import page_of

PARSER = Parser()
TWO_DATELINES = ("dateline-and-dash-on-two-lines-id",)
"""Cases with two findings of a kind that an article keeps one of: without a ledger, the second is part of the report."""


def stretches(case: Case) -> list[list[Json]]:
    page = page_of(case)
    article = parse_page(page, PARSER)
    raw = RawText(text=page.raw.text, ledger=article.ledger, is_page=False)
    return cast("list[list[Json]]", opened(article, raw)["stretches"])


@pytest.mark.parametrize("case", cases(shipped() / "pages")[:40] + cases(shipped() / "articles")[::8], ids=str)
def test_the_stretches_are_the_raw_text_and_the_ledger_follows_from_the_findings(case: Case) -> None:
    page = page_of(case)
    article = parse_page(page, PARSER)
    saved = newsnorm.from_dict(to_dict(article))
    shown = stretches(case)
    assert "".join(str(stretch[0]) for stretch in shown) == page.raw.text
    assert case.path.name in TWO_DATELINES or ledger_of(saved, page) == article.ledger
    removed = [stretch for stretch in shown if stretch[1] == "removal"]
    assert all(reason for _, _, _, reason, *_ in removed)
    assert len(removed) == len(article.removals)


def test_a_row_of_the_list_has_what_filters_ask_for() -> None:
    article = newsnorm.parse(str(ROWS[0]["text"]), id="quay", url=str(ROWS[0]["url"]))
    row = list_row(article, "www.example.com")
    assert (row["id"], row["month"], row["removed"], row["notes"]) == ("quay", "2024-06", 2, [])
    assert "common.removal.source-link" in cast("list[Json]", row["rules"])


def test_an_article_without_its_raw_text_shows_what_the_corpus_holds() -> None:
    article = newsnorm.parse(str(ROWS[0]["text"]))
    data = opened(article, None)
    assert "stretches" not in data
    assert data["paragraphs"] == list(article.paragraphs)
    assert ["Source link", "removal", "common.removal.source-link", "syndication", "", ""] in cast("list[Json]", data["taken"])


def test_a_field_tells_the_rule_of_its_value_or_that_the_caller_gave_it() -> None:
    page = "<!doctype html><meta property=og:site_name content='Harbour News'><h1>Quay</h1><p>It closed on Monday, they said.</p>"
    stated, known = (opened(newsnorm.parse(page, site=site), None)["fields"] for site in (None, "Coast Herald"))
    assert [row[:3] for row in cast("list[list[Json]]", stated) if row[0] == "site"] == [["site", "Harbour News", "fact.site"]]
    assert [row[:3] for row in cast("list[list[Json]]", known) if row[0] == "site"] == [["site", "Coast Herald", ""]]
