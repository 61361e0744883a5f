"""Deprecated: old import path of `run`, `Summary`."""

from __future__ import annotations

from newsnorm.deprecation import moved

__getattr__ = moved(
    "newsnorm.corpus.run",
    {
        "run": "newsnorm.corpus.jobs.normalise.run",
        "Summary": "newsnorm.records.accounts.RunSummary",
    },
)
