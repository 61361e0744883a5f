"""The laws: nothing is lost, whatever comes in and whatever looks at it."""

from __future__ import annotations

import pickle

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import long_prose, raw_texts

import newsnorm
from newsnorm.assemble import assemble
from newsnorm.passes import PASSES, find_all
from newsnorm.testing import check_laws

PARSER = newsnorm.Parser()


@given(raw_texts())
def test_the_laws_hold_on_random_pages(raw: str) -> None:
    page = PARSER.page(raw)
    check_laws(PARSER.parse(raw), page)


@given(st.text(max_size=200))
def test_the_laws_hold_on_random_text(raw: str) -> None:
    check_laws(PARSER.parse(raw), PARSER.page(raw))


def test_a_raw_text_is_no_page() -> None:
    page = PARSER.page("It rained.")
    with pytest.raises(newsnorm.InputError, match=r"expected a Page, got RawArticle; pass newsnorm\.Parser\(\)\.page"):
        check_laws(PARSER.parse("It rained."), page.raw)  # type: ignore[arg-type]


@given(st.binary(max_size=200), st.sampled_from([None, "latin-1", "utf-8", "utf-16", "cp1251", "shift_jis", "no-such"]))
def test_bytes_become_a_record_or_our_own_error(raw: bytes, encoding: str | None) -> None:
    try:
        page = PARSER.page(raw, encoding=encoding)
    except newsnorm.InputError:
        return
    check_laws(PARSER.parse(raw, encoding=encoding), page)


@settings(max_examples=40)
@given(raw_texts(), st.permutations(PASSES))
def test_the_order_of_passes_decides_meaning_never_safety(raw: str, passes: list[newsnorm.passes.Pass]) -> None:
    parser = newsnorm.Parser(passes=tuple(passes))
    check_laws(parser.parse(raw), parser.page(raw))


@given(raw_texts())
def test_the_words_of_the_page_are_body_or_accounted_for(raw: str) -> None:
    page = PARSER.page(raw)
    article = PARSER.parse(raw)
    taken = {finding.line for finding in article.findings() if finding.takes_line}
    dateline = len(article.dateline.text) if article.dateline and not article.dateline.takes_line else 0
    left = sum(len(line.text) for line in page.lines if line.number not in taken)
    body = sum(map(len, article.paragraphs))
    assert left - dateline - 2 <= body <= left


@given(long_prose())
def test_long_paragraphs_alone_lose_no_word(raw: str) -> None:
    article = PARSER.parse(raw)
    assert article.text.split() == raw.split()
    assert article.title is None
    assert not article.removals


@pytest.mark.slow
@given(raw_texts())
def test_the_same_text_gives_the_same_article(raw: str) -> None:
    article = PARSER.parse(raw)
    assert article == PARSER.parse(raw)
    assert article == pickle.loads(pickle.dumps(PARSER)).parse(raw)


def test_reconstruct_refuses_another_text() -> None:
    article = newsnorm.parse("It rained.\nSource link")
    with pytest.raises(newsnorm.LedgerError, match="characters"):
        newsnorm.reconstruct(article, "It rained.")


def test_reconstruct_refuses_an_article_without_its_ledger() -> None:
    article = newsnorm.from_dict(newsnorm.to_dict(newsnorm.parse("It rained.")))
    with pytest.raises(newsnorm.LedgerError, match="ledger=True"):
        newsnorm.reconstruct(article, "It rained.")


def test_check_laws_notices_a_lost_line() -> None:
    raw = "It rained.\nThe quay stayed open."
    article = newsnorm.parse(raw)
    with pytest.raises(AssertionError):
        check_laws(attrs.evolve(article, paragraphs=article.paragraphs[:1]), PARSER.page(raw))


def test_a_finding_for_a_taken_line_is_ignored() -> None:
    page = PARSER.page("No comments:\nIt rained.")
    findings = find_all(page, PARSER.catalogue, PASSES)
    doubled = (*findings, *findings)
    once = assemble(page, findings, version="1", parser="x")
    assert assemble(page, doubled, version="1", parser="x").removals == once.removals
