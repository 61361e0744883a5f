"""Summarise jobs over files: the records that could not be read, and counts of everything else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import attrs

FailureCode: TypeAlias = Literal[
    "bad-json",
    "not-an-object",
    "no-text",
    "bad-field",
    "bad-row",
    "bad-header",
    "too-long",
    "too-large",
    "cut",
    "damaged",
    "unsupported",
    "unreadable",
    "special-file",
    "not-text",
    "parser-error",
    "timeout",
    "worker-died",
    "memory",
]

Stage: TypeAlias = Literal["read", "parse"]
"""When a record failed: while it was read from its file, or while its text was parsed."""


@attrs.frozen(kw_only=True)
class Failure:
    """A record that could not be turned into an article."""

    source: str
    """Path of the file, with slashes: it begins with the input folder, or with the folder of an input file."""
    place: int | str | None
    """The line or row of the file, from 1; the id of a WARC record or the member of an archive; None for the whole file."""
    stage: Stage
    code: FailureCode
    message: str
    sha256: str
    """Digest of the record's bytes, to find it again; empty if they could not be read."""
    length: int
    """Length of the record in bytes."""


RunStage: TypeAlias = Literal["learn", "parse", "index", "relate"]
"""What a run is doing: learning from the inputs or parsing them (both measured in bytes), adding reports to an index (in parts),
or writing relations (in relations, whose total is not known before the end)."""


@attrs.frozen(kw_only=True)
class RunProgress:
    """The progress of a run."""

    stage: RunStage
    done: int
    total: int
    records: int
    """Number of records of finished parts."""
    failed: int
    """Number of those records that could not be turned into articles."""
    parts: int
    """Number of finished parts."""
    kept: int = 0
    """Number of records in parts that an earlier run had finished."""
    kept_done: int = 0
    """The value of `done` after the last of those parts was taken over."""


@attrs.frozen(kw_only=True)
class RelationCounts:
    """Counts of the relations and clusters of a job."""

    relations: Mapping[str, int]
    """Kind → number of relations; kinds without relations are left out."""
    clusters: int
    clustered: int
    """Number of articles that belong to a cluster."""
    bridges: int
    """Number of relations other than `overlap` whose two articles are not in the same cluster."""
    repeated_ids: tuple[str, ...]
    """Ids that were given with different texts, sorted; only the first text of each, or the one in the index, is compared."""
    notes: tuple[str, ...]
    """A note on repeated ids, if there are any, and one on each text that was compared only up to the length limit."""


@attrs.frozen(kw_only=True)
class RunSummary:
    """Counts of `newsnorm.corpus.jobs.normalise.run`; ``read == written + failed``."""

    read: int
    """Number of records."""
    written: int
    failed: int
    skipped: tuple[str, ...]
    """Files whose format is not read."""
    other_records: Mapping[str, int] = attrs.field(factory=dict)
    """Kind of record or member that is not an article, such as ``image/png`` → number of them; they count as skipped, not as
    read."""
    pages: int = 0
    """Number of records that were read as pages of HTML."""
    empty: int
    """Number of articles without a report."""
    duplicates: int
    """Number of articles whose report equals that of another article word for word; one article of each group is not counted."""
    related: RelationCounts | None
    """Relations and clusters; None if the articles were not compared."""
    repeated_ids: tuple[str, ...]
    """Ids that several articles with different reports have, sorted."""
    fixed: int
    """Number of articles with repaired characters."""
    rules: Mapping[str, int]
    """Rule → number of its findings."""
    reasons: Mapping[str, int]
    """Reason → number of lines removed for it."""
    languages: Mapping[str, int]
    """Language code → number of articles."""
    layouts: Mapping[str, int]
    """Kind of text → number of articles."""
    sites: Mapping[str, int] = attrs.field(factory=dict)
    """Host of the URL → number of articles."""
    notes: Mapping[str, int]
    """Code of a note → number of articles that have it."""
    errors: Mapping[str, int]
    """Failure code → number of records."""
    first_failure: Failure | None = None
    """The first failure, if there is one; its message often says what to do about all of them."""
    newsnorm: str
    """The version of newsnorm."""
    parser: str
    """The digest of the parser."""


@attrs.frozen(kw_only=True)
class DedupSummary:
    """Counts of `newsnorm.corpus.jobs.relate.dedup_files`; ``read == compared + failed``."""

    read: int
    """Number of records."""
    compared: int
    failed: int
    skipped: tuple[str, ...]
    """Files whose format is not read."""
    errors: Mapping[str, int]
    """Failure code → number of records."""
    first_failure: Failure | None = None
    """The first failure, if there is one; its message often says what to do about all of them."""
    found: RelationCounts


@attrs.frozen(kw_only=True)
class LearnSummary:
    """Counts of `newsnorm.corpus.jobs.learn.learn_files`."""

    read: int
    """Number of records."""
    failed: int
    skipped: tuple[str, ...]
    """Files whose format is not read."""
    without_host: int
    """Number of documents that were ignored because they have no URL."""
    hosts: int
    hosts_learned: int
    """Number of hosts for which a rule was learned."""
    hosts_sampled: int
    """Number of large hosts for which only a sample of the documents was counted."""
    sample: int
    """Number of documents in such a sample."""
    rules: int
    notes: tuple[str, ...]
    """Why nothing was learned about a host, and how many documents have no host."""
    errors: Mapping[str, int]
    """Failure code → number of records."""
    failures: tuple[Failure, ...]
    """The first failures, at most ten."""


@attrs.frozen(kw_only=True)
class ExportSummary:
    """Counts of an export; ``read == written + failed``."""

    read: int
    """Number of records."""
    written: int
    failed: int
    """Number of records that are not articles."""
    lost: Mapping[str, int]
    """Field → number of articles whose value the format could not hold; ``characters`` counts those with characters replaced by
    U+FFFD."""
    errors: Mapping[str, int]
    """Failure code → number of records."""
