"""Tallies count what a job reads and makes."""

from __future__ import annotations

import newsnorm
from newsnorm.corpus.account import FailureTally, Tally, Traits, stable_hash
from newsnorm.corpus.sources.record import failure


def test_failures_are_counted_by_code() -> None:
    tally = FailureTally()
    for number in range(12):
        tally.add(failure("feed.jsonl", number, "no-text" if number % 2 else "bad-json", "", b""))
    assert (tally.total, list(tally.by_code.items())) == (12, [("bad-json", 6), ("no-text", 6)])
    assert [each.place for each in tally.first] == list(range(10))


def test_articles_are_counted_with_their_findings() -> None:
    tally = Tally()
    for text in ("It rained in Ulm.\nSource link", "It rained in MalmÃ¶.", ""):
        tally.count_article(Traits.of(newsnorm.parse(text, id="a", url="https://example.com/rain")))
    assert (tally.read, tally.articles, tally.empty, tally.fixed) == (3, 3, 1, 1)
    assert (dict(tally.reasons), tally.rules["common.removal.source-link"]) == ({"syndication": 1}, 1)
    assert dict(tally.sites) == {"example.com": 3}


def test_a_failure_is_a_record_and_no_article() -> None:
    tally = Tally()
    tally.count_failure(failure("feed.jsonl", 1, "bad-json", "", b""))
    assert (tally.read, tally.articles, tally.failed) == (1, 0, 1)


def test_a_tally_is_written_and_read_again() -> None:
    tally = Tally()
    tally.count_article(Traits.of(newsnorm.parse("It rained in Ulm.\nSource link", url="https://example.com/rain"), is_page=True))
    assert Tally.from_dict(tally.to_dict()) == tally


def test_a_hash_is_the_same_in_every_process() -> None:
    assert stable_hash("a\ud800") == stable_hash("a?")
    assert stable_hash("rain") == 4398298389142127327
