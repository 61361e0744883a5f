"""`newsnorm.spark.learn` learns what one machine learns."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from reports import report

import newsnorm.spark
from newsnorm.errors import InputError
from newsnorm.learner import Learner

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

COLUMNS = "url string, fetched string, text string"


def pages() -> list[tuple[str | None, str | None, str | None]]:
    """Pages of five hosts with furniture of their own, some of them twice, on two days; a page without an address; no page."""
    rows: list[tuple[str | None, str | None, str | None]] = []
    for number in range(60):
        host = "abcde"[min(number % 7, 4)]
        text = f"{report(number, 2)}\n\nHarbour desk of {host}, room 12\n\nCall the porter of {host}"
        rows.append((f"https://{host}.org/{number}", f"2024-0{1 + number % 9}-01", text))
        if number % 5 == 0:
            rows.append((f"https://{host}.org/{number}/print", f"2024-0{9 - number % 9}-02", text))
    return [*rows, (None, None, "Rain fell in Ulm."), ("https://few.org/1", None, "Snow fell.\n\nCall us"), (None, None, None)]


def learned_here(rows: list[tuple[str | None, str | None, str | None]], per_host: int, kept: int) -> newsnorm.Catalogue:
    learner, parser = Learner(per_host=per_host, kept=kept, least=4), newsnorm.Parser()
    for url, fetched, text in rows:
        if text is not None:
            learner.add(parser.page(text, url=url, fetched=fetched))
    return learner.catalogue()


@pytest.mark.parametrize(("partitions", "per_host", "kept"), [(1, 500, 9_000), (8, 12, 30), (64, 500, 9_000)])
def test_rules_and_notes_are_those_of_one_machine_in_any_partitions_and_order(
    spark: SparkSession, partitions: int, per_host: int, kept: int
) -> None:
    rows = pages()
    expected = learned_here(rows, per_host, kept)
    random.Random(partitions).shuffle(rows)
    df = spark.createDataFrame(rows, COLUMNS).repartition(partitions)
    learned = newsnorm.spark.learn(df, per_host=per_host, kept=kept, least=4)
    assert learned.rules == expected.rules
    assert len(expected.rules) >= 8
    assert learned.notes == ("unread: 1 record could not be read", *expected.notes)
    assert learned.digest == expected.digest


def test_numbers_are_checked_before_anything_runs(spark: SparkSession) -> None:
    with pytest.raises(InputError, match="min_documents = 1"):
        newsnorm.spark.learn(spark.createDataFrame(pages()[:1], COLUMNS), min_documents=1)
