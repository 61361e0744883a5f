"""What stays in the text: the report, most of the page, or all of it."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from command_line import invoke
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import raw_texts

import newsnorm
from newsnorm.assemble import ledger_of
from newsnorm.catalogue import Rule
from newsnorm.keeping import KEEPS, Keep
from newsnorm.parser import parse_page
from newsnorm.testing import cases, check_laws, shipped
from newsnorm.testing.case import page_of

PARSERS = {keep: newsnorm.Parser(keep=keep) for keep in KEEPS}
RAW = """Fire closes bridge
By Ana Ng
3 May 2024

LONDON (Reuters) - The bridge was closed on Monday after a fire in a cable shaft, the city said in a statement.
The quay on Sunday. (AP Photo/Jane Doe)
It opens again on Tuesday, the port said in a statement to the press.
Related articles
Quay closes in the north
Source link
"""
"""A title, a byline, a date, a dateline, a caption, a label, what goes with it, and a phrase."""

HTML = """<!doctype html><title>Quay to close - Harbour News</title><nav><a href=/a>News</a> <a href=/b>Sport</a></nav>
<article><h1>Quay to close</h1><p class=byline>By Ana Ng</p>
<figure><img src=q.jpg><figcaption>The quay on a quiet Sunday.</figcaption></figure>
<p>The quay closes on Monday because two of its pillars are broken, the port said in a statement on Thursday.
<p>Ferries move to the north pier until the summer, and the market to the town hall, it added.</article>
<footer><p>About us</p><p>Terms of use</p></footer>"""


def article(raw: str, keep: Keep) -> newsnorm.Article:
    return PARSERS[keep].parse(raw)


def words_of(page: newsnorm.Page) -> list[str]:
    return [line.text for line in page.lines if line.text]


@given(raw_texts(), st.sampled_from(KEEPS))
def test_the_laws_hold_whatever_stays(raw: str, keep: Keep) -> None:
    check_laws(article(raw, keep), PARSERS[keep].page(raw))


@given(raw_texts())
def test_all_keeps_every_line_and_more_is_kept_at_each_step(raw: str) -> None:
    texts = [article(raw, keep).paragraphs for keep in KEEPS]
    assert list(texts[-1]) == words_of(PARSERS["all"].page(raw))
    for less, more in pairwise(texts):
        left = iter(more)
        assert all(any(each.endswith(text) or each.startswith(text) or text in each for each in left) for text in less)


@given(raw_texts())
def test_fields_and_what_is_known_of_lines_do_not_depend_on_it(raw: str) -> None:
    report, every = article(raw, "report"), article(raw, "all")
    for field in (
        "title",
        "authors",
        "people",
        "published",
        "updated",
        "agency",
        "truncated",
        "language",
        "layout",
        "standfirst",
    ):
        mine, theirs = getattr(report, field), getattr(every, field)
        assert getattr(mine, "value", mine) == getattr(theirs, "value", theirs)
    assert [(each.rule, each.text) for each in report.removals] == [(each.rule, each.text) for each in every.marks]
    assert not every.removals


@settings(max_examples=30)
@given(raw_texts(), st.sampled_from(KEEPS))
def test_an_article_saved_without_its_ledger_is_accounted_for(raw: str, keep: Keep) -> None:
    made = article(raw, keep)
    assert ledger_of(newsnorm.from_dict(newsnorm.to_dict(made)), PARSERS[keep].page(raw)) == made.ledger


@settings(max_examples=30)
@given(raw_texts(), st.sampled_from(KEEPS))
def test_an_article_comes_back_from_its_json(raw: str, keep: Keep) -> None:
    made = article(raw, keep)
    assert newsnorm.from_dict(json.loads(json.dumps(newsnorm.to_dict(made, ledger=True)))) == made


def test_each_setting_keeps_what_it_says() -> None:
    report, most, every = (article(RAW, keep) for keep in KEEPS)
    assert report.removals
    assert not report.marks
    assert [mark.text for mark in most.marks] == ["Quay closes in the north"]
    assert [removal.text for removal in most.removals] == ["Related articles", "Source link"]
    assert most.paragraphs[1] == "The quay on Sunday. (AP Photo/Jane Doe)"
    assert not most.paragraphs[0].startswith("LONDON")
    assert every.paragraphs[:4] == tuple(RAW.replace("\n\n", "\n").split("\n")[:4])
    assert every.dateline is not None
    assert every.dateline.place == "LONDON"


def test_the_ledger_says_by_which_rule_a_line_is_marked() -> None:
    fates = [(entry.fate, entry.rule) for entry in article(RAW, "all").ledger]
    assert fates[-1] == ("mark", "common.removal.source-link")
    assert {fate for fate, _ in fates} == {"body", "blank", "mark"}


def test_pages_of_html_keep_their_captions_and_then_their_menus() -> None:
    pytest.importorskip("turbohtml")
    report, most, every = (article(HTML, keep) for keep in KEEPS)
    caption = "The quay on a quiet Sunday."
    assert caption not in report.paragraphs
    assert caption in most.paragraphs
    assert "About us" not in most.paragraphs
    assert list(every.paragraphs) == words_of(PARSERS["all"].page(HTML))
    assert "About us" in every.paragraphs
    for keep in KEEPS:
        check_laws(article(HTML, keep), PARSERS[keep].page(HTML))


def test_rules_of_ones_own_are_sure(tmp_path: Path) -> None:
    rules = "[[removal]]\nid = 'ours.removal.ferry'\nkind = 'start'\nreason = 'related'\nphrases = ['ferries move']\n"
    (tmp_path / "ours.toml").write_text(rules, encoding="utf-8")
    catalogue = newsnorm.Catalogue.default() | newsnorm.Catalogue.load(tmp_path / "ours.toml")
    made = newsnorm.Parser(catalogue=catalogue, keep="most").parse(RAW + "Ferries move to the north pier.\n")
    assert made.removals[-1].rule == "ours.removal.ferry"


def test_lines_that_a_site_repeats_are_sure() -> None:
    rule = Rule(
        id="learned.a",
        table="removal",
        kind="line",
        origin="learned",
        host="a.example",
        reason="repetition",
        phrases=("harbour news today",),
    )
    catalogue = newsnorm.Catalogue.default() | newsnorm.Catalogue(rules=(rule,))
    made = newsnorm.Parser(catalogue=catalogue, keep="most").parse(RAW + "Harbour News today\n", url="https://a.example/1")
    assert made.removals[-1].rule == "learned.a"


def test_settings_have_digests_of_their_own_and_the_usual_one_is_as_ever() -> None:
    digests = {parser.digest for parser in PARSERS.values()}
    assert len(digests) == len(KEEPS)
    assert newsnorm.Parser().digest == PARSERS["report"].digest
    assert newsnorm.parse(RAW) == newsnorm.parse(RAW, keep="report") == PARSERS["report"].parse(RAW)


def test_another_setting_is_refused() -> None:
    with pytest.raises(newsnorm.InputError, match="keep = 'some': expected one of report, most, all"):
        newsnorm.parse(RAW, keep="some")  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("keep", ["most", "all"])
def test_the_laws_hold_on_the_cases(keep: Keep) -> None:
    pytest.importorskip("turbohtml")
    for folder in ("articles", "pages"):
        for case in cases(shipped() / folder)[::8]:
            page = page_of(case)
            made = parse_page(page, PARSERS[keep])
            check_laws(made, page)
            assert keep == "most" or list(made.paragraphs) == words_of(page)


def test_commands_and_their_files_of_options_know_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(RAW, encoding="utf-8")
    (tmp_path / "options.toml").write_text('keep = "all"\n', encoding="utf-8")
    shown = invoke("parse", tmp_path / "in" / "a.txt", "--text", "--keep", "most").output
    assert "Quay closes in the north" in shown
    assert "Source link" not in shown
    assert "mark        common.removal.source-link" in invoke("explain", tmp_path / "in" / "a.txt", "--keep", "all").output
    assert invoke("run", tmp_path / "in", "--out", tmp_path / "out", "--config", tmp_path / "options.toml").exit_code == 0
    row = json.loads(next((tmp_path / "out" / "articles").glob("*.jsonl")).read_text(encoding="utf-8"))
    assert row["paragraphs"][-1] == "Source link"
    assert json.loads((tmp_path / "out" / "manifest.json").read_bytes())["settings"]["keep"] == "all"
