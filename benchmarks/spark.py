"""
Compare Spark with one machine, on generated articles: python benchmarks/spark.py speed|equal.

speed    articles per CPU second of ``newsnorm run`` and of `newsnorm.spark.parse`, `learn` and `deduplicate`; what a run costs
         beside its articles is left out, by taking the difference between many articles and a few
equal    whether articles, learned rules, relations and clusters are those of one machine, in 1, 8 and 64 partitions, shuffled

Needs the extra ``spark`` and Java. CPU seconds are those of all processes together: the JVM, Spark's Python and its workers.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import generated
from processes import cpu_seconds

import newsnorm
import newsnorm.spark
from newsnorm.export.arrow import article_rows
from newsnorm.export.relations import dumps_cluster, dumps_relation

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

PARTITIONS = (1, 8, 64)
FIELDS = ("id", "url", "fetched", "text")
SETTINGS = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.sql.shuffle.partitions": "4"}


def start(cores: int) -> SparkSession:
    """Start a session on this machine."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local[{cores}]").appName("newsnorm")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


# speed


@attrs.frozen
class Cost:
    """What some articles cost."""

    articles: int
    seconds: float
    """CPU seconds."""

    def rate(self, fewer: Cost) -> float:
        """Return articles per CPU second, without what `fewer` articles cost."""
        return (self.articles - fewer.articles) / (self.seconds - fewer.seconds)


def measured(articles: int, job: Callable[[int], object]) -> Cost:
    """Do a job on some articles, in this process and those below it."""
    before = cpu_seconds()
    job(articles)
    return Cost(articles, cpu_seconds() - before)


def rate(articles: int, job: Callable[[int], object]) -> float:
    """Return the articles per CPU second of a job, warm."""
    few = max(50, articles // 10)
    job(few)
    fewer = measured(few, job)
    return measured(articles, job).rate(fewer)


def speed(articles: int, words: int) -> None:
    """Print articles per CPU second."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def source(many: int) -> Path:
            path = folder / f"{many}"
            if not path.exists():
                generated.write(path, many, 4, words)
            return path

        def run(many: int) -> None:
            out = folder / "out"
            options = ["--jobs", "1", "--no-relations", "--to", "parquet", "--overwrite", "--fresh"]
            command = [sys.executable, "-m", "newsnorm.cli", "run", str(source(many)), "--out", str(out), *options]
            subprocess.run(command, check=True, capture_output=True)

        by_run = rate(articles, run)
        print(f"newsnorm run --jobs 1: {by_run:.0f} articles of {words} words per CPU second")
        session = start(1)

        def read(many: int) -> DataFrame:
            return session.read.schema("id string, url string, fetched string, text string").json(str(source(many)))

        def parsed(jobs: int, many: int) -> None:
            newsnorm.spark.parse(read(many), jobs=jobs).write.mode("overwrite").parquet(str(folder / "parsed"))

        for jobs in (1, 0):
            by_spark = rate(articles, partial(parsed, jobs))
            print(f"newsnorm.spark.parse(jobs={jobs}): {by_spark:.0f}, {by_spark / by_run:.2f} of the run")
        print(f"newsnorm.spark.learn: {rate(articles, lambda many: newsnorm.spark.learn(read(many))):.0f}")
        print(f"newsnorm.spark.deduplicate: {rate(articles, lambda many: deduplicated(read(many))):.0f}")
        session.stop()


def deduplicated(df: DataFrame) -> None:
    """Relate and cluster texts, and count what was found."""
    found = newsnorm.spark.deduplicate(df)
    found.relations.count()


# equality


def equal(count: int, words: int) -> bool:
    """Print what is equal; return whether everything is."""
    records = [generated.article(number, words) for number in range(count)]
    parser = newsnorm.Parser()
    pages = [parser.page(each["text"], url=each["url"], id=each["id"], fetched=each["fetched"]) for each in records]
    learned = newsnorm.learn(pages)
    parser = newsnorm.Parser(catalogue=newsnorm.Catalogue.default() | learned)
    articles = [parser.parse(each["text"], url=each["url"], id=each["id"], fetched=each["fetched"]) for each in records]
    expected = {each.id: newsnorm.to_dict(each) for each in articles}
    relations, clusters = relations_of(articles)
    session, everything = start(2), True
    for partitions in PARTITIONS:
        random.Random(partitions).shuffle(records)
        rows = [tuple(each[field] for field in FIELDS) for each in records]
        df = session.createDataFrame(rows, ", ".join(f"{field} string" for field in FIELDS)).repartition(partitions)
        rules = newsnorm.spark.learn(df)
        parsed = newsnorm.spark.parse(df, learned=rules)
        table = parsed.drop("error").toArrow()
        found = newsnorm.spark.deduplicate(session.createDataFrame(table).select("id", "text").repartition(partitions))
        checks = {
            "learned rules": rules.digest == learned.digest,
            "articles": {row["id"]: row for row in article_rows(table)} == expected,
            "relations": ordered(found.relations.toArrow().to_pylist()) == relations,
            "clusters": ordered(found.clusters.toArrow().to_pylist()) == clusters,
        }
        told = (f"{what} {'equal' if is_equal else 'DIFFER'}" for what, is_equal in checks.items())
        print(f"{partitions} partitions: {', '.join(told)}")
        everything &= all(checks.values())
    print(f"{count} articles, {len(learned.rules)} learned rules, {len(relations)} relations, {len(clusters)} clusters")
    session.stop()
    return everything


def relations_of(articles: Sequence[newsnorm.Article]) -> tuple[list[str], list[str]]:
    """Return the relations and clusters of one machine."""
    found = newsnorm.deduplicate(articles)
    bridges = {(each.left, each.right) for each in found.bridges()}
    relations = [json.loads(dumps_relation(each, bridge=(each.left, each.right) in bridges)) for each in found.relations]
    return ordered(relations), ordered([json.loads(dumps_cluster(each)) for each in found.clusters])


def ordered(rows: Sequence[Mapping[str, object]]) -> list[str]:
    """Return rows in an order of their own."""
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def main() -> None:
    """Parse the arguments and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("what", choices=["speed", "equal"])
    options.add_argument("--articles", type=int)
    options.add_argument("--words", type=int, default=450)
    given = options.parse_args()
    if given.what == "speed":
        speed(given.articles or 2_000, given.words)
    elif not equal(given.articles or 400, given.words):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
