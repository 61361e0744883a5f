"""
Learn from a data frame: each partition keeps a sample of its hosts, and the samples become the one that one machine would keep.

A sample has the documents with the smallest keys, so those that one machine keeps of a host are among those that partitions keep.
How many are kept of each host follows from how many hosts there are, as on one machine.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from itertools import chain, islice
from typing import TypeAlias, cast

import attrs
import pyarrow as pa
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema

from newsnorm.catalogue import Catalogue
from newsnorm.corpus.jobs.learn import RecordMarker
from newsnorm.corpus.jobs.outcomes import Refused, value_of
from newsnorm.corpus.sources.record import SourceRecord
from newsnorm.corpus.workers import Done, Lost, WorkerOptions
from newsnorm.learner import (
    MAX_KEPT,
    MAX_PER_HOST,
    MIN_DOCUMENTS,
    MIN_PER_HOST,
    MIN_SHARE,
    HostLearner,
    Learner,
    MarkedPage,
    combine,
)
from newsnorm.learner.sample import HostSample, fitting_limit
from newsnorm.parser import Parser
from newsnorm.records.accounts import Failure
from newsnorm.spark.checkpoints import settled
from newsnorm.spark.columns import choose_fields
from newsnorm.spark.protection import work_protected
from newsnorm.spark.records import WithoutText, tasks_of

SAMPLES = pa.schema(
    {
        "host": pa.string(),
        "key": pa.binary(),
        "document": pa.binary(),
        "pages": pa.int64(),
        "without_host": pa.int64(),
        "unread": pa.int64(),
    }
)
"""What a partition gives: a row for each document that it keeps, one for each host, with the number of its pages, and one for the
partition, with the numbers of pages without a host and of records that could not be read. Other columns are null."""

LEARNED = pa.schema({"host": pa.string(), "learned": pa.binary()})

BATCH = 200
"""Documents that are handed to Spark at once."""

KEY_BYTES = 12
"""Bytes of the key of a document, the highest first, so that they sort as numbers."""

Outcome: TypeAlias = "Done[SourceRecord, MarkedPage | Failure | Refused] | Lost[SourceRecord] | WithoutText"
Row: TypeAlias = Mapping[str, str | bytes | int]


def learn(
    df: DataFrame,
    text: str = "text",
    *,
    url: str | None = None,
    title: str | None = None,
    site: str | None = None,
    fetched: str | None = None,
    media_type: str | None = None,
    encoding: str | None = None,
    language: str | None = None,
    min_documents: int = MIN_DOCUMENTS,
    share: float = MIN_SHARE,
    parser: Parser | None = None,
    jobs: int = 1,
    timeout: float = 60.0,
    max_memory: int | None = None,
    per_host: int = MAX_PER_HOST,
    kept: int = MAX_KEPT,
    least: int = MIN_PER_HOST,
) -> Catalogue:
    """
    Learn from the texts of a data frame of Spark which lines and paragraphs each site prints around its reports.

    Learns what `newsnorm.learn` learns, independent of partitions and order; pass the rules to `newsnorm.spark.parse`.

    Args:
        df: one row per text, with its URL, since lines are counted per host.
        text: the column of the texts; this and the other columns are named as for `newsnorm.spark.parse`.
        url: the column that says where each text was found.
        title: the column of titles that are known.
        site: the column of names of sites; a host is not a name.
        fetched: the column that says when each text was fetched.
        media_type: the column of the media type.
        encoding: the column of the declared encoding.
        language: the column of the language.
        min_documents: learn lines that occur in at least this many documents of their host.
        share: learn lines that occur in at least this share of them, above 0 and at most 1.
        parser: its catalogue and passes decide which lines are already known; by default the default parser.
        jobs: the number of processes that read pages for each task of Spark; see `newsnorm.spark.parse`.
        timeout: time limit for one text, in seconds.
        max_memory: memory limit for reading a text, in bytes of address space.
        per_host: most documents to keep of one host.
        kept: most documents to keep of all hosts.
        least: number of documents to keep of each host in any case.

    Returns:
        A catalogue of rules; its notes say why a host has none, and how many records could not be read.

    Raises:
        InputError: there is no such column, or a number is out of range.
        MissingExtraError: the extra ``spark`` is not installed.

    """
    new_learner = partial(
        Learner, min_documents=min_documents, share=share, parser=parser, per_host=per_host, kept=kept, least=least
    )
    named = {"text": text, "url": url, "title": title, "site": site, "fetched": fetched}
    chosen = choose_fields(df, named | {"media_type": media_type, "encoding": encoding, "language": language})
    sampler = PartitionSampler(new_learner, WorkerOptions(jobs=jobs, seconds=timeout, memory=max_memory), tuple(chosen))
    learn_host = new_learner().host_learner
    rows = df.select(*(column.alias(field) for field, column in chosen.items()))
    samples = settled(rows.mapInArrow(sampler, from_arrow_schema(SAMPLES)))
    documents = settled(samples.where("key is not null").groupBy("host", "key").agg(sql.min("document").alias("document")))
    limit = fitting_limit(_count_hosts(documents, per_host), per_host, kept, least)
    smallest = sql.row_number().over(Window.partitionBy("host").orderBy("key"))
    pages = samples.groupBy("host").agg(sql.sum("pages").alias("pages"))
    chosen_documents = documents.withColumn("rank", smallest).where(sql.col("rank") <= limit).join(pages, "host")
    by_host = chosen_documents.groupBy("host")
    found = by_host.applyInArrow(lambda sample: _learn_group(sample, learn_host), from_arrow_schema(LEARNED)).collect()
    (counts,) = samples.agg(sql.sum("without_host"), sql.sum("unread")).collect()
    learned = [pickle.loads(row.learned) for row in sorted(found, key=lambda row: row.host)]
    return combine(learned, learn_host.catalogue, without_host=counts[0] or 0, unread=counts[1] or 0)


def _count_hosts(documents: DataFrame, most: int) -> dict[int, int]:
    """Count the hosts by the number of their documents; hosts with more than `most` count as having so many."""
    sizes = documents.groupBy("host").count().select(sql.least("count", sql.lit(most)).alias("size"))
    return {row[0]: row[1] for row in sizes.groupBy("size").count().collect()}


@attrs.frozen
class PartitionSampler:
    """Keeps a sample of the documents of each host in a partition; picklable, since Spark sends it to its workers."""

    new_learner: Callable[[], Learner]
    workers: WorkerOptions
    fields: tuple[str, ...]
    """The fields of records that rows have."""

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield the sample of a partition."""
        learner = self.new_learner()
        items = (item for batch in batches for item in tasks_of(batch, self.fields))
        unread = 0
        outcomes = cast("Generator[Outcome, None, None]", work_protected(RecordMarker(learner.marker), items, self.workers))
        with closing(outcomes):
            for outcome in outcomes:
                if isinstance(outcome, WithoutText) or isinstance(marked := value_of(outcome), Failure):
                    unread += 1
                else:
                    learner.add_marked(marked)
        rows = chain(_rows(learner), [{"without_host": learner.without_host, "unread": unread}])
        while some := list(islice(rows, BATCH)):
            yield pa.RecordBatch.from_pylist(some, SAMPLES)


def _rows(learner: Learner) -> Iterator[Row]:
    for host, sample in learner.samples.items():
        yield {"host": host, "pages": sample.pages}
        for key, document in sample.rows():
            yield {"host": host, "key": key.to_bytes(KEY_BYTES, "big"), "document": document}


def _learn_group(documents: pa.Table, learn_host: HostLearner) -> pa.Table:
    """Learn from the sample of one host; return what was learned as a row."""
    sample = HostSample()
    for row in documents.to_pylist():
        sample.add_row(int.from_bytes(row["key"], "big"), row["document"], documents.num_rows)
        sample.pages = row["pages"]
    host = documents.column("host")[0].as_py()
    return pa.Table.from_pylist([{"host": host, "learned": pickle.dumps(learn_host(host, sample))}], LEARNED)
