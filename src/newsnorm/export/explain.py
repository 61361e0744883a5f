"""Deprecated: old import path of `explain`, `Row`, `shown`."""

from __future__ import annotations

from newsnorm.deprecation import moved

__getattr__ = moved(
    "newsnorm.export.explain",
    {
        "explain": "newsnorm.report.explain.explain",
        "Row": "newsnorm.report.explain.Row",
        "shown": "newsnorm.report.explain.shown",
    },
)
