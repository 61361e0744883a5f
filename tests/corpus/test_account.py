"""Tallies count what a job reads and makes."""

from __future__ import annotations

import newsnorm
from newsnorm.corpus.account import ArticleTally, FailureTally, stable_hash
from newsnorm.corpus.sources.record import failure


def test_failures_are_counted_by_code() -> None:
    tally = FailureTally()
    for number in range(12):
        tally.add(failure("feed.jsonl", number, "no-text" if number % 2 else "bad-json", "", b""))
    assert (tally.total, list(tally.by_code.items())) == (12, [("bad-json", 6), ("no-text", 6)])
    assert [each.place for each in tally.first] == list(range(10))


def test_articles_are_counted_with_their_findings() -> None:
    tally = ArticleTally()
    for text in ("It rained in Ulm.\nSource link", "It rained in MalmÃ¶.", ""):
        tally.add(newsnorm.parse(text, id="a"))
    assert (tally.articles, tally.empty, tally.fixed, tally.repeated_ids) == (3, 1, 1, ("a",))
    assert (dict(tally.reasons), tally.rules["common.removal.source-link"]) == ({"syndication": 1}, 1)


def test_an_article_that_is_counted_twice_repeats_no_id() -> None:
    tally = ArticleTally()
    for name in ("b", "a", "b"):
        tally.add(newsnorm.parse("It rained in Ulm.", id=name))
    assert tally.repeated_ids == ()


def test_a_hash_is_the_same_in_every_process() -> None:
    assert stable_hash("a\ud800") == stable_hash("a?")
    assert stable_hash("rain") == 4398298389142127327
