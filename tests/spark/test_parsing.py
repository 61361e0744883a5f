"""`newsnorm.spark.parse` gives the articles of one machine, and an error for each row that has none."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from reports import report
from spark_passes import find_trouble

import newsnorm.spark
from newsnorm.errors import InputError
from newsnorm.export.arrow import article_rows
from newsnorm.export.flat import flat_row

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Row = Mapping[str, object]

FURNITURE = "\n\nShare on Facebook\n\nSource link"


def record(number: int) -> dict[str, str]:
    return {
        "id": f"n{number:03}",
        "url": f"https://site{number % 3}.example.com/{number}",
        "title": f"Case {number}",
        "body": f"Case {number}\nBy Ana Pérez\nPublished 2 hours ago\n\n{report(number, 3)}{FURNITURE}",
    }


def articles_of(df: DataFrame) -> dict[object, Row]:
    """The JSON form of each article by its id."""
    return {row["id"]: row for row in article_rows(df.drop("error").toArrow())}


@pytest.mark.parametrize("partitions", [1, 8, 64])
def test_articles_are_those_of_one_machine_in_any_partitions_and_order(spark: SparkSession, partitions: int) -> None:
    records = [record(number) for number in range(16)]
    expected = {
        row["id"]: newsnorm.to_dict(newsnorm.parse(row["body"], url=row["url"], id=row["id"], title=row["title"]), ledger=True)
        for row in records
    }
    random.Random(partitions).shuffle(records)
    rows = [(row["body"], row["title"], row["url"], row["id"]) for row in records]
    df = spark.createDataFrame(rows, "body string, headline string, url string, id string").repartition(partitions)
    parsed = newsnorm.spark.parse(df, "body", title="headline", ledger=True)
    assert parsed.rdd.getNumPartitions() == partitions
    assert articles_of(parsed) == expected


def test_a_poisoned_record_is_a_row_with_its_error(spark: SparkSession) -> None:
    """Those beside it are parsed."""
    texts = ["Rain fell in Ulm.", "HANG", "DIE", "GROW", "RAISE", None, "x" * (16 * 2**20 + 1), "Snow fell in Lund."]
    rows = [(f"n{number}", f"https://example.com/{number}", text, number) for number, text in enumerate(texts)]
    df = spark.createDataFrame(rows, "id string, url string, text string, number int").coalesce(1)
    parser = newsnorm.Parser(passes=(find_trouble, *newsnorm.PASSES))
    found = newsnorm.spark.parse(df, parser=parser, carry=["number"], columns=["id", "url", "text"], timeout=12).collect()
    assert [(row.id, row.url, row.number) for row in found] == [(name, url, number) for name, url, _, number in rows]
    codes = [row.error and (row.error.stage, row.error.code) for row in found]
    expected = ["timeout", "worker-died", "parser-error", "parser-error", "no-text", "not-text"]
    assert [code and code[1] for code in codes] == [None, *expected, None]
    assert [row.text for row in found if row.error is None] == ["Rain fell in Ulm.", "Snow fell in Lund."]
    assert [found[number].error.message for number in (3, 4)] == ["MemoryError: ", "ValueError: a fault of a pass"]
    assert (found[4].error.length, found[4].error.sha256[:6]) == (5, "a5fdcb")
    assert all(row.text is None for row in found if row.error is not None)


def test_bytes_that_are_no_text_never_fail_a_stage(spark: SparkSession) -> None:
    """Spark's strings may hold halves of surrogate pairs; what became of them is told."""
    df = spark.sql(
        "select cast(x'5261696eeda080' as string) as text, cast(x'ff' as string) as title, 'a' as id"
        " union all select 'Rain', named_struct('a', cast(x'ff' as string)).a, 'b'"
    )
    found = {row.id: row for row in newsnorm.spark.parse(df, columns=["id", "title", "text", "notes"]).collect()}
    assert found["a"].text == "Rain\ufffd\ufffd\ufffd"
    assert [note.partition(":")[0] for note in found["a"].notes if note.startswith("column")] == ["column-invalid"] * 2
    assert (found["b"].text, found["b"].title) == ("Rain", "\ufffd")
    assert json.dumps(found["a"].asDict(), ensure_ascii=False).encode()


def test_bytes_are_decoded_and_pages_are_read(spark: SparkSession) -> None:
    page = "<!doctype html><title>Quay</title><p>The quay closes at Malmö on Monday.</p>".encode("iso-8859-1")
    df = spark.createDataFrame([(page, "iso-8859-1")], "content binary, encoding string")
    (row,) = newsnorm.spark.parse(df, "content", columns=["id", "text", "encoding", "raw_sha256"]).collect()
    assert (row.text, row.encoding) == ("The quay closes at Malmö on Monday.", "cp1252")
    assert row.id == row.raw_sha256[:16] == newsnorm.parse(page).id


def test_moments_don_t_depend_on_the_time_zone_of_the_session(spark: SparkSession) -> None:
    moment = datetime(2024, 3, 1, 1, 30, tzinfo=UTC)
    text = f"Quay to close\nPublished 2 hours ago\n\n{report(1, 3)}"
    df = spark.createDataFrame([(text, moment)], "text string, fetched timestamp")
    moments = newsnorm.spark.parse(df, carry=["fetched"], columns=["published"])
    assert moments.collect()[0].published == "2024-02-29"
    assert moments.select("fetched").toArrow().column(0).to_pylist() == [moment]


def test_learned_rules_are_applied_and_columns_are_those_of_flat_tables(spark: SparkSession) -> None:
    pages = [
        newsnorm.Parser().page(f"{report(number, 3)}\nHarbour desk, room 12", url=f"https://a.org/{number}")
        for number in range(4)
    ]
    learned = newsnorm.learn(pages)
    text = f"{report(9, 3)}\nHarbour desk, room 12"
    df = spark.createDataFrame([(text, {"link": "https://a.org/9"})], "text string, meta map<string,string>")
    names = ["id", "url", "paragraphs", "removal_reasons"]
    (row,) = newsnorm.spark.parse(df, url="meta.link", learned=learned, columns=names).collect()
    parser = newsnorm.Parser(catalogue=newsnorm.Catalogue.default() | learned)
    expected = flat_row(newsnorm.to_dict(parser.parse(text, url="https://a.org/9")), names)
    assert row.asDict() == {**expected, "error": None}
    assert "Harbour desk, room 12" not in row.paragraphs


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"text": "body"}, "there is no column 'body'; the data frame has text, id, n.x"),
        ({"url": "id.x"}, "there is no column 'id.x'"),
        ({"text": "id"}, "the column 'id' holds no texts"),
        ({"carry": ["id"]}, "the result would have two columns 'id'"),
        ({"carry": ["nothing"]}, "there is no column 'nothing'"),
        ({"columns": ["date"]}, "column 'date' is not known"),
    ],
)
def test_what_can_t_be_done_is_said_before_anything_runs(
    spark: SparkSession, arguments: dict[str, Sequence[str]], message: str
) -> None:
    df = spark.createDataFrame([("Rain.", 1, 2)], "text string, id int, `n.x` int")
    with pytest.raises(InputError, match=message.replace("(", r"\(")):
        newsnorm.spark.parse(df, **arguments)  # type: ignore[arg-type]
