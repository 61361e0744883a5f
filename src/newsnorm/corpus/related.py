"""Deprecated: old import path of `dedup_files`, `Account`, `RelationCounts`."""

from __future__ import annotations

from newsnorm.deprecation import moved

__getattr__ = moved(
    "newsnorm.corpus.related",
    {
        "dedup_files": "newsnorm.corpus.jobs.relate.dedup_files",
        "Account": "newsnorm.records.accounts.DedupSummary",
        "RelationCounts": "newsnorm.records.accounts.RelationCounts",
    },
)
